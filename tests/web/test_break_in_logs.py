"""A whole day at the worklist, and then: what of it stands in the log of the server, in addresses and in the trail?"""

from __future__ import annotations

import logging
import re

import batches
import desks
from sqlalchemy import select

from claimwright.desk.tables import Role, Trail

SECRETS = {  # invented words that nobody else writes
    "first": "Zyxwina",
    "last": "Qvortrup",
    "member": "MBR77Q31Z",
    "claim": "CLM77Q31Z",
    "remark": "remarkably blue zebras",
    "reason": "reasonably green zebras",
    "where": "page with yellow zebras",
    "search": "77Q31",
    "batch": "Zebra week",
    "filter": "Zebra filter",
    "file": "zebra-file",
    "note": "lilac zebras in the waiting room",
}
HEADER = "procedure,modifiers,units,diagnosis,pointers,service,payer,program,charge,claim,member id,patient first name"
ROW = "97026,GP,1,E11.42,1,2026-03-10,medicare,medicare-part-b,20,{claim},{member},{first}"


def test_nothing_of_a_claim_or_a_note_stands_in_log_trail_or_address(desk, signed, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    bea = signed(Role.BILLER)
    paths = [tmp_path / f"{SECRETS['file']}.csv", tmp_path / f"{SECRETS['file']}.txt"]
    paths[0].write_text(f"{HEADER}\n{ROW.format(**SECRETS)}\n", "utf-8")
    paths[1].write_text(f"S: {SECRETS['note']}\nO: infrared 15 min\n", "utf-8")
    addresses = []

    def did(answer, *statuses):
        assert answer.status_code in (statuses or (200, 303)), (answer.url, answer.text[:500])
        addresses.extend([str(answer.url), answer.headers.get("location", "")])
        return answer

    sent = {"claims": (paths[0].name, paths[0].read_bytes()), "notes": (paths[1].name, paths[1].read_bytes())}
    did(bea.post("/batches", data={"csrf": bea.headers["X-CSRF"], "name": SECRETS["batch"]}, files=sent))
    owner = desks.somebody(desk, "Owner", Role.BILLER)
    batch = batches.done(desk, owner.id, [paths[0]], {"notes": [paths[1]]}, SECRETS["batch"])
    did(bea.get("/batches"))
    did(bea.get(f"/batches/{batch.id}"))
    listed = did(bea.get(f"/worklist?batch={batch.id}&state=any&work=any"))
    line = re.search(r'name="line" value="([^":]+):(\d+)"', listed.text)
    identity, version = line[1], int(line[2])
    shown = did(bea.get(f"/lines/{identity}"))
    assert SECRETS["claim"] in shown.text
    did(bea.post("/worklist/search", data={"words": SECRETS["search"]}))
    did(bea.post("/worklist/filters", data={"name": SECRETS["filter"], "back": f"batch={batch.id}"}))
    at = f"/lines/{identity}"
    did(bea.post(f"{at}/remarks", data={"version": version, "text": SECRETS["remark"]}))
    did(bea.post(f"{at}/act", data={"version": version, "action": "hold", "why": SECRETS["reason"]}))
    fix = {"version": version + 1, "field": "units", "now": "2", "why": SECRETS["reason"]}
    did(bea.post(f"{at}/changes", data=fix))
    fact = {"fact": "treatment intent", "value": SECRETS["note"], "source": "chart", "where": SECRETS["where"]}
    did(bea.post(f"{at}/facts", data={"version": version + 2, **fact}), 422)
    did(bea.post(f"{at}/changes", data=fix | {"version": version + 2, "now": SECRETS["note"]}), 422)
    did(bea.post(f"{at}/changes", data=fix), 409)
    did(bea.post("/worklist/export", data={"back": f"batch={batch.id}&state=any&work=any"}))
    did(bea.post(f"/batches/{batch.id}/changes/list", data={"form": "csv"}))
    did(bea.post(f"/batches/{batch.id}/changes/corrected", data={"file": paths[0].name}), 409, 404, 422)
    did(bea.get(f"/batches/{batch.id}/results.csv"))
    did(bea.post(f"/batches/{batch.id}/delete"))
    with desk.database.reading() as session:
        rows = session.scalars(select(Trail)).all()
        trail = " ".join(f"{row.person} {row.action} {row.detail}" for row in rows)
    assert len(rows) > 8
    printed = capfd.readouterr()
    told = [one for one in caplog.text.splitlines() if " httpx" not in one]
    for where, text in (
        ("log", "\n".join(told)),
        ("output", printed.out + printed.err),
        ("trail", trail),
        ("addresses", " ".join(addresses)),
    ):
        assert [word for word in SECRETS.values() if word.casefold() in text.casefold()] == [], where


def test_what_was_deleted_is_in_no_file_of_the_desk(desk, signed, tmp_path):
    bea = signed(Role.BILLER)
    path = tmp_path / "week.csv"
    path.write_text(f"{HEADER}\n{ROW.format(**SECRETS)}\n", "utf-8")
    batch = batches.done(desk, desks.somebody(desk, "Owner", Role.BILLER).id, [path], {}, SECRETS["batch"])
    secret = SECRETS["claim"].encode()
    assert any(secret in one.read_bytes() for one in desk.folder.rglob("*") if one.is_file())
    assert bea.post(f"/batches/{batch.id}/delete").status_code == 303
    assert [one.name for one in desk.folder.rglob("*") if one.is_file() and secret in one.read_bytes()] == []
