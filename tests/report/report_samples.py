"""Invented answers in every shape a face has to show. Nobody here exists, and no policy is quoted but the NCD."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from report_citations import DISCIPLINE, HCSC_NMN, NCD, NCD_SENTENCE, PTP

from claimwright.lines.answers import (
    Channel,
    Check,
    Finality,
    Finding,
    Likelihood,
    LineAnswer,
    LineRef,
    NamedSilence,
    Outcome,
    Predicted,
    Question,
    Severity,
    Silence,
    View,
    ViewAnswer,
)
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.summary import FindingTally, NotRun, Summary, Tally
from claimwright.report.as_json import RunIdentity

IDENTITY = RunIdentity("0.1.0", date(2026, 3, 16))
PART_B = "Medicare Part B (Ohio)"
HCSC = "Blue Cross and Blue Shield of Illinois"

NO_NOTE = NamedSilence(
    Silence.DOCUMENTATION_NOT_SEEN, "DOC-NOT-SEEN", "no note was given, and nobody answered for the record"
)
NO_TABLE = NamedSilence(Silence.EDIT_STATUS_UNKNOWN, "CLM-EDIT-UNKNOWN", "no loaded table speaks for the codes")
NO_POLICY = NamedSilence(Silence.NO_POLICY, "COV-POLICY-UNKNOWN", "no policy of this payer is loaded for the day")

INTENT = Question(
    fact="treatment intent",
    text="For this application of infrared, what was treated?",
    who="the treating therapist",
    why="it decides between national noncoverage and coverage under the plan of care",
    answers=(
        ("a musculoskeletal problem, as an adjunct", ("NEEDS_DOCUMENTATION", "COVERED_CONDITIONAL")),
        ("neuropathy, a wound or an ulcer, or pain from these", ("NATIONALLY_NONCOVERED",)),
    ),
)

PAIRS_OLD = Check("pair edits", False, "the practitioner table ends 2024-09-30")
NOTE_ABSENT = Check("documentation", False, "no note was given")
UNITS_RAN = Check("units", True, "")
BASIS = (("NCD-270.6", "sha256:5b1f9c04"), ("ncci/ptp practitioner 2024q3", "sha256:c0ffee12"))


def view(outcome=Outcome.NOTHING_MET, **fields):
    given = {
        "finality": Finality.FINAL,
        "likelihood": None,
        "liability": None,
        "predicted": (),
        "reachable": (outcome,),
        "reachable_is": "exact",
        "leaning": None,
        "silences": (),
        "clause": (),
        "conditions": (),
        "depends_on": (),
        "next_question": None,
    }
    return ViewAnswer(outcome, **{**given, **fields})


NOT_SEEN = view(
    Outcome.INDETERMINATE,
    finality=Finality.INDETERMINATE,
    reachable=(Outcome.NATIONALLY_NONCOVERED, Outcome.NEEDS_DOCUMENTATION, Outcome.COVERED_CONDITIONAL),
    silences=(NO_NOTE,),
    depends_on=("treatment intent", "supervision documented"),
    next_question=INTENT,
)


def finding(id_, severity, citation, because, **fields):
    given = {
        "channel": Channel.COVERAGE,
        "views": (View.CODED,),
        "witness": (("procedure", "97026"),),
        "likelihood": Likelihood.LIKELY,
        "predicted": (),
        "would_change": "",
    }
    return Finding(
        id=id_, severity=severity, clause=citation.clause, because=because, citation=citation, **{**given, **fields}
    )


def ref(claim="CW0311-008", line=3, procedure="97026", **fields):
    given = {
        "file": "clinic-week.837",
        "segment": 2214,
        "modifiers": ("GP",),
        "units": "1",
        "service": "2026-03-11",
        "points_to": ("E11.42",),
        "payer": PART_B,
        "program": "medicare-part-b",
        "charge": "48.00",
    }
    return LineRef(claim=claim, line=line, procedure=procedure, **{**given, **fields})


def answer(line=None, coded=None, documented=None, findings=(), **fields):
    given = {
        "difference": None,
        "checks": (UNITS_RAN, PAIRS_OLD, NOTE_ABSENT),
        "looked_at": ("procedure 97026", "points to E11.42", "modifiers GP"),
        "not_looked_at": ("the note (none given)", "history (none given)"),
        "would_change": tuple(dict.fromkeys(one.would_change for one in findings if one.would_change)),
        "citations": tuple(dict.fromkeys(one.citation for one in findings)),
        "basis": BASIS,
    }
    return LineAnswer(
        line=line or ref(),
        coded=coded or view(),
        documented=documented or NOT_SEEN,
        findings=tuple(findings),
        **{**given, **fields},
    )


def denial(group="CO"):
    return Predicted("50", ("N386",), group, Likelihood.LIKELY, "CLM-DX-NCD")


POINTED = finding(
    "CLM-DX-NCD",
    Severity.BLOCK,
    NCD,
    "97026 points to nothing but E11.42, and NCD 270.6 covers no infrared for it",
    predicted=(denial(),),
    would_change="the purpose: if the record shows that another condition was treated, point the line to that one; a "
    "true diagnosis stays on the claim",
)
BUNDLED = finding(
    "CLM-NCCI",
    Severity.BLOCK,
    PTP,
    "97018 is part of 97026 on the same day and carries no modifier that NCCI accepts",
    views=(View.CODED, View.DOCUMENTED),
    predicted=(Predicted("236", (), "CO", Likelihood.LIKELY, "CLM-NCCI", ("97",)),),
    would_change="XS, or another X modifier, or 59, on 97018, only if the record shows another region, purpose and "
    "response",
)
NO_MODIFIER = finding(
    "CLM-GP",
    Severity.FIX,
    DISCIPLINE,
    "97110 is always therapy, and the line says under which plan of care by no modifier",
    channel=Channel.CODING,
    views=(View.CODED, View.DOCUMENTED),
    predicted=(Predicted("16", ("N822",), "CO", Likelihood.LIKELY, "CLM-GP", ("4",)),),
    would_change="GP, GO or GN, whichever plan of care the service belonged to",
)
TWO_HEATS = finding(
    "AUD-MULTIHEAT",
    Severity.WARN,
    replace(
        NCD,
        policy="PRACTICE",
        clause="PRACTICE HEAT",
        title="Audit patterns",
        quote="",
        reading="",
        our_reading="",
        checked="",
    ),
    "two modalities that heat, 97018 and 97026, in one visit",
    channel=Channel.AUDIT,
    likelihood=Likelihood.POSSIBLE,
)
NOT_NECESSARY = finding(
    "COV-HCSC-NMN",
    Severity.BLOCK,
    HCSC_NMN,
    "97026 is an infrared therapy, which HCSC holds not medically necessary for every indication",
    views=(View.CODED, View.DOCUMENTED),
    predicted=(Predicted("50", (), "CO", Likelihood.LIKELY, "COV-HCSC-NMN"),),
    would_change="the member's contract, if it speaks; for a child in Illinois, the mandate of 2025",
)
MISSING_NOTE = finding(
    "DOC-SUPERVISION",
    Severity.FIX,
    NCD_SENTENCE,
    "whether supervision is documented is not known",
    channel=Channel.DOCUMENTATION,
    views=(View.DOCUMENTED,),
    unknown_only=True,
)

NCD_LINE = answer(
    coded=view(
        Outcome.NATIONALLY_NONCOVERED,
        finality=Finality.PRESUMPTIVE,
        likelihood=Likelihood.LIKELY,
        liability="CO",
        predicted=(denial(),),
        clause=("NCD-270.6 NC.coded",),
        depends_on=("treatment intent",),
    ),
    findings=(POINTED, MISSING_NOTE),
    difference="denied though defensible",
)
PAIR_LINE = answer(
    ref("CW0310-015", 4, "97018", modifiers=("GO",), points_to=("M19.041",), charge="31.50", service="2026-03-10"),
    coded=view(
        Outcome.BUNDLED,
        likelihood=Likelihood.LIKELY,
        liability="CO",
        predicted=BUNDLED.predicted,
        clause=("NCCI-PTP PTP.1",),
    ),
    documented=view(
        Outcome.BUNDLED,
        finality=Finality.PRESUMPTIVE,
        likelihood=Likelihood.LIKELY,
        liability="CO",
        predicted=BUNDLED.predicted,
        silences=(NO_NOTE,),
        clause=("NCCI-PTP PTP.1",),
    ),
    findings=(BUNDLED, TWO_HEATS),
)
SECOND_OF_CLAIM = answer(
    ref("CW0310-015", 1, "97110", modifiers=(), points_to=("M19.041",), charge="92.00", service="2026-03-10"),
    coded=view(silences=(NO_TABLE,)),
    findings=(NO_MODIFIER,),
)
HCSC_LINE = answer(
    ref("CW0312-021", 3, payer=HCSC, program="commercial", service="2026-03-12", points_to=("M54.50", "E11.42")),
    coded=view(
        Outcome.NOT_MEDICALLY_NECESSARY,
        finality=Finality.PRESUMPTIVE,
        likelihood=Likelihood.LIKELY,
        liability="CO",
        predicted=NOT_NECESSARY.predicted,
        clause=("HCSC-DME101.045 NMN",),
        depends_on=("contract position",),
    ),
    documented=view(
        Outcome.INDETERMINATE,
        finality=Finality.INDETERMINATE,
        reachable=(Outcome.NOT_MEDICALLY_NECESSARY, Outcome.COVERED),
        reachable_is="at most",
        leaning="NOT_MEDICALLY_NECESSARY/likely",
        silences=(NO_NOTE,),
        depends_on=("contract position", "impairment", "diagnosis basis"),
    ),
    findings=(NOT_NECESSARY,),
)
NO_POLICY_LINE = answer(
    ref("CW0310-035", 3, payer="Aetna", program="", points_to=("M54.50",)),
    coded=view(Outcome.INDETERMINATE, finality=Finality.INDETERMINATE, silences=(NO_POLICY,)),
    documented=view(Outcome.INDETERMINATE, finality=Finality.INDETERMINATE, silences=(NO_POLICY,)),
)
QUIET_LINE = answer(ref("CW0310-028", 1, "97110", points_to=("M25.561",), units="2", charge="96.00"))
WARNED_LINE = answer(ref("CW0310-028", 2, "97026", points_to=("M25.561",)), findings=(TWO_HEATS,))
ANSWERS = (QUIET_LINE, WARNED_LINE, NCD_LINE, SECOND_OF_CLAIM, NO_POLICY_LINE, PAIR_LINE, HCSC_LINE)


def dollars(lines, amount):
    return Tally(lines, Decimal(amount))


PROBLEMS = (
    Problem(
        "X12-SEGMENT-UNKNOWN",
        "segment NTX is not of this guide and was passed over",
        "ask the sender what it means, or take it out",
        Gravity.WARNING,
        "clinic-week.837",
        segment=88,
        claim="CW0309-004",
    ),
    Problem(
        "X12-TRUNCATED",
        "the file ends inside claim CW0313-050; its last line could not be read",
        "send the file again; every claim before this one was checked",
        Gravity.ERROR,
        "clinic-week.837",
        segment=4410,
        claim="CW0313-050",
    ),
)
SUMMARY = Summary(
    files=("clinic-week.837",),
    claims=261,
    all=dollars(912, "58120.00"),
    to_fix=dollars(41, "2310.50"),
    clean=dollars(301, "17200.00"),
    unchecked=dollars(570, "38609.50"),
    withdrawn=2,
    by_payer=(
        (PART_B, dollars(604, "39120.00"), dollars(30, "1800.50")),
        (HCSC, dollars(140, "9000.00"), dollars(9, "432.00")),
        ("Aetna", dollars(88, "5000.00"), dollars(2, "78.00")),
        ("Ohio Bureau of Workers' Compensation", dollars(80, "5000.00"), dollars(0, 0)),
    ),
    coded=(
        ("NATIONALLY_NONCOVERED", dollars(6, "288.00")),
        ("NOT_MEDICALLY_NECESSARY", dollars(9, "432.00")),
        ("BUNDLED", dollars(14, "700.50")),
        ("NOTHING_MET", dollars(712, "46699.50")),
        ("INDETERMINATE", dollars(171, "10000.00")),
    ),
    documented=(
        ("BUNDLED", dollars(14, "700.50")),
        ("NEEDS_DOCUMENTATION", dollars(12, "640.00")),
        ("INDETERMINATE", dollars(886, "56779.50")),
    ),
    differences=(("denied though defensible", 6), ("paid though indefensible", 2)),
    findings=(
        FindingTally("CLM-NCCI", "NCCI-PTP PTP.1", "BLOCK", "coverage", PART_B, dollars(14, "700.50")),
        FindingTally("COV-HCSC-NMN", "HCSC-DME101.045 NMN", "BLOCK", "coverage", HCSC, dollars(9, "432.00")),
        FindingTally("CLM-DX-NCD", "NCD-270.6 NC.coded", "BLOCK", "coverage", PART_B, dollars(6, "288.00")),
        FindingTally("CLM-GP", "MEDICARE-DISCIPLINE-MODIFIERS ONE", "FIX", "coding", PART_B, dollars(12, "890.00")),
        FindingTally("AUD-MULTIHEAT", "PRACTICE HEAT", "WARN", "audit", PART_B, dollars(7, "336.00")),
    ),
    not_run=(
        NotRun("pair edits", "the practitioner table ends 2024-09-30; a hit is likely, a miss is unknown", 604),
        NotRun("documentation", "no note was given", 912),
        NotRun("policies of the payer", "no policy is loaded for Aetna, Ohio BWC", 168),
    ),
    silences=(("documentation not seen", 744), ("edit status unknown", 570), ("no policy loaded for payer", 168)),
    problems=PROBLEMS,
    basis=(*BASIS, ("NCCI-PTP", "sha256:77aa01de"), ("HCSC-DME101.045", "sha256:90211bcd")),
)
