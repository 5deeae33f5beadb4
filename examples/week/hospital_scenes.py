"""The hospital's patients with something on purpose. One claim bills the week; institutional lines have no pointers.

Line tokens are exact here. The hospital's pair table has real dates that reach March 2026.
"""

from __future__ import annotations

from week.records import Mark, on, scene

_BUNDLED = "bundled, CO-236"

SCENES = (
    scene(
        "medicare_hospital, knee, MW",
        on(
            "M: 97110x2-GP 97140-GP 97026-GP",
            Mark(3, "97026; E11.42 stands on the claim", "CLM-DX-NCD", "WARN, institutional lines have no pointers"),
        ),
        dx="M17.11 E11.42",
    ),
    scene(
        "medicare_hospital, balance, TH",
        on(
            "T: 97112x2-GP 97116-GP 97026-GP",
            Mark(
                3,
                "97026; a heel ulcer (L97.411) stands on the claim",
                "CLM-DX-NCD",
                "WARN, institutional lines have no pointers",
            ),
        ),
        dx="R26.89 E11.621 L97.411",
    ),
    scene(
        "medicare_hospital, knee, TH",
        on(
            "H: 97110x2-GP 97530-GP 97026-GP",
            Mark(3, "97026 before exercise for knee arthritis", meets="coded: nothing met"),
        ),
    ),
    scene(
        "bcbsil, young back, MW",
        on(
            "W: 97110x2-GP 97140-GP 97026-GP",
            Mark(
                3,
                "97026, BCBS of Illinois",
                "COV-HCSC-NMN",
                "not medically necessary, 50, presumptive until the contract was reviewed",
            ),
        ),
    ),
    scene(
        "medicare_hospital, shoulder, MW",
        on("W: 97110x2-GP 97140-GP 97026x2-GP", Mark(3, "97026 × 2", "CLM-UNITS CLM-MUE", "151 N362")),
    ),
    scene(
        "medicare_hospital, hip, TH",
        on("T: 97110x9-GP 97530-GP", Mark(1, "97110 × 9 (limit 8, by day)", "CLM-MUE", "151 N362")),
    ),
    scene(
        "medicare_hospital, neck, MW",
        on("M: 97110x2-GP 97140-GP 97035x3-GP", Mark(3, "97035 × 3 (limit 2, by day)", "CLM-MUE", "151 N362")),
    ),
    scene(
        "medicare_hospital, back, TH",
        on("T: 97161x2-GP 97110-GP", Mark(1, "97161 × 2 (limit 1, by day, absolute)", "CLM-MUE", "151 N362")),
    ),
    scene(
        "medicare_hospital, hip, MW",
        on(
            "W: 97110x7-GP 97530-GP",
            Mark(1, "97110 × 7: one too many for a practitioner, not for a hospital", meets="nothing met"),
        ),
    ),
    scene(
        "medicare_hospital, knee, MW",
        on("M: 97110x2 97140-GP 97530-GP", Mark(1, "97110 without GP or GO", "CLM-GP", "16 N822, or 4")),
    ),
    scene(
        "medicare_hospital, wrist, TH",
        on("T: 97110x2-GO-GP 97530-GO", Mark(1, "97110 with GO and GP", "CLM-GP", "4 N519, or 16 N823")),
    ),
    scene(
        "medicare_hospital, frozen shoulder, TH",
        on(
            "T: 97110x2-GP 97024-GP 97026-GP",
            Mark(2, "97024 with 97026: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(3, "97026 with 97024, no modifier", "CLM-NCCI AUD-MULTIHEAT", _BUNDLED),
        ),
    ),
    scene(
        "medicare_hospital, radiculopathy, TH",
        on("H: 97012-GP 97110x2-GP 97140-GP", Mark(3, "97140 with 97012, no modifier", "CLM-NCCI", _BUNDLED)),
    ),
    scene(
        "medicare_hospital, parkinson, MW",
        on("M: 97112x2-GP 97530-GP 97750x2-GP", Mark(3, "97750 with 97530, no modifier", "CLM-NCCI", _BUNDLED)),
    ),
    scene(
        "medicare_hospital, parkinson, TH",
        on(
            "T: 97116-GP 97530-GP-59 97750x2-GP",
            Mark(
                3,
                "97750 with 97530, whose 59 stands on column 1 and does not help here",
                "CLM-NCCI CLM-MOD-COL1",
                _BUNDLED,
            ),
        ),
    ),
    scene(
        "medicare_hospital, radiculopathy, MF",
        on(
            "F: 97012-GP 97110x2-GP 97140-GP-59",
            Mark(3, "97140 with 97012, 59 on column 2", meets="the pair is bypassed"),
        ),
    ),
    scene(
        "medicare_hospital, hip, MF",
        on(
            "M: 97161-GP 97164-GP-59 97110-GP",
            Mark(2, "97164 with 97161 and 59: no modifier bypasses this pair", "CLM-NCCI-0", _BUNDLED),
        ),
    ),
    scene(
        "medicare_hospital, balance, MF",
        on(
            "M: 97161-GP 97750x2-GP-59",
            Mark(
                2,
                "97750 with 97161 and 59: allowed for a hospital, not for a practitioner",
                meets="the pair is bypassed",
            ),
        ),
    ),
    scene(
        "medicare_hospital, thumb, MW",
        on(
            "M: 97110x2-GO 97026-GO 97018-GO-XS",
            Mark(2, "97026 to the elbow, 97018 to the hand: two that heat", "AUD-MULTIHEAT", "WARN"),
            Mark(3, "97018 with 97026, XS on column 2: the pair is bypassed", "AUD-MULTIHEAT", "WARN; not bundled"),
            note="PARAFFIN RIGHT HAND. INFRARED LEFT ELBOW BEFORE RANGE OF MOTION.",
        ),
        dx="M18.11 M25.641 M25.622",
    ),
    scene(
        "medicare_hospital, back, MWF",
        on("F: 97026-GP", Mark(1, "97026 alone on its day", "COV-LCD", "WARN, 50 N115 possible")),
    ),
    scene(
        "medicare_hospital, neck, TH",
        on(
            "H: 97110x2-GP 97012-GP 97026-GP G0283-GP",
            Mark(2, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
            Mark(3, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
            Mark(4, "three modalities in one visit", "AUD-MANYMOD", "WARN"),
        ),
    ),
    scene(
        "medicare_hospital, shoulder, TH",
        on(
            "T: 97110x2-GP 97140-GP",
            Mark(1, "97110 on the day of 97150, whose claim is void", meets="no pair: a void leaves the day"),
            Mark(2, "97140 on the day of 97150, whose claim is void", meets="no pair: a void leaves the day"),
        ),
        on(
            "T: 97150-GP G0283-GP",
            Mark(1, "97150 of another patient, voided in the second run", meets="the claim is void"),
            label="group",
        ),
        on("T: 97150-GP G0283-GP", note="BILLED TO THE WRONG PATIENT", frequency="8", label="void", corrects="group"),
    ),
    scene(
        "medicare_hospital, new knee, M",
        on("M: 97110x2-GP 97116-GP 97016-GP", label="first"),
        on(
            "M: 97110x2-GP 97116-GP 97530-GP 97016-GP",
            Mark(4, "97016, claim replaced", meets="the original no longer counts: 1 unit, not 2"),
            note="97530 WAS LEFT OFF",
            frequency="7",
            label="replacement",
            corrects="first",
        ),
    ),
)
