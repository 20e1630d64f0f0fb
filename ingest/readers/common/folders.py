"""The files of a folder: sorted, nothing hidden, and no link that leads out of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.database_address import shared_name
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def shown_path(path: Path) -> str:
    r"""Return an absolute path as text; bytes of a name that are no UTF-8 are written as \xNN."""
    text = os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100
    return shared_name(text)


def files_of(
    folder: Path, wanted: Callable[[Path], bool], *, deepest: int | None = None
) -> Iterator[Path | Failure]:
    """Yield the wanted files under a folder in a stable order, and a Failure for what can't be followed.

    Folders more than `deepest` below it are not looked into.
    """
    problems: list[OSError] = []
    root = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(place)
        if deepest is not None and len(here.relative_to(folder).parts) >= deepest:
            folders.clear()
        yield from (_unread(problem) for problem in problems)
        problems.clear()
        for name in sorted(names):
            path = here / name
            if not name.startswith(".") and wanted(path):
                yield from _checked(path, root, wanted)
        for name in folders:
            if (here / name).is_symlink() and not _inside(here / name, root):
                yield Failure(shown_path(here / name), LEAVES)
    yield from (_unread(problem) for problem in problems)


MISSING = "It does not exist. Check the path."
LEAVES = "The link leads out of the folder and is not followed. Name its target itself to read it."


def _checked(path: Path, root: Path, wanted: Callable[[Path], bool]) -> Iterator[Path | Failure]:
    """Yield a file; of a link, what it leads to, unless that is met in the folder anyway."""
    if not path.is_symlink():
        yield path
    elif not _inside(path, root):
        yield Failure(shown_path(path), LEAVES)
    elif not _met_anyway(path.resolve(), root, wanted):
        yield path


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        return False


def _met_anyway(target: Path, root: Path, wanted: Callable[[Path], bool]) -> bool:
    hidden = any(part.startswith(".") for part in target.relative_to(root).parts)
    return not hidden and wanted(target)


def _unread(problem: OSError) -> Failure:
    missing = isinstance(problem, FileNotFoundError | NotADirectoryError)
    reason = MISSING if missing else f"The folder can't be read: {problem.strerror}. Change its permissions."
    return Failure(shown_path(Path(problem.filename)), reason)
