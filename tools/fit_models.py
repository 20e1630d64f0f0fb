"""Learn the weights of the sentence ranking and of the confidence from data whose licence allows it.

    python -m tools.fit_models --data ../shared/data

Ranking, in a library: SQuAD questions (CC BY-SA 4.0) put to a library of SQuAD's paragraphs, so that the
weights are learned on what the program really sees, sentences of chunks that its own search found; and
CLAPNQ's passages (Apache-2.0). Ranking, sentences of one text: SQuAD's paragraphs one by one, and CLAPNQ.
Sentences that a claim rests on: WiCE (annotations ODC-BY). Confidence: SQuAD questions that the library
answers, and others whose paragraph, or whole page, was left out. News questions are never used here: they
are what the result is measured on (bench/news.py).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.chunk_ranking import WEIGHTS
from assistant.retrieval.chunk_ranking import signs as chunk_signs
from assistant.retrieval.confidence import SIGNS, signs
from assistant.retrieval.open_libraries import close_libraries
from assistant.retrieval.relevance import WEIGHT
from assistant.retrieval.sentence_features import NAMES, coverage
from assistant.retrieval.sentence_ranking import BY_HAND, WEIGHTS_FILE, alone, weights
from ingest import ingest_articles, split_sentences, stems
from tools.claims import grounds, passages, reread_passages
from tools.learning import fit_chance, fit_choice
from tools.squad_library import Known, holds, paragraphs, seen, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tools.learning import Example
    from tools.squad_library import Asked, Seen

MODELS = WEIGHTS_FILE.parent
OF_LIBRARIES = ("chunk_cosine", "chunk_match")
PASSAGES_COUNT = 3
"""How often CLAPNQ's 150 questions count beside SQuAD's: people asked them without having seen the text."""
SQUAD = "SQuAD 1.1/2.0 development questions, CC BY-SA 4.0 (Rajpurkar et al. 2016, 2018)"
CLAPNQ = "CLAPNQ development questions, Apache-2.0 (Rosenthal et al. 2024)"
WICE = "WiCE development claims, annotations ODC-BY 1.0 (Kamoi et al. 2023)"


def main() -> None:
    """Fit both models and write them with their provenance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=int, default=500, help="answerable ones, and as many others")
    arguments = parser.parse_args()
    articles, asked = paragraphs(arguments.data / "questions" / "squad.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder:
        ingest_articles(articles, folder)
        found, most = {}, {Known.ANSWER: arguments.questions}
        for known in Known:
            drawn = some(asked, known, most.get(known, arguments.questions // 2))
            found[known] = [*seen(drawn, folder)]
            print(f"{known}: {len(found[known]):,} questions", flush=True)
        close_libraries()
    _tell_chunks(found[Known.ANSWER])
    fit_ranking(found[Known.ANSWER], some(asked, Known.ANSWER, arguments.questions), arguments.data)
    fit_confidence(found[Known.ANSWER], [*found[Known.SUBJECT], *found[Known.NOTHING]])


def fit_ranking(found: Sequence[Seen], asked: Sequence[Asked], data: Path) -> None:
    """Learn three sets of weights: in a library, in one text, and for claims."""
    read = [*passages(data / "passages")]
    library = [*((item.gathered.rows, item.sentences) for item in found), *PASSAGES_COUNT * read]
    one = [*map(_paragraph, asked), *PASSAGES_COUNT * read]
    claims = [*grounds(data / "claims" / "wice.jsonl.gz")]
    no_library = (*OF_LIBRARIES, "recency")
    made = {
        "made_by": "tools/fit_models.py",
        "learned_from": {"library": [SQUAD, CLAPNQ], "alone": [SQUAD, CLAPNQ], "claim": [WICE]},
        "questions": {"library": len(library), "alone": len(one), "claim": len(claims)},
        "library": fit_choice(library, NAMES, by_hand=BY_HAND["library"], leave_out=OF_LIBRARIES),
        "alone": fit_choice(one, NAMES, by_hand=BY_HAND["alone"], leave_out=no_library),
        "claim": fit_choice(claims, NAMES, by_hand={}, leave_out=no_library),
    }
    _write("ranking", made)
    weights.cache_clear()
    _tell_relevance(data / "passages")


def fit_confidence(known: Sequence[Seen], others: Sequence[Seen]) -> None:
    """Learn the probability that a library answers; half of the questions are answerable, the base rate."""
    rows = np.array([_signs(item.gathered.rows) for item in [*known, *others]])
    right = np.array([True] * len(known) + [False] * len(others))
    made = {
        "made_by": "tools/fit_models.py",
        "learned_from": [SQUAD],
        "questions": {"answerable": len(known), "others": len(others)},
        "weights": fit_chance(rows, right, SIGNS),
    }
    _write("confidence", made)


def _signs(rows: NDArray[np.float32]) -> list[float]:
    found = signs(rows, np.argsort(-weights().score(rows), kind="stable").tolist())
    return [found[name] for name in SIGNS]


def _tell_relevance(folder: Path) -> None:
    """Print what CLAPNQ teaches of the cross-encoder beside the learned score, and what is used."""
    learned = fit_choice([*reread_passages(folder)], ("learned score", "relevance"), by_hand={}, leave_out=())
    own, relevance = (each["weight"] / each["scale"] for each in learned.values())
    print(f"relevance: {relevance / own:.2f} beside 1 of the learned score, used {WEIGHT}")


def _paragraph(asked: Asked) -> Example:
    """Rank the sentences of a question's own paragraph; its page's title is the subject of every sentence."""
    texts = [sentence.text for sentence in split_sentences(asked.article.text)]
    right = np.array([holds(text, asked.answers) for text in texts], dtype=bool)
    return alone(understand(asked.text), texts, title=asked.article.title), right


def _tell_chunks(found: Sequence[Seen]) -> None:
    """Print what SQuAD teaches of chunks, beside the rounded weights that chunk_ranking.py has."""
    names = [name for name in WEIGHTS if name not in {"top", "recency"}]
    examples = [
        (np.array([_chunk(item, place, names) for place in range(len(item.chunks))], np.float32), item.chunks)
        for item in found
    ]
    learned = fit_choice(examples, names, by_hand={}, leave_out=())
    for name, value in learned.items():
        print(f"chunks: {name} {value['weight'] / value['scale']:.2f}, used {WEIGHTS[name]:.1f}")


def _chunk(item: Seen, place: int, names: Sequence[str]) -> list[float]:
    hit, query = item.gathered.hits[place], understand(item.asked.text)
    values = chunk_signs(hit, coverage(query.words, {*stems(hit.chunk.text)}, item.gathered.rarity))
    return [values[name] for name in names]


def _write(name: str, made: dict[str, Any]) -> None:
    (MODELS / f"{name}.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{name}: {made['questions']}")


if __name__ == "__main__":
    main()
