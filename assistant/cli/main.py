"""The command `footnote`.

Exit codes: 0 when it did what was asked ("Your articles don't say." is an answer too), 1 when something
failed, 2 for wrong usage, 3 where `check` finds less than `--fail-under` wants, 130 after Ctrl-C. Errors
are one sentence on stderr, never a traceback.
"""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003  # typer reads it from the signatures
from pathlib import Path
from traceback import extract_tb
from typing import Annotated, Literal

import typer

from assistant.cli.console import say
from assistant.cli.group_commands import group_commands
from assistant.cli.options import ANSWER_FILE, AsJson, From, Papers, To, Tongues, check_period, day_option
from assistant.cli.people_commands import tokens, user_commands
from assistant.cli.queue_commands import add_queue_commands
from assistant.cli.work_commands import add_work_commands
from ingest import FootnoteError, __version__

INTERRUPTED = 130
OUR_PACKAGES = tuple(Path(__file__).resolve().parents[2] / name for name in ("assistant", "ingest"))

app = typer.Typer(
    name="footnote",
    help="Answers questions about your articles, with footnotes to the exact source sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


SOURCES_HELP = (
    "Files, folders, globs in quotation marks ('news/**/*.pdf'), and addresses of pages, RSS or Atom feeds, "
    "sitemaps and files."
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"footnote {__version__}")
        raise typer.Exit


@app.callback()
def footnote(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Answers questions about your articles, with footnotes to the exact source sentences."""
    from assistant.settings import misspelt_settings

    for sentence in misspelt_settings():
        say(sentence, error=True)


@app.command()
def ingest(  # noqa: PLR0913, PLR0917  # its options
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help=SOURCES_HELP)],
    as_json: AsJson = False,
    sync: Annotated[bool, typer.Option("--sync", help="Also remove what vanished from the sources.")] = False,
    sync_all: Annotated[
        bool, typer.Option("--sync-all", help="As --sync, even where most of a source has vanished.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay in step: go on as the sources change, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float, typer.Option(metavar="MINUTES", min=1, help="With --watch, how often addresses are visited.")
    ] = 15.0,
    include: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Only what matches; repeatable.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Not what matches; repeatable.")
    ] = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="Only put them into the queue, for `footnote work` to do.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="With --queue, wait until it is done, and report.")
    ] = False,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="GROUP", help="Only people of this group may see them; repeatable."),
    ] = None,
) -> None:
    """Put articles into the library. Run again, it takes in what is new and what has changed."""
    if (queue and watch) or (wait and not queue):
        raise typer.BadParameter("--queue doesn't go with --watch, and --wait goes with --queue only.")
    from assistant.cli.commands import library_commands

    mode: Literal["all"] | bool = "all" if sync_all else sync or watch
    choice = library_commands.Choice(
        sync=mode, include=tuple(include or ()), exclude=tuple(exclude or ()), groups=tuple(group or ())
    )
    if watch:
        raise typer.Exit(library_commands.watch(sources, choice, as_json=as_json, minutes=every))
    if queue:
        raise typer.Exit(library_commands.put_in_queue(sources, choice, as_json=as_json, wait=wait))
    raise typer.Exit(library_commands.ingest(sources, choice, as_json=as_json))


@app.command()
def ask(  # noqa: PLR0913, PLR0917  # its options
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In quotation marks.")],
    as_json: AsJson = False,
    asked_on: Annotated[
        date | None, day_option("--asked-on", "The day of the question, if not today.")
    ] = None,
    start: From = None,
    end: To = None,
    source: Papers = None,
    language: Tongues = None,
    article: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this article; repeatable.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Limit it to nothing that the question names, such as a paper.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=ANSWER_FILE)] = None,
) -> None:
    """Answer a question from the articles in the library."""
    check_period(start, end)
    from assistant.cli.commands import answering

    filters = answering.filters(
        start, end, sources=source or [], languages=language or [], articles=article or [], exact=exact
    )
    raise typer.Exit(answering.ask(question, as_json=as_json, asked_on=asked_on, filters=filters, out=out))


@app.command()
def check(  # noqa: PLR0913, PLR0917  # its options
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Text, Markdown or Word (.docx); - for standard input.")
    ],
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.docx", help="Write a Word copy with comments where needed."),
    ] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under",
            min=0,
            max=1,
            metavar="SHARE",
            help="Exit with 3 if a smaller share agrees, 0 to 1.",
        ),
    ] = None,
    written_on: Annotated[
        date | None, day_option("--written-on", "The day of the draft, for words like “last year”.")
    ] = None,
    start: From = None,
    end: To = None,
    source: Papers = None,
    language: Tongues = None,
    article: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this article; repeatable.")
    ] = None,
) -> None:
    """Hold a draft against the library. Each statement agrees, differs, is not found, or claims nothing."""
    check_period(start, end)
    from assistant.cli.commands import answering, draft_command

    filters = answering.filters(
        start, end, sources=source or [], languages=language or [], articles=article or []
    )
    done = draft_command.check(
        file, as_json=as_json, out=out, fail_under=fail_under, written_on=written_on, filters=filters
    )
    raise typer.Exit(done)


@app.command(name="eval")
def evaluate(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help='JSON Lines, each with a "question"; may be gzipped.')
    ],
    as_json: AsJson = False,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the figures into this .png or .svg.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only so many questions.")] = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="Ask a library made of the passages that the file has.")
    ] = False,
    price_in: Annotated[
        float | None, typer.Option(min=0, metavar="P", help="Price of a million tokens read.")
    ] = None,
    price_out: Annotated[
        float | None, typer.Option(min=0, metavar="P", help="Price of a million tokens written.")
    ] = None,
) -> None:
    """Ask a file of questions. A report says what came of it, with the model that is set."""
    from assistant.cli.commands import evaluating

    prices = None if price_in is None and price_out is None else (price_in or 0.0, price_out or 0.0)
    done = evaluating.evaluate(
        file, as_json=as_json, plot=plot, limit=limit, prices=prices, passages=passages
    )
    raise typer.Exit(done)


@app.command()
def chat(
    examples: Annotated[
        bool, typer.Option("--examples", help="Begin with the example articles if the library is empty.")
    ] = False,
    host: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Address to serve on.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="PORT", help="Port to serve on.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Don't open a browser.")] = False,
) -> None:
    """Open the chat in a browser."""
    from assistant.cli.commands import serving

    raise typer.Exit(serving.chat(examples=examples, host=host, port=port, open_browser=not no_browser))


@app.command()
def articles(as_json: AsJson = False) -> None:
    """List the articles in the library, the newest first."""
    from assistant.cli.commands import library_commands

    raise typer.Exit(library_commands.articles(as_json=as_json))


@app.command()
def feedback(as_json: AsJson = False) -> None:
    """List answers that readers rated in the chat. Their reasons come with them."""
    from assistant.cli.commands import feedback as rated

    raise typer.Exit(rated.feedback(as_json=as_json))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="As `footnote articles` shows it.")],
) -> None:
    """Remove articles, their text included."""
    from assistant.cli.commands import library_commands

    raise typer.Exit(library_commands.remove(ids))


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Repair what is wrong, from the record.")] = False,
) -> None:
    """Find out what is wrong with the library."""
    from assistant.cli.commands import library_commands

    raise typer.Exit(library_commands.doctor(repair=repair))


@app.command()
def languages() -> None:
    """Make the library ready for questions in other languages; cut short, it goes on where it was."""
    from assistant.cli.commands import library_commands

    raise typer.Exit(library_commands.languages())


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, not there yet.")],
) -> None:
    """Write a backup into one file. It has all that can't be made again; others may go on writing."""
    from assistant.cli.commands import backup_commands

    raise typer.Exit(backup_commands.backup(file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `footnote backup` wrote.")],
) -> None:
    """Make a library of a backup. FOOTNOTE_LIBRARY names where; there must be none yet."""
    from assistant.cli.commands import backup_commands

    raise typer.Exit(backup_commands.restore(file))


@app.command("copy")
def copy_library(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Folder or address of a library.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Another, made if it isn't there.")],
) -> None:
    """Copy a library between a folder and a database, with conversations and people; nothing is embedded.

    Cut short, it goes on when it is begun again.
    """
    from assistant.cli.commands import library_commands

    raise typer.Exit(library_commands.copy(source, target))


@app.command()
def export(
    output: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="File to write; standard output if left out.")
    ] = None,
) -> None:
    """Write all articles as JSONL. `footnote ingest` reads it again."""
    from assistant.cli.commands import export as exporting

    raise typer.Exit(exporting.export(output))


add_work_commands(app)
add_queue_commands(app)
app.add_typer(user_commands, name="user")
app.add_typer(group_commands, name="group")
app.add_typer(tokens, name="token")


def main() -> None:
    """Run the command; the console script."""
    try:
        app()
    except FootnoteError as error:
        say(str(error), error=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001  # no traceback ever: where and what in one sentence
        say(_unexpected(error), error=True)
        sys.exit(1)


def _unexpected(error: Exception) -> str:
    """Say which of our own lines failed and how; the error's text is left out, it may hold article text."""
    frames = extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if any(map(Path(frame.filename).is_relative_to, OUR_PACKAGES))
    ] or frames
    place = f"{type(error).__name__} in {Path(ours[-1].filename).name}, line {ours[-1].lineno}"
    return f"Something went wrong inside Footnote: {place}. If it stays, report this line."
