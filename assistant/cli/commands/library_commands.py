"""The commands that fill, list, check and empty the library."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from assistant.cli.console import article_line, progress_bar, report_text, say, say_json
from assistant.web.server.shutdown import ended_by_signal
from ingest import (
    DatabaseAddress,
    Library,
    Progress,
    ingest_articles,
    library_settings,
    queue_state,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest import ArticleSummary, IngestReport, LibraryLocation


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the sources is wanted, for whom, and whether what vanished from them is removed."""

    sync: bool | Literal["all"] = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def ingest(sources: Sequence[str | Path], choice: Choice, *, as_json: bool) -> int:
    """Put articles into the library and report; 1 if anything failed."""
    try:
        with ended_by_signal():
            report = _ingest(sources, choice, quiet=as_json)
    except (KeyboardInterrupt, SystemExit):
        say("Interrupted. What was stored is stored; run it again to go on.", error=True)
        raise
    _show(report, as_json=as_json)
    return 1 if report.failed else 0


def put_in_queue(sources: Sequence[str], choice: Choice, *, as_json: bool, wait: bool) -> int:
    """Put sources into the queue and, if wished, wait for the report; 1 if anything failed."""
    from assistant.cli.commands import queue

    begun = datetime.now(UTC)
    with ended_by_signal():
        run = queue.put(sources, choice, quiet=as_json)
        if not wait:
            return 0
        try:
            report = queue.wait(run, quiet=as_json)
        except (KeyboardInterrupt, SystemExit):
            say("No longer waiting; workers go on with it.", error=True)
            raise
    _show(report, as_json=as_json, since=begun)
    return 1 if report.failed else 0


def watch(sources: Sequence[str], choice: Choice, *, as_json: bool, minutes: float) -> int:
    """Keep the library in step with the sources until Ctrl-C; say what each change did."""
    from ingest import watch_sources

    reports = watch_sources(
        sources,
        lambda some: _ingest(some, choice, quiet=as_json),
        minutes=minutes,
        waiting=lambda error: say(f"{error} Until then this one waits.", error=True),
    )
    try:
        with ended_by_signal():
            for number, report in enumerate(reports):
                if number == 0 or not _is_idle(report):
                    _show(report, as_json=as_json, lines=True)
                if number == 0 and not as_json:
                    say("Watching. Ctrl-C ends it.", error=True)
    except (KeyboardInterrupt, SystemExit):
        say("Watching ended; what was stored is stored.", error=True)
    return 0


def _ingest(sources: Sequence[str | Path], choice: Choice, *, quiet: bool) -> IngestReport:
    with progress_bar(shown=sys.stderr.isatty() and not quiet) as progress:
        return ingest_articles(
            list(sources),
            progress=progress,
            sync=choice.sync,
            include=choice.include,
            exclude=choice.exclude,
            groups=choice.groups,
        )


def _show(report: IngestReport, *, as_json: bool, lines: bool = False, since: datetime | None = None) -> None:
    if as_json:
        say_json(report.to_dict(), indent=None if lines else 2)
        return
    say(report_text(report))
    if report.added or report.updated or report.removed:
        from assistant.cli.commands.watching import tell_after_ingestion

        tell_after_ingestion(since)


def _is_idle(report: IngestReport) -> bool:
    return not (report.added or report.updated or report.removed or report.failed)


def articles(*, as_json: bool) -> int:
    """List the articles, the newest first."""
    with _library() as library:
        summaries = library.articles()
    if as_json:
        say_json([_plain(summary) for summary in summaries])
    else:
        say("\n".join(article_line(summary) for summary in summaries) or "The library has no articles.")
    return 0


def remove(ids: Sequence[str]) -> int:
    """Remove articles; 1 if one of them is not in the library."""
    with _library(write=True) as library:
        known = library.versions()
        removed = library.remove([article_id for article_id in ids if article_id in known])
    for article_id in ids:
        if article_id not in known:
            say(f"No article has the id {article_id!r}; `footnote articles` shows the ids.", error=True)
    say(f"{removed:,} removed.")
    return 0 if all(article_id in known for article_id in ids) else 1


def doctor(*, repair: bool) -> int:
    """Print what is wrong with the library, or repair it; 1 if something is wrong and was left so."""
    from ingest import examine_library, repair_library

    path = library_settings().library
    if repair:
        done = repair_library(path)
        say("\n".join(done) or "Nothing is wrong with the library.")
        return 0
    findings = examine_library(path)
    for finding in findings:
        say(f"{finding.what}: {finding.affected}. {finding.repair}")
    if not findings:
        say("Nothing is wrong with the library.")
    _say_queue(path)
    return 1 if findings else 0


def _say_queue(library: LibraryLocation) -> None:
    """Say what is in the queue, if there is one and anything in it."""
    if isinstance(library, DatabaseAddress):
        from assistant.cli.commands.queue import queue_line

        state = queue_state(library)
        if state and (state.waiting or state.running or state.parked):
            say(queue_line(state))


def languages() -> int:
    """Have every article be found by questions in other languages, and say so."""
    from ingest import Languages

    with _library() as library, progress_bar(shown=sys.stderr.isatty()) as told:
        made = Languages(library)
        made.want_all()
        made.complete(progress=lambda done, total: told(Progress(done, total, 0, "")) if told else None)
        say(f"Ready for questions in other languages. Articles: {library.count()[0]:,}.")
    return 0


def copy(source: str, target: str) -> int:
    """Copy a library to another place and say what was copied; 1 if the other can't hold some of it."""
    from assistant.store.copying import copy_kept
    from assistant.web.access.taking_along import copy_access, removed_there
    from ingest import copy_library, library_location

    places = library_location(source), library_location(target)
    with progress_bar(shown=sys.stderr.isatty()) as told:
        copied = copy_library(
            *places, progress=lambda done, total: told(Progress(done, total, 0, "")) if told else None
        )
    people = copy_kept(*places, without=removed_there(*places))
    to_tell = copy_access(*places)
    for failure in copied.failed:
        say(f"{failure.source}: {failure.reason}", error=True)
    say(
        f"{copied.articles:,} articles copied, {copied.older:,} older versions with them; "
        f"{copied.present:,} were there already, {len(copied.failed):,} can't be held there."
    )
    if people:
        say(f"What people have kept is there too: conversations and questions of {people:,}.")
    for sentence in to_tell:
        say(sentence, error=True)
    return 1 if copied.failed else 0


def _library(*, write: bool = False) -> Library:
    """Open the library without an embedder: a provider must not be asked just to list articles."""
    return Library.open(library_settings().library, write=write)


def _plain(summary: ArticleSummary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "title": summary.title,
        "source": summary.source,
        "published": summary.published.isoformat() if summary.published else None,
        "url": summary.url,
        "authors": list(summary.authors),
        "origin": summary.origin,
        "added": summary.added.isoformat(),
        "chunks": summary.chunks,
        "characters": summary.characters,
        "modified": summary.modified.isoformat() if summary.modified else None,
        "language": summary.language,
        "section": summary.section,
        "dated_by": summary.dated_by,
        "unread": dict(summary.unread),
        "ocr_pages": list(summary.ocr_pages),
        "picture_pages": list(summary.picture_pages),
        "group": summary.group,
        "versions": summary.versions,
        "groups": list(summary.groups),
    }
