"""The clinic's patients with something on purpose: a busy week's real mistakes, and lines that only look wrong.

Infrared itself is in `infrared_scenes.py`. Line tokens are exact here: nothing is added to them. A mark without
findings says that the line must stay quiet.
"""

from __future__ import annotations

from week.infrared_scenes import INFRARED
from week.records import Mark, on, scene

_BUNDLED = "bundled, CO-236, likely (the practitioner table has aged)"
_UNMATCHED = "indeterminate: no policy loaded for payer; the payer itself is unknown"

UNITS = (
    scene(
        "medicare, knee, MWF",
        on(
            "F: 97110x2-GP@1 97140-GP@1 97026x2-GP@1",
            Mark(3, "97026 × 2, billed by the clock", "CLM-UNITS CLM-MUE", "151 N362"),
        ),
    ),
    scene(
        "medicare, shoulder, TH",
        on(
            "H: 97110x2-GP@1 97026-GP@1 97026-GP-59@2",
            Mark(2, "97026 twice the same day, shoulder and knee: the day's first", "CLM-UNITS CLM-MUE", "151 N362"),
            Mark(
                3,
                "97026 twice the same day: the second, with 59, which no pair asks for",
                "CLM-UNITS CLM-MUE CLM-MOD-NOEDIT",
                "151 N362",
            ),
        ),
        dx="M25.611 M17.11",
    ),
    scene(
        "medicare, radiculopathy, MWF",
        on(
            "W: 97012-GP@1 97012-GP@1 97110x2-GP@1 97112-GP@1",
            Mark(1, "97012 on two equal lines: the first", "CLM-UNITS CLM-MUE", "151 N362"),
            Mark(2, "97012 on two equal lines: the second repeats it", "CLM-UNITS CLM-MUE CLM-DUP", "151 N362, 18"),
        ),
    ),
    scene(
        "medicare, hip, WF",
        on(
            "W: 97110x7-GP@1 97530-GP@1",
            Mark(1, "97110 × 7: the tenth minute became a unit (limit 6, by day)", "CLM-MUE", "151 N362, likely"),
        ),
    ),
    scene(
        "medicare, shoulder, MW",
        on(
            "M: 97110x2-GP@1 97140-GP@1 97035x3-GP@1",
            Mark(3, "97035 × 3 (limit 2, by day)", "CLM-MUE", "151 N362, likely"),
        ),
    ),
    scene(
        "medicare, knee, MH",
        on(
            "M: 97161x2-GP@1 97110-GP@1",
            Mark(1, "97161 × 2 (limit 1, by day, absolute)", "CLM-MUE", "151 N362, likely"),
        ),
    ),
    scene(
        "medicare, back, TH",
        on(
            "T: 97110x2-GP@1 97140-GP@1 97010-GP@1",
            Mark(3, "97010 to Medicare (limit 0: never paid on its own)", "CLM-MUE", "97 or 151 N362, likely"),
        ),
    ),
    scene(
        "medicare, neck, WF",
        on(
            "F: 97110x2-GP@1 97140-GP@1 97014-GP@1",
            Mark(3, "97014 to Medicare, where G0283 is meant (limit 0)", "CLM-MUE", "151 N362, likely"),
        ),
    ),
    scene(
        "bcbstx, ligament, W",
        on(
            "W: 97110x9-GP@1 97530x3-GP@1",
            Mark(1, "97110 × 9 on one line over three days: three a day", meets="units are divided by the days"),
            note="VISITS 03/09 03/10 03/11 ON ONE LINE EACH",
            service="M",
            through="W",
        ),
    ),
)

MODIFIERS = (
    scene(
        "medicare, knee, TH",
        on("H: 97110x2@1 97140-GP@1 97530-GP@1", Mark(1, "97110 without GP or GO", "CLM-GP", "16 N822, or 4")),
    ),
    scene(
        "medicare, thumb, WF",
        on("F: 97018-GO@1 97110x2-GO@1 97530@1", Mark(3, "97530 without GP or GO", "CLM-GP", "16 N822, or 4")),
    ),
    scene(
        "medicare, back, MWF",
        on("M: 97110x2-GP@1 97140-GP@1 97530-GP-GO@1", Mark(3, "97530 with GP and GO", "CLM-GP", "4 N519, or 16 N823")),
    ),
    scene(
        "medicare, stenosis, MW",
        on(
            "W: 97110x2-GP@1 97116-GP@1 97012-GN@1",
            Mark(3, "97012 with GN, speech-language pathology's modifier", "CLM-GP", "4 N519, or 16 N823"),
        ),
    ),
    scene(
        "medicare, stroke, MWF",
        on(
            "M: 97112x2-GP@1 97116-GP@1 97530-GP-GN@1",
            Mark(3, "97530 with GP and GN", "CLM-GP", "4 N519, or 16 N823"),
        ),
    ),
    scene(
        "medicare, arm after stroke, TH",
        on(
            "H: 97530x2-GO@1 97535-GO-GN@1",
            Mark(2, "97535 with GO and GN", "CLM-GP", "4 N519, or 16 N823"),
        ),
    ),
    scene(
        "medicare, wrist, TH",
        on(
            "T: 97110x2-GO-CQ@1 97530-GO-CO@1",
            Mark(1, "CQ, a physical therapist assistant's modifier, with GO", "CLM-CQCO", "4 N519, or 16 N823"),
        ),
    ),
    scene(
        "medicare, knee, WF",
        on(
            "W: 97110x2-GP@1 97140-GP@1 97530-GP-59@1",
            Mark(3, "97530 with 59 beside 97140: the pair ended in 2019", "CLM-MOD-NOEDIT", "WARN"),
        ),
    ),
    scene(
        "medicare, thumb, MW",
        on(
            "W: 97140-GO@1 97018-GO-59-XS@1 97530x2-GO@1",
            Mark(2, "97018 with 59 and XS on one line", "CLM-MOD-DOUBLE", "FIX"),
        ),
    ),
)

PAIRS = (
    scene(
        "medicare, frozen shoulder, MWF",
        on(
            "W: 97110x2-GP@1 97024-GP@1 97026-GP@1",
            Mark(2, "97024 with 97026: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(3, "97026 with 97024, no modifier", "CLM-NCCI AUD-MULTIHEAT", _BUNDLED),
        ),
    ),
    scene(
        "medicare, thumb, TH",
        on(
            "T: 97110x2-GO@1 97530-GO@1 97026-GO@1 97018-GO@1",
            Mark(3, "97026 with 97018: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(4, "97018 with 97026, no modifier", "CLM-NCCI AUD-MULTIHEAT", _BUNDLED),
        ),
    ),
    scene(
        "medicare, thumb, MWF",
        on(
            "M: 97110x2-GO@1 97530-GO@1 97026-GO@3 97018-GO-XS@1",
            Mark(3, "97026 to the elbow, 97018 to the hand: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(4, "97018 with 97026, XS on column 2: the pair is bypassed", "AUD-MULTIHEAT", "WARN; not bundled"),
            note="PARAFFIN RIGHT HAND. INFRARED LEFT ELBOW BEFORE RANGE OF MOTION. SEPARATE SITES.",
        ),
        dx="M18.11 M25.641 M25.622",
    ),
    scene(
        "medicare, shoulder, TF",
        on(
            "T: 97110x2-GP@1 97530-GP@1 97140-GP@1",
            Mark(3, "97140 with 97530: no pair since 2020", meets="coded: nothing met"),
        ),
    ),
    scene(
        "medicare, hip, MW",
        on(
            "M: 97161-GP@1 97164-GP-59@1 97110-GP@1",
            Mark(2, "97164 with 97161 and 59: no modifier bypasses this pair", "CLM-NCCI-0", _BUNDLED),
        ),
    ),
    scene(
        "medicare, balance, MWF",
        on("M: 97150-GP@1 97110x2-GP@1", Mark(2, "97110 with 97150, no modifier", "CLM-NCCI", _BUNDLED)),
    ),
    scene(
        "medicare, parkinson, TH",
        on("H: 97112x2-GP@1 97530-GP@1 97750x2-GP@1", Mark(3, "97750 with 97530, no modifier", "CLM-NCCI", _BUNDLED)),
    ),
    scene(
        "medicare, radiculopathy, TH",
        on("T: 97012-GP@1 97110x2-GP@1 97140-GP@1", Mark(3, "97140 with 97012, no modifier", "CLM-NCCI", _BUNDLED)),
    ),
    scene(
        "medicare, parkinson, MW",
        on(
            "W: 97116-GP@1 97530-GP-59@1 97750x2-GP@1",
            Mark(
                3,
                "97750 with 97530, whose 59 stands on column 1: accepted since 2019-07-01",
                "CLM-MOD-COL1",
                "INFO; 97750 is not bundled",
            ),
        ),
    ),
    scene(
        "medicare, stenosis, TH",
        on(
            "T: 97110x2-GP@1 97140-GP@1",
            Mark(2, "97140 of the morning's claim, 97012 on the afternoon's", "CLM-NCCI", _BUNDLED),
            label="morning",
        ),
        on("T: 97012-GP@1 97112-GP@1", label="afternoon"),
    ),
    scene(
        "medicare, back, TF",
        on(
            "T: 97110x2-GP@1 97140-GP@1",
            Mark(1, "97110 on the day of 97150, whose claim is void", meets="no pair: a void leaves the day"),
            Mark(2, "97140 on the day of 97150, whose claim is void", meets="no pair: a void leaves the day"),
        ),
        on(
            "T: 97150-GP@1 ESTIM-GP@1",
            Mark(1, "97150 of another patient, voided on Friday", meets="the claim is void"),
            label="group",
        ),
        on("F: 97110x2-GP@1 97530-GP@1"),
        on(
            "F: 97150-GP@1 ESTIM-GP@1",
            note="BILLED TO THE WRONG PATIENT",
            frequency="8",
            label="void",
            corrects="group",
            service="T",
        ),
    ),
    scene(
        "bcbsil, ligament, MF",
        on("M: 97110-GP@1 97530-GP@1 97035-GP@1", label="first"),
        on(
            "F: 97110x3-GP@1 97530-GP@1 97035x2-GP@1",
            Mark(1, "97110, claim replaced", meets="the original no longer counts: 3 units, not 4"),
            Mark(3, "97035, claim replaced", meets="the original no longer counts: 2 units, not 3"),
            note="UNITS CORRECTED FROM NOTE",
            frequency="7",
            label="replacement",
            corrects="first",
            service="M",
        ),
    ),
)

CONTRACTOR = (
    scene(
        "medicare, back, MW",
        on("M: 97026-GP@1", Mark(1, "97026 alone on its day", "COV-LCD", "WARN, 50 N115 possible")),
    ),
    scene(
        "medicare, neck, TH",
        on(
            "H: 97110x2-GP@1 97035-GP@1 97026-GP@1",
            Mark(2, "97035 with 97026: a deep and a superficial heat", "AUD-MULTIHEAT", "WARN; no pair"),
            Mark(3, "97026 with 97035: a deep and a superficial heat", "AUD-MULTIHEAT", "WARN; no pair"),
        ),
    ),
    scene(
        "medicare, radiculopathy, WF",
        on(
            "F: 97110x2-GP@1 97012-GP@1 97026-GP@2 ESTIM-GP@2",
            Mark(2, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
            Mark(3, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
            Mark(4, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
        ),
    ),
    scene(
        "medicare, radiculopathy, MTWHF",
        on("M: 97012-GP@1 ESTIM-GP@2"),
        on("T: 97012-GP@1 ESTIM-GP@2"),
        on("W: 97012-GP@1 ESTIM-GP@2"),
        on(
            "H: 97012-GP@1 ESTIM-GP@2",
            Mark(1, "the fifth such visit running, the week before counted", "AUD-MODONLY", "WARN", "history"),
            Mark(2, "the fifth such visit running, the week before counted", "AUD-MODONLY", "WARN", "history"),
        ),
        on(
            "F: 97012-GP@1 ESTIM-GP@2",
            Mark(1, "the fifth visit running with passive modalities only", "AUD-MODONLY", "WARN"),
            Mark(2, "the fifth visit running with passive modalities only", "AUD-MODONLY", "WARN"),
        ),
    ),
)

PAYERS = (
    scene(
        "unmatched, young neck, TH",
        on(
            "T: 97110x2-GP@1 97140-GP@1",
            Mark(1, "a payer nobody knows, filing ZZ", "CLM-PAYER-UNKNOWN", _UNMATCHED),
            Mark(2, "a payer nobody knows, filing ZZ", "CLM-PAYER-UNKNOWN", _UNMATCHED),
        ),
        on(
            "H: 97110x2-GP@1 97112-GP@1",
            Mark(1, "a payer nobody knows, filing ZZ", "CLM-PAYER-UNKNOWN", _UNMATCHED),
            Mark(2, "a payer nobody knows, filing ZZ", "CLM-PAYER-UNKNOWN", _UNMATCHED),
        ),
    ),
    scene("medicare, shoulder, M", other="aetna", before="paid"),
    scene("aetna, young back, T", other="bcbstx", before="paid"),
    scene("erie, ankle, W", other="aetna", before="paid"),
    scene("medicare, new knee, MWF", other="supplement"),
    scene("medicare, balance, TH", other="supplement"),
    scene(
        "medicare, hip, TF", on("T: 97110x2-GP@1 97530-GP@1", place="12"), on("F: 97110-GP@1 97116x2-GP@1", place="12")
    ),
    scene("medicare, shoulder, MW", on("W: 97164-GP@1 97110x2-GP@1 97140-GP@1")),
    scene(
        "advantage, back, TH",
        on("H: 97164-GP-59@1 97110x2-GP@1 ESTIM-GP@1", note="RE-EVALUATION OF THE NEW FALL, SEPARATE FROM TREATMENT"),
    ),
    scene(
        "medicare, stroke, TH",
        on("T: 97112x2-GP-KX@1 97116-GP-KX@1", label="physical"),
        on("T: 97530x2-GO-KX@1 97535-GO-KX@1", discipline="OT", label="occupational"),
    ),
    scene(
        "comp, work shoulder, MW",
        on("M: 97150-GP@1 97110x2-GP-59@1 97530-GP-59@1", note="GROUP SESSION AT 2 PM, INDIVIDUAL SESSION AT 10 AM"),
    ),
)

SCENES = (*INFRARED, *UNITS, *MODIFIERS, *PAIRS, *CONTRACTOR, *PAYERS)
