"""Bytes become text once, and the text never moves again."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.common.decoding import clean_text, decode_bytes, one_line

WORDS = "Zoë paid 5 € for “tea” in Łódź 🚢"

ENCODED = (
    (WORDS.encode(), WORDS),
    (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
    (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS),
    (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS),
    (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), WORDS),
    ("“Naïve” café – 5 €".encode("cp1252"), "“Naïve” café – 5 €"),
    (b"undefined in cp1252: \x81 caf\xe9", "undefined in cp1252: \ufffd café"),
    ("Zoë, Łódź, “tea”".encode() + b" \xff end", "Zoë, Łódź, “tea” \ufffd end"),  # UTF-8, one bad byte
    ("Правительство объявило о новых мерах поддержки семей. ".encode("cp1251") * 5,
     "Правительство объявило о новых мерах поддержки семей. " * 5),
    (b"<div class='row wide box'>" * 80 + "Музей закрылся на ремонт до весны. ".encode("cp1251") * 6,
     "<div class='row wide box'>" * 80 + "Музей закрылся на ремонт до весны. " * 6),
)  # fmt: skip

CLEANED = (
    ("a\r\nb\rc\x85d\u2028e\u2029f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
    ("a  \t\nb \u00a0\n", "a\nb"),
    ("a\n\n\n\n\nb\n \n\t\nc", "a\n\nb\n\nc"),
    ("nul\x00 bell\x07 esc\x1b del\x7f c1\x9f", "nul bell esc del c1"),
    ("\x1b[1;31mred\x1b[0m ink", "red ink"),
    ("\ufeffmark", "mark"),
    ("lone \ud83d surrogate", "lone \ufffd surrogate"),
    ("soft\xadhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("pay \u202e001\u202c now \u2066x\u2069", "pay 001 now x"),
    ("tab\tstays", "tab\tstays"),
    ("hidden" + "".join(chr(0xE0000 + ord(letter)) for letter in "obey"), "hidden"),
)

UNCHANGED = (
    "e\u0301 stays decomposed, é composed",
    "👨\u200d👩\u200d👧 family, ☂\ufe0f umbrella",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f Scotland",
    "می\u200cخواهم",
    "ﬁ ligature, ① number, “quotes”, ' straight",
    "  indented\n    code",
)


@pytest.mark.parametrize(("data", "text"), ENCODED)
def test_bytes_decode_as_they_were_meant(data: bytes, text: str) -> None:
    """Marks, UTF-8, UTF-8 with a bad byte, Windows-1252 and Cyrillic each give their text."""
    assert decode_bytes(data) == text


def test_a_declared_encoding_is_believed_after_utf8() -> None:
    """What a document declares decides where UTF-8 does not fit, and a wrong name does no harm."""
    data = "Łódź".encode("iso8859-2")
    declared = ("iso-8859-2", "no-such-thing", "base64")
    assert [decode_bytes(data, declared=name) for name in declared] == ["Łódź", "£ód¼", "£ód¼"]
    assert decode_bytes("Łódź".encode(), declared="iso-8859-2") == "Łódź"


@pytest.mark.parametrize(("text", "cleaned"), CLEANED)
def test_cleaning_removes_what_nobody_sees(text: str, cleaned: str) -> None:
    """Line ends, spaces at line ends, control and hidden characters have one form or none."""
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("text", UNCHANGED)
def test_cleaning_keeps_what_is_written(text: str) -> None:
    """Accents, joiners, emoji, flags, ligatures and indentation are the author's."""
    assert clean_text(text) == text


@given(st.text(st.characters(), max_size=300))
def test_cleaning_again_changes_nothing(text: str) -> None:
    """Offsets into cleaned text can't drift: it is its own cleaned form."""
    assert clean_text(clean_text(text)) == clean_text(text)


@given(
    st.lists(
        st.sampled_from("\n\r \t\x00\u200b\ufeff\ud83d\udea2\U0001f3f4\U000e0067\U000e007fa"), max_size=30
    )
)
def test_awkward_characters_next_to_each_other_are_cleaned_once(parts: list[str]) -> None:
    """Removing a character never brings others together that cleaning would remove."""
    once = clean_text("".join(parts))
    assert clean_text(once) == once


@given(st.binary(max_size=500))
def test_any_bytes_become_storable_text(data: bytes) -> None:
    """Decoding never fails, and what it gives after cleaning can be stored as UTF-8."""
    text = clean_text(decode_bytes(data))
    assert text.encode().decode() == text


def test_one_line_has_single_spaces() -> None:
    """A title over several lines becomes one line."""
    assert one_line(" A \n title\t of\u2028 three\x00 ") == "A title of three"


def test_strings_that_break_software_are_storable() -> None:
    """Every line of the list of naughty strings is cleaned to text that can be stored."""
    path = Path(__file__).parents[2] / "shared" / "data" / "attacks" / "naughty_strings.jsonl"
    if not path.exists():
        pytest.skip("needs the evaluation data beside the repository")
    for line in path.read_bytes().splitlines():
        text = clean_text(json.loads(line)["text"])
        assert clean_text(text.encode().decode()) == text
