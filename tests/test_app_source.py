"""The source panel."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from fakechat import CARRIED, DOCK, FERRY, NINE, SIX
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.html.source_panel import (
    ARTICLE_CHANGED,
    GONE,
    NOT_THERE,
    OLDER,
    SHOWN_CHARACTERS,
    MarkedRun,
    Opening,
    Printing,
    SentenceMark,
    paragraphs_of,
    pieces_of,
    source_html,
)
from ingest import Article


def mark(citation: object) -> SentenceMark:
    """The mark that the page sends for a citation."""
    return SentenceMark(
        *(getattr(citation, name) for name in ("article_id", "version", "start", "end", "number", "quote"))
    )


def panel(
    *marks: SentenceMark, current: int = 0, article: Article | None = FERRY, newest: str | None = None
) -> str:
    """The panel for marks of an answer."""
    return source_html(Opening(marks, current), article, newest=newest)


def test_article_is_shown_as_an_article() -> None:
    """Source, title, byline and date stand above the paragraphs, and every word of the text is there."""
    html = panel(mark(SIX))
    assert re.findall(r'<p class="byline" dir="auto">(.*?)</p>', html) == [
        "Harbour Gazette · Staff writer · published 4 May 2026"
    ]
    assert '<h2 tabindex="-1" dir="auto">Ferry fire: six hurt, not nine</h2>' in html
    body = html.split('class="text" dir="auto">')[1].split("</div>")[0]
    paragraphs = [unescape(re.sub(r"<sup.*?</sup>|<[^>]+>", "", part)) for part in body.split("</p>")[:-1]]
    assert paragraphs == FERRY.text.split("\n\n")


def test_cited_sentences_of_the_answer_are_ticked() -> None:
    """Each sentence that the answer cites from this article is marked with its number, the chosen one too."""
    html = panel(mark(SIX), mark(NINE), mark(DOCK), current=2)
    assert re.findall(r"<mark(.*?)>(.*?)<sup class=\"tick\">(\d)</sup></mark>", html) == [
        ("", SIX.quote, "1"),
        (' class="current" data-current', DOCK.quote, "3"),
    ]
    assert "Cited in this answer: 1, 3" in html
    assert "3 of 3" in html


def test_consulted_sentence_has_no_number() -> None:
    """A sentence that was only consulted is marked without a number, and one alone has no steps."""
    html = panel(SentenceMark(FERRY.id, FERRY.version, CARRIED.start, CARRIED.end, 0, CARRIED.quote))
    assert ("<sup" in html, "Cited in this answer" in html, "1 of 1" in html) == (False, False, False)
    assert f'<mark class="current" data-current>{CARRIED.quote}</mark>' in html


def test_original_is_linked_at_the_sentence() -> None:
    """Where the article has a web address, the original opens at the sentence, apart from the page."""
    assert (
        '<a href="https://gazette.example/ferry-fire#:~:text='
        'The%20Aurora%20will%20stay%20in%20dock%20until%20June." '
        'target="_blank" rel="noopener noreferrer" class="original">'
    ) in panel(mark(DOCK))
    hostile = Article(text=FERRY.text, title="T", origin="o", url="javascript:alert(1)")
    assert "<a " not in panel(SentenceMark(hostile.id, hostile.version, 0, 3, 1, "Six"), article=hostile)


def test_missing_and_older_articles_say_so() -> None:
    """A removed article and an older version are named as such."""
    assert GONE in unescape(panel(mark(SIX), article=None))
    assert ARTICLE_CHANGED in unescape(panel(mark(SIX), article=None, newest="another"))
    assert OLDER in unescape(panel(mark(SIX), newest="another"))
    assert OLDER not in unescape(panel(mark(SIX), newest=FERRY.version))


def test_quote_that_is_not_at_its_place_is_not_marked() -> None:
    """Where the text has other words, nothing is highlighted; it is said, and the quote is shown apart."""
    wrong = SentenceMark(FERRY.id, FERRY.version, 0, 5, 1, "Seven")
    html = unescape(panel(wrong))
    assert NOT_THERE in html
    assert '<blockquote dir="auto" class="as-quoted">Seven</blockquote>' in html
    assert ("<mark" in html, "#:~:text" in html) == (False, False)


def test_pages_and_other_printings_are_named() -> None:
    """A paged article names the page above its first paragraph; near-duplicates can be opened."""
    second = FERRY.text.index("An earlier")
    paged = replace(FERRY, pages=(0, second))
    html = source_html(
        Opening((SentenceMark(paged.id, paged.version, SIX.start, SIX.end, 1, SIX.quote),), 0),
        paged,
        newest=paged.version,
        printings=[Printing("0" * 16, "Blaze", "Inland Post", None)],
    )
    assert re.findall(r'class="page-number">(.*?)<', html) == ["Page 1", "Page 2"]
    assert f'data-article="{"0" * 16}"' in html
    assert "date unknown" in html


def test_long_article_is_shown_around_the_sentence() -> None:
    """Of a book only the surroundings are sent, and how much is left out."""
    text = "word " * 100_000
    book = Article(text=text, title="Book", origin="book")
    html = panel(SentenceMark(book.id, book.version, 250_000, 250_004, 1, "word"), article=book)
    assert len(html) < 3 * SHOWN_CHARACTERS
    assert re.findall(r"… ([\d,]+) characters (before|after)", html) == [
        ("190,000", "before"),
        ("189,996", "after"),
    ]


@given(text=st.text(alphabet="ab \n\t", max_size=80))
def test_paragraphs_hold_every_word_once(text: str) -> None:
    """Paragraphs are in order, apart from each other, and leave out nothing but whitespace."""
    spans = paragraphs_of(text, 0, len(text))
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(place in set(covered) for place, sign in enumerate(text) if not sign.isspace())


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1])


@given(spans=st.lists(SPANS, max_size=6))
def test_pieces_cover_a_paragraph_once(spans: list[tuple[int, int]]) -> None:
    """However marks overlap, the pieces of a paragraph follow each other and cover it exactly."""
    marks = [SentenceMark("a", "v", start, end, number, "") for number, (start, end) in enumerate(spans, 1)]
    pieces = list(pieces_of(5, 25, marks))
    assert [place for piece in pieces for place in range(piece.start, piece.end)] == list(range(5, 25))
    marked = {place for start, end in spans for place in range(max(start, 5), min(end, 25))}
    assert {place for piece in pieces if piece.mark for place in range(piece.start, piece.end)} == marked


def test_piece_without_marks_is_the_paragraph() -> None:
    """A paragraph that nothing cites is one piece."""
    assert list(pieces_of(0, 9, [])) == [MarkedRun(0, 9, None)]
