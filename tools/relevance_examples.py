"""Questions with sentences that answer them and others that look alike, to train the model for relevance.

    python -m tools.relevance_examples --data ../shared/data --out FILE

The source is SQuAD 2.0 (CC BY-SA 4.0): beside the sentence with the answer stand those of the same paragraph
and the likest of the same page elsewhere. Questions that were written to have no answer in their paragraph
have none among their sentences either. A news title often says what the question says, or asks it: so half of
the questions have their sentences under such a title, and some of the sentences only ask. Then the sentence
has to tell what answers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.retrieval.relevance import passage
from ingest import content_stems, split_sentences
from tools.entailment_examples import KEPT_BACK
from tools.squad_library import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 6
ANSWERED, UNANSWERABLE = 3600, 2200
"""Questions that are drawn of each kind."""
WITHOUT = 0.15
"""Share of the answered ones from which the sentences that answer are left out: then none does."""
TOGETHER = 5
"""Sentences of a question, the right ones among them."""
ELSEWHERE = 1
"""Of these, how many of other paragraphs."""
ASKING = 0.15
"""Share of questions that have a question among their sentences, as a heading in the text asks one."""
HEADLINE_WORDS = 11
TITLES = {"page": 0.35, "none": 0.10, "asks": 0.15, "sentence": 0.2, "words": 0.2}
"""Shares of what stands for the title: the page's own, none, a question of the paragraph, the beginning of a
sentence of the paragraph without the answer, the page's own with the words of the question."""
_ASKING_WORDS = re.compile(
    r"^(?:(?:in|on|at|by|to|for|of|from)\s+)?(?:wh\w+|how(?:\s+(?:many|much|long))?)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class RelevanceExample:
    """A question, sentences, and the places of those that answer it; `kept` is only measured on.

    `spans` has, for each sentence that answers, the first and the last character of the answer in its passage
    and for others None.
    """

    question: str
    passages: tuple[str, ...]
    right: tuple[int, ...]
    spans: tuple[tuple[int, int] | None, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a page, its sentences, and its questions."""

    page: str
    sentences: tuple[str, ...]
    questions: tuple[dict[str, Any], ...]


def examples(data: Path) -> Iterator[RelevanceExample]:
    """Yield the examples in a random order that is always the same."""
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    paragraphs = [
        Paragraph(
            item["title"].replace("_", " "),
            tuple(sentence.text for sentence in split_sentences(item["context"])),
            tuple(item["questions"]),
        )
        for item in items
    ]
    pages: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        pages[paragraph.page].append(paragraph)
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    asked = [(each, paragraph) for paragraph in paragraphs for each in paragraph.questions]
    chance.shuffle(asked)
    answered = [pair for pair in asked if pair[0]["answers"]][:ANSWERED]
    drawn = [*answered, *[pair for pair in asked if not pair[0]["answers"]][:UNANSWERABLE]]
    chance.shuffle(drawn)
    for question, paragraph in drawn:
        yield _example(question, paragraph, pages[paragraph.page], chance)


def _example(
    question: dict[str, Any], paragraph: Paragraph, page: Sequence[Paragraph], chance: random.Random
) -> RelevanceExample:
    text, answers = str(question["question"]), question["answers"]
    title = _title(text, answers, paragraph, chance)
    right = [each for each in paragraph.sentences if answers and holds(each, answers)]
    others = [each for each in paragraph.sentences if each not in right]
    chance.shuffle(others)
    right = [] if chance.random() < WITHOUT else right[: TOGETHER // 2]
    wrong = _elsewhere(text, answers, paragraph, page)[:ELSEWHERE]
    if chance.random() < ASKING:
        wrong.append(str(chance.choice(paragraph.questions)["question"]))
    wrong += others[: TOGETHER - len(right) - len(wrong)]
    shown = [*right, *wrong]
    order = [*range(len(shown))]
    chance.shuffle(order)
    passages = tuple(passage(title, shown[place]) for place in order)
    places = tuple(place for place, at in enumerate(order) if at < len(right))
    return RelevanceExample(
        text if chance.random() < 0.5 else text.lower().rstrip("? "),
        passages,
        places,
        tuple(
            _span(shown[at], answers, len(passages[place])) if at < len(right) else None
            for place, at in enumerate(order)
        ),
        paragraph.page in KEPT_BACK,
    )


def _title(question: str, answers: Sequence[str], paragraph: Paragraph, chance: random.Random) -> str:
    """Return what stands for the title; it never holds the answer."""
    kind = chance.choices([*TITLES], [*TITLES.values()])[0]
    if kind == "none":
        return ""
    made = paragraph.page
    if kind == "asks":
        made = question if chance.random() < 0.5 else str(chance.choice(paragraph.questions)["question"])
    elif kind == "sentence":
        made = " ".join(chance.choice(paragraph.sentences).split()[:HEADLINE_WORDS])
    elif kind == "words":
        made = f"{paragraph.page}: {_ASKING_WORDS.sub('', question).rstrip('? ')}"
    return paragraph.page if answers and holds(made, answers) else made


def _elsewhere(
    question: str, answers: Sequence[str], paragraph: Paragraph, page: Sequence[Paragraph]
) -> list[str]:
    """Return the sentences of the page's other paragraphs that share most words with the question."""
    words = set(content_stems(question))
    others = [
        each
        for other in page
        if other is not paragraph
        for each in other.sentences
        if not (answers and holds(each, answers))
    ]
    return sorted(others, key=lambda each: -len(words.intersection(content_stems(each))))[:1]


def _span(sentence: str, answers: Sequence[str], length: int) -> tuple[int, int]:
    """Return where the answer stands in a passage of this length, which ends with the sentence."""
    answer = next(each for each in answers if each.lower() in sentence.lower())
    start = length - len(sentence) + sentence.lower().index(answer.lower())
    return start, start + len(answer)


def main() -> None:
    """Write the examples, one JSON object a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    count = 0
    with options.out.open("w", encoding="utf-8") as out:
        for example in examples(options.data):
            out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    print(f"{count:,} questions")


if __name__ == "__main__":
    main()
