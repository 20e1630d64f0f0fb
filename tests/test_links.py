"""Links to live pages and to sentences in them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rendering.fragment_resolution import (
    Directive,
    folded_text,
    laid_out,
    page_text,
    resolve_fragment,
)
from assistant.rendering.links import safe_url, text_fragment_link
from assistant.retrieval.found import Ranked
from ingest import Article
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from ingest.text.sentences import split_sentences

PAGE = "https://gazette.example/a?b=1"
TEXT = "It rained. The bridge over the Orrow was closed on Monday after the flood, the mayor said. It rained."
REFUSED = [
    None,
    "",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "//evil.example/path",
    "https://",
    "https:/\\evil.example",
    "https://user:secret@evil.example/",  # shows one host and goes to another
    "https://gazette.example/a b",
    "https://gazette.example/\x00",
    "https://[not-an-address/",
    "https://gazette.example/" + "a" * 2_000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_only_plain_web_addresses_are_linked(url: str | None) -> None:
    """Whatever is not an http or https address with a host gives no link."""
    assert (safe_url(url), text_fragment_link(url, TEXT, 0, 10)) == (None, None)


def test_short_sentence_is_named_whole() -> None:
    """A short sentence is the whole fragment; it is named by the words before where it stands twice."""
    first, second = TEXT.index("It rained."), TEXT.rindex("It rained.")
    assert text_fragment_link(PAGE, TEXT, first, first + 10) == f"{PAGE}#:~:text=It%20rained."
    assert text_fragment_link(PAGE, TEXT, second, second + 10) == (
        f"{PAGE}#:~:text=the%20mayor%20said.-,It%20rained."
    )


def test_long_sentence_is_named_by_its_ends() -> None:
    """Of a long sentence the first and the last five words are named."""
    start = TEXT.index("The bridge")
    link = text_fragment_link(PAGE, TEXT, start, TEXT.rindex(" It rained."))
    assert link == f"{PAGE}#:~:text=The%20bridge%20over%20the%20Orrow,the%20flood%2C%20the%20mayor%20said."


def link_to(text: str, sentence: str, *, after: str = "", title: str = "") -> str:
    """Return the fragment of the link to a sentence, the one that stands after some words."""
    start = text.index(sentence, text.index(after) + len(after))
    link = text_fragment_link("https://a.example/p", text, start, start + len(sentence), title=title)
    assert link is not None
    return unquote(link.removeprefix("https://a.example/p").removeprefix("#:~:text="))


def test_up_to_ten_words_the_whole_sentence_is_named() -> None:
    """The ends of a sentence of nine or ten words would overlap or meet: it is named whole."""
    for count in (9, 10):
        sentence = " ".join(f"word{number}" for number in range(count)) + "."
        assert link_to(f"First. {sentence} Last.", sentence) == sentence
    sentence = " ".join(f"word{number}" for number in range(11)) + "."
    assert link_to(sentence, sentence) == "word0 word1 word2 word3 word4,word6 word7 word8 word9 word10."


def test_ends_are_longer_where_another_sentence_begins_or_ends_alike() -> None:
    """The first place where the first words stand is the sentence, and the first end after them its end."""
    text = (
        "The mayor of Orrowmere said that the old bridge would be closed. "
        "The mayor of Orrowmere said that the new bridge was paid by Acme Corp. in June, "
        "and later the rest of it was paid by Acme Corp."
    )
    assert link_to(text, text[text.index("The mayor of Orrowmere said that the new") :]) == (
        "The mayor of Orrowmere said that the new,it was paid by Acme Corp."
    )


def test_short_sentence_inside_an_earlier_one_is_named_by_its_neighbours() -> None:
    """Browsers ignore case, and a sentence may be the end of an earlier one."""
    text = "In the north it rained. The sun was out elsewhere. It rained. All were wet."
    assert link_to(text, "It rained.", after="elsewhere.") == "was out elsewhere.-,It rained."


def test_words_within_words_are_no_earlier_place() -> None:
    """A browser finds whole words only: `she ran` does not hold `he ran`."""
    assert link_to("She ran. He ran.", "He ran.") == "He ran."


def test_neighbours_are_of_one_paragraph() -> None:
    """A prefix goes over no paragraph's end; it may be the end of the paragraph before."""
    text = "No. It was over.\n\nThe works ended\n\nNo. It was done. No."
    assert link_to(text, "No.", after="ended") == "No.,-It was done."
    assert link_to(text, "No.", after="done.") == "It was done.-,No."
    assert link_to("Yes.\n\nIs it so?\n\nYes.", "Yes.", after="so?") == "Is it so?-,Yes."


def test_neighbours_in_other_paragraphs_stand_there_only_once() -> None:
    """An advert between paragraphs would make a link by them lead to the next place like this one."""
    text = "So: Dune is old.\n\nArrival\n\nDune\n\nSolaris\n\nThen:\n\nArrival\n\nDune\n\nStalker"
    assert link_to(text, "Dune", after="old.") == "Dune,-Solaris"
    again = "It rained.\n\nYes.\n\nIt rained.\n\nYes.\n\nIt rained.\n\nYes.\n\nIt rained."
    assert link_to(again, "Yes.", after="It rained.\n\nYes.") == ""


def test_ends_stop_at_line_breaks() -> None:
    """A line break may be one of the page or of the text alone; where it can't be avoided it is named."""
    assert link_to("Roses are red,\nviolets are blue.", "Roses are red,\nviolets are blue.") == (
        "Roses are red,,violets are blue."
    )
    assert link_to("He said:\nyes.", "He said:\nyes.") == "He said:\nyes."


def test_title_is_no_place_to_go_to() -> None:
    """A page shows the title above its text: a sentence that begins as the title does is told from it."""
    text = "Ferry burns off Orrowmere on Sunday, and nobody on the boat is hurt."
    assert link_to(text, text, title="Ferry burns off Orrowmere on Monday") == (
        "Ferry burns off Orrowmere on Sunday,,on the boat is hurt."
    )


def test_citations_know_the_title() -> None:
    """The link of a footnote is told from its article's title."""
    text = "Ferry burns off Orrowmere on Sunday, and nobody on the boat is hurt."
    article = Article(text, "Ferry burns off Orrowmere on Monday", "ferry.txt", url=PAGE)
    (sentence,) = split_sentences(text)
    link = Ranked(article, sentence, 1.0).cite(1).link
    assert link is not None
    assert link.startswith(f"{PAGE}#:~:text=Ferry%20burns%20off%20Orrowmere%20on%20Sunday%2C,")


def test_headline_and_single_word_are_named_by_their_neighbours() -> None:
    """Both stand also in menus and lists around an article, where nothing that we know would tell."""
    text = "Ferry burns – live updates\n\nNobody is hurt. Why? Nobody knows."
    assert link_to(text, "Ferry burns – live updates", title="Ferry burns") == (
        "Ferry burns – live updates,-Nobody is hurt."
    )
    assert link_to(text, "Why?") == "Nobody is hurt.-,Why?"


def test_without_words_that_lead_there_the_page_is_opened_at_its_top() -> None:
    """A sentence between the same words as an earlier one gets no fragment, nor one that the address had."""
    text = "\n\n".join(["It rained.", "It was wet."] * 20)
    start = text.index("It was wet.", 200)
    for address, link in (
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/#top:~:text=old", "https://a.example/#top"),
    ):
        assert text_fragment_link(address, text, start, start + 11) == link


def test_long_clauses_without_spaces_still_fit_an_address() -> None:
    """Chinese is named by whole clauses; of a sentence that is too long for an address only its ends are."""
    text = (
        "".join(f"{'今天天气很好我们去公园散步'[:9]}{'一二三四五六七八九'[at % 9] * 3}，" for at in range(30))
        + "完。"
    )
    link = text_fragment_link("https://a.example/p", text, 0, len(text))
    assert link is not None
    assert len(link) <= 2_000
    assert ":~:text=" in link


def test_every_link_of_the_examples_leads_to_its_sentence() -> None:
    """What an address says is what a browser's search finds first: the sentence, and nothing else."""
    seen = 0
    for article in iter_source(Path(__file__).parents[1] / "examples", ReadOptions(1_000_000)):
        if not isinstance(article, Article):  # the folder itself
            continue
        page = page_text(article.text)
        for sentence in split_sentences(article.text):
            link = text_fragment_link(PAGE, article.text, sentence.start, sentence.end) or ""
            marked = resolve_fragment(page.folded, parsed(link.partition(":~:text=")[2]).folded())
            assert marked == page.span(sentence.start, sentence.end)
            assert page.folded[slice(*marked)] == folded_text(laid_out(sentence.text))
            seen += 1
    assert seen > 200


def parsed(fragment: str) -> Directive:
    """Read a directive as a browser does."""
    parts = fragment.split(",")
    prefix = parts.pop(0).removesuffix("-") if parts[0].endswith("-") else ""
    suffix = parts.pop().removeprefix("-") if parts[-1].startswith("-") else ""
    start, end = parts if len(parts) > 1 else (parts[0], "")
    return Directive(*map(unquote, (start, end, prefix, suffix)))


def test_fragment_of_the_address_is_kept() -> None:
    """An anchor stays; a text directive that the address already had is replaced."""
    assert text_fragment_link("https://a.example/#top:~:text=old", "New.", 0, 4) == (
        "https://a.example/#top:~:text=New."
    )


def test_signs_with_a_meaning_are_encoded() -> None:
    """Hyphen, comma and ampersand of the sentence can't be taken for the directive's own."""
    words = "Three-two, & out"
    link = text_fragment_link("https://a.example", words, 0, len(words))
    assert link == "https://a.example#:~:text=Three%2Dtwo%2C%20%26%20out"


@given(text=st.text(min_size=1, max_size=300))
def test_any_text_gives_a_link_to_the_same_page(text: str) -> None:
    """Whatever the sentence holds, the link leads to the given page and names words of the sentence."""
    link = text_fragment_link("https://a.example/p", text, 0, len(text))
    assert link is not None
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "a.example", "/p")
    named = parts.fragment.removeprefix(":~:text=").split(",")
    plain = " ".join(text.encode("utf-8", "ignore").decode().split())
    assert all(" ".join(unquote(words).split()) in plain for words in named)
