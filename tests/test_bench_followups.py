"""How the benchmark of follow-up questions reads conversations and counts."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from bench.followups import Words, conversations, measure, recall

if TYPE_CHECKING:
    from pathlib import Path

TASK: dict[str, Any] = {
    "contexts": [{"document_id": "d1", "text": "Henrike Vaal, the captain, is 47 years old."}],
    "input": [
        {"speaker": "user", "text": "Who is the captain?"},
        {"speaker": "agent", "text": "Henrike Vaal."},
        {"speaker": "user", "text": "How old is she?"},
    ],
    "Multi-Turn": ["Follow-up"],
}
ALONE = {**TASK, "input": TASK["input"][-1:], "contexts": [{"document_id": "d2", "text": "A ferry is old."}]}


def written(folder: Path) -> Path:
    (folder / "conversations").mkdir(parents=True)
    lines = "\n".join(json.dumps(task) for task in (TASK, ALONE))
    (folder / "conversations" / "mtrag_un.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return folder


def test_conversations(tmp_path: Path) -> None:
    """All passages are pooled; only turns with something before them are asked."""
    passages, turns = conversations(written(tmp_path))
    assert set(passages) == {"d1", "d2"}
    (turn,) = turns
    assert (turn.question, turn.history, turn.follows) == (
        "How old is she?",
        (("Who is the captain?", "Henrike Vaal."),),
        True,
    )


def test_counting() -> None:
    """Recall is the share of the gold passages among the first five."""
    assert recall(["a", "b", "c", "d", "e", "f"], frozenset({"a", "f"})) == 0.5
    assert Words({"a": "the old ferry", "b": "the captain"})("captain") == ["b", "a"]


def test_measure(tmp_path: Path) -> None:
    """Each way of asking gives a share between 0 and 1."""
    figures = measure(tmp_path / "library", written(tmp_path / "data"))
    assert figures["search, resolved"] == (1.0, 1.0)
    assert all(0.0 <= share <= 1.0 for shares in figures.values() for share in shares)
