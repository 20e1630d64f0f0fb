"""`footnote watch-questions`, and what is told of kept questions after an ingestion."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from assistant.answers import plain_values
from assistant.cli.commands.answering import WIDEST
from assistant.cli.console import say, say_json
from assistant.rendering.render import TERMINAL_WIDTH, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from assistant.vocabulary.changed_answers import AnswerChange
    from assistant.watching.kept_questions import KeptQuestions

NONE_KEPT = 'No question is kept. Keep one: footnote watch-questions --add "Who leads the board?"'
NOTHING_NEW = "No answer has changed."


def watch_questions(
    add: Sequence[str], remove: Sequence[str], *, listing: bool, feed: Path | None, as_json: bool
) -> int:
    """Keep and forget questions, or ask all of them again and tell what changed; 1 for an unknown id."""
    from assistant.saving import check_place
    from assistant.watching.kept_questions import KeptQuestions

    if feed:
        check_place(feed)
    kept = KeptQuestions()
    for question in add:
        one = kept.keep(question)
        say(f"{one.id}  {one.question}", error=as_json)
    unknown = [key for key in remove if not kept.remove(key)]
    for key in unknown:
        say(f"No kept question has the id {key!r}; --list shows the ids.", error=True)
    if listing:
        _list(kept, as_json=as_json)
    elif not (add or remove):
        _tell(kept.ask_again(), as_json=as_json, none=NOTHING_NEW if kept.listed() else NONE_KEPT)
    if feed:
        _write_feed(kept, feed)
    return 1 if unknown else 0


def tell_after_ingestion(since: datetime | None = None) -> None:
    """Ask the kept questions again, if there are any, and say what changed; nothing otherwise.

    What others have found by asking them since a moment is said too: a worker may have been quicker.
    """
    from assistant.watching.kept_questions import KeptQuestions

    kept = KeptQuestions()
    changes = kept.ask_again()
    if since is not None:
        changes = [each for each in kept.changes() if each.found >= since]
    if changes:
        say("\nAnswers to your kept questions changed:\n")
        _tell(changes, as_json=False, none="")


def _list(kept: KeptQuestions, *, as_json: bool) -> None:
    listed = kept.listed()
    if as_json:
        say_json(
            [
                {
                    "id": each.id,
                    "question": each.question,
                    "asked": each.asked.isoformat(),
                    "answer": each.answer.text,
                }
                for each in listed
            ]
        )
    else:
        lines = [f"{each.id}  {each.question}\n    {one_line(each.answer.text)}" for each in listed]
        say("\n".join(lines) or NONE_KEPT)


def _tell(changes: Sequence[AnswerChange], *, as_json: bool, none: str) -> None:
    from dataclasses import asdict

    from assistant.rendering.change_feed import change_text

    if as_json:
        say_json([{**plain_values(asdict(each)), "found": each.found.isoformat()} for each in changes])
        return
    width = min(get_terminal_size((TERMINAL_WIDTH, 24)).columns, WIDEST)
    say("\n\n".join(change_text(each, width=width) for each in changes) or none)


def _write_feed(kept: KeptQuestions, feed: Path) -> None:
    from assistant.rendering.change_feed import changes_feed
    from assistant.saving import write_file

    write_file(feed, changes_feed(kept.changes()).encode())
