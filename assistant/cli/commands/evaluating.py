"""`footnote eval`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.cli.console import say, say_json
from ingest import SettingsError, SourceError, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer
    from assistant.cli.evaluation import Outcome
    from assistant.cli.question_files import GradedQuestion

_COUNTS = {"questions", "statements", "tokens read", "tokens written"}
_AMOUNTS = {"cost": "{:,.4f}", "seconds, median": "{:,.2f} s", "seconds, 95 of 100": "{:,.2f} s"}


def evaluate(
    path: Path,
    *,
    as_json: bool,
    plot: Path | None,
    limit: int | None,
    prices: tuple[float, float] | None,
    passages: bool,
) -> int:
    """Ask the questions of a file and print what came of them."""
    from assistant.cli.evaluation import report, summary
    from assistant.cli.question_files import read_questions
    from assistant.providers.model_choice import model_name
    from assistant.settings import answer_settings

    questions = read_questions(path, limit)
    outcomes = _asked_of_passages(questions, path) if passages else _asked(questions, None)
    if as_json:
        say_json(report(outcomes, prices=prices))
    else:
        say(f"{model_name(answer_settings()) or 'quotations'}, {len(questions)} questions of {path.name}")
        for name, value in summary(outcomes, prices=prices).items():
            if value is not None:
                say(f"  {name:<25} {_figure(name, value)}")
    if plot:
        draw(outcomes, plot)
    return 0


def draw(outcomes: Sequence[Outcome], path: Path) -> None:
    """Plot the shares as bars and the seconds of each question, as PNG or SVG by the file's name."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SettingsError("A plot needs matplotlib: pip install matplotlib, or leave --plot out.") from None
    from assistant.cli.evaluation import summary

    shares = {
        name: value
        for name, value in summary(outcomes).items()
        if value is not None and name not in _COUNTS and name not in _AMOUNTS
    }
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.barh(list(shares)[::-1], list(shares.values())[::-1], color="#4a6fa5")
    left.set_xlim(0, 1)
    left.set_xlabel("share")
    right.hist([item.seconds for item in outcomes], bins=20, color="#4a6fa5")
    right.set_xlabel("seconds for an answer")
    right.set_ylabel("questions")
    figure.savefig(path)


def _asked(questions: Sequence[GradedQuestion], library: Path | None) -> list[Outcome]:
    from assistant.ask import answer
    from assistant.cli.evaluation import evaluate

    def ask(question: GradedQuestion) -> Answer:
        return answer(question.text, library=library, history=question.history, asked_on=question.asked_on)

    return evaluate(questions, ask)


def _asked_of_passages(questions: Sequence[GradedQuestion], path: Path) -> list[Outcome]:
    """Ask a library that is made of the file's own passages and gone afterwards."""
    from assistant.cli.question_files import passages_of

    articles = passages_of(questions)
    if not articles:
        raise SourceError(str(path), "brings no passages along: leave --passages out")
    with TemporaryDirectory(prefix="footnote-eval-") as folder:
        ingest_articles(articles, folder)
        return _asked(questions, Path(folder))


def _figure(name: str, value: float) -> str:
    if name in _AMOUNTS:
        return _AMOUNTS[name].format(value)
    return f"{value:,.0f}" if name in _COUNTS else f"{value:.3f}"
