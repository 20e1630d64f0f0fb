"""Questions on invented news in sixteen languages and English, to train the model for answers on.

    python -m tools.answers_examples --out FILE

An object a line for each report (bench/invented.py): its sentences as the models read them, and its questions
with the places of the sentences that answer, none where nobody tells. Its `kind` is "abroad" for texts in
other languages, "from abroad" for English ones asked about in another language, "English" for the rest.
Reports with the same `group` are easily mistaken for one another.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from assistant.retrieval.relevance import passage
from bench.invented import abroad, asked_from_abroad, more_abroad, reports
from tools.example_files import write_examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.invented import AskedReport

ENGLISH = 480
"""English reports that are taken beside those asked about in other languages. As of all, a third is only
measured on."""


def examples() -> Iterator[dict[str, Any]]:
    """Yield what is to be learned from, and what is measured on."""
    for short in abroad():
        asked = [(short.question, [short.answer]), (short.english, [short.answer])]
        yield {
            "kind": "abroad",
            "passages": [passage(short.title, each) for each in short.sentences],
            "asked": [*asked, *((question, []) for question in short.not_told)],
            "kept": short.kept,
        }
    for name in ("more_languages", "library_questions", "similar_reports"):
        for other in more_abroad(name):
            yield _example("abroad", [other])
    asked_abroad = defaultdict(list)
    for other in asked_from_abroad():
        asked_abroad[other.title].append(other)
    for each in asked_abroad.values():
        yield _example("from abroad", each)
    for report in islice(reports(), ENGLISH):
        passages = [passage(report.title, each) for each in report.sentences]
        asked = [(question, [*places]) for question, places in report.asked]
        asked += [(question, []) for question in (*report.not_told, *report.false_premise)]
        yield {
            "kind": "English",
            "passages": passages,
            "asked": asked,
            "kept": report.kept,
        }


def _example(kind: str, every: Sequence[AskedReport]) -> dict[str, Any]:
    """Return one example of all questions on one report."""
    report = every[0]
    return {
        "kind": kind,
        "passages": [passage(report.title, each) for each in report.sentences],
        "asked": [
            (question, [] if place is None else [place]) for one in every for question, place in one.asked
        ],
        "kept": report.kept,
        "group": report.group,
    }


if __name__ == "__main__":
    write_examples(__doc__, examples)
