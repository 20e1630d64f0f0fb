"""The keyword index of a library in a database: a copy on this machine that follows the generation.

tantivy is made from the record, article by article in the order in which they changed, and notes how far it
has come; so it may be interrupted or deleted at any time. One process of a machine follows, the others read.
A search waits a moment for it; while more is lacking, it uses what there is, and says so. What was removed
for good is found no more at once; its words leave the files as these are written anew, beside those in use,
which go on following meanwhile.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Condition, Event, RLock, Thread
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError, LibraryLockedError
from ingest.storage.durable import put_in_place
from ingest.storage.keywords import Keywords, version_key
from ingest.storage.lock import WriterLock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.storage.postgresql.record import PostgresRecord
    from ingest.storage.record import After, Meta

PROGRESS_FILE = "progress.json"
FORMAT = 1  # of the copy; one of another is made anew
PATIENCE_SECONDS = 2.0  # that a search waits for what is lacking: about 20,000 chunks
LOOK_SECONDS = 0.05  # between looks at how far another process has come
KEEP_UP_SECONDS = 0.3  # between looks for what is new while files are written anew
STOP_SECONDS = 30.0  # one step, and what tantivy merges at the end

BEHIND = (
    "The keyword index of this machine is still being made: until that is done, some articles are found by "
    "meaning only."
)
UNUSABLE = "Articles are found by meaning only: {reason}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a copy has come: all up to a generation, and of later ones all up to a place.

    `index` is the folder of tantivy's files; `anew` says that they have words of what was removed for good,
    and are to be written anew in the next one.
    """

    index: str = "1"
    complete: int = -1
    place: After = (0, 0)
    anew: bool = False


class KeywordReplica:
    """The copy in one folder. Safe to use from many threads and processes."""

    def __init__(self, folder: Path, record: PostgresRecord) -> None:
        self._folder = folder
        self._record = record
        self._lock = RLock()
        self._keywords: Keywords | None = None
        self._shown: Progress | None = None
        self._follower: Thread | None = None
        self._patient_until: float | None = None
        self._come_further = Condition()
        self._stop = Event()
        self._fault = ""
        self._behind = False

    @property
    def notices(self) -> list[str]:
        """What a user should know of it just now, in sentences."""
        if self._fault:
            return [UNUSABLE.format(reason=self._fault)]
        return [BEHIND] if self._behind else []

    def close(self) -> None:
        """Stop following, but for files that are soon written anew; what was made so far is kept."""
        if self._follower is not None and self._is_to_be_written_anew():
            self._follower.join(PATIENCE_SECONDS)
        self._stop.set()
        if self._follower is not None:
            self._follower.join(STOP_SECONDS)
        with self._lock:
            self._keywords = None

    def at(self, meta: Meta) -> Keywords | None:
        """Return the index as far as it has come, having waited a moment for what it lacks."""
        if self._complete() < meta.generation:
            with self._lock:
                follower = self._follow_beside()
                if self._patient_until is None:
                    self._patient_until = time.monotonic() + PATIENCE_SECONDS
                until = self._patient_until
            self._wait(meta.generation, follower, until)
        elif self._is_to_be_written_anew():  # whoever began it did not come to the end
            with self._lock:
                self._follow_beside()
        with self._lock:
            progress = self._progress()
            self._behind = progress is None or progress.complete < meta.generation
            if not self._behind:
                self._patient_until = None  # what is lacking next is waited for again
            if progress is None:
                self._keywords = None
            elif progress != self._shown or self._keywords is None:
                self._keywords = self._opened(progress)
            self._shown = progress
            return self._keywords

    def follow(self) -> bool:
        """Add and remove what has changed since; return False where another process does that just now.

        Raises:
            LibraryError: the folder or the database can't be used.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            lock = WriterLock.acquire(self._folder, wait=0)
        except LibraryLockedError:
            return False
        try:
            try:
                self._catch_up()
            except LibraryDamagedError:  # of tantivy's files: they are only a copy
                self._discard()
                self._catch_up()
        finally:
            lock.release()
        return True

    def ids(self) -> set[str]:
        """Return the id of every chunk in it; raise `LibraryDamagedError` where it can't be read."""
        return Keywords.open(self._folder / (self._progress() or Progress()).index, check=True).ids()

    def discard(self) -> None:
        """Delete the copy, unless another process is making it; the next search begins anew."""
        if self._folder.exists():
            lock = WriterLock.acquire(self._folder, wait=PATIENCE_SECONDS)
            try:
                self._discard()
            finally:
                lock.release()

    def _discard(self) -> None:
        # First: a copy without files and with progress would count as whole.
        (self._folder / PROGRESS_FILE).unlink(missing_ok=True)
        self._tidy("")

    def _tidy(self, used: str) -> None:
        """Delete the folders of indexes that are not used any more."""
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name != used:
                shutil.rmtree(folder, ignore_errors=True)

    def _follow_beside(self) -> Thread:
        if self._follower is None or not self._follower.is_alive():
            self._follower = Thread(target=self._try_to_follow, name="footnote-keywords", daemon=True)
            self._follower.start()
        return self._follower

    def _try_to_follow(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        try:
            while not self.follow() and time.monotonic() < until:
                self._stop.wait(LOOK_SECONDS)  # another process follows: what it adds counts
                if self._complete() >= self._record.meta().generation:
                    break
            self._fault = ""
        except (LibraryError, OSError) as error:
            self._fault = str(error)

    def _wait(self, generation: int, follower: Thread, until: float) -> None:
        """Wait until the copy has a generation, its follower has ended, or it is time."""
        with self._come_further:
            while self._complete() < generation and follower.is_alive():
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._come_further.wait(min(left, LOOK_SECONDS))

    def _catch_up(self) -> None:
        progress = self._progress()
        if progress is None:
            self._tidy("")
        self._fill(progress or Progress())
        self._tidy((self._progress() or Progress()).index)
        while self._is_to_be_written_anew() and not self._stop.is_set():
            # tantivy keeps deleted words in its files: they are written anew beside it.
            self._write_anew(int((self._progress() or Progress()).index) + 1)
            self._tidy((self._progress() or Progress()).index)

    def _fill(self, progress: Progress) -> None:
        """Bring the index in use up to date."""
        with self._index(progress) as index:
            generation = self._record.meta().generation
            if progress.place != (0, 0) and self._delete_gone(index, progress.complete):
                progress = replace(progress, anew=True)
            for step in self._added(index, progress):
                progress = step
                self._note(progress)
            if not self._stop.is_set():
                self._note(replace(progress, complete=generation))

    def _write_anew(self, number: int) -> None:
        """Make an index without deleted words, and put it to use once it is whole.

        Meanwhile the one in use is kept up to date, so that what is new is found all the time.
        """
        progress = Progress(str(number))
        with self._index(progress) as index:
            generation = self._record.meta().generation
            looked = time.monotonic()
            for step in self._added(index, progress):
                progress = step
                if time.monotonic() - looked > KEEP_UP_SECONDS:
                    self._keep_up()
                    looked = time.monotonic()
            if not self._stop.is_set():
                upto = self._record.meta().generation
                gone = self._delete_gone(index, generation)
                self._note(replace(progress, complete=upto, anew=gone))

    def _keep_up(self) -> None:
        progress = self._progress()
        if progress is not None and progress.complete < self._record.meta().generation:
            self._fill(progress)

    def _added(self, index: Keywords, progress: Progress) -> Iterator[Progress]:
        """Add all that has changed since, and yield how far that is after each step, until told to stop."""
        while not self._stop.is_set() and (changes := self._record.changed_after(progress.place)):
            if changes.gone:
                index.delete([version_key(*each) for each in changes.gone])
            index.add((entry.chunk, entry.article) for entry in changes.chunks)
            progress = replace(progress, place=changes.upto)
            yield progress

    def _delete_gone(self, index: Keywords, generation: int) -> bool:
        """Delete what was removed for good after a generation; return whether there was any.

        Its words may be in the files though it was deleted from them before, when a newer version came.
        """
        keys = [version_key(*each) for each in self._record.gone_after(generation)]
        if keys:
            index.delete(keys)
        return bool(keys)

    @contextmanager
    def _index(self, progress: Progress) -> Iterator[Keywords]:
        """Lend the index of some files, to be written."""
        index = Keywords.open(self._folder / progress.index, create=progress.place == (0, 0))
        try:
            yield index
        finally:
            index.close()

    def _opened(self, progress: Progress) -> Keywords | None:
        if self._keywords is not None and self._shown is not None and self._shown.index == progress.index:
            with suppress(LibraryDamagedError):  # the copy was made anew under it
                self._keywords.reload()
                return self._keywords
        with suppress(LibraryDamagedError):  # it is being made
            return Keywords.open(self._folder / progress.index)
        return None

    def _complete(self) -> int:
        progress = self._progress()
        return -1 if progress is None else progress.complete

    def _is_to_be_written_anew(self) -> bool:
        progress = self._progress()
        return progress is not None and progress.anew

    def _progress(self) -> Progress | None:
        try:
            said = json.loads((self._folder / PROGRESS_FILE).read_text("utf-8"))
            changed, row = said["place"]
            if said["format"] == FORMAT:
                place = int(changed), int(row)
                return Progress(str(int(said["index"])), int(said["complete"]), place, bool(said.get("anew")))
        except (OSError, ValueError, KeyError, TypeError):
            pass  # there is none yet, or what there is can't be relied on: it is made anew
        return None

    def _note(self, progress: Progress) -> None:
        said = json.dumps({"format": FORMAT, **asdict(progress)})
        with NamedTemporaryFile("w", dir=self._folder, encoding="utf-8", delete=False) as written:
            written.write(said)
        try:
            put_in_place(Path(written.name), self._folder / PROGRESS_FILE)
        except OSError:
            with suppress(OSError):
                Path(written.name).unlink(missing_ok=True)
            raise
        with self._come_further:
            self._come_further.notify_all()
