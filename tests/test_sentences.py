"""Sentences: parted where people part them, with spans that are exact for any text."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import split_sentences
from ingest.text.sentences import LONGEST_SENTENCE

GLUED = [
    ["on the website.", "Her remarks came later."],
    ["of the group.", "“We certainly do,” he said."],
    ["did not want war either.", '"We don\'t seek war," she said.'],
    ["She asked: “Why?”", "He left."],
    ['He called it "a win."', "The mayor agreed."],
    ["It was in Washington D.C.", "The six girls sang."],
    ["They came to the U.S.", "The President left."],
    ["It happened in 2004.", "Tasmania was left out."],
    ["He saw IE6.", "As he said, it was old."],
    ["Go to example.com.", "The page is up."],
    ["So it ends (for now).", "Nobody knows."],
    ["I think so.", "I’m sure."],
    ["It rose by 5%.", "A man cheered."],
    ["“Hello.”", "“Hi.”"],
    ["Who knows!", "Not me."],
    ["And then…", "Nothing came."],
]

NOT_GLUED = [
    "Made in the U.S.A with care",
    "Node.js and ASP.NET and example.com and Booking.Com are names",
    "It grew by 3.5 points and 1,000.50 dollars",
    "e.g.Foo is short",
    "Ask @name.Surname about it",
    "See https://example.org/a.Page?q=B.C#Top for it",
    "Write to Jane.Doe@example.org or jane.Doe@example.org",
    "Open README.MD and report.PDF and main.Py now",
    "J.R.R.Tolkien wrote it",
    "St.Louis and Ph.D and Ku.Busch",
    "A song by Anderson .Paak",
    "Her show is called Sea.Hear.Now this year",
]

SPACED = [
    ["Gov. Tim Walz met Rep. Liz Cheney, R-Wyo., and Lt. Col. Oliver North."],
    ["J. R. R. Tolkien and George W. Bush met at St. Paul's."],
    ["The U.S. President spoke in the U.S.", "The Senate listened."],
    ["He lives on Main St.", "The house is old."],
    ["They met in Macon, Ga.", "Prosecutors were there."],
    ["MADISON, Wis. (AP) — It rained."],
    ["On Jan. 5 at 9 p.m. Monday it began.", "At 10 p.m.", "Police came."],
    ["It starts at 8 p.m. ET and at 6 p.m. Arizona time."],
    ["No. 5 won.", "Did it?", "No.", "It lost."],
    ["Plan B.", "World War II.", "Nothing else."],
    ['"Why?" Smith asked.', '"Who knows!" she said.'],
    ['"Why?"', "Smith left the room and said nothing of it."],
    ["“He said ‘Go.’ ”", "Then he left."],
    ["“ ‘Do not disturb.’ ”"],
    ['"... She is right," he said.'],
    ["It is true.[1][2]", "It is not."],
    ["Wait...", "What?", "Yes… no."],
    ["iPhone sales fell.", "iPad sales rose."],
    ["He came.", "2023 was hard.", "$5 is cheap.", "(It rained.)", "[Laughs.]"],
    ["Jeopardy! Masters is on; Yahoo! Finance is not."],
    ["War and peace; Love and hate – all of it."],
    ["他来了。", "她走了！", "真的？", "是的"],
    ["「行く。」と彼は言った。", "はい。"],
    ["هل جاء؟", "نعم."],
    ["यह है।", "वह था।"],
    ["Great!", "😀 Next."],
    ["By 6 p.m. Dr. Oyelaran had left.", "She sang until 9 p.m.", "Dr. Oyelaran left."],
    ["Das Fest war am 4. Mai.", "Im 19. Kapitel steht es.", "Es waren 12.", "Der 3. Zeuge schwieg."],
    ["Sie rief: „Komm her.“", "Er kam.", "»Wer da?«, fragte sie.", "‚Ich.‘", "Nichts weiter."],
    ["He said it twice.", "“We won.”", "Nobody heard it."],
    ["我们看了《再见！朋友》这本书。", "好。"],
    ["Three rules hold: 1. Nobody runs.", "2. Dogs stay out.", "3. Bring a lamp."],
    ["The fine is Rs. 250 a day.", "It is due on Monday."],
    ["The tower fell in 1802. [3] [14]", "It was never built again."],
    ["Orrowmere (pop. 41,000) lies by the sea.", "See sec. 12 and vol. IX of the roll.", "Bring oars etc."],
    ["The harbour opened in May.²", "Ships came.", "The mayor wept.3 4", "Nobody else did."],
    ["Q. Who rang the bell?", "A. The keeper rang it."],
    ["The pier is (!) closed.", '"The gulls [...]" (Holm 12) were loud.'],
    ["The light was weak . . . but it burned."],
    ["We went home early.", "nobody saw us there."],
    ["Then it was quiet.", "...and the wind rose."],
    ["It weighs 40 kg.", "Holm carried it."],
]

ABROAD = [
    ["Er kam im 18. und frühen 19. Jahrhundert.", "Dr. med. Holm und die kath. Kirche halfen ihm."],
    ["Es gibt Netze, Taue usw.", "Danach die Lampe u. a. Dinge."],
    ["La barque mesure 12 m.", "M. Holm l'a vue, cf. art. 4 du code.", "« Partez ! »", "Il partit."],
    ["El Lic. Ramos vino el 3 de ago. 1984.", "Leyó los párr. 5 y 6 en EE. UU. y se fue."],
    ["È l'Avv. Conti.", "Vende pane, olio ecc.", "Poi chiude."],
    ["O dr. Silva e a Dra. Lima vieram.", "Não disseram nada."],
    ["Ks. Nowak mieszka przy ul. Leśnej 5.", "Jest rok 1990."],
    ["Schipper riep: ,,Weg!''", ",,Nu al?'' vroeg ik."],
    ["Он живёт на ул. Садовой, кв. 12.", "Проф. А. И. Орлов уехал.", "Потом вернулся."],
    ["डॉ. राव आए।", "एल. पॉल नहीं आए।"],
]

LISTS = [
    ["1) Boats pay", "2) Nets stay on land"],
    ["1.) Boats pay", "2.) Nets stay on land"],
    ["1. Boats pay", "2. Nets stay on land", "3. Dogs wait"],
    ["a. Boats pay", "b. Nets stay on land"],
    ["• 9. Boats pay", "• 10. Nets stay on land"],
    ["The rules are short.", "(1) Boats pay", "(2) Nets stay on land"],
    ["1. FC Orrow steigt in die 2. Liga ab"],
    ["1) Boats pay at pier 2 and pier 3"],
    ["Three things float: 1) a cork 2) a boat 3) a gull."],
]

LINES = [
    ("First paragraph\n\nSecond paragraph", ["First paragraph", "Second paragraph"]),
    ("one\r\n \t\r\ntwo", ["one", "two"]),
    ("A headline without a stop\nThe text goes on.", ["A headline without a stop", "The text goes on."]),
    ("- one\n- two\n• three\n1. four. Five.", ["- one", "- two", "• three", "1. four.", "Five."]),
    (
        "The council of Amberley met in the old hall\nMonday. It voted for a new bridge by\nfive to four.",
        [
            "The council of Amberley met in the old hall\nMonday.",
            "It voted for a new bridge by\nfive to four.",
        ],
    ),
    (
        "The line is long" + " and long" * 15 + "\nAnother paragraph follows it here",
        ["The line is long" + " and long" * 15, "Another paragraph follows it here"],
    ),
    ("Girls at the fair Image: Agency.", ["Girls at the fair", "Image: Agency."]),
    ("Girls (Photo: Agency) at the fair", ["Girls (Photo: Agency) at the fair"]),
]

TRICKY = st.lists(
    st.sampled_from(
        [
            *"aBé1 .!?…,;:\"'“”‘’()[]-–/@\n\r\t\u00a0\u200b\u200d\u0301\x00。！」😀",
            "\ud800",
            " The ",
            "U.S.",
            "\n\n",
        ]
    )
    | st.characters(),
    max_size=60,
).map("".join)


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize("sentences", GLUED)
def test_glued_sentences_are_parted(sentences: list[str]) -> None:
    """A missing space after a full stop does not join two sentences."""
    assert texts("".join(sentences)) == sentences


@pytest.mark.parametrize("text", NOT_GLUED)
def test_dots_inside_names_do_not_part(text: str) -> None:
    """Addresses, file names, numbers, handles and initials stay whole."""
    assert texts(text) == [text]


@pytest.mark.parametrize("sentences", SPACED)
def test_sentences_with_spaces(sentences: list[str]) -> None:
    """Abbreviations, attributions, quotations and other scripts are read as people read them."""
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize("sentences", ABROAD)
def test_sentences_of_other_languages(sentences: list[str]) -> None:
    """Abbreviations, ordinals, initials and quotation marks of other languages are known."""
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize("sentences", LISTS)
def test_items_of_a_list_within_a_line(sentences: list[str]) -> None:
    """Items that count on in one style are apart, each with its number, also without a full stop."""
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize(("text", "sentences"), LINES)
def test_line_breaks(text: str, sentences: list[str]) -> None:
    """Blank lines, headlines and list items end sentences; a wrapped line does not."""
    assert texts(text) == sentences


@pytest.mark.parametrize("text", ["", " \n\t\u00a0 \r\n\n"])
def test_nothing_gives_nothing(text: str) -> None:
    """Text without a character to quote has no sentences."""
    assert split_sentences(text) == ()


@given(TRICKY)
def test_spans_are_exact_and_cover_everything(text: str) -> None:
    """Spans are in order, hold their text, begin and end with ink, and leave only whitespace outside."""
    sentences = split_sentences(text)
    assert [sentence.text for sentence in sentences] == [text[item.start : item.end] for item in sentences]
    assert [item.text for item in sentences if item.text != item.text.strip()] == []
    edges = [0, *(edge for item in sentences for edge in (item.start, item.end)), len(text)]
    assert edges == sorted(edges)
    outside = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert outside.strip() == ""


@given(st.lists(TRICKY.filter(str.strip), max_size=4))
def test_blank_lines_always_part(paragraphs: list[str]) -> None:
    """No sentence crosses a blank line."""
    text = "\n\n".join(paragraphs)
    assert [item for item in texts(text) if re.search(r"\n[^\S\n]*\n", item)] == []


@given(TRICKY, st.sampled_from([1, 20, 400]))
def test_no_sentence_is_too_long_to_read(text: str, times: int) -> None:
    """Whatever comes, no sentence is longer than the limit."""
    longest = max(map(len, texts(text * times)[:100]), default=0)
    assert longest <= LONGEST_SENTENCE


def test_a_long_list_is_cut_at_its_semicolons() -> None:
    """A sentence that is too long is cut where it pauses, and the last piece is no stub."""
    item = "Presley Miles, Saint James High School, Montgomery;"
    pieces = texts(" ".join([item] * 25))
    assert [piece.removesuffix(item)[-1:] for piece in pieces] == [" ", " "]
    assert min(map(len, pieces)) > LONGEST_SENTENCE // 4


def test_a_cut_never_parts_an_accent_from_its_letter() -> None:
    """A run without any place to cut is cut between characters, not inside one."""
    accented = "e\u0301"
    assert {piece[0] for piece in texts(accented * 2000)} == {"e"}


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        "A.",
        "(",
        '."',
        "\n",
        "Ab.",
        "2) ",
        "1. 2. ",
        "• ",
        "Hi there.\n\n",
        "(Foo bar. ",
        "\ud800",
        "a\x00",
        "… “",
    ],
)
def test_a_hundred_kilobytes_of_anything(unit: str) -> None:
    """Hostile text keeps every character that is not whitespace."""
    text = unit * (100_000 // len(unit))
    assert sum(len("".join(item.split())) for item in texts(text)) == len("".join(text.split()))


def test_the_time_grows_with_the_text_and_no_faster() -> None:
    """Text without sentence ends, four times as long, takes about four times as long, not sixteen times."""
    text = "w😀rd " * 200_000  # four bytes a character: where copies of the rest cost the most
    # In turns, and the best of three: on a busy machine even a processor's time varies.
    assert min(seconds(text * 4) / seconds(text) for _ in range(3)) < 8


def seconds(text: str) -> float:
    start = process_time()
    split_sentences(text)
    return process_time() - start
