"""An answer as text for a terminal and as Markdown."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer, Citation, Conflict, Statement, Support
from assistant.language.calendar_words import written_date
from assistant.rendering.render import answer_markdown, answer_text, escape_markdown, printable

QUOTE = "Six people were hurt, the harbour authority said on Monday."
LINK = "https://gazette.example/a#:~:text=Six%20people"


def cite(number: int, quote: str = QUOTE, *, link: str | None = LINK, title: str = "Six hurt") -> Citation:
    return Citation(
        number=number,
        quote=quote,
        start=0,
        end=len(quote),
        article_id="a",
        version="v",
        title=title,
        source="Harbour Gazette" if link else None,
        published=date(2026, 5, 4) if link else None,
        link=link,
    )


def answered(*citations: Citation, support: Support = Support.SUPPORTED, title: str = "") -> Answer:
    statements = tuple(Statement(item.quote, (item.number,), support) for item in citations)
    return Answer(question=title, answered=True, confidence=0.9, statements=statements, citations=citations)


def test_a_terminal_shows_the_text_and_then_each_footnote_with_source_date_and_quote() -> None:
    """The markers of the text lead to footnotes that name source, date, title, quote and link."""
    assert answer_text(answered(cite(1)), width=60) == (
        "Six people were hurt, the harbour authority said on Monday.\n"
        "[1]\n\n"
        "[1] Harbour Gazette, 4 May 2026: Six hurt\n"
        "    │ Six people were hurt, the harbour authority said on\n"
        "    │ Monday.\n"
        "    https://gazette.example/a#:~:text=Six%20people"
    )


def test_what_is_not_known_of_a_source_is_said_to_be_unknown() -> None:
    """A citation without source and date says so and makes nothing up."""
    lines = answer_text(answered(cite(1, "Yes.", link=None))).splitlines()
    assert lines == ["Yes. [1]", "", "[1] date unknown: Six hurt", "    │ Yes."]


def test_no_answer_shows_the_closest_sentences_in_a_terminal() -> None:
    """Where the articles don't say, up to three consulted sentences follow."""
    closest = tuple(cite(number, f"Sentence {number}.", link=None) for number in range(1, 5))
    answer = Answer(question="?", answered=False, confidence=0.1, consulted=closest)
    assert answer_text(answer) == (
        "Your articles don't say.\n\nClosest in your articles:\n\n"
        "- date unknown: Six hurt\n  │ Sentence 1.\n\n"
        "- date unknown: Six hurt\n  │ Sentence 2.\n\n"
        "- date unknown: Six hurt\n  │ Sentence 3."
    )


def test_no_answer_and_nothing_close_is_one_sentence() -> None:
    """Without consulted sentences nothing but the one sentence is shown."""
    answer = Answer(question="?", answered=False, confidence=0.0)
    assert (answer_text(answer), answer_markdown(answer)) == (
        "Your articles don't say.",
        "Your articles don't say.\n",
    )


def test_conflicts_states_and_notices_are_said_in_words() -> None:
    """What the check found is readable without colour."""
    base = answered(cite(1, "Nine.", link=None), support=Support.CONFLICTING)
    answer = Answer(
        question="?",
        answered=True,
        confidence=0.9,
        statements=base.statements,
        citations=base.citations,
        conflicts=(Conflict((1,), "how many were hurt"),),
        notices=("The index is being repaired.",),
    )
    assert answer_text(answer).split("\n\n") == [
        "Nine. [1] (sources differ)",
        "[1] date unknown: Six hurt\n    │ Nine.",
        "Sources differ about how many were hurt: [1]",
        "The index is being repaired.",
    ]


def test_markdown_has_the_text_and_a_numbered_list_of_sources() -> None:
    """Markdown shows markers as text, quotes in quotation marks and titles as links."""
    answer = answered(cite(1), cite(2, "Nine.", link=None))
    assert answer_markdown(answer) == (
        f"{QUOTE} \\[1\\] Nine. \\[2\\]\n\n"
        f"1. “{QUOTE}” Harbour Gazette, 4 May 2026: [Six hurt](<{LINK}>)\n"
        "2. “Nine.” date unknown: Six hurt\n"
    )
    assert answer.to_markdown() == answer_markdown(answer)


def test_markdown_of_no_answer_lists_the_closest() -> None:
    """Where the articles don't say, the closest sentences are a list."""
    answer = Answer(question="?", answered=False, confidence=0.1, consulted=(cite(1, "Nine.", link=None),))
    assert answer_markdown(answer) == (
        "Your articles don't say.\n\nClosest in your articles:\n\n- “Nine.” date unknown: Six hurt\n"
    )


def test_a_link_that_is_not_a_web_address_is_never_a_link() -> None:
    """Only http and https addresses without room for markup become links."""
    for link in ("javascript:alert(1)", "https://a.example/> [x](http://b.example)", "data:text/html,x"):
        assert "](<" not in answer_markdown(answered(cite(1, link=link)))


def test_hostile_article_text_stays_text_in_markdown() -> None:
    """Images, links in both styles, HTML, headings and addresses in an article come out as text."""
    hostile = "# ![x](http://evil.example/?q=) [a][b] <img src=x onerror=y> **b** `c` www.evil.example &lt;"
    html = MarkdownIt("commonmark").render(
        answer_markdown(answered(cite(1, hostile, title=hostile, link=None)))
    )
    assert [tag for tag in ("<img", "<a ", "<h1", "<strong", "<code") if tag in html] == []


@given(st.text())
def test_escaped_text_means_itself_in_markdown(text: str) -> None:
    """Whatever the text, Markdown shows one paragraph of exactly that text, spaces aside."""
    wanted = " ".join(printable(text).split())
    tokens = MarkdownIt("commonmark").parse(escape_markdown(text))
    inline = [child for token in tokens for child in token.children or ()]
    shown = "".join(child.content for child in inline)
    assert ({child.type for child in inline} <= {"text", "text_special"}, shown) == (True, wanted)


@given(st.text())
def test_nothing_printed_can_drive_a_terminal(text: str) -> None:
    """No control character, direction override or lone surrogate is left, except line ends and tabs."""
    kept = [sign for sign in printable(text) if sign not in "\n\t"]
    assert [sign for sign in kept if unicodedata.category(sign) in {"Cc", "Cs"}] == []


def test_escape_sequences_and_direction_overrides_are_taken_out() -> None:
    """An article can't colour, clear or reverse what a terminal shows."""
    assert printable("a\x1b[31mred\x07\x9b2J\u202eevil\u2066\r\nb\tc") == "aredevil\nb\tc"
    assert printable("a\x1b]0;pwn\x07b\x1b]8;;http://x\x1b\\c\x1bPq1\x9cd\x9d0;e\x07f") == "abcdf"
    assert printable("a\x1b[2Jb\x1b[?25lc\x1b(Bd\x1bce\x1b[ü\x1b]0;never ended\ng\x1b") == "abcdeü\ng"
    assert printable("a\x9d he said, and went") == "a he said, and went"


def test_dates_are_written_out_with_the_year() -> None:
    """A date reads as it is spoken, without a leading zero."""
    assert written_date(date(2026, 5, 4)) == "4 May 2026"


def test_decisive_words_are_bold_in_a_terminal_that_can() -> None:
    """Bold is the only escape sequence in the text, and only where it is asked for."""
    citation = replace(cite(1, link=None), emphasis=((0, 10),))
    answer = answered(citation)
    assert "│ \x1b[1mSix people\x1b[22m were hurt" in answer_text(answer, strong=True)
    assert "\x1b" not in answer_text(answer)


def test_decisive_words_are_bold_in_markdown() -> None:
    """Emphasis is bold in Markdown, and everything else of the quote stays escaped text."""
    quote = "Six *people* were hurt."
    citation = replace(cite(1, quote, link=None), emphasis=((0, 12),))
    assert "“**Six \\*people\\*** were hurt.”" in answer_markdown(answered(citation))


def test_who_the_pronoun_is_stands_outside_the_quote() -> None:
    """The referent follows the quotation in brackets, in text and in Markdown."""
    citation = replace(cite(1, "She said no.", link=None), referent="Jana *Nováková*")
    assert "    │ She said no.\n    [She: Jana *Nováková*]" in answer_text(answered(citation))
    assert "“She said no.” \\[She: Jana \\*Nováková\\*\\]" in answer_markdown(answered(citation))


def test_a_disagreement_has_values_sources_and_dates() -> None:
    """Each side is named with what it says, the newest first; a correction is called one."""
    newer, older = cite(1, "Six."), replace(cite(2, "Nine."), published=date(2026, 5, 3))
    base = answered(newer, older)
    conflict = Conflict((1, 2), "the number of people hurt", ("Six people", "Nine people"))
    assert (
        "Sources differ about the number of people hurt, the later report first: "
        "Six people (Harbour Gazette, 4 May 2026) [1]; Nine people (Harbour Gazette, 3 May 2026) [2]"
    ) in " ".join(answer_text(replace(base, conflicts=(conflict,))).split())
    corrected = replace(base, conflicts=(replace(conflict, superseded=True),))
    assert "Corrected later, the number of people hurt: now Six people" in answer_markdown(corrected)


@given(st.text(min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_bold_never_breaks_the_escaping(quote: str, one: int, two: int) -> None:
    """Whatever is emphasised, Markdown shows no link, image, code or HTML."""
    start, end = sorted((min(one, len(quote)), min(two, len(quote))))
    citation = replace(cite(1, quote, link=None), emphasis=((start, end),))
    tokens = MarkdownIt("commonmark").parse(answer_markdown(answered(citation)))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"link_open", "image", "code_inline", "html_inline"}
