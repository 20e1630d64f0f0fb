"""Adding articles from the page: files, folders, addresses; how far it is, then the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.rendering.links import safe_url
from assistant.web.chat.progress import follow_job
from assistant.web.chat.requests import read_files, read_refused, read_texts, read_token
from assistant.web.chat.uploads import clear, place_uploads, take_uploads
from assistant.web.html.elements import inert_json
from assistant.web.html.failure_words import calm
from assistant.web.html.library_view import reading_html, report_html
from assistant.web.html.turns import failure_html
from ingest import Failure, folder_path, shared_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.web.chat.service import ChatService
    from ingest import IngestReport, Progress

NOT_ALLOWED = (
    "is no web address, and not in a folder that the chat may read; FOOTNOTE_CHAT_FOLDERS names those folders"
)
ADMIN_ONLY = "Only an administrator may add and remove articles."


ADDING_CUT_SHORT = (
    "Footnote was shut down before all of it was read. What was stored is stored; add it again to go on."
)
ADDING_STOPPED = "Stopped. What had been read by then is in the library; add it again to go on."


class Refusing:
    """Stands where `Adding` does, for people who may only ask."""

    def add(self, data: Any) -> Iterator[str]:  # noqa: ANN401
        """Say that it is not allowed."""
        yield _message(read_token(data), failure_html(ADMIN_ONLY), said=[ADMIN_ONLY], done=True, failed=[])

    add_examples = add

    def end(self) -> None:
        """Nothing is being added here."""

    def stop(self, data: Any) -> None:  # noqa: ANN401
        """Nothing is being added here."""


class Adding:
    """Puts into the library what browsers send. `folders` are the folders that may be named by path.

    `after` is called after every addition, before its report is shown.
    """

    def __init__(
        self,
        service: ChatService,
        *,
        inbox: Path,
        folders: Sequence[Path] = (),
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self.service = service
        self._after = after
        self.inbox = inbox
        self.folders = tuple(folder_path(folder).resolve() for folder in folders)
        self._ended = Event()
        self._under_way: set[str] = set()
        self._stopped: set[str] = set()

    def stop(self, data: Any) -> None:  # noqa: ANN401  # the browser may send anything
        """End one addition, after the articles that are in hand; what was read stays."""
        if (token := read_token(data)) in self._under_way:
            self._stopped.add(token)

    def end(self) -> None:
        """End what is being added, after the articles that are in hand: as Ctrl-C does at a terminal."""
        self._ended.set()

    def add(self, data: Any) -> Iterator[str]:  # noqa: ANN401  # the browser may send anything
        """Add files that were sent, and addresses or paths that were typed."""
        token, refused = read_token(data), read_refused(data)
        yield _message(token, reading_html(None))
        names: dict[str, str] = {}

        def work(told: Callable[[Progress], None]) -> IngestReport:
            progress = self._ending(told, token)
            typed, denied = self._typed(read_texts(data, "sources"))
            taken, lost = take_uploads(read_files(data), inbox=self.inbox, folder=self.service.uploads)
            try:
                taken = place_uploads(taken, self.service.place)
                names.update({shared_name(str(path)): name for path, name in taken.items()})
                report = self.service.add([*taken, *typed], progress)
            finally:
                clear(taken)
                self._after()
            return replace(report, failed=(*report.failed, *lost, *denied, *refused))

        yield from self._followed(token, work, names)

    def add_examples(self, data: Any) -> Iterator[str]:  # noqa: ANN401
        """Add the example articles."""
        token = read_token(data)
        yield _message(token, reading_html(None))

        def work(told: Callable[[Progress], None]) -> IngestReport:
            try:
                return self.service.add_examples(self._ending(told, token))
            finally:
                self._after()

        yield from self._followed(token, work, {})

    def _followed(
        self, token: str, work: Callable[[Callable[[Progress], None]], IngestReport], names: dict[str, str]
    ) -> Iterator[str]:
        self._under_way.add(token)
        try:
            yield from _followed(token, work, names)
        except KeyboardInterrupt:
            told = ADDING_STOPPED if token in self._stopped else ADDING_CUT_SHORT
            yield _message(token, failure_html(told), said=[told], done=True)
        finally:
            self._under_way.discard(token)
            self._stopped.discard(token)

    def _ending(self, progress: Callable[[Progress], None], token: str) -> Callable[[Progress], None]:
        """Return a progress that interrupts the work once it is to end."""

        def tell(step: Progress) -> None:
            if self._ended.is_set() or token in self._stopped:
                raise KeyboardInterrupt
            progress(step)

        return tell

    def _typed(self, sources: Sequence[str]) -> tuple[list[Path | str], list[Failure]]:
        """Tell web addresses and allowed paths from what may not be read."""
        allowed: list[Path | str] = []
        denied = []
        for source in sources:
            path = None if safe_url(source) else self._allowed(source)
            if path or safe_url(source):
                allowed.append(path or source)
            else:
                denied.append(Failure(source, NOT_ALLOWED))
        return allowed, denied

    def _allowed(self, source: str) -> Path | None:
        """Return the real path if it lies in an allowed folder, links followed."""
        try:
            path = Path(source).expanduser().resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            return None
        return path if any(path.is_relative_to(folder) for folder in self.folders) else None


def _followed(
    token: str, work: Callable[[Callable[[Progress], None]], IngestReport], names: dict[str, str]
) -> Iterator[str]:
    steps = follow_job(work)
    try:
        while True:
            yield _message(token, reading_html(next(steps)))
    except StopIteration as end:
        report: IngestReport = end.value
        html = report_html(report, names=names)
        yield _message(token, html, said=[_tally(report)], done=True, failed=_failed(report, names))
    except Exception as error:  # noqa: BLE001  # every failure is shown calmly
        told = calm(error)
        yield _message(token, failure_html(told), said=[told], done=True)


def _failed(report: IngestReport, names: dict[str, str]) -> list[str]:
    """Name what failed as the page named it, so that it can be tried again."""
    return [names.get(item.source, item.source) for item in report.failed]


def _tally(report: IngestReport) -> str:
    return f"{report.added} added, {report.updated} updated, {len(report.failed)} failed."


def _message(token: str, html: str, **more: list[str] | bool) -> str:
    return inert_json({"token": token, "html": html, "said": [], "done": False, **more})
