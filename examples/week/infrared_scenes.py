"""Infrared therapy (97026) in the clinic: what it was pointed to, for whom it was billed, and where it was billed well.

Line tokens are exact here. A mark without findings says that the line must stay quiet.
"""

from __future__ import annotations

from week.records import Mark, on, scene

_NCD = "coded: nationally noncovered, CO-50 N386, likely"
_NCD_PR = "coded: nationally noncovered, PR-50 N386, likely"
_CARE, _AUTHORIZED = "history plans-of-care", "plans authorizations"
_INCOMPLETE = "the plan of care lacks diagnoses, or type, amount, frequency or duration"
_HCSC = "not medically necessary, 50, presumptive until the contract was reviewed"

INFRARED = (
    scene(
        "medicare, balance, MWF",
        on(
            "W: 97110x2-GP@2 97112-GP@2 97026-GP@1",
            Mark(3, "97026 points only to diabetic polyneuropathy (E11.42)", "CLM-DX-NCD", _NCD),
        ),
        dx="E11.42 R26.81",
    ),
    scene(
        "medicare, balance, TH",
        on(
            "T: 97112x2-GP@2 97116-GP@2 97026-GP-GA@1",
            Mark(3, "97026 points only to idiopathic neuropathy (G60.9); notice on file, GA", "CLM-DX-NCD", _NCD_PR),
        ),
        dx="G60.9 R26.89",
    ),
    scene(
        "medicare, balance, MWF",
        on(
            "F: 97110-GP@3 97530x2-GP@3 97026-GP-GZ@1:2",
            Mark(
                3,
                "97026 points only to a diabetic heel ulcer (E11.621, L97.411); no notice, GZ",
                "CLM-DX-NCD CLM-ABN-GZ",
                _NCD,
            ),
        ),
        dx="E11.621 L97.411 R26.89",
    ),
    scene(
        "medicare, knee, TF",
        on(
            "T: 97110x2-GP@2 97116-GP@2 97026-GP@1",
            Mark(3, "97026 points only to an open wound of the lower leg (S81.801A)", "CLM-DX-NCD", _NCD),
        ),
        dx="S81.801A M25.661",
    ),
    scene(
        "medicare, knee, MW",
        on(
            "M: 97110x2-GP@2 97140-GP@2 97026-GP@1:2",
            Mark(
                3, "97026 points to E11.42 and to M17.11", "CLM-DX-NCD", "coded: nothing met; BLOCK, 50 N386 possible"
            ),
        ),
        dx="E11.42 M17.11",
    ),
    scene(
        "medicare, shoulder, MWF",
        on(
            "M: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(
                3, "97026 points to the stiff shoulder; E11.42 stands on the claim", "CLM-DX-NCD", "WARN, not pointed"
            ),
        ),
        dx="M25.611 I10 E11.42",
    ),
    scene(
        "medicare, hip, TH",
        on(
            "T: 97110x2-GP@1:2:3 97530-GP@1:2:3",
            Mark(1, _INCOMPLETE, "DOC-POC", "FIX, likely", "plans-of-care"),
        ),
        on(
            "H: 97110x2-GP@1 97530-GP@1 97026-GP@1",
            Mark(3, "97026 points to the hip; G62.9 stands on the claim", "CLM-DX-NCD", "WARN, not pointed"),
            Mark(1, _INCOMPLETE, "DOC-POC", "FIX, likely", "plans-of-care"),
        ),
        dx="M16.12 M25.652 G62.9",
    ),
    scene(
        "medicare, balance, WF",
        on(
            "W: 97112x2-GP@2 97530-GP@2 97026-GP-59@1",
            Mark(
                3,
                "97026 points only to polyneuropathy (G62.9), with 59 to get it paid",
                "CLM-DX-NCD CLM-MOD-NCD CLM-MOD-NOEDIT",
                _NCD,
            ),
        ),
        dx="G62.9 R26.89",
    ),
    scene(
        "medicare, knee, MWF",
        on(
            "M: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(3, "97026 before exercise for knee arthritis", meets="coded: nothing met"),
        ),
        on(
            "W: 97110x2-GP@1 97530-GP@1 97026-GP@1",
            Mark(3, "97026 before exercise for knee arthritis", meets="coded: nothing met"),
        ),
        on(
            "F: 97110x2-GP@1:2 97116-GP@1:2 G0283-GP@1:2",
            Mark(3, "G0283, which the plan of care does not list", "DOC-POC", "FIX, possible", "plans-of-care"),
        ),
        dx="M17.11 M25.661",
    ),
    scene(
        "medicare, knee, TH",
        on(
            "T: 97110x2-GP@1 97116-GP@1 97026-GP@1",
            Mark(3, "97026, diabetes without complication (E11.9) on the claim", meets="coded: nothing met"),
            Mark(1, "the tenth treatment day without a progress report", "DOC-PROGRESS", "FIX", _CARE),
        ),
        on(
            "H: 97110x2-GP@1:2:3 97140-GP@1:2:3",
            Mark(1, "the eleventh treatment day without a progress report", "DOC-PROGRESS", "FIX", _CARE),
        ),
        dx="M17.12 M25.662 E11.9",
    ),
    scene(
        "advantage, back, MWF",
        on(
            "W: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(3, "97026, Medicare Advantage", meets="no policy loaded for payer"),
            Mark(
                3,
                "the plan asks for an authorization, and the one on file names other codes",
                "COV-PA-INVALID",
                "BLOCK, 284 or 197",
                _AUTHORIZED,
            ),
        ),
    ),
    scene(
        "aetna, young back, TH",
        on(
            "T: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(3, "97026, Aetna", meets="no policy loaded for payer"),
            Mark(
                3,
                "the plan asks for an authorization, and nobody asked for one",
                "COV-PA-REQ",
                "BLOCK, 197",
                _AUTHORIZED,
            ),
        ),
    ),
    scene(
        "bcbsil, young back, MWF",
        on(
            "W: 97110x2-GP@1 97140-GP@1 97026-GP@1",
            Mark(3, "97026, BCBS of Illinois, back pain", "COV-HCSC-NMN", _HCSC),
            Mark(3, "the member's contract excludes infrared", "COV-CONTRACT-EXCLUDES", "BLOCK", "plans"),
        ),
    ),
    scene(
        "bcbstx, heel, TH",
        on(
            "H: 97110x2-GP@2 97112-GP@2 97026-GP@1",
            Mark(3, "97026, BCBS of Texas, E11.42: the plan's own policy, not the NCD", "COV-HCSC-NMN", _HCSC),
        ),
        dx="E11.42 M72.2",
    ),
    scene(
        "bcbsil, motor delay, TH",
        on(
            "T: 97112x2-GP@1 97530-GP@1 97026-GP@1",
            Mark(
                3,
                "97026, BCBS of Illinois, a child with a low-tone disorder: the state's mandate may apply",
                "COV-HCSC-NMN",
                _HCSC,
            ),
        ),
        dx="G71.20 F82",
    ),
    scene(
        "bcbsil, cuff, MF",
        on(
            "F: 97110x2-GP@1 97140-GP@1 E0221-NU@1",
            Mark(3, "E0221, a device for home use, sold by the clinic", "COV-HCSC-NMN", _HCSC),
        ),
    ),
    scene(
        "bcbstx, young neck, WF",
        on(
            "F: 97110x2-GP@1 97140-GP@1 A4639-NU@1",
            Mark(3, "A4639, the pad of such a device", "COV-HCSC-NMN", _HCSC),
        ),
    ),
)
