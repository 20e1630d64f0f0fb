"""How the benchmark of questions behind another conversation reads its data and counts."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from bench.behind import measure, questions

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path) -> Path:
    """Write two passages with a question each, one of which has no answer, and a paragraph."""

    def put(file: Path, *items: dict[str, Any]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress("\n".join(map(json.dumps, items)).encode()))

    def asked(title: str, text: str, question: str) -> dict[str, Any]:
        return {"input": question, "passages": [{"title": title, "text": text}]}

    ferry = asked("Ferry", "The ferry Marigold was built in 1974.", "when was the ferry marigold built")
    bridge = asked("Bridge", "The bridge was closed in the frost.", "how long is the swing bridge")
    paragraph = {
        "title": "School",
        "context": "The school in Alder Street stays open.",
        "questions": [{"question": "What stays open in Alder Street?", "answers": ["The school"]}],
    }
    put(folder / "passages" / "clapnq_answerable.jsonl.gz", ferry, ferry | {"input": "which ferry is old"})
    put(folder / "passages" / "clapnq_unanswerable.jsonl.gz", bridge, bridge)
    put(folder / "questions" / "squad.jsonl.gz", *[paragraph] * 300)
    return folder


def test_questions(tmp_path: Path) -> None:
    """Each text is an article once; questions keep the page that they are about."""
    articles, asked = questions(written(tmp_path))
    assert [article.title for article in articles] == ["Ferry", "Bridge", "School"]
    assert {each.page for each in asked["CLAPNQ"]} == {"Ferry", "Bridge"}
    assert len(asked["SQuAD"]) == 300


def test_measure(tmp_path: Path) -> None:
    """Both shares of each half are counted over its questions."""
    figures = measure(tmp_path / "library", written(tmp_path / "data"), most=4)
    number, same, changed = figures["CLAPNQ, first half"]
    assert (number, changed) == (2, 0.0)
    assert 0.0 <= same <= 1.0
