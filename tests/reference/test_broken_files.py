"""Published files with bytes lost, doubled and changed: told as problems or imported whole, and never an exception."""

import random
from datetime import date

import official_files as made
import pytest

from claimwright.lines.problems import Problem
from claimwright.reference.published.gather import gather
from claimwright.reference.published.importing import How, import_groups
from claimwright.reference.store import Store

FILES = {
    "ccipra-v322r0-f1.txt": made.pair_text(*made.PAIRS),
    "ccipra-v322r0-f2.xlsx": made.workbook(*made.PAIR_HEADER, *made.PAIRS),
    "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv": made.limit_csv('97026,1,3 Date,"Policy"', "97110,6,2 Date,x"),
    "PPRRVU2026_Jul_nonQPP.csv": made.value_csv(made.VALUE_ROW, made.VALUE_ROW.replace("97026", "97028")),
    "GPCI2026.csv": made.index_csv("10112,AL,00,ALABAMA,1,0.869,0.575"),
    "MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv": made.limit_csv(
        "A4639,1,2 Date,x", "E0221,1,2 Date,x", setting="dme"
    ),
    "2018_I9gem.txt": "".join(f"7194{n} M255{n}   10000\n" for n in range(9)).encode(),
    "CMS32_DESC_LONG_DX.txt": "".join(f"7194{n} Words of ours\r\n" for n in range(9)).encode(),
    "icd10cm_order_2026.txt": "\r\n".join(made.order_line(n, f"M17{n}", 1) for n in range(1, 9)).encode(),
}
PIECES = (b"\t", b",", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\x1a", b"O", b"9" * 12, "é".encode(), b"\xef\xbb\xbf")


def spoiled(content, chance):
    """The bytes with one to thirty things done to them."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randrange(1, 40)]
            case 2:
                found[at:at] = chance.choice(PIECES)
            case 3:
                found[at:at] = bytes(found[at : at + chance.randrange(1, 60)])
            case _:
                del found[at:]
    return bytes(found)


@pytest.mark.parametrize("name", FILES)
def test_a_spoiled_file_is_told_or_read(tmp_path, name):
    chance = random.Random(name)
    path = tmp_path / name
    for number in range(40):
        path.write_bytes(spoiled(FILES[name], chance))
        store = Store(tmp_path / f"store {number}")
        gathered = gather([path])
        problems = list(gathered.problems)
        done = []
        if not problems:
            done, problems = import_groups(gathered.groups, store, How(date(2026, 7, 4)))
        assert bool(done) != bool(problems)
        assert all(isinstance(one, Problem) and one.message and one.help and one.file for one in problems)
        assert len(store.releases().items) == len(done)
