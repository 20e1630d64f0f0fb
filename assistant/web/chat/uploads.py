"""Dropped files: from where the server put them into a folder whose paths stay the same.

An article without an address is recognised by its path. The server's own copy has a new path each time,
so a file goes to `<folder>/<its name>` before it is read (beside it, if that is the place of an article
with another title), and away again afterwards: the library has the text, and what is removed from the
library must not live on beside it. The server's own folder, the inbox, is gone however the chat ends.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
import time
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.web.chat.requests import Dropped

INBOX = "GRADIO_TEMP_DIR"
"""The variable from which Gradio learns of the folder."""

UPLOADS_PREFIX = "footnote-uploads-"
OLD = 86_400  # seconds; a chat that runs touches its folder every hour, so an older one belongs to none

MAX_NAME_BYTES = 150  # file systems stop at 255; room for a number
NOT_RECEIVED = "did not arrive; try it again"

_UNSAFE = re.compile(r"[^\w .()\[\]&+,'’-]+")


def make_inbox() -> Path:
    """Make the folder, for this user only, and remove those that a killed chat left behind."""
    _sweep(Path(tempfile.gettempdir()))
    inbox = Path(tempfile.mkdtemp(prefix=UPLOADS_PREFIX))
    atexit.register(shutil.rmtree, inbox, ignore_errors=True)
    return inbox


def keep_alive() -> None:
    """Show other chats that this one's folder is in use."""
    with suppress(KeyError, OSError):
        os.utime(os.environ[INBOX])


def remove_inbox() -> None:
    """Remove the folder, if one was made."""
    inbox = Path(os.environ.get(INBOX, ""))
    if inbox.name.startswith(UPLOADS_PREFIX):
        shutil.rmtree(inbox, ignore_errors=True)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{UPLOADS_PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            ours = folder.is_dir() and not folder.is_symlink() and found.st_uid == _user()
            if ours and time.time() - found.st_mtime > OLD:
                shutil.rmtree(folder, ignore_errors=True)


def _user() -> int:
    # Systems without such numbers give every file 0.
    return os.getuid() if hasattr(os, "getuid") else 0


def safe_name(name: str) -> str:
    """Return a file name without folders, hidden dots or signs that a file system could misread."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = re.sub(r"\s+", " ", _UNSAFE.sub("_", last)).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem, suffix = clean, ""
    short = stem.encode()[: MAX_NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return f"{short.strip() or 'article'}{dot}{suffix}"


def take_uploads(
    dropped: Sequence[Dropped], *, inbox: Path, folder: Path
) -> tuple[dict[Path, str], list[Failure]]:
    """Move files from the server's inbox into the folder.

    Returns:
        The new paths with the names that the user knows, and what could not be taken. Only regular files
        inside the inbox are taken, whatever path the browser names.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken: dict[Path, str] = {}
    refused: list[Failure] = []
    for item in dropped:
        origin = _inside(item.path, inbox)
        if origin is None:
            refused.append(Failure(item.name, NOT_RECEIVED))
            continue
        place = _free(folder, safe_name(item.name), taken)
        shutil.move(origin, place)
        taken[place] = item.name
    return taken, refused


def place_uploads(taken: dict[Path, str], place: Callable[[Path], Path]) -> dict[Path, str]:
    """Move each file to where it is to be read from; return the new paths with the names users know."""
    places = {path: place(path) for path in taken}
    return {path.rename(places[path]): name for path, name in taken.items()}


def clear(taken: dict[Path, str]) -> None:
    """Remove the copies; the library has their text."""
    for path in taken:
        path.unlink(missing_ok=True)


def _inside(path: str, inbox: Path) -> Path | None:
    try:
        given, real = Path(path), Path(path).resolve(strict=True)
    except (OSError, ValueError):
        return None
    inside = real.is_relative_to(inbox.resolve())
    return real if inside and real.is_file() and not given.is_symlink() else None


def _free(folder: Path, name: str, taken: dict[Path, str]) -> Path:
    """Find a name that no other file of the same drop has: report.txt, report (2).txt."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    place, number = folder / name, 1
    while place in taken:
        number += 1
        place = folder / f"{stem} ({number}){dot}{suffix}"
    return place
