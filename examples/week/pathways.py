"""What people come for, and how such a visit is billed when it is billed well.

A regimen is the row of services of one visit. None holds two codes of an NCCI pair without the modifier on the second,
more than two modalities, or two that heat. ESTIM is unattended electrical stimulation under the code the payer takes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pathway:
    key: str
    discipline: str
    age: str
    dx: tuple[str, ...]
    evaluation: str
    regimens: tuple[str, ...]
    acute: bool = False  # the claim tells when it began


def _pathway(key: str, kind: str, dx: str, evaluation: str, *regimens: str) -> Pathway:
    discipline, age, *acute = kind.split()
    return Pathway(key, discipline, age, tuple(dx.split()), evaluation, regimens, bool(acute))


PATHWAYS = {
    pathway.key: pathway
    for pathway in (
        # ── physical therapy, older adults ──
        _pathway("knee", "PT senior", "M17.11 M25.661 R26.89", "97161 97110", "97110x2 97140", "97110 97112 97530x2",
                 "97110x2 97116 ESTIM", "97110x2 97530 97140"),
        _pathway("new knee", "PT senior acute", "Z47.1 Z96.652 M25.662", "97161 97110 97116",
                 "97110x2 97116 97016", "97110x2 97530 97140", "97110 97112 97116 97016"),
        _pathway("hip", "PT senior", "M16.12 M25.652 R26.89", "97161 97110", "97110x2 97140 97116", "97110x2 97530",
                 "97112 97116 97530"),
        _pathway("back", "PT senior", "M54.50 M62.830", "97161 97140", "97110x2 97140 ESTIM", "97110x2 97530 97140",
                 "97110 97112 97530"),
        _pathway("stenosis", "PT senior", "M48.061 R26.2", "97162 97110", "97110x2 97116 97530", "97110x2 97112",
                 "97110x2 97140"),
        _pathway("radiculopathy", "PT senior", "M54.16 M54.50", "97162 97110", "97012 97110x2 97112",
                 "97012 97140-59 97110", "97110x2 97530 ESTIM"),
        _pathway("balance", "PT senior", "R26.81 Z91.81 M62.81", "97162 97112", "97112x2 97116", "97110 97112 97530x2",
                 "97150 97116-59", "97112x2 97530 97116"),
        _pathway("frozen shoulder", "PT senior", "M75.02 M25.612", "97161 97140", "97024 97110x2 97140",
                 "97110x2 97140x2", "97110x2 97530 97140"),
        _pathway("shoulder", "PT senior", "M75.101 M25.511 M25.611", "97161 97110", "97110x2 97140 97035",
                 "97110x2 97530", "97110 97112 97140"),
        _pathway("stroke", "PT senior acute", "I69.351 R26.89", "97163 97112", "97112x2 97116x2", "97112x2 97530 97116",
                 "97110 97112 97032 97116"),
        _pathway("parkinson", "PT senior", "G20.A1 R26.89 R29.6", "97163 97112", "97112x2 97116 97530",
                 "97110 97112 97116 97530", "97750x2 97112x2"),
        _pathway("neck", "PT senior", "M54.2 M62.838", "97161 97140", "97110x2 97140 97035", "97012 97110x2 97112",
                 "97110 97112 97140"),
        # ── occupational therapy, older adults ──
        _pathway("thumb", "OT senior", "M18.11 M25.641", "97165 97760", "97018 97110x2 97530", "97110 97530x2 97140",
                 "97018-59 97140 97530 97110"),
        _pathway("wrist", "OT senior acute", "S52.501D M25.631", "97165 97110", "97022 97110x2 97140", "97110x2 97530",
                 "97760 97530 97535"),
        _pathway("arm after stroke", "OT senior acute", "I69.351 R27.8 Z74.1", "97167 97535", "97530x2 97535x2",
                 "97112x2 97535 97530", "97112 97530x2 97032"),
        # ── adults of working age ──
        _pathway("ankle", "PT adult acute", "S93.401D M25.571 R26.89", "97161 97110", "97110x2 97112 97016",
                 "97110x2 97140 97022", "97110 97112 97530"),
        _pathway("ligament", "PT adult acute", "S83.511D M25.661", "97161 97110", "97110x2 97112 97530",
                 "97110x2 97530 97016", "97112 97116 97110x2"),
        _pathway("young back", "PT adult", "M54.59 M62.830", "97161 97140", "97110x2 97140", "97110x2 97530 ESTIM",
                 "97012 97110x2"),
        _pathway("young neck", "PT adult", "M54.2 M54.12", "97161 97140", "97110x2 97140", "97012 97110 97112",
                 "97110x2 97035"),
        _pathway("heel", "PT adult", "M72.2 M79.672", "97161 97140", "97110x2 97140 97035", "97110 97112 97140"),
        _pathway("cuff", "PT adult", "M75.101 M25.511", "97161 97110", "97110x2 97140", "97110x2 97530 97035",
                 "97110 97112 97140 ESTIM"),
        _pathway("elbow", "OT adult", "M77.11 M25.521", "97165 97110", "97110x2 97140 97035", "97110 97140 97530",
                 "97110x2 97530"),
        # ── children ──
        _pathway("motor delay", "PT child", "F82 R27.8", "97162 97530", "97112x2 97530x2", "97110 97112 97530x2"),
        _pathway("hand skills", "OT child", "F82 R27.8", "97166 97530", "97530x3 97535", "97530x2 97112"),
        # ── hurt at work ──
        _pathway("work back", "PT adult acute", "S39.012D M62.830", "97162 97110", "97110x2 97530x2 97010",
                 "97110x2 97140 ESTIM", "97750x2 97110x2"),
        _pathway("work shoulder", "PT adult acute", "S46.011D M25.511", "97161 97110", "97110x2 97530 97140",
                 "97110x2 97530 97010"),
        _pathway("work hand", "OT adult acute", "S62.336D M25.641", "97165 97760", "97022 97110x2 97530",
                 "97110 97530x2 97140"),
    )
}  # fmt: skip

# How many patients with nothing on purpose come to the clinic, and on which days each
CLINIC_ORDINARY = {
    "medicare": {"knee": "MWF TH", "new knee": "MWF TH", "hip": "TH", "back": "TH W", "stenosis": "TF",
                 "balance": "MWF", "frozen shoulder": "WF", "shoulder": "TH", "stroke": "MTWHF", "parkinson": "MWF",
                 "neck": "MH", "thumb": "TH", "wrist": "MWF", "arm after stroke": "MWF"},
    "advantage": {"knee": "TH MW", "new knee": "MWF", "hip": "TF", "balance": "MWF", "back": "TH", "shoulder": "MW",
                  "stroke": "MWF", "thumb": "WF", "wrist": "T", "frozen shoulder": "M"},
    "bcbsil": {"ankle": "MWF", "young back": "TH", "motor delay": "MH", "cuff": "WF"},
    "bcbstx": {"ligament": "MWF", "young neck": "TH", "elbow": "MW"},
    "aetna": {"ligament": "MWF", "young back": "TH", "heel": "F MH", "cuff": "MW", "elbow": "TH",
              "hand skills": "W", "ankle": "TF"},
    "erie": {"ankle": "TH", "young neck": "MWF", "heel": "TF", "cuff": "MW", "young back": "TH", "hand skills": "MH",
             "elbow": "F"},
    "comp": {"work back": "MWF TH", "work shoulder": "MWF W", "work hand": "MWF TH"},
}  # fmt: skip

# … and to the hospital; one claim bills the patient's week
HOSPITAL_ORDINARY = {
    "medicare_hospital": {"knee": "MWF TH F", "new knee": "MWF TH MWF", "hip": "MW H", "back": "TH MF",
                          "balance": "MWF TH", "stroke": "MWF TH", "parkinson": "TH W", "stenosis": "MW T",
                          "wrist": "MW TH", "thumb": "TH", "arm after stroke": "MWF TH", "shoulder": "TH MF",
                          "radiculopathy": "MW", "frozen shoulder": "MH"},
    "medicare_hospital_b": {"neck": "TH", "new knee": "MWF"},
    "advantage": {"new knee": "MWF", "balance": "TH", "wrist": "MW"},
    "bcbsil": {"ligament": "MWF", "motor delay": "TH"},
    "aetna": {"ankle": "MW", "cuff": "TH", "hand skills": "W"},
    "erie": {"ligament": "TH", "elbow": "MW"},
}  # fmt: skip
