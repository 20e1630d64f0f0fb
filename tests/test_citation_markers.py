"""The grammar of markers, and the draft made with it: however the stream is cut, the same comes out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.citation_markers import MarkerReader
from assistant.writing.model_markup import ADDRESS, Break, Keys, Text
from assistant.writing.statement_stream import Cite, StatementStream, WholeStatement, Words

KNOWN = ("a1", "a2", "a3", "b1")
MARKERS = {
    "[a1]": ("a1",),
    "[A1]": ("a1",),
    "[a1, b1]": ("a1", "b1"),
    "[a1][b1]": ("a1", "b1"),
    "[a1; b1 and a2]": ("a1", "b1", "a2"),
    "[a1-a3]": ("a1", "a2", "a3"),
    "[a1–3]": ("a1", "a2", "a3"),
    "[a1 to a3]": ("a1", "a2", "a3"),
    "[a3-a1]": ("a3", "a1"),
    "【a1】": ("a1",),
    "【a1†L1-L3】": ("a1",),
    "［ａ１］": ("a1",),
    "[[a1]]": ("a1",),
    r"\[a1\]": ("a1",),
    "**[a1]**": ("a1",),
    "[^a1]": ("a1",),
    "[see a1]": ("a1",),
    "[source: a1, b1]": ("a1", "b1"),
    "[a1](https://evil.example/?q=a2)": ("a1",),
}
FAILED = ["[99]", "[0]", "[-1]", "[a]", "[１]", "[a9]", "[zz9]", "[1, 2]", "[1,2", "[a9](x.html)", "[a9–a12]"]
HARMLESS = {
    "He came [sic] late.": "He came (sic) late.",
    "“[T]he mayor” went.": "“The mayor” went.",
    "[click](https://evil.example) now.": "click now.",
    "![logo](https://evil.example/?q=secret) Done.": "logo Done.",
    "[click][ref] now.\n[ref]: https://evil.example": "click now.",
    "[![pic](https://a.example)](https://b.example) Seen.": "pic Seen.",
    "Go to https://evil.example/x?y=1.": f"Go to {ADDRESS}.",
    "Go to www.evil.example, now.": f"Go to {ADDRESS}, now.",
    "Go to <https://evil.example> now.": "Go to now.",
    "Run javascript:alert(1) now.": f"Run {ADDRESS} now.",
    'A <img src="x" onerror="y"> b.': "A b.",
    "Is 3 < 4 and **bold** and 5 * 3.": "Is 3 < 4 and bold and 5 * 3.",
    "<think>Let me see [a1].</think>Done.": "Done.",
    "# Head\n- item\n1. first": "Head. item. first",
    "Say `x [a1]` twice.": "Say x (a1) twice.",
    "```\nx [a1]\n```": "x (a1)",
    "Split http**://evil.example here.": "Split http:/ /evil.example here.",
}
FRAGMENTS = [
    *(
        "[",
        "]",
        "【a1】",
        "[a1]",
        " [a1, b1]",
        "[a1-a3]",
        "[a9]",
        "[99]",
        "(",
        ")",
        "!",
        "`",
        "```",
        "\n",
        ". ",
    ),
    *(
        "<",
        "<img src=x>",
        "<think>",
        "</think>",
        "http",
        "://",
        "https://e.example/x",
        "www",
        ".",
        "e.example",
    ),
    *(
        "javascript:alert(1)",
        "data:",
        "mailto:x",
        "**",
        "*",
        "\\",
        "The mayor",
        "Mr.",
        " ",
        "3.5",
        "U.S.",
        "“",
        "”",
    ),
    *("- ", "1. ", "![x](http://e)", "[t](u)", "[t][r]", "[r]: http://e", ":", "é", "\u202e", "x" * 30),
]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=60)


def drafted(
    pieces: list[str], *, broken_off: bool = False
) -> tuple[list[WholeStatement], dict[int, list[str | Cite]]]:
    """Return the statements of a text and what was shown of each while it arrived."""
    draft = StatementStream(KNOWN)
    found = [item for piece in pieces for item in draft.feed(piece)] + [*draft.close(broken_off=broken_off)]
    shown: dict[int, list[str | Cite]] = {}
    for item in found:
        for piece in item.pieces if isinstance(item, Words) else ():
            parts = shown.setdefault(item.index, [])
            if isinstance(piece, str) and parts and isinstance(parts[-1], str):
                parts[-1] += piece
            else:
                parts.append(piece)
    return [item for item in found if isinstance(item, WholeStatement)], shown


def said(text: str) -> str:
    """Return all statements of a text in one line."""
    return " ".join(item.text for item in drafted([text])[0])


@pytest.mark.parametrize("marker", MARKERS)
def test_every_form_of_a_marker_names_its_keys(marker: str) -> None:
    """However a model brackets its keys, the statement before has them and its text has none."""
    (found,), _ = drafted([f"Six were hurt {marker}."])
    assert (found.text, found.keys) == ("Six were hurt.", MARKERS[marker])


@pytest.mark.parametrize("marker", FAILED)
def test_a_failed_marker_is_dropped_and_remembered(marker: str) -> None:
    """What names no sentence never shows and never leads anywhere; it is kept for the record."""
    (found,), shown = drafted([f"Six were hurt {marker}"])
    assert (found.text, found.keys, found.unknown != ()) == ("Six were hurt", (), True)
    assert shown == {0: ["Six were hurt"]}


@pytest.mark.parametrize("text", HARMLESS)
def test_nothing_but_words_is_left(text: str) -> None:
    """Links, images, addresses, tags and marks become words; code keeps its markers as words."""
    assert said(text) == HARMLESS[text]


def test_markers_behind_the_full_stop_belong_to_the_sentence_before() -> None:
    """Before or behind the full stop, on the next line: keys stay with their sentence."""
    found, _ = drafted(
        ["Mr. Brisk left the U.S. Navy. [a1][b1] He is 58 [a2]. So said he.\n[a3]\n- One item [b1]"]
    )
    assert [(item.text, item.keys) for item in found] == [
        ("Mr. Brisk left the U.S. Navy.", ("a1", "b1")),
        ("He is 58.", ("a2",)),
        ("So said he.", ("a3",)),
        ("One item", ("b1",)),
    ]


def test_a_half_arrived_marker_is_held_back() -> None:
    """Nothing of a marker is shown before it is whole."""
    reader = MarkerReader(KNOWN)
    assert reader.feed("Six were hurt [a1, ") == [
        Text("Six"),
        Text(" "),
        Text("were"),
        Text(" "),
        Text("hurt"),
        Text(" "),
    ]
    assert reader.feed("b") == []
    assert reader.feed("1]. ") == [Keys(("a1", "b1")), Text(". ")]
    assert reader.feed("\n") == [Break()]


def test_ten_thousand_markers_are_read() -> None:
    """A bracket that never ends and very many brackets leave the text and the known keys."""
    (one,), _ = drafted(["Six were hurt [" + "a1, z9, " * 10_000 + "b1]"])
    (other,), _ = drafted(["Six were hurt " + "[a1][99]" * 10_000 + "."])
    assert (one.text, one.keys) == ("Six were hurt", ("a1", "b1"))
    assert (other.text, other.keys) == ("Six were hurt.", ("a1",))


def test_a_text_that_breaks_off_says_so() -> None:
    """Only the last statement is broken off, and only if it did not reach its end."""
    ended = [item.broken_off for item in drafted(["One is. Two is not"], broken_off=True)[0]]
    assert (ended, [item.broken_off for item in drafted(["One is."], broken_off=True)[0]]) == (
        [False, True],
        [False],
    )


@given(texts, st.data())
def test_any_split_gives_the_same(text: str, data: st.DataObject) -> None:
    """Cut anywhere or everywhere, the stream gives the same statements, shown the same."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=3)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert drafted([text]) == drafted(list(text)) == drafted(pieces)


@given(texts)
def test_no_text_leads_anywhere(text: str) -> None:
    """No input makes a link, a tag, a bracket of its own, or a key that was not given out."""
    found, shown = drafted([text])
    for item in found:
        assert not re.search(
            r"[A-Za-z]://|\bwww\.\w|<[A-Za-z/!]|[\[\]]|\b(?:mailto|javascript):\w", item.text
        )
        assert set(item.keys) <= set(KNOWN)
        assert "".join(part for part in shown[item.index] if isinstance(part, str)) == item.text
        assert tuple(part.key for part in shown[item.index] if isinstance(part, Cite)) == item.keys
