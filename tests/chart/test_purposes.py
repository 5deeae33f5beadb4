"""What infrared was for moves with the words that say it, and with nothing else: notes composed and notes changed."""

import json
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from claimwright.chart.read import read

DEVELOPMENT = Path(__file__).parents[2] / "benchmarks" / "notes" / "development.jsonl"
TEXTS = [json.loads(line)["text"] for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
DEVICES = ["IR", "Infrared", "97026", "infrared lamp", "LLLT", "cold laser", "Anodyne", "MIRE pads", "LED panel"]
COMPLAINTS = {
    "msk adjunct": ["stiffness", "muscle guarding", "spasm", "tightness", "capsular restriction", "hypertonicity"],
    "neuropathy": ["neuropathy", "DPN", "peripheral neuropathy", "CIPN", "small fiber neuropathy"],
    "wound": ["an open wound", "a skin tear", "a burn wound", "a dehisced incision", "an unhealed graft site"],
    "ulcer": ["a venous ulcer", "a pressure ulcer", "a diabetic foot ulcer", "a heel decubitus"],
}
NATIONAL = [one for purpose in ("neuropathy", "wound", "ulcer") for one in COMPLAINTS[purpose]]
NAMES = ["knee OA", "LBP", "cervicalgia", "rotator cuff tendinitis", "M54.50", "lumbar strain", "s/p R TKA"]
SITES = ["R ankle", "both feet", "L heel", "R forearm"]

TIED = [
    "{ir} to {site} x 10 min {aim} {what}.",
    "{ir} + MHP {site} 15 min {aim} {what}.",
    "Modality: {ir}\nSite: {site}\nTime: 10 min\nIndication: {what}\nResponse: tolerated well",
    "Seen today with {what}. {ir} to the {site}, ten minutes, for that.",
    "She has {what} and that is what the {ir} was for, {site}, fifteen minutes.",
    "The {ir} was on the {site} for 12 minutes. It was {aim} {what}.",
    "1) {ir} {site} 10 min {aim} {what}\n2) TE 15 min",
]
UNTIED = [
    "Dx: {what}. {ir} {site} 15 min. Tol well.",
    "Assessment: {what}.\nPlan: {ir} {site} for 15 min, continue 2x/wk.",
    "Diagnosis: {what}\nTx: {ir} {site} 12 min; SLR 3x10\nTotal time 40 min",
    "Patient with {what}. {ir} was applied to the {site} for fifteen minutes. Skin intact.",
]
NOT_GIVEN = [
    "{ir} to {site} declined. {what}. SLR 3x10.",
    "Next visit {ir} to {site} for {what}.",
    "No {ir} today. Mobs for {what}.",
    "Discussed {ir} for {what}.",
    "Pt asked about {ir} for {what}; explained not covered.",
    "Her son brought a brochure about {ir} for {what}. Gait 100 ft.",
    "{ir}: not performed\nTE: SLR for {what}",
]
BESIDE = [
    "PMH: {other}.\n{note}",
    "{note} Also has {other}, followed by podiatry.",
    "{note} Precautions: {other}.",
    "Pt denies {other}. {note}",
    "{note}\nFamily history: mother has {other}.",
]
CAUSED = [
    "<pain> from {what}. {ir} to {site} 15 min for that pain.",
    "<pain> {site} due to {what}; {ir} 15 min to ease the pain.",
    "Pt reports <pain> in {site} caused by {what}. {ir} {site} 20 min for this pain.",
]


def purpose(text):
    """The purpose read, `none` where nothing was given, `unknown` where it is not said or not told apart."""
    told = read(text)
    if "97026" not in told.services:
        return "none"
    said = next(iter(told.of("treatment intent")), None)
    return "unknown" if said is None or said.either else said.value


def composed(forms, what):
    parts = {"ir": DEVICES, "site": SITES, "aim": ["for", "to treat", "to address", "to help with"]}
    values = {name: st.sampled_from(ones) for name, ones in parts.items()}
    return st.builds(lambda form, **words: form.format(**words), st.sampled_from(forms), what=what, **values)


few = settings(max_examples=120, deadline=None)


@few
@given(st.sampled_from(sorted(COMPLAINTS)), st.data())
def test_the_complaint_that_is_tied_is_the_purpose(kind, data):
    note = data.draw(composed(TIED, st.sampled_from(COMPLAINTS[kind])))
    assert purpose(note) == kind


@few
@given(composed(UNTIED, st.sampled_from(NAMES + NATIONAL)))
def test_a_diagnosis_that_stands_alone_is_no_purpose(note):
    assert purpose(note) == "unknown"


@few
@given(composed(NOT_GIVEN, st.sampled_from(COMPLAINTS["msk adjunct"] + NATIONAL)))
def test_what_was_not_given_has_no_purpose(note):
    assert purpose(note) == "none"


@few
@given(
    composed(TIED[:1], st.sampled_from(COMPLAINTS["msk adjunct"])), st.sampled_from(NATIONAL), st.sampled_from(BESIDE)
)
def test_a_condition_beside_is_not_taken_for_the_purpose(note, other, beside):
    assert purpose(beside.format(note=note, other=other)) == "msk adjunct"


@few
@given(composed(CAUSED, st.sampled_from(NATIONAL)), st.sampled_from(["Burning", "Stabbing", "Aching"]))
def test_a_pain_that_comes_from_a_condition_is_not_the_conditions_treatment(note, pain):
    assert purpose(note.replace("<pain>", pain)) == "pain from ncd condition"


SIDES = {"left": "right", "right": "left", "lt": "rt", "rt": "lt"}


def swapped(text):
    return re.sub(r"\b(?:left|right|lt|rt)\b", lambda side: SIDES[side.group()], text)


@few
@given(st.sampled_from(TEXTS))
def test_the_other_side_has_the_same_purpose(text):
    assert purpose(swapped(text)) == purpose(text)


@few
@given(
    st.sampled_from(TEXTS), st.sampled_from(["\nFamily history: mother has neuropathy.", "\nDenies wounds, ulcers."])
)
def test_what_others_have_and_what_is_denied_moves_nothing(text, line):
    assert purpose(text + line) == purpose(text)


@few
@given(st.sampled_from(TEXTS))
def test_a_note_that_says_nothing_was_given_has_no_purpose(text):
    assert purpose(f"No infrared was given today. {text}") == "none"


@few
@given(st.sampled_from(TEXTS))
def test_ends_of_lines_of_another_system_and_empty_lines_say_nothing(text):
    assert purpose("\r\n\r\n" + text.replace("\n", "\r\n") + "\r\n") == purpose(text)
