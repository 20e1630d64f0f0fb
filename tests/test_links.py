"""Links to live pages and to sentences in them."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rendering.links import safe_url, text_fragment_link

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
    assert all(unquote(words) in plain for words in named)
