"""JSON and JSON Lines: the usual field names, and records that are no articles."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.fields import authors_of, canonical_url
from ingest.readers.formats.json_records import articles_of_json, articles_of_lines, read_record
from ingest.report import Failure

FULL = Article(
    text="Body text.",
    title="A title",
    origin="o",
    published=date(2024, 1, 30),
    source="The Lantern",
    url="https://lantern.example/a",
    authors=("Ines Okafor", "Zoë Núñez"),
)

RECORDS: tuple[dict[str, Any], ...] = (
    {"title": "A title", "text": "Body text.", "url": "https://lantern.example/a", "published": "2024-01-30",
     "source": "The Lantern", "authors": ["Ines Okafor", "Zoë Núñez"]},
    {"Headline": "A title", "articleBody": "<p>Body text.</p>", "link": "HTTPS://Lantern.example/a#x",
     "datePublished": "2024-01-30T10:00:00Z", "publisher": {"name": "The Lantern"},
     "author": [{"name": "Ines Okafor"}, {"@type": "Person", "name": "Zoë Núñez"}]},
    {"name": "A title", "content": ["Body text."], "canonical_url": "https://lantern.example/a?utm_source=rss",
     "pub_date": 1706609700, "site_name": "The Lantern", "byline": "By Ines Okafor and Zoë Núñez"},
    {"title": " A\ntitle ", "text": "", "body": "Body text.\u0000", "url": "javascript:alert(1)",
     "link": "https://lantern.example/a", "date": "sometime", "created": "30 January 2024",
     "crawled_at": "2025-05-05", "updated": "2023-06-06", "outlet": "The Lantern",
     "author": "Ines Okafor; Zoë Núñez"},
)  # fmt: skip


def record_article(record: object, origin: str) -> Article:
    """Read a record that is no part of an export."""
    found = read_record(record, origin)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("record", RECORDS)
def test_the_usual_names_are_read(record: dict[str, Any]) -> None:
    """Four ways of writing one record give the same article."""
    assert record_article(record, "o") == FULL


def test_the_names_of_press_databases_are_read() -> None:
    """The paper has a column of its own, beside its publishing house."""
    row = {
        "Headline": "A title",
        "Full text": "Body text.",
        "Publisher": "House & Sons",
        "Publication title": "The Lantern",
        "Publication date": "30 January 2024",
    }
    found = record_article(row, "o")
    assert (found.title, found.text, found.source) == ("A title", "Body text.", "The Lantern")
    assert found.published == date(2024, 1, 30)


def test_the_mark_of_a_text_that_was_cut_is_no_text() -> None:
    """NewsAPI says behind the first words of an article how many more there are."""
    assert record_article({"content": "The tram runs aga… [+812 chars]"}, "o").text == "The tram runs aga…"
    assert (
        record_article({"content": "He wrote [+812 chars] on it."}, "o").text
        == "He wrote [+812 chars] on it."
    )


def test_a_json_feed_gives_its_entries() -> None:
    """What the feed says once is true of every entry that doesn't say otherwise."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Lantern",
        "language": "en-GB",
        "authors": [{"name": "Ines Okafor"}],
        "items": [
            {"id": "1", "url": "https://lantern.example/a", "title": "A", "content_html": "Salt &amp; sand."},
            {"id": "2", "content_text": "Use <b>sparingly.", "authors": [{"name": "Zoë Núñez"}],
             "date_published": "2024-01-30T10:00:00Z"},
            {"id": "3"},
        ],
    }  # fmt: skip
    one, two, three = articles_of_json(json.dumps(feed), "o")
    assert one == Article(
        "Salt & sand.", "A", "o#1", source="The Lantern", url="https://lantern.example/a",
        authors=("Ines Okafor",), language="en",
    )  # fmt: skip
    assert isinstance(two, Article)
    assert (two.text, two.authors, two.published) == ("Use <b>sparingly.", ("Zoë Núñez",), date(2024, 1, 30))
    assert three == Failure("o#3", NO_TEXT)


def test_change_language_and_section_are_read() -> None:
    """Updates are no publication dates but are kept; languages become codes; one section is kept."""
    record = {
        "text": "Body text.",
        "published": "2024-01-30",
        "updated_at": "2024-02-02T10:00:00Z",
        "lang": "en_GB",
        "categories": ["World", "Sea"],
    }
    found = record_article(record, "o")
    assert (found.published, found.modified) == (date(2024, 1, 30), date(2024, 2, 2))
    assert (found.language, found.section) == ("en", "World")


def test_an_exported_record_without_text_or_with_a_false_date_is_a_failure() -> None:
    """What claims to be an export is checked like any other record."""
    for record, reason in (
        ({"format": "footnote/1", "text": "\u200b "}, "The record has no text. It is looked for under text."),
        (
            {"format": "footnote/1", "text": "Open.", "published": "May"},
            "Its date 'May' is none. Write it as 2026-05-04.",
        ),
    ):
        with pytest.raises(SourceError) as caught:
            record_article(record, "a#1")
        assert (caught.value.source, caught.value.reason) == ("a#1", reason)


def test_half_a_character_in_an_address_drops_the_address_only() -> None:
    """An address that no UTF-8 can hold is left out; the article stays."""
    article = record_article({"text": "The bridge is open.", "url": "https://x.example/\ud800"}, "a#1")
    assert (article.url, article.source, article.text) == (None, None, "The bridge is open.")


def test_dates_of_crawling_and_updating_are_not_publication_dates() -> None:
    """A record that tells only when it was fetched or changed has no publication date."""
    names = ("crawled_at", "ingested", "updated", "updated_at", "modified", "dateModified", "created_at")
    record = {"text": "Body text.", **dict.fromkeys(names, "2024-01-30")}
    assert record_article(record, "o").published is None


def test_the_host_stands_for_a_missing_source() -> None:
    """Without a source the host of the address is the source; without an address there is none."""
    with_url = record_article({"text": "Body text.", "url": "https://www.lantern.example/a"}, "o")
    without = record_article({"text": "Body text."}, "o")
    assert (with_url.source, without.source) == ("lantern.example", None)


NO_ARTICLES: tuple[Any, ...] = (
    {}, {"title": "Only a title"}, {"text": ""}, {"text": " \n"}, {"text": None}, {"text": 5},
    {"text": {"a": 1}}, {"text": "<p> </p>"}, {"text": "\u0000"}, [], [1], "text", 5, None, True,
)  # fmt: skip


@pytest.mark.parametrize("record", NO_ARTICLES, ids=repr)
def test_a_record_without_text_is_refused(record: Any) -> None:
    """What is no object, or has no text, raises SourceError naming its record."""
    with pytest.raises(SourceError, match="o#3: "):
        record_article(record, "o#3")


NO_TEXT = "The record has no text. It is looked for under text, body, content, articlebody, maintext."


@pytest.mark.parametrize("shape", ["list", "articles", "items", "docs"])
def test_a_json_file_may_hold_many(shape: str) -> None:
    """A list, or one under a usual name, is numbered from 1; a bad record does not stop the others."""
    records: Any = [RECORDS[0], {"title": "x"}, {"text": "Third one."}]
    text = json.dumps(records if shape == "list" else {"version": 1, shape: records})
    third = Article("Third one.", "Third one", "f#3")
    first = Article(**{**_fields(FULL), "origin": "f#1"})
    assert list(articles_of_json(text, "f")) == [first, Failure("f#2", NO_TEXT), third]


def test_a_json_file_may_hold_one() -> None:
    """One record is not numbered."""
    assert list(articles_of_json(json.dumps(RECORDS[0]), "o")) == [FULL]


def test_a_record_with_a_list_of_its_own_is_one_article() -> None:
    """A name that also stands for a list of records does not hide the record's text."""
    assert list(articles_of_json(json.dumps({**RECORDS[0], "items": [1, 2]}), "o")) == [FULL]


def test_json_lines_named_json_are_read() -> None:
    """A .json file with a record a line is what it is, whatever its name."""
    items = list(articles_of_json('{"text": "One."}\n{"text": "Two."}\n', "f"))
    assert items == [Article("One.", "One", "f#1"), Article("Two.", "Two", "f#2")]


BAD_LINES = (
    (b'{"text": "cut off', "It isn't valid JSON (Unterminated string starting at, line 1)."),
    (b'{"a":' * 100_000, "It isn't read: its JSON is nested too deeply for an article."),
    (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "It isn't read: it holds a number of thousands of digits."),
    (b"[1]", "A record must be an object with named fields, such as title and text."),
)


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_named_and_the_next_is_read(line: bytes, reason: str) -> None:
    """A line that can't be read gives a Failure with its number; reading goes on after it."""
    items = list(articles_of_lines([b'{"text": "One."}\n', b"\n", line + b"\n", b'{"text": "Four."}'], "f"))
    assert items == [Article("One.", "One", "f#1"), Failure("f#3", reason), Article("Four.", "Four", "f#4")]


ODD_LINES = (
    (b'{"text": "first", "text": "second"}', "second"),  # as JSON readers do
    (b'{"text": "x", "published": NaN, "date": 1e999}', "x"),
    (b'{"text": "a \\ud83d b"}', "a \ufffd b"),
    (b'{"text": "a \\ud83d\\udea2 b"}', "a 🚢 b"),
    (b'\xef\xbb\xbf{"text": "mark"}', "mark"),
    (b'{"text": "caf\xe9"}', "café"),
    (b'{"text": "a\tb\x01"}', None),  # raw control characters are not allowed in JSON
)


@pytest.mark.parametrize(("line", "text"), ODD_LINES)
def test_odd_json_is_read_as_far_as_it_is_json(line: bytes, text: str | None) -> None:
    """Repeated names, impossible numbers, lone surrogates and old encodings do no harm."""
    (item,) = articles_of_lines([line], "f")
    assert (item.text if isinstance(item, Article) else None) == text


URLS = (
    ("HTTPS://WWW.Example.com/Path?Q=1#frag", "https://www.example.com/Path?Q=1"),
    ("http://example.com", "http://example.com/"),
    ("http://example.com:8080/a?utm_source=x&b=2&fbclid=3", "http://example.com:8080/a?b=2"),
    ("http://example.com/?q=a%20b&q=", "http://example.com/?q=a%20b&q="),
    ("http://user:secret@example.com/", "http://example.com/"),
    ("http://[::1]/a", "http://[::1]/a"),
    ("http://exa mple.com/", None),
    ("http://[bad", None),
    ("http://example.com:99999/", None),
    ('http://example.com/"onclick="x', None),
    ("javascript:alert(1)", None),
    ("ftp://example.com/", None),
    ("example.com/a", None),
    ("http://example.com/" + "a" * 5000, None),
    (5, None),
)


@pytest.mark.parametrize(("written", "url"), URLS, ids=lambda value: str(value)[:50])
def test_an_address_has_one_form_or_none(written: object, url: str | None) -> None:
    """Fragments and tracking parameters go, scheme and host are lower case, other schemes are refused."""
    assert canonical_url(written) == url


BYLINES = (
    ("By Ines Okafor", ("Ines Okafor",)),
    ("by: Ines Okafor, Zoë Núñez & Li Wei", ("Ines Okafor", "Zoë Núñez", "Li Wei")),
    ("Martin King, Jr. and Anand Rao", ("Martin King, Jr.", "Anand Rao")),
    (["A B", {"name": "C D"}, {"x": 1}, None, 5, "A B"], ("A B", "C D")),
    ("", ()),
    (None, ()),
)


@pytest.mark.parametrize(("written", "authors"), BYLINES)
def test_authors_are_read_from_bylines_and_lists(written: object, authors: tuple[str, ...]) -> None:
    """Names come apart at commas, semicolons and `and`; suffixes stay with their name; none comes twice."""
    assert authors_of(written) == authors


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "title", "url", "date", "author", "source", "name"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_articles_or_failures(value: object) -> None:
    """Whatever a file of JSON holds, every item is an article or a named failure."""
    items = list(articles_of_json(json.dumps(value), "f"))
    assert all(isinstance(item, Article | Failure) for item in items)


def _fields(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in article.__slots__}


def test_records_of_wordpress_are_read() -> None:
    """Their texts stand under `rendered`, their authors beside the post."""
    record = {
        "date": "2024-01-30T10:00:00", "link": "https://lantern.example/a",
        "title": {"rendered": "Pier &amp; quay"},
        "content": {"rendered": "<p>The pier is open.</p>", "protected": False}, "author": 7,
        "_embedded": {"author": [{"id": 7, "name": "Ines Okafor"}]},
    }  # fmt: skip
    found = record_article(record, "o")
    assert (found.title, found.text, found.published) == (
        "Pier & quay",
        "The pier is open.",
        date(2024, 1, 30),
    )
    assert found.authors == ("Ines Okafor",)
    assert record_article({**record, "_embedded": "x"}, "o").authors == ()
