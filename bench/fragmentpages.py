"""Web pages around the text of articles, with what news sites put into and around paragraphs."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

APART = (
    '<span style="float:right">{}</span>',
    '<span style="display:inline-block">{}</span>',
    "<button>{}</button>",
    '<span style="display:inline-flex">{}</span>',
)
"""Ways in which a word is laid out apart from the words around it."""

INLINE = ("<b>{}</b>", "<em>{}</em>", '<a href="/t">{}</a>', '<span class="x">{}</span>', "<mark>{}</mark>")
EDGE = 10  # words at the ends of a sentence that are not set apart when only its middle may be
_SENTENCE_WORDS = 24  # a sentence that short has no middle
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
TOP, BOTTOM = 3_000, 3_000  # pixels, so that no sentence is in sight before the browser goes there


class PageMaker:
    """Builds pages by chance; the same seed gives the same pages."""

    def __init__(self, chance: Random, headlines: Sequence[str], *, anywhere: bool = False) -> None:
        """Take headlines for menus; `anywhere` sets words apart also at the ends of sentences."""
        self._chance, self._headlines, self._anywhere = chance, headlines, anywhere

    def page(self, title: str, paragraphs: Sequence[Sequence[str]]) -> str:
        """Return a page of an article whose paragraphs are lists of sentences."""
        body = "\n".join(self._block(place, list(sentences)) for place, sentences in enumerate(paragraphs))
        related = "".join(f'<li><a href="/r">{escape(one)}</a></li>' for one in self._some_headlines(title))
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
            f'</head><body><nav><a href="/">Home</a> <a href="/w">World</a> <a href="/m">More</a></nav>'
            f'<div style="height:{TOP}px"></div><aside><h2>Most read</h2><ul>{related}</ul></aside>'
            f"<main><article><h1>{escape(title)}</h1>\n{body}\n</article></main>"
            f"<aside><h2>Related</h2><ul>{related}</ul></aside>"
            f'<div style="height:{BOTTOM}px"></div><footer><p>© A paper</p></footer></body></html>'
        )

    def _some_headlines(self, title: str) -> list[str]:
        return [title, *self._chance.sample(self._headlines, min(5, len(self._headlines)))]

    def _block(self, place: int, sentences: list[str]) -> str:
        """Return one paragraph in one of the shapes that text has on news pages."""
        written = [self._sentence(sentence) for sentence in sentences]
        chance = self._chance.random()
        if place and chance < 0.03 and len(written) > 1:
            cells = "".join(f"<td>{one}</td>" for one in written)
            return f"<table><tr>{cells}</tr></table>"
        if place and chance < 0.06:
            return f"<ul>{''.join(f'<li>{one}</li>' for one in written)}</ul>"
        if place and chance < 0.09:
            return f"<blockquote><p>{' '.join(written)}</p></blockquote>"
        text = "".join(f"{self._gap() if at else ''}{one}" for at, one in enumerate(written))
        advert = '<div class="ad">Advertisement</div>' if self._chance.random() < 0.1 else ""
        return f"{advert}<p>{text}</p>"

    def _gap(self) -> str:
        """Return what stands between two sentences of a paragraph."""
        return self._chance.choices((" ", "\n    ", "&nbsp; ", "<br>", " <br>\n"), (80, 10, 3, 5, 2))[0]

    def _sentence(self, sentence: str) -> str:
        words = [escape(word, quote=False) for word in sentence.split()]
        chance = self._chance
        for place, word in enumerate(words):
            dice = chance.random()
            if dice < 0.02:
                words[place] = chance.choice(INLINE).format(word)
            elif dice < 0.025 and len(word) > 7 and word.isalpha():
                words[place] = f"{word[:4]}{chance.choice(('&shy;', '<wbr>'))}{word[4:]}"
        if chance.random() < 0.03:
            self._set_apart(words)
        gaps = chance.choices(
            (" ", "\n", "&nbsp;", " <!-- x -->", f' <img src="{PIXEL}" alt=""> ', "<br>"),
            (960, 20, 10, 4, 2, 4),
            k=len(words),
        )
        return "".join(
            f"{gap if at else ''}{word}" for at, (gap, word) in enumerate(zip(gaps, words, strict=True))
        )

    def _set_apart(self, words: list[str]) -> None:
        """Lay one word out apart: any, or one far from both ends of a long sentence."""
        if self._anywhere:
            places = range(len(words))
        else:
            places = range(EDGE, len(words) - EDGE) if len(words) >= _SENTENCE_WORDS else range(0)
        plain = [place for place in places if re.fullmatch(r"[\w’',]+", words[place])]
        if plain:
            place = self._chance.choice(plain)
            words[place] = self._chance.choice(APART).format(words[place])
