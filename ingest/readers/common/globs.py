"""Globs over paths: `*` and `?` stay within a name, `**` crosses folders. Include and exclude."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WILDCARDS = re.compile(r"[*?]|\[[^\]/]+\]")
"""What makes a path a glob."""

_PARTS = re.compile(r"(?P<deep>\*\*/)|(?P<all>\*\*)|(?P<name>\*)|(?P<one>\?)|\[(?P<not>!)?(?P<set>[^\]/]+)\]")


def is_wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Say whether a path, with `/` between its parts, is to be read.

    A pattern without `/` is held against every name in the path, so that `*.pdf` finds them at all
    depths and `drafts` means a folder with all that is in it; one with `/` against the path from its
    start.
    """
    included = not include or any(_matches(path, pattern) for pattern in include)
    return included and not any(_matches(path, pattern) for pattern in exclude)


def _matches(path: str, pattern: str) -> bool:
    pattern = pattern.strip().replace("\\", "/").removeprefix("./").rstrip("/")
    if not pattern:
        return False
    if "/" not in pattern:
        return any(compiled(pattern).fullmatch(name) for name in path.split("/"))
    found = compiled(pattern.removeprefix("/"))
    parts = path.split("/")
    return any(found.fullmatch("/".join(parts[:depth])) for depth in range(1, len(parts) + 1))


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a glob as an expression for a whole path; two `**` in a row are one."""
    pattern = re.sub(r"(?:\*\*/)+", "**/", re.sub(r"\*{3,}", "**", pattern))
    expression, end = "", 0
    for sign in _PARTS.finditer(pattern):
        expression += re.escape(pattern[end : sign.start()]) + _expression(sign)
        end = sign.end()
    try:
        return re.compile(expression + re.escape(pattern[end:]), re.DOTALL)
    except re.error:  # [z-a] is no set: the pattern is taken as a name
        return re.compile(re.escape(pattern))


def _expression(sign: re.Match[str]) -> str:
    if sign["deep"]:
        return "(?:.*/)?"
    if sign["all"]:
        return ".*"
    if sign["set"]:
        inner = re.sub(r"([\\^\[\]&~|])", r"\\\1", sign["set"])
        return f"(?!/)[{'^' if sign['not'] else ''}{inner}]"
    return "[^/]*" if sign["name"] else "[^/]"
