"""The cited articles for reference managers: RIS, and CSL-JSON with the quotations as locators."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from assistant.rendering.links import safe_url
from assistant.rendering.render import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.answers import Citation

RIS_LINE_END = "\r\n"

# A file of RIS is read line by line; what looks like a tag must not begin one, and `one_line` sees to it.
_NAME_IN_ORDER = re.compile(r"\A[^,]+,[^,]+\Z")


def ris_text(citations: Iterable[Citation]) -> str:
    """Return the cited articles as RIS, each once, with every quotation of it as a note."""
    return "".join(_ris(cited) for cited in by_article(citations))


def csl_text(citations: Iterable[Citation]) -> str:
    """Return the cited articles as CSL-JSON, each once, with its quotations as `locator`.

    `custom` has them one by one, with their footnotes and their places in the article's text.
    """
    items = [_csl(cited) for cited in by_article(citations)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def by_article(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Group citations by the version of the article that they cite, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.article_id, citation.version), []).append(citation)
    return list(groups.values())


def _ris(cited: Sequence[Citation]) -> str:
    first = cited[0]
    day = first.published
    fields = [
        ("TY", "NEWS" if first.source else "ELEC" if safe_url(first.url) else "GEN"),
        ("ID", first.article_id),
        *(("AU", name) for name in first.authors),
        ("TI", first.title),
        ("T2", first.source),
        ("PY", f"{day:%Y}" if day else None),
        ("DA", f"{day:%Y/%m/%d}" if day else None),
        ("UR", safe_url(first.url)),
        *(("SP", str(page)) for page in _pages(cited)[:1]),
        *(("N1", f"[{item.number}] “{one_line(item.quote)}”") for item in cited),
        ("ER", ""),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value is not None]
    return RIS_LINE_END.join([*lines, "", ""])


def _csl(cited: Sequence[Citation]) -> dict[str, Any]:
    first = cited[0]
    day = first.published
    fields = {
        "id": first.article_id,
        "type": "article-newspaper" if first.source else "webpage" if safe_url(first.url) else "document",
        "title": one_line(first.title),
        "author": [_name(name) for name in first.authors],
        "container-title": one_line(first.source) if first.source else None,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": safe_url(first.url),
        "page": ", ".join(map(str, _pages(cited))),
        "locator": " ".join(f"“{item.quote}”" for item in cited),
        "custom": {"quotations": [_place(item) for item in cited]},
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: str) -> dict[str, str]:
    """Return a name as it is written; only one that is in the order of a list is taken apart."""
    if _NAME_IN_ORDER.fullmatch(name):
        family, _, given = one_line(name).partition(",")
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": one_line(name)}


def _place(item: Citation) -> dict[str, Any]:
    return {
        "footnote": item.number,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
        "version": item.version,
        **({"page": item.page} if item.page else {}),
        **({"ocr": True} if item.ocr else {}),
        **({"link": item.link} if item.link else {}),
    }


def _pages(cited: Sequence[Citation]) -> list[int]:
    return sorted({item.page for item in cited if item.page})
