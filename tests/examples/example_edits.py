"""Edits in force in March 2026 among the codes of the example week, written out by hand for the test of the week.

Pairs: column 1 → column 2: indicator, the same in both settings except where a physical performance test follows an
evaluation (practitioner 0, hospital 1). Limits: units a day, practitioner and hospital.
"""

MODALITIES = {"97010", "97012", "97014", "97016", "97018", "97022", "97024", "97026", "97032", "97035", "G0283"}
SUPERVISED = MODALITIES - {"97032", "97035"}
HEATING = {"97010", "97018", "97022", "97024", "97026", "97035"}
BYPASS = {"59", "XE", "XP", "XS", "XU"}
EVALUATIONS = ("97161", "97162", "97163", "97165", "97166", "97167")

PAIRS = {
    "97012": "97018:1 97140:1 97164:1 97168:1",
    "97016": "97018:1 97026:1 97164:1 97168:1",
    "97018": "97022:1 97164:1 97168:1",
    "97022": "97164:1 97168:1",
    "97024": "97018:1 97026:1 97164:1 97168:1",
    "97026": "97018:1 97022:1 97164:1 97168:1",
    "97032": "97164:1 97168:1",
    "97035": "97164:1 97168:1",
    "97112": "97022:1",
    "97140": "97018:1 97750:1",
    "97150": "97110:1 97112:1 97116:1 97140:1 97530:1 97535:1 97760:1",
    "97161": "97164:0",
    "97162": "97161:0 97164:0",
    "97163": "97161:0 97162:0 97164:0",
    "97165": "97168:0",
    "97166": "97165:0 97168:0",
    "97167": "97165:0 97166:0 97168:0",
    "97530": "97750:1",
    "97535": "97164:1 97168:1",
    "97750": "97150:0",
    "97760": "97016:1 97110:1 97112:1 97116:1 97140:1 97164:1 97168:1",
    "G0283": "97032:1 97164:1 97168:1",
}

LIMITS = {  # practitioner, hospital
    "97010": (0, 1),
    "97014": (0, 0),
    "97032": (4, 4),
    "97035": (2, 2),
    "97110": (6, 8),
    "97112": (4, 6),
    "97116": (4, 4),
    "97140": (6, 6),
    "97150": (1, 2),
    "97530": (6, 6),
    "97535": (8, 8),
    "97750": (8, 8),
    "97760": (6, 6),
    "A4639": (0, 0),
    "E0221": (0, 0),
}  # all others that the week bills: 1 and 1


def pair(column1: str, column2: str, *, hospital: bool) -> str:
    """The modifier indicator of a pair, or nothing when there is none."""
    if column2 == "97750" and column1 in {*EVALUATIONS, "97164", "97168"}:
        return "1" if hospital else "0"
    held = dict(entry.split(":") for entry in PAIRS.get(column1, "").split())
    return held.get(column2, "")


def limit(code: str, *, hospital: bool) -> int:
    return LIMITS.get(code, (1, 1))[hospital]
