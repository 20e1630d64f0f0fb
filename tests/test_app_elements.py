"""The one place that writes HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.html.elements import element, fragment, text, web_link


class Seen(HTMLParser):
    """What a browser would see: tags with attributes, and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.words += data


def test_element_escapes_text_and_keeps_elements() -> None:
    """Plain children are escaped, elements are not escaped again, None is left out."""
    inner = element("b", "1 < 2")
    assert element("p", "a & b ", inner, None, class_="x", data_mark=0, hidden=True, title=None) == (
        '<p class="x" data-mark="0" hidden>a &amp; b <b>1 &lt; 2</b></p>'
    )
    assert fragment("<", inner, "") == "&lt;<b>1 &lt; 2</b>"


def test_void_elements_have_no_end() -> None:
    """An input is written without an end tag."""
    assert element("input", type="file") == '<input type="file">'


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("script", {}),
        ("iframe", {}),
        ("p onclick=x", {}),
        ("p", {"onclick": "x"}),
        ("p", {"style": "x"}),
        ("p", {"a b": "x"}),
        ("a", {"href": "javascript:alert(1)"}),
        ("img", {"src": "data:text/html,x"}),
    ],
)
def test_what_could_run_code_is_refused(name: str, attributes: dict[str, str]) -> None:
    """Elements and attributes that can run code or lead elsewhere can't be built, not even by mistake."""
    with pytest.raises(ValueError, match=r"place in a page|run code|http or https"):
        element(name, **attributes)


def test_web_link_opens_apart_from_the_page() -> None:
    """A link to a page opens in a new tab that can't reach back; other schemes give no link."""
    assert web_link("https://a.example/?a=1&b=2", "there") == (
        '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">there</a>'
    )
    assert web_link("javascript:alert(1)", "there") is None


def test_what_cannot_be_shown_becomes_a_sign() -> None:
    """Control characters and lone surrogates are replaced; tab and line feed stay."""
    assert text("a\x00b\ud800c\td\n\x1b") == "a\ufffdb\ufffdc\td\n\ufffd"


@given(words=st.text(), value=st.text())
def test_any_text_is_only_text(words: str, value: str) -> None:
    """No text and no attribute value can add a tag or an attribute, and both come out as they went in."""
    seen = Seen(element("p", words, title=value))
    assert [(tag, set(attributes)) for tag, attributes in seen.tags] == [("p", {"title"})]
    assert seen.words == text_of(words)
    assert seen.tags[0][1]["title"] == text_of(value)


def text_of(words: str) -> str:
    """What is shown of a text: everything but control characters."""
    return "".join(
        "\ufffd" if (ord(sign) < 32 and sign not in "\t\n") or ord(sign) == 127 else sign for sign in words
    )
