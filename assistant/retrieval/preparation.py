"""Making a library ready for questions in other languages, beside the answering of them.

The first such question has every article given a second vector: seconds for a small library, minutes for a
large one. A small part is made before the answer, the rest in a thread that ends with the process. What is
made is kept, and the next question, or `footnote languages`, goes on from there.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.messages import Message, told

if TYPE_CHECKING:
    from pathlib import Path

    from ingest import Languages

PATIENCE_SECONDS = 3.0
"""How long a question waits for vectors to be made."""

_lock = threading.Lock()
_under_way: set[Path] = set()
"""The folders of libraries that are being made ready."""


def make_ready(languages: Languages, asked_in: str) -> tuple[str, ...]:
    """Have what is lacking made, and return what to tell if that takes longer than a question may.

    `asked_in` is the language of the question, which it is told in.
    """
    languages.want_all()
    if languages.share() == 1.0:
        return ()
    with _lock:
        if languages.folder in _under_way:
            thread = None
        else:
            _under_way.add(languages.folder)
            thread = threading.Thread(target=_make, args=(languages,), daemon=True)
            thread.start()
    if thread:
        thread.join(PATIENCE_SECONDS)
    ready = languages.share()
    if ready == 1.0:
        return ()
    return (told(Message.BEING_READIED, asked_in, percent=int(100 * ready)),)


def _make(languages: Languages) -> None:
    from ingest import FootnoteError

    try:
        languages.complete()
    except (FootnoteError, RuntimeError):  # the library is gone, or the program ends
        pass  # the next question goes on from here
    finally:
        with _lock:
            _under_way.discard(languages.folder)
