"""Learn the weights of the sentence ranking and of the confidence from data whose licence allows it.

    python -m tools.fit_models --data ../shared/data

Ranking, in a library: questions of SQuAD (CC BY-SA 4.0) and CLAPNQ (Apache-2.0) put to a library of all
their texts, so that the weights are learned on what the program really sees, sentences of chunks that its own
search found. Ranking, sentences of one text: SQuAD's paragraphs one by one, and CLAPNQ's passages.
Sentences that a claim rests on: WiCE (annotations ODC-BY). Confidence: questions that the library answers,
and others whose paragraph, or whole page, was left out, of the pages of SQuAD that the model for relevance
has not seen, and all of CLAPNQ's. News questions are never used here: they are what the result is measured on
(bench/news.py).
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
from assistant.retrieval.confidence import best_certainty
from assistant.retrieval.open_libraries import close_libraries, open_library
from assistant.retrieval.relevance import OWN
from assistant.retrieval.retrieve import look
from assistant.retrieval.sentence_features import MATCHED, NAMES, coverage
from assistant.retrieval.sentence_ranking import BY_HAND, WEIGHTS_FILE, alone, weights
from ingest import ingest_articles, split_sentences, stems
from tools.claims import (
    clapnq_questions,
    grounds,
    in_library,
    library_articles,
    passages,
    reread_passages,
)
from tools.entailment_examples import KEPT_BACK
from tools.learning import fit_chance, fit_choice
from tools.squad_library import Known, holds, paragraphs, seen, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.learning import Example
    from tools.squad_library import Asked, Seen

MODELS = WEIGHTS_FILE.parent
OF_LIBRARIES = ("chunk_cosine", "chunk_match")
CHANCES = 300
"""Questions of SQuAD with an answer, and as many others, from which the probability is learned."""
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
    parser.add_argument("--confidence", action="store_true", help="only that, beside the ranking there is")
    arguments = parser.parse_args()
    articles, asked = paragraphs(arguments.data / "questions" / "squad.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder:
        ingest_articles([*articles, *library_articles(arguments.data / "passages")], folder)
        if not arguments.confidence:
            found = [*seen(some(asked, Known.ANSWER, arguments.questions), folder)]
            typed = [*in_library(arguments.data / "passages", folder)]
            _tell_chunks(found)
            library = [*((item.gathered.rows, item.sentences) for item in found), *PASSAGES_COUNT * typed]
            fit_ranking(library, some(asked, Known.ANSWER, arguments.questions), arguments.data)
        unread = [item for item in asked if item.article.title in KEPT_BACK]
        answerable = [item.text for item in some(unread, Known.ANSWER, CHANCES)]
        others = [
            item.text
            for known in (Known.SUBJECT, Known.NOTHING)
            for item in some(unread, known, CHANCES // 2)
        ]
        typed_known, typed_others = clapnq_questions(arguments.data / "passages")
        fit_confidence([*answerable, *typed_known], [*others, *typed_others], folder)
        close_libraries()


def fit_ranking(library: Sequence[Example], asked: Sequence[Asked], data: Path) -> None:
    """Learn three sets of weights: in a library, in one text, and for claims."""
    one = [*map(_paragraph, asked), *PASSAGES_COUNT * [*passages(data / "passages")]]
    claims = [*grounds(data / "claims" / "wice.jsonl.gz")]
    no_library = (*OF_LIBRARIES, "recency")
    made = {
        "made_by": "tools/fit_models.py",
        "learned_from": {"library": [SQUAD, CLAPNQ], "alone": [SQUAD, CLAPNQ], "claim": [WICE]},
        "questions": {"library": len(library), "alone": len(one), "claim": len(claims)},
        "library": fit_choice(library, NAMES, by_hand=BY_HAND["library"], leave_out=MATCHED),
        "alone": fit_choice(one, NAMES, by_hand=BY_HAND["alone"], leave_out=(*no_library, *MATCHED)),
        "claim": fit_choice(claims, NAMES, by_hand={}, leave_out=no_library),
    }
    _write("ranking", made)
    weights.cache_clear()
    _tell_relevance(data / "passages")


def fit_confidence(known: Sequence[str], others: Sequence[str], folder: str) -> None:
    """Learn the probability that a library answers; half of the questions are answerable, the base rate."""
    opened = open_library(folder)
    found = [look(understand(text), opened).ranked for text in (*known, *others)]
    right = np.array([True] * len(known) + [False] * len(others))
    rows = np.array([[best_certainty(ranked)] for ranked in found])
    made = {
        "made_by": "tools/fit_models.py",
        "learned_from": [SQUAD, CLAPNQ],
        "questions": {"answerable": len(known), "others": len(others)},
        "weights": fit_chance(rows, right, ("slope",), penalty=0.0),
    }
    _write("confidence", made)


def _tell_relevance(folder: Path) -> None:
    """Print what CLAPNQ teaches of the learned score beside the cross-encoder's logit, and what is used."""
    learned = fit_choice([*reread_passages(folder)], ("learned score", "relevance"), by_hand={}, leave_out=())
    own, relevance = (each["weight"] / each["scale"] for each in learned.values())
    print(f"learned score: {own / relevance:.2f} beside 1 of the logit, used {OWN:.2f}")


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
