"""The title of a page, weighed: what one place says and no other bears out is often no title.

Encyclopedias put a description under `headline`, and pages of a section its name under `og:title`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.readers.common.decoding import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_OF_IT = 0.6  # of a title that another place repeats, when it leaves something out
GUESS = "guess"
"""The place of a title that was taken from one of the others: it bears out nothing."""

_SHORTEST = 2  # letters of a title


@dataclass(frozen=True, slots=True)
class Stated:
    """A title and the place that states it; `place` only tells places apart."""

    place: str
    title: str


def best_title(stated: Iterable[Stated], tree: Any, names: Iterable[str | None]) -> str | None:  # noqa: ANN401
    """Return the first title that another place bears out, else the first, `names` of site and section last.

    Headings and the title element of `tree` are places too.
    """
    shown = [*_headings(tree), *_title_element(tree)]
    titles = [*stated, *(shown[:1] if shown and shown[0].place == "h1" else ())]
    known = {_letters(name) for name in names if name}
    meant = [
        one for one in titles if _letters(one.title) not in known and len(_letters(one.title)) >= _SHORTEST
    ]
    places = [one for one in (*titles, *shown) if one.place != GUESS]
    borne_out = (one.title for one in meant if one.place != GUESS and _borne_out(one, places))
    return next(borne_out, None) or next((one.title for one in (*meant, *titles)), None)


def _borne_out(one: Stated, places: Iterable[Stated]) -> bool:
    own = _letters(one.title)
    for other in places:
        said = _letters(other.title)
        if other.place != one.place and (
            own in said or (said in own and len(said) >= _MOST_OF_IT * len(own))
        ):
            return True
    return False


def _headings(tree: Any) -> list[Stated]:  # noqa: ANN401
    """Return the heading of first rank, where the page has one and no more."""
    found = [text for one in tree.iter("h1") if (text := one_line(one.text_content()[:1000]))]
    return [Stated("h1", found[0])] if len(found) == 1 else []


def _title_element(tree: Any) -> list[Stated]:  # noqa: ANN401
    found = tree.find(".//head/title")
    text = one_line((found.text_content() if found is not None else "")[:1000])
    return [Stated("title", text)] if text else []


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
