"""`footnote work`, `footnote queue` and `footnote ingest --queue`."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from assistant.cli.console import progress_bar, say, say_json
from ingest import (
    QueueState,
    SettingsError,
    library_settings,
    queue_articles,
    queue_state,
    release_parked,
    wait_for_run,
    work_on_queue,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.cli.commands.library_commands import Choice
    from assistant.cli.queue_commands import Only
    from ingest import IngestReport

WRONG_SETTINGS = 78
"""EX_CONFIG of sysexits.h: a service manager need not start it again (RestartPreventExitStatus=78)."""

# Who stores ends runs too: it may mean to store again what a copy has lost.
KINDS_OF: dict[str, tuple[Literal["fetch", "read", "store", "finish"], ...]] = {
    "fetch": ("fetch",),
    "read": ("read",),
    "store": ("store", "finish"),
}

PUT_THERE = "Run {run:,} is in the queue. `footnote work` does it, here or on other machines."


def work(only: Sequence[Only], *, until_empty: bool) -> int:
    """Work until stopped: 0 then, 1 if the database is away at the start, 78 where settings are wrong."""
    try:
        settings = library_settings()
        with _stopped_by_signals() as stop:
            say(f"Working on the queue of {settings.library}. Ctrl-C ends it.", error=True)
            done = work_on_queue(
                settings,
                kinds=[kind for each in only for kind in KINDS_OF[each.value]],
                until_empty=until_empty,
                stop=stop,
                told=lambda what: say(what, error=True),
                ended=_ask_kept_questions,
            )
    except SettingsError as error:
        say(str(error), error=True)
        return WRONG_SETTINGS
    say(f"{done:,} job{'' if done == 1 else 's'} done.", error=True)
    return 0


def _ask_kept_questions(report: IngestReport) -> None:
    """Ask the kept questions again, as an ingestion does, where a run has changed anything."""
    if report.added or report.updated or report.removed:
        from assistant.cli.commands.watching import tell_after_ingestion

        tell_after_ingestion()


def put(sources: Sequence[str], choice: Choice, *, quiet: bool) -> int:
    """Put sources into the queue; return the number of the run."""
    with progress_bar(shown=sys.stderr.isatty() and not quiet) as progress:
        run = queue_articles(
            list(sources),
            progress=progress,
            sync=choice.sync,
            include=choice.include,
            exclude=choice.exclude,
            groups=choice.groups,
        )
    say(PUT_THERE.format(run=run), error=True)
    return run


def wait(run: int, *, quiet: bool) -> IngestReport:
    """Wait until a run has ended; return its report."""
    with progress_bar(shown=sys.stderr.isatty() and not quiet) as progress:
        return wait_for_run(
            run,
            library_settings().library,
            progress=progress,
            told=lambda what: say(what, error=True),
        )


def show(*, as_json: bool) -> int:
    """Print the state of the queue."""
    state = queue_state(library_settings().library) or QueueState(0, 0, 0, (), 0)
    if as_json:
        say_json(asdict(state))
        return 0
    say(queue_line(state))
    for job in state.examples:
        say(f"  {job.what}: {job.reason}")
    if state.parked:
        say("Once what is wrong is mended, `footnote queue --retry` has them done again.")
    return 0


def queue_line(state: QueueState) -> str:
    """Say in a line what is in the queue."""
    workers = f"{state.workers:,} worker{'' if state.workers == 1 else 's'}"
    return f"Queue: {state.waiting:,} waiting, {state.running:,} running, {state.parked:,} parked; {workers}."


def release(*, again: bool) -> int:
    """Have parked jobs done again, or forget them."""
    count = release_parked(library_settings().library, again=again)
    those = f"{count:,} parked job{'' if count == 1 else 's'}"
    say(f"{those} put back into the queue." if again else f"{those} forgotten.")
    return 0


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Lend an event that SIGTERM and Ctrl-C set; a second Ctrl-C ends the program at once."""
    stop = threading.Event()

    def end(number: int, _: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
