"""Plain text and Markdown: what their first lines say, and what is left as the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.fields import derived_title
from ingest.readers.formats.markdown import markdown_article
from ingest.readers.formats.plain_text import plain_article

BODY = "The council met on Monday. It voted to keep the library open."
DERIVED = "The council met on Monday"

LEADS = (
    ("date 2024-01-30 Islam Times - ", date(2024, 1, 30), "Islam Times"),
    (" date 2024-01-30 Islam Times – ", date(2024, 1, 30), "Islam Times"),
    ("2024-01-30 The Bank of England Review — ", date(2024, 1, 30), "The Bank of England Review"),
    ("30 January 2024, Süddeutsche Zeitung - ", date(2024, 1, 30), "Süddeutsche Zeitung"),
    ("January 30, 2024 Łódź Głos - ", date(2024, 1, 30), "Łódź Głos"),
    ("Date: 2024-01-30 El País - ", date(2024, 1, 30), "El País"),
    ("date 2024-01-30 aljazeera.com - ", date(2024, 1, 30), "aljazeera.com"),
    ("date 2024-01-30 20 Minutes - ", date(2024, 1, 30), "20 Minutes"),
    ("2024-01-30 10:15 France 24 - ", date(2024, 1, 30), "France 24"),
    ("date 2024-01-30 - ", date(2024, 1, 30), None),
    ("date 2024-01-30 Islam Times -\n\n", date(2024, 1, 30), "Islam Times"),
)

# What looks a little like it and says something else, or nothing sure.
NO_LEADS = (
    "On 2024-01-30 the council met - again - and voted to keep it.",
    "2024-01-30 was a cold day - the coldest of the year, people said.",
    "2024-01-30 Then The Whole Council Of The Town Met - and voted.",
    "2024-13-45 Islam Times - a date that there is not.",
    "03/04/2024 Islam Times - a date with two meanings.",
    "date Islam Times - no date at all.",
)

DATELINES = (
    ("LONDON, March 3 (Reuters) - ", None, "Reuters"),
    ("LONDON, March 3, 2023 (Reuters) - ", date(2023, 3, 3), "Reuters"),
    ("NEW YORK (AP) — ", None, "AP"),
    ("SÃO PAULO, Jan. 3 (Agence France Presse) - ", None, "Agence France Presse"),
)


@pytest.mark.parametrize(("lead", "published", "source"), LEADS)
def test_a_leading_date_and_paper_are_read_and_removed(
    lead: str, published: date, source: str | None
) -> None:
    """`date 2024-01-30 Islam Times - ` is about the article and no part of it."""
    expected = Article(BODY, DERIVED, "o", published=published, source=source)
    assert plain_article(lead + BODY, "o") == expected


@pytest.mark.parametrize("text", NO_LEADS)
def test_a_text_that_only_resembles_a_lead_is_left_alone(text: str) -> None:
    """Nothing is taken from a first sentence that merely has a date and a dash."""
    article = plain_article(text, "o")
    assert (article.text, article.published, article.source) == (text, None, None)


@pytest.mark.parametrize(("dateline", "published", "source"), DATELINES)
def test_a_dateline_gives_what_it_says_and_stays(dateline: str, published: date | None, source: str) -> None:
    """An agency's dateline names the agency; a day without a year is no date; the text keeps it."""
    article = plain_article(dateline + BODY, "o")
    assert (article.text, article.published, article.source) == (dateline + BODY, published, source)


TITLES = (
    ("Library to stay open\n\n" + BODY, "Library to stay open", BODY),
    ("\n\nWill it stay open?\n\n\n" + BODY, "Will it stay open?", BODY),
    ("Library to stay open\r\n\r\n" + BODY, "Library to stay open", BODY),
    ("date 2024-01-30 Islam Times - Library saved\n\n" + BODY, "Library saved", BODY),
    ("Library saved\n\n2024-01-30 Islam Times - " + BODY, "Library saved", BODY),
)
NO_TITLES = (
    ("The council met.\n\n" + BODY, "The council met", "The council met.\n\n" + BODY),  # a sentence
    ("Library to stay open\n" + BODY, None, "Library to stay open\n" + BODY),  # no empty line
    ("w" * 121 + "\n\n" + BODY, "w" * 80 + "…", "w" * 121 + "\n\n" + BODY),  # a paragraph
    ("By Ines Okafor\n\n" + BODY, None, "By Ines Okafor\n\n" + BODY),
    ("30 January 2024\n\n" + BODY, None, "30 January 2024\n\n" + BODY),
    ("Library to stay open", "Library to stay open", "Library to stay open"),  # nothing else is there
)


@pytest.mark.parametrize(("written", "title", "text"), TITLES)
def test_a_short_first_line_is_the_title(written: str, title: str, text: str) -> None:
    """A first line that ends no sentence and is followed by an empty one is title, not text."""
    article = plain_article(written, "o")
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(("written", "title", "text"), NO_TITLES)
def test_other_first_lines_stay_in_the_text(written: str, title: str | None, text: str) -> None:
    """A sentence, a paragraph, a byline or a date is no title; the derived one is in the text's words."""
    article = plain_article(written, "o")
    assert article.text == text
    assert article.title == (title or derived_title(text))


FRONT = """---
title: "Library: saved"
date: 2024-01-30
source: {name: The Lantern}
url: https://lantern.example/a?utm_medium=x#y
authors: [Ines Okafor, Zoë Núñez]
---

"""
KNOWN = Article(
    text=BODY,
    title="Library: saved",
    origin="o",
    published=date(2024, 1, 30),
    source="The Lantern",
    url="https://lantern.example/a",
    authors=("Ines Okafor", "Zoë Núñez"),
)


def test_front_matter_is_read_in_text_and_markdown() -> None:
    """The fields between two `---` lines are about the article and no part of it."""
    assert (plain_article(FRONT + BODY, "o"), markdown_article(FRONT + BODY, "o")) == (KNOWN, KNOWN)


BAD_FRONT = (
    "---\njust a line\n---\n",
    "---\n[1, 2]\n---\n",
    "---\n{unclosed\n---\n",
    "---\ndate: 2024-02-31\n---\n",  # YAML makes a date of it and fails
    "---\nx: !!python/object/apply:os.system [echo]\n---\n",
    "---\n" + "[" * 5000 + "\n---\n",
)


@pytest.mark.parametrize("front", BAD_FRONT, ids=range(len(BAD_FRONT)))
def test_what_is_no_front_matter_is_text(front: str) -> None:
    """Broken or foreign YAML is kept as the text that it is, and runs nothing."""
    assert plain_article(front + BODY, "o").text == front + BODY


def test_aliases_in_front_matter_do_not_multiply() -> None:
    """A few lines that stand for 4^25 values are read at once and give no title."""
    lines = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 4)}]\n" for n in range(1, 26))
    article = plain_article(f"---\nk0: &k0 [x]\n{lines}title: *k25\n---\n{BODY}", "o")
    assert (article.title, article.text) == (DERIVED, BODY)


DERIVED_TITLES = (
    ("Short one. Then more of it.", "Short one. Then more of it"),  # fewer than 15 letters end no title
    ("The council met on Monday! It voted.", "The council met on Monday!"),
    ("“We will keep it open,” she said. Then she left.", "“We will keep it open,” she said"),
    ("word " * 40, "word " * 15 + "word…"),
    ("x" * 200, "x" * 80 + "…"),
)


@pytest.mark.parametrize(("text", "title"), DERIVED_TITLES)
def test_a_derived_title_is_the_beginning_of_the_text(text: str, title: str) -> None:
    """The first sentence, or its first words and `…`."""
    assert derived_title(text) == title


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x00", "\u200b", "---", "…!?"])
def test_a_text_without_a_letter_or_digit_is_refused(text: str) -> None:
    """What has nothing to read raises SourceError naming its origin."""
    with pytest.raises(SourceError, match="o: There is no text in it"):
        plain_article(text, "o")


@given(st.text(max_size=400))
def test_any_text_is_an_article_or_refused(text: str) -> None:
    """Whatever a file holds, the text kept is one piece of the cleaned text or the file is refused."""
    try:
        article = plain_article(text, "o")
    except SourceError:
        return
    assert article.text == article.text.strip()
    assert article.title


MARKDOWN = """# Library *saved*

![A picture](https://evil.example/x.png)

The [council](https://town.example "hint") met on **Monday**,
in the `old` hall.<br>It _voted_.

<div style="display:none">Hidden words.</div>

## Costs

- 4 pounds
- 5 &amp; more

| who | paid |
|-----|------|
| Zoë | 4    |

    indented code

> A quotation.

[ref]: https://evil.example/y
"""


def test_markdown_gives_the_text_that_a_reader_sees() -> None:
    """Markup, images, HTML and link addresses go; words, list items, cells and code stay."""
    article = markdown_article(MARKDOWN, "o")
    assert article == Article(
        title="Library saved",
        origin="o",
        text="The council met on Monday, in the old hall.\nIt voted.\n\nCosts\n\n4 pounds\n\n5 & more\n\n"
        "who: Zoë; paid: 4\n\nindented code\n\nA quotation.",
    )


@given(st.text(st.sampled_from("#*_[]()!`<>|-~\\&;: \n\tab1"), max_size=200))
def test_any_markdown_is_an_article_or_refused(text: str) -> None:
    """No mixture of markup breaks the reader."""
    try:
        article = markdown_article(text, "o")
    except SourceError:
        return
    assert article.text


MARKED_DOWN = (
    ("It rose in 1931[^1] and ~~fell~~ stayed.", ["It rose in 1931 and stayed."]),
    (
        "Seen twice.[^b]\n\n[^b]: Once.\n[^c]: By night,\n  they say.",
        ["Seen twice.", "Once.", "By night, they say."],
    ),
    (
        'One.\n\n<div class="box">\nTwo <b>boats</b> sank.\n</div>\n\n<p>Three.</p>',
        ["One.", "Two boats sank.", "Three."],
    ),
    ("> [!warning]- Ice\n> The quay is shut.", ["Ice", "The quay is shut."]),
    ("See [[Old Ferry|the ferry]], [[Quay]] and ==this==.", ["See the ferry, Quay and this."]),
    ("Type `a==b==c` or `[[x]]`.", ["Type a==b==c or [[x]]."]),
    (
        "See <https://example.org/caf%C3%A9%20menu.pdf?a=%26> or <https://xn--mnchen-3ya.example/>.",
        ["See https://example.org/caf%C3%A9%20menu.pdf?a=%26 or https://xn--mnchen-3ya.example/."],
    ),
    ("A list:\n\n- one[^1]\n\n  [^1]: inside", ["A list:", "one", "inside"]),
)


@pytest.mark.parametrize(("text", "paragraphs"), MARKED_DOWN)
def test_markdown_of_note_programs_reads_as_shown(text: str, paragraphs: list[str]) -> None:
    """Notes are paragraphs of their own, HTML gives its text, and marks of other dialects are not quoted."""
    assert markdown_article(text, "o").text.split("\n\n") == paragraphs


def test_toml_front_matter_gives_title_and_day() -> None:
    """What stands between two lines of +++ is read, and is no text; what isn't TOML is text."""
    text = '+++\ntitle = "Fog"\ndate = 2024-01-30T08:00:00Z\n[params]\nx = 1\n+++\n\nThe fog came at night.'
    article = markdown_article(text, "o")
    assert (article.title, article.text) == ("Fog", "The fog came at night.")
    assert article.published == date(2024, 1, 30)
    assert "no TOML" in plain_article("+++\nno TOML\n+++\n\nThe fog came.", "o").text
