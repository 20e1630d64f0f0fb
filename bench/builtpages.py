# ruff: noqa: E501, ISC004
"""Pages built as publishing systems build theirs, with every word known: the article's, and the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_T = TypeVar("_T")
PLACES = (
    "Orrowmere",
    "Gull Point",
    "Alder Street",
    "the harbour",
    "Quay Hill",
    "the old mill",
    "Saltmarsh",
    "Lindness",
)
PEOPLE = (
    "Ines Okafor",
    "Aldo Brisk",
    "Marta Lindqvist",
    "Tomas Vey",
    "Ruth Abara",
    "Henrik Sole",
    "Nadia Prowse",
)
THINGS = ("the ferry", "the library", "the fish market", "the tram line", "the sea wall", "the swimming pool",
          "the lighthouse", "the night bus", "the school kitchen", "the water tower")  # fmt: skip
DEEDS = ("will be repaired before the winter storms", "has lost a third of its visitors since spring",
         "was closed for eleven days after the flood", "is to be paid for by a loan from the county",
         "cost the town 2.4 million crowns last year", "now opens an hour earlier than before",
         "needs a new roof and four new pumps", "was built by volunteers between 1931 and 1934")  # fmt: skip
SAID = ("said that nobody had asked the neighbours", "called the plan late but honest",
        "warned that the money would be gone by June", "thanked the crews who had worked all night",
        "said the figures came from the harbour office", "refused to name the builder")  # fmt: skip
PROMOS = (
    ("newsletter", "Sign up for our morning newsletter and never miss a story from the coast."),
    ("subscribe-box", "Already a subscriber? Sign in to read without limits."),
    ("cookie-notice", "We use cookies to measure our audience and to show you adverts."),
    ("share-tools", "Share this article on Facebook, by email or copy the link."),
    ("app-promo", "Download our app for breaking news alerts from your town."),
)
LINES = 3  # sentences of a paragraph at most


@dataclass(slots=True)
class Built:
    """A page, and its article's text, block by block, as a reader sees it."""

    html: str
    truth: list[str] = field(default_factory=list)


class PageBuilder:
    """Builds pages by chance; the same seed gives the same pages."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def page(self, number: int) -> Built:
        """Build a page in the frame of one of the systems, with some of each kind of block."""
        title = f"{self._one(THINGS).capitalize()} of {self._one(PLACES)}: {self._one(DEEDS)}"
        blocks = [self._paragraph() for _ in range(self._chance.randint(6, 10))]
        kinds: list[Callable[[], tuple[str, list[str]]]] = [
            self._figure, self._links, self._table, self._note, self._struck, self._time, self._quote, self._heading,
            self._list,
        ]  # fmt: skip
        for kind in self._chance.sample(kinds, self._chance.randint(3, 6)):
            blocks.insert(self._chance.randint(1, len(blocks) - 1), kind())
        for _ in range(self._chance.randint(1, 2)):
            name, words = self._one(PROMOS)
            blocks.insert(
                self._chance.randint(1, len(blocks)), (f'<div class="{name}"><p>{words}</p></div>', [])
            )
        body = "\n".join(html for html, _ in blocks)
        related = "".join(
            f'<li><a href="/r{each}">{escape(self._sentence().rstrip("."))}</a></li>' for each in range(4)
        )
        frame = FRAMES[number % len(FRAMES)]
        html = frame.format(title=escape(title), body=body, related=related, author=self._one(PEOPLE))
        return Built(html, [text for _, texts in blocks for text in texts])

    def _one(self, choice: Sequence[_T]) -> _T:
        return self._chance.choice(choice)

    def _sentence(self) -> str:
        if self._chance.random() < 1 / 3:
            return f"{self._one(PEOPLE)}, who lives near {self._one(PLACES)}, {self._one(SAID)}."
        day = self._chance.randint(1, 28)
        return f"{self._one(THINGS).capitalize()} at {self._one(PLACES)} {self._one(DEEDS)}, {day} May brought proof."

    def _paragraph(self) -> tuple[str, list[str]]:
        text = " ".join(self._sentence() for _ in range(self._chance.randint(1, LINES)))
        words = text.split(" ")
        place = self._chance.randrange(len(words))
        inline = self._one(
            ("{}", "<b>{}</b>", '<a href="/t">{}</a>', "<em>{}</em>", "<span>{}</span>", "<abbr>{}</abbr>")
        )
        html = [escape(word) for word in words]
        html[place] = inline.format(html[place])
        return f"<p>{' '.join(html)}</p>", [text]

    def _figure(self) -> tuple[str, list[str]]:
        caption = f"Work goes on at {self._one(PLACES)} while {self._one(THINGS)} {self._one(DEEDS)}."
        shape = self._one((
            '<figure><img src="/a.jpg" width="800" height="500" alt=""><figcaption>{}</figcaption></figure>',
            '<figure class="wp-block-image"><img src="/b.jpg" width="800" height="500" alt="">'
            '<figcaption class="wp-element-caption">{}</figcaption></figure>',
            '<div class="wp-caption"><img src="/c.jpg" width="800" height="500" alt="">'
            '<p class="wp-caption-text">{}</p></div>',
        ))  # fmt: skip
        return shape.format(escape(caption)), [caption]

    def _links(self) -> tuple[str, list[str]]:
        """Build a list whose items are links and nothing else, which is what an article's sources look like."""
        items = [f"Minutes of the council on {self._one(THINGS)}, part {each}" for each in range(1, 4)]
        rows = "".join(f'<li><a href="/m{each}">{escape(item)}</a></li>' for each, item in enumerate(items))
        lead = "The council has published these papers about the plan and its costs."
        return f"<p>{lead}</p><ul>{rows}</ul>", [lead, *items]

    def _list(self) -> tuple[str, list[str]]:
        items = [self._sentence() for _ in range(3)]
        return f"<ol>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ol>", items

    def _table(self) -> tuple[str, list[str]]:
        wards = self._chance.sample(["East", "West", "North", "South", "Harbour"], 3)
        rows = [("Ward", "Votes", "Share"), *((ward, str(self._chance.randint(900, 9000)), f"{self._chance.randint(5, 60)}%")
                                             for ward in wards)]  # fmt: skip
        head = "".join(f"<th>{cell}</th>" for cell in rows[0])
        data = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
        html = f"<table><thead><tr>{head}</tr></thead><tbody>{data}</tbody></table>"
        return html, [" ".join(row) for row in rows]

    def _note(self) -> tuple[str, list[str]]:
        first, second = self._sentence(), self._sentence()
        mark = self._one(
            ('<sup><a href="#n1">1</a></sup>', '<sup class="footnote-ref">2</sup>', "<sup>*</sup>")
        )
        return f"<p>{escape(first)}{mark} {escape(second)}</p>", [f"{first} {second}"]

    def _struck(self) -> tuple[str, list[str]]:
        tag = self._one(("del", "s", "strike"))
        html = f"<p>The fire hurt <{tag}>nine</{tag}> six people on board, the harbour office said on Monday.</p>"
        return html, ["The fire hurt six people on board, the harbour office said on Monday."]

    def _time(self) -> tuple[str, list[str]]:
        text = "The pool opens again on 4 May at noon, and a thousand children may swim for free."
        html = text.replace("4 May", '<time datetime="2026-05-04">4 May</time>')
        return f"<p>{html}</p>", [text]

    def _quote(self) -> tuple[str, list[str]]:
        text = f"“We were never asked,” {self._one(PEOPLE)} told the meeting. “Now we pay for {self._one(THINGS)}.”"
        return f"<blockquote><p>{escape(text)}</p></blockquote>", [text]

    def _heading(self) -> tuple[str, list[str]]:
        text = f"What becomes of {self._one(THINGS)}"
        return f"<h2>{escape(text)}</h2>", [text]


_HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
_MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>'
_END = "<footer><p>© The Harbour Gazette. All rights reserved.</p></footer></body></html>"
FRAMES = tuple(
    _HEAD + frame + _END
    for frame in (
        "<header>" + _MENU + '</header><main><article class="post"><h1 class="entry-title">{title}</h1>'
        '<p class="byline">By {author}</p><div class="entry-content">{body}</div></article></main>'
        '<aside id="secondary" class="widget-area"><h2>Recent posts</h2><ul>{related}</ul></aside>',
        _MENU
        + '<div class="node node--type-article"><h1>{title}</h1><div class="field field--name-body">{body}</div>'
        '</div><div class="block-related"><h2>Related</h2><ul>{related}</ul></div>',
        _MENU
        + '<div id="content" class="mw-body"><h1 id="firstHeading">{title}</h1><div id="mw-content-text">'
        '<div class="mw-parser-output">{body}</div></div></div>',
        _MENU
        + '<main id="main-content"><article><header><h1>{title}</h1></header><div data-component="text-block">'
        '{body}</div><section data-component="links-block"><h2>More on this story</h2><ul>{related}</ul></section>'
        "</article></main>",
        _MENU
        + '<main class="gh-main"><article class="gh-article"><header><h1 class="gh-article-title">{title}</h1>'
        '<span class="author">{author}</span></header><section class="gh-content">{body}</section></article></main>',
        _MENU
        + '<div class="blog-posts"><div class="post hentry"><h3 class="post-title entry-title">{title}</h3>'
        '<div class="post-body entry-content" itemprop="articleBody">{body}</div></div></div>'
        '<div class="sidebar"><ul>{related}</ul></div>',
        _MENU
        + '<section itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{title}</h1>'
        '<div itemprop="articleBody">{body}</div></section><div class="most-read"><h2>Most read</h2><ol>{related}</ol></div>',
        _MENU
        + '<div class="container"><div class="row"><div class="col-8"><h1>{title}</h1><div class="article-text">{body}'
        '</div></div><div class="col-4"><h4>Popular</h4><ul>{related}</ul></div></div></div>',
    )
)
