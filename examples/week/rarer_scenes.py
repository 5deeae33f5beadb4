"""What a week meets less often, at the end of each run: one patient for each, so that every rule can be seen at work.

Line tokens are exact here. A finding with `beside` comes only with those side files.
"""

from __future__ import annotations

from week.records import Mark, on, scene

_DENIED_GZ = "denied automatically, CO-50"
_TWO = "FIX; one of them is enough"
_MA = "INFO; the plan's own determination takes its place"
_DEVICE = "not reasonable and necessary for any diagnosis, CO-50 N115"

NOTICES = (
    scene(
        "medicare, knee, T",
        on(
            "T: 97110x2-GP@1 97116-GP@1 97016-GP-GA-GZ@1",
            Mark(3, "97016 with GA and GZ: a notice, and none", "CLM-ABN-GZ", f"4; {_DENIED_GZ}"),
        ),
    ),
    scene(
        "medicare, back, W",
        on(
            "W: 97110x2-GP@1 97530-GP@1 97016-GP-GX-GA@1",
            Mark(3, "97016 with GX beside GA: a notice cannot be voluntary and required", "CLM-ABN-GX", "4"),
        ),
    ),
    scene(
        "medicare, hip, H",
        on(
            "H: 97110x2-GP@1 97116-GP@1 97016-GP-GZ-GY@1",
            Mark(3, "97016 with GZ and GY: not necessary, and no benefit at all", "CLM-ABN-GZ", f"4; {_DENIED_GZ}"),
        ),
    ),
    scene(
        "medicare, stenosis, M",
        on(
            "M: 97110x2-GP@1 97116-GP-KX-GA@1", Mark(2, "97116 with KX and GA: necessary, and not", "CLM-ABN-GA", "FIX")
        ),
    ),
    scene(
        "medicare, neck, F",
        on(
            "F: 97110x2-GP@1 97140-GP@1 97016-GY@1",
            Mark(3, "97016 with GY and no modifier of a discipline", "CLM-ABN-GY CLM-GP", "16 MA130"),
        ),
    ),
    scene(
        "medicare, frozen shoulder, WF",
        on(
            "W: 97110x2-GP@1 97140-GP@1 E0221-NU@1",
            Mark(3, "a device for home use (E0221) billed to Medicare", "COV-DME-NMN CLM-MUE", _DEVICE),
        ),
        on(
            "F: 97110x2-GP@1 97140-GP@1 A4639-NU-GY@1",
            Mark(
                3,
                "the pad of such a device (A4639) with GY, as if it were no benefit",
                "COV-DME-NMN CLM-ABN-GY CLM-MUE",
                _DEVICE,
            ),
        ),
    ),
    scene(
        "advantage, knee, MWF",
        on("M: 97110x2-GP@1 97016-GP-GA@1", Mark(2, "97016 with GA, Medicare Advantage", "CLM-ABN-GA", _MA)),
        on("W: 97110x2-GP@1 97016-GP-GX@1", Mark(2, "97016 with GX, Medicare Advantage", "CLM-ABN-GX", _MA)),
        on("F: 97110x2-GP@1 97016-GP-GZ@1", Mark(2, "97016 with GZ, Medicare Advantage", "CLM-ABN-GZ", _MA)),
    ),
)

_UNNEEDED = "GA or GZ instead: the denial is for want of necessity"

WHICH_NOTICE = (
    scene(
        "medicare, balance, TH",
        on(
            "T: 97112x2-GP@2 97116-GP@2 97026-GP-GY@1",
            Mark(
                3, "97026 points only to E11.42, with GY, as if it were no benefit", "CLM-DX-NCD CLM-ABN-GY", _UNNEEDED
            ),
        ),
        on(
            "H: 97112x2-GP@2 97116-GP@2 97026-GP-GX@1",
            Mark(3, "97026 points only to E11.42, with a voluntary notice (GX)", "CLM-DX-NCD CLM-ABN-GX", _UNNEEDED),
        ),
        dx="E11.42 R26.89",
    ),
    scene(
        "erie, young back, T",
        on(
            "T: 97110x2-GP@1 97140-GP@1 97016-GP-GA@1",
            Mark(3, "97016 with GA, a commercial plan", "CLM-WAIVER", "WARN, 4 possible"),
        ),
    ),
    scene(
        "erie, cuff, H",
        on(
            "H: 97110x2-GP@1 97140-GP@1 97016x2-GP@1",
            Mark(3, "97016 twice on one day, a commercial plan", "CLM-UNITS", "FIX, 151 N362 or 222"),
        ),
    ),
)

MODIFIERS = (
    scene(
        "medicare, radiculopathy, MWF",
        on(
            "M: 97012-GP@1 97110x2-GP@1 97140-GP-XE-XS@2",
            Mark(3, "97140 with 97012, XE and XS on one line", "CLM-MOD-DOUBLE", _TWO),
        ),
        on(
            "W: 97012-GP@1 97110x2-GP@1 97140-GP-XS-XP@2",
            Mark(3, "97140 with 97012, XS and XP on one line", "CLM-MOD-DOUBLE", _TWO),
        ),
        on(
            "F: 97012-GP@1 97110x2-GP@1 97140-GP-XP-XU@2",
            Mark(3, "97140 with 97012, XP and XU on one line", "CLM-MOD-DOUBLE", _TWO),
        ),
    ),
    scene(
        "medicare, stroke, T",
        on(
            "T: 97112x2-GP-CQ@1 97530-GP-CO@1",
            Mark(2, "CO, an occupational therapy assistant's modifier, with GP", "CLM-CQCO", "4 N519, or 16 N823"),
        ),
    ),
    scene(
        "medicare, balance, H",
        on(
            "H: 97112x2-GP-CQ-CO@1 97116-GP-CQ@1",
            Mark(1, "97112 with CQ and CO: two assistants of two plans of care", "CLM-CQCO", "4 N519, or 16 N823"),
        ),
    ),
)

WHO_AND_WHERE = (
    scene(
        "medicare, back, T",
        on(
            "T: 97140-GP@1 97530-GP@1",
            Mark(1, "97140 furnished by a chiropractor", "COV-STAT-EXCL", "statutorily excluded, 96 N425, likely"),
            Mark(2, "97530 furnished by a chiropractor", "COV-STAT-EXCL", "statutorily excluded, 96 N425, likely"),
            by="chiropractor",
        ),
    ),
    scene(
        "medicare, neck, WF",
        on(
            "W: 97140x2-GP@1 97530-GP@1",
            Mark(1, "97140 furnished by a massage therapist", "CLM-FURNISHER", "50, 185 or 170 N95, likely"),
            Mark(2, "97530 furnished by a massage therapist", "CLM-FURNISHER", "50, 185 or 170 N95, likely"),
            by="massage therapist",
        ),
        on(
            "F: 97110x2-GP@1 97530-GP@1",
            Mark(1, "97110 furnished by an athletic trainer", "CLM-FURNISHER", "50, 185 or 170 N95, likely"),
            Mark(2, "97530 furnished by an athletic trainer", "CLM-FURNISHER", "50, 185 or 170 N95, likely"),
            by="athletic trainer",
        ),
    ),
    scene(
        "medicare, hip, H",
        on(
            "H: 97110x2-GP@1 97116-GP@1 97026-GP@1",
            Mark(3, "97026 with place of service 12, as a device for home use would be", "CLM-POS", "WARN, 5 M77"),
            place="12",
        ),
    ),
    scene(
        "medicare, new knee, M",
        on(
            "M: 97110x2-GP@1 97116-GP@1",
            Mark(1, "a claim of the spring before, found in a drawer", "CLM-TIMELY", "29, likely"),
            service="2025-03-10",
        ),
    ),
    scene(
        "medicare, knee, W",
        on(
            "W: 97110x2-GP@1 97140-GP@1",
            Mark(1, "diagnoses in ICD-9-CM (715.16, 719.46)", "CLM-DX-INVALID", "146, likely"),
        ),
        dx="715.16 719.46",
    ),
)

MODALITIES = (
    scene(
        "medicare, thumb, T",
        on(
            "T: 97018-GO@1 97035-GO@1 97110x2-GO@1",
            Mark(1, "97018 with 97035: two that heat, and no infrared", "AUD-MULTIHEAT", "WARN; no pair"),
            Mark(2, "97035 with 97018: two that heat, and no infrared", "AUD-MULTIHEAT", "WARN; no pair"),
        ),
    ),
    scene(
        "erie, cuff, W",
        on(
            "W: 97024-GP@1 97035-GP@1 97110x2-GP@1",
            Mark(1, "97024 with 97035, a commercial plan: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(2, "97035 with 97024, a commercial plan: two that heat", "AUD-MULTIHEAT", "WARN"),
        ),
    ),
    scene(
        "aetna, young back, H",
        on(
            "H: 97012-GP@1 97016-GP@1 97035-GP@1 97110x2-GP@1",
            Mark(1, "three modalities in one visit, a commercial plan", "AUD-MANYMOD", "WARN"),
            Mark(2, "three modalities in one visit, a commercial plan", "AUD-MANYMOD", "WARN"),
            Mark(3, "three modalities in one visit, a commercial plan", "AUD-MANYMOD", "WARN"),
        ),
    ),
    scene(
        "medicare, back, H",
        on(
            "H: 97026-GP@1 97012-GP@1",
            Mark(1, "97026 with traction and nothing active", "AUD-ALONE", "WARN, 50 possible"),
        ),
    ),
    scene(
        "erie, young back, F",
        on(
            "F: 97026-GP@1",
            Mark(1, "97026 alone on its day, a commercial plan", "AUD-ALONE COV-INVEST", "WARN, 50 possible"),
        ),
    ),
    scene(
        "amerihealth, young back, F",
        on(
            "F: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(3, "97026, a Medicaid plan whose criteria were not read", "COV-POLICY-UNKNOWN", "WARN"),
        ),
    ),
)

_UNTOLD = "16 MA04, or 22"

OTHER_PAYERS = (
    scene(
        "medicare, knee, M",
        on(
            "M: 97110x2-GP@1 97140-GP@1",
            Mark(
                1, "Medicare is secondary, and the claim does not show what the first payer decided", "CLM-COB", _UNTOLD
            ),
        ),
        other="aetna",
        before="untold",
    ),
    scene(
        "medicare, shoulder, T",
        on(
            "T: 97110x2-GP@1 97140-GP@1",
            Mark(1, "the first payer denied with 96, by its own rules", "CLM-COB-DENIAL", "INFO"),
            Mark(2, "the first payer denied with 96, by its own rules", "CLM-COB-DENIAL", "INFO"),
        ),
        other="aetna",
        before="PR-96",
    ),
    scene(
        "medicare, balance, H",
        on(
            "H: 97112x2-GP@1 97116-GP@1",
            Mark(
                1, "the first payer denied with 197, for want of its authorization", "CLM-COB-MEND", f"WARN, {_UNTOLD}"
            ),
            Mark(
                2, "the first payer denied with 197, for want of its authorization", "CLM-COB-MEND", f"WARN, {_UNTOLD}"
            ),
        ),
        other="aetna",
        before="CO-197",
    ),
)

_ABOVE = "the year's threshold was passed before this week, and no KX stands on the line"

YEAR = (
    scene(
        "medicare, knee, TH",
        on(
            "T: 97110x2-GP@1 97140-GP@1",
            Mark(1, _ABOVE, "CLM-KX", "119, likely", "history"),
            Mark(2, _ABOVE, "CLM-KX", "119, likely", "history"),
        ),
        on(
            "H: 97110x2-GP@1 97530-GP@1",
            Mark(1, _ABOVE, "CLM-KX", "119, likely", "history"),
            Mark(2, _ABOVE, "CLM-KX", "119, likely", "history"),
        ),
    ),
)

DIAGNOSES = (
    scene(
        "medicare, knee, F",
        on(
            "F: 97110x2-GP@1 97140-GP@1",
            Mark(1, "a heading (M25.56) where M25.561 or M25.562 is meant", "CLM-DX-INVALID", "146 M76, likely"),
        ),
        dx="M25.56 R26.89",
    ),
    scene(
        "erie, cuff, M",
        on(
            "M: 97110x2-GP@1 97140-GP@1",
            Mark(1, "a diagnosis that ICD-10-CM does not have (M75.199)", "CLM-DX-INVALID", "146 M76, likely"),
        ),
        dx="M75.199 M25.511",
    ),
)

CLINIC = (*NOTICES, *MODIFIERS, *WHO_AND_WHERE, *MODALITIES, *OTHER_PAYERS, *YEAR, *WHICH_NOTICE, *DIAGNOSES)

HOSPITAL = (
    scene(
        "medicare_hospital, knee, WF",
        on(
            "W: 97110x2-GP 97140-GP 97530-GP-59",
            Mark(3, "97530 with 59 beside 97140: the pair ended in 2019", "CLM-MOD-NOEDIT", "WARN"),
        ),
    ),
    scene(
        "medicare_hospital, knee, TH",
        on(
            "T: 97110x2-GP 97140-GP 97116-GP-GA",
            Mark(3, "97116 with GA on a hospital's claim: denied automatically", "CLM-ABN-GA", "WARN, 50"),
        ),
    ),
)
