"""The layouts of the tables that CMS publishes, as they were seen in public copies and public readers of them.

Nothing here was fetched from CMS. Where several independent sources agree on a layout, `verified` says on what; where
they do not, it says `layout unverified`, and every row is checked so closely
that another layout fails instead of being misread.
"""

from __future__ import annotations

from claimwright.reference.published import kinds
from claimwright.reference.published.layouts import Column, Layout
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.tables import (
    DESCRIPTION,
    DIAGNOSES,
    INDICES,
    LOCALITIES,
    MAPPED_FROM_9,
    MAPPED_FROM_10,
    OLD_DIAGNOSES,
    RELATIVE_VALUES,
)

PAIR_TABLE = Layout(
    PAIRS,
    (
        Column("column1", "column 1", kinds.PROCEDURE),
        Column("column2", "column 2", kinds.PROCEDURE),
        Column("", r"\*=in existence.*", kinds.PRIOR, optional=True),
        Column("from", "effective( date)?", kinds.DAY),
        Column("to", r"deletion( date.*)?", kinds.DAY_OR_STAR),
        Column("indicator", "modifier.*", kinds.EDIT_INDICATOR),
        Column("rationale", "(ptp edit )?rationale", optional=True),
    ),
    known_by=("column 1", "column 2"),
    continued=True,
    verified="an excerpt of the practitioner file v32.2 and five public readers of the files agree",
)

LIMIT_TABLE = Layout(
    MUE,
    (
        Column("code", "hcpcs/ ?cpt code", kinds.PROCEDURE),
        Column("value", "(practitioner|outpatient hospital|dme supplier) services mue values?", kinds.COUNT),
        Column("indicator", "mue adjudication indicator", kinds.LIMIT_INDICATOR),
        Column("rationale", "mue rationale", optional=True),
    ),
    known_by=("hcpcs/ ?cpt code", ".*mue values?"),
    prefers=(".csv", ".txt", ".xlsx"),
    verified="public readers of the three files, of 2024 to 2026, name each of the four columns of each",
)

RELATIVE_VALUE_TABLE = Layout(
    RELATIVE_VALUES,
    (
        Column("code", ".*hcpcs", kinds.PROCEDURE),
        Column("modifier", ".*mod", kinds.MODIFIER, optional=True),
        Column(DESCRIPTION, ".*description", optional=True, descriptor=True),
        Column("status", ".*status code", kinds.STATUS),
        Column("work", ".*work rvu", kinds.VALUE),
        Column("nonfacility_pe", ".*non-fac(ility)? pe rvu", kinds.VALUE),
        Column("nonfacility_na", ".*na indicator", kinds.NOT_APPLICABLE, optional=True),
        Column("facility_pe", "(?!.*non-fac).*facility pe rvu", kinds.VALUE),
        Column("facility_na", ".*na indicator", kinds.NOT_APPLICABLE, optional=True, nth=1),
        Column("mp", ".*mp rvu", kinds.VALUE),
        Column("nonfacility_total", ".*non-fac(ility)? total", kinds.VALUE),
        Column("facility_total", "(?!.*non-fac).*facility total", kinds.VALUE),
        Column("pctc", ".*pctc ind", kinds.DIGIT),
        Column("global_days", ".*glob days", kinds.GLOBAL_DAYS),
        Column("multiple_procedure", ".*mult proc", kinds.DIGIT),
        Column("conversion_factor", ".*conv factor", kinds.VALUE),
    ),
    known_by=(".*hcpcs", ".*mod", ".*description", ".*conv factor"),
    joined=2,
    prefers=(".csv", ".xlsx", ".txt"),
    verified="the rows of RVU25D without descriptors, and public readers of 2019 to 2026; 31 columns, 32 from 2026 on",
)

INDEX_TABLE = Layout(
    INDICES,
    (
        Column("contractor", r"medicare administrative contractor.*", kinds.CONTRACTOR),
        Column("state", "state", kinds.STATE),
        Column("locality", "locality number", kinds.LOCALITY),
        Column("name", "locality name"),
        Column("work", r"20\d\d pw gpci \(with 1\.0 floor\)", kinds.VALUE),
        Column("work_without_floor", r"20\d\d pw gpci \(without 1\.0 floor\)", kinds.VALUE, absent_too=True),
        Column("pe", r"20\d\d pe gpci", kinds.VALUE),
        Column("mp", r"20\d\d mp gpci", kinds.VALUE),
    ),
    known_by=("locality number", "locality name"),
    footnotes=True,
    prefers=(".csv", ".xlsx", ".txt"),
    verified="GPCI2025.csv; public readers of 2026, whose first release has the work index without its floor too",
)

DIAGNOSIS_TABLE = Layout(
    DIAGNOSES,
    (
        Column("order", "order number", kinds.ORDER),
        Column("code", "code", kinds.DIAGNOSIS),
        Column("billable", "header flag", kinds.BILLABLE),
        Column("short_description", "short description", descriptor=True),
        Column(DESCRIPTION, "long description", descriptor=True),
    ),
    known_by=(),
    slices=((0, 5), (6, 7), (14, 1), (16, 60), (77, None)),
    shape=r"\d{5} [A-Z][0-9A-Z]{2}",
    verified="the positions in CMS's icd10OrderFiles.pdf, which comes in the zip, as four public readers copy them",
)

OLD_DIAGNOSIS_TABLE = Layout(
    OLD_DIAGNOSES,
    (
        Column("code", "code", kinds.OLD_DIAGNOSIS),
        Column(DESCRIPTION, "description", descriptor=True),
    ),
    known_by=(),
    slices=((0, 5), (6, None)),
    # no line of the order file of ICD-10-CM or of the mappings, which may begin alike
    shape=r"(?!\d{5} [A-Z][0-9A-Z]{2})(?!.{14}\d{5}\s*$)(\d{3}[\d ]{2}|V\d{2}[\d ]{2}|E\d{3}[\d ]) \S",
    verified="all 14,567 lines of CMS32_DESC_LONG_DX.txt and CMS32_DESC_SHORT_DX.txt, in a public copy of CMS's zip",
)


def _mapped(table: str, source: kinds.Kind, width: int, shape: str, lines: str) -> Layout:
    """A table of the General Equivalence Mappings: fixed width, the flags from position 15 on."""
    return Layout(
        table,
        (
            Column("source", "source", source),
            Column("target", "target", kinds.MAPPED),
            Column("flags", "flags", kinds.MAPPING_FLAGS),
        ),
        known_by=(),
        slices=((0, width), (width + 1, 13 - width), (14, None)),
        shape=shape,
        verified=f"all {lines} lines of the file of 2018, the last",
    )


MAPPED_FROM_9_TABLE = _mapped(
    MAPPED_FROM_9, kinds.OLD_DIAGNOSIS, 5, r"[0-9VE][0-9]{2}[0-9 ]{2} [A-Za-z][0-9A-Za-z ]{6} \d{5}\s*$", "24,860"
)
MAPPED_FROM_10_TABLE = _mapped(
    MAPPED_FROM_10, kinds.DIAGNOSIS, 7, r"[A-Z][0-9A-Z]{2}[0-9A-Z ]{4} [0-9VENv][0-9oDx ]{4} \d{5}\s*$", "81,593"
)

_PLACE = (
    Column("state", "state", kinds.STATE),
    Column("zip", "zip code", kinds.ZIP),
    Column("contractor", "carrier", kinds.CONTRACTOR),
    Column("locality", "locality", kinds.LOCALITY),
    Column("", "rural ind", kinds.RURAL, optional=True),
    Column("", "lab cb locality", optional=True, absent_too=True),
    Column("", "rural ind ?2", optional=True, absent_too=True),
    Column("divided", "plus 4 flag", kinds.DIVIDED),
    Column("", "part b .*indicator", optional=True, absent_too=True),
    Column("", "year/qtr", kinds.YEAR_QUARTER),
)

ZIP_WORKBOOK = Layout(
    LOCALITIES,
    _PLACE,
    known_by=("zip code", "carrier", "plus 4 flag"),
    prefers=(".txt", ".xlsx", ".csv"),
    verified="the header as three public readers of ZIP5_APR2025.xlsx and ZIP5_APR2026.xlsx tell it; no file was seen",
)

ZIP_TEXT = Layout(
    LOCALITIES,
    _PLACE,
    known_by=(),
    slices=((0, 2), (2, 5), (7, 5), (12, 2), (14, 1), (15, 2), (17, 1), (20, 1), (22, 1), (75, 5)),
    # the file of nine digits has four more of them after the flag
    shape=r"[A-Z]{2}\d{12}[ RB].{5}[01] ",
    prefers=(".txt", ".xlsx", ".csv"),
    verified="CMS's record layout ZIP5lyout.txt, read in two copies (2007 and 2015); no file was seen",
)

LAYOUTS = (
    *(PAIR_TABLE, LIMIT_TABLE, RELATIVE_VALUE_TABLE, INDEX_TABLE, ZIP_WORKBOOK, ZIP_TEXT),
    *(DIAGNOSIS_TABLE, OLD_DIAGNOSIS_TABLE, MAPPED_FROM_9_TABLE, MAPPED_FROM_10_TABLE),
)
