"""Plain text leads back to the characters of the original, whatever was done to it."""

from hypothesis import given
from hypothesis import strategies as st

from claimwright.chart.plain import LONGEST, made_plain


def words_at(text, plain):
    start = plain.low.index("neuropathy")
    span = plain.span(start, start + len("neuropathy"))
    return text[span.start : span.end]


@given(st.text())
def test_any_text_has_places_within_it(text):
    plain = made_plain(text)
    assert len(plain.low) == len(plain.text)
    for place in range(0, len(plain.text), 7):
        start, end = plain.span(place, place + 1)
        assert 0 <= start <= end <= len(text)


def test_a_word_broken_over_lines_is_one_word_with_both_halves():
    text = "IR for periph. neuro-\n   pathy today"
    assert words_at(text, made_plain(text)) == "neuro-\n   pathy"


def test_invisible_letters_and_lookalikes_are_read_as_what_they_look_like():
    text = "n\u200beur\u043epathy"  # a zero-width space, a Cyrillic o
    assert words_at(text, made_plain(text)) == text


def test_full_width_letters_are_read():
    text = "ｎｅｕｒｏｐａｔｈｙ!"
    assert words_at(text, made_plain(text)) == "ｎｅｕｒｏｐａｔｈｙ"


def test_a_wrapped_line_goes_on_and_a_new_header_does_not():
    plain = made_plain(
        "She was seen for stiffness of the left knee after surgery and\nwas given heat.\nA: better\nP: go on"
    )
    assert plain.text.split("\n") == [
        "She was seen for stiffness of the left knee after surgery and was given heat.",
        "A: better",
        "P: go on",
    ]


def test_what_is_replaced_leads_back_to_what_stood_there():
    plain = made_plain("IR to kn33 today").replaced([(6, 10, "knee")])
    assert plain.text == "IR to knee today"
    assert plain.span(6, 10) == (6, 10)
    assert made_plain("x rnin y").replaced([(2, 6, "min")]).span(2, 5) == (2, 6)


def test_what_is_longer_than_is_read_is_left_out():
    assert len(made_plain("a" * (LONGEST + 10)).text) == LONGEST
