"""The notation of phrases."""

import pytest

from claimwright.chart.patterns import PhraseError, compiled


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("treat~", "treating", "treating"),
        ("reduce~", "reducing pain", "reducing"),
        ("spasm~", "spasmodic", None),
        ("neuropath*", "neuropathic", "neuropathic"),
        ("(peripheral, diabetic)? neuropath*", "diabetic neuropathy", "diabetic neuropathy"),
        ("(peripheral, diabetic)? neuropath*", "neuropathy", "neuropathy"),
        ("h/o", "h / o", "h / o"),
        ("step-up~", "step ups", "step ups"),
        ("step-up~", "stepups", "stepups"),
        ("<n> ..3 to <n>", "5 in the morning to 4", "5 in the morning to 4"),
        ("<m> > <m>", "10 deg>15 deg", "10 deg>15 deg"),
        ("able to (walk, stand)", "able to stand", "able to stand"),
        ("\\(-\\)", "(-) wound", "(-)"),
        ("l", "l3", None),
        ("tandem (walk)?", "tandem ", "tandem"),
    ],
)
def test_a_phrase_finds(phrase, text, found):
    match = compiled(phrase).expression.match(text)
    assert (match and match.group()) == found


@pytest.mark.parametrize("phrase", ["(one, two", "..3 words", "(maybe)?", "one ..x two", "<w> first", "()"])
def test_a_phrase_nobody_can_read_is_refused(phrase):
    with pytest.raises(PhraseError):
        compiled(phrase)
