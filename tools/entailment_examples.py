"""Statements held against sentences, with what these say of them: what the check's model learns from.

    python -m tools.entailment_examples --data ../shared/data --out FILE

Eight sources, all openly licensed: Fool Me Twice (Apache-2.0), sentences with one word exchanged (Breaking
NLI, CC BY-SA 4.0) and with a negation (of RTE, MNLI and SNLI, MIT), WiCE (annotations ODC-BY), answers and
the sentences they rest on (CLAPnq, Apache-2.0), statements made from SQuAD (CC BY-SA 4.0), pairs
composed by rule (composed_pairs.py), and claims on invented twins (bench/invented.py). A third of each, by
the text of the sources, of the twins a sixth, is only measured on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.ablation import is_kept
from bench.invented import twins
from bench.support import claims
from ingest import split_sentences
from tools.composed_pairs import composed_pairs
from tools.statement_examples import Paragraph, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 5
CARRIED, DENIED, NOT_SAID = "carried", "denied", "not_said"
NOT_CARRIED = "not_carried"
"""Denied or not said: the source does not tell which."""
TITLED = 0.4
"""Share of the examples with a title in front of the source's sentences, as the check reads articles."""
COMPOSED, COMPOSED_KEPT = 12_000, 1_500
KEPT_BACK = frozenset(
    [
        "American Broadcasting Company",
        "Islamism",
        "Packet switching",
        "Pharmacy",
        "Scottish Parliament",
        "Teacher",
        "Victoria and Albert Museum",
    ]
)
"""Pages of SQuAD that are only measured on; drawn once."""


@dataclass(frozen=True, slots=True)
class EntailmentExample:
    """A statement, the text it is held against, and what that says of it; `kept` is only measured on."""

    source: str
    statement: str
    text: str
    label: str
    kept: bool


def examples(data: Path, seed: int = SEED) -> Iterator[EntailmentExample]:
    """Yield all examples, source by source; those that are composed or made from SQuAD differ by seed."""
    for name in ("fm2", "pairs"):
        for item in _lines(data / "claims" / f"{name}.jsonl.gz"):
            yield _of_claim(item)
    yield from _wice(data)
    yield from _clapnq(data)
    yield from _squad(data, seed)
    for kept, count in ((False, COMPOSED), (True, COMPOSED_KEPT)):
        for pair in composed_pairs(seed, count, kept=kept):
            yield EntailmentExample("composed", pair.statement, pair.source, pair.label, kept)
    yield from _twins()


def _of_claim(item: dict[str, Any]) -> EntailmentExample:
    text = " ".join(item["evidence"])
    wrong = DENIED if item["set"] == "fm2" else NOT_CARRIED
    return EntailmentExample(
        item["set"], item["claim"], text, CARRIED if item["supported"] else wrong, is_kept(text)
    )


def _wice(data: Path) -> Iterator[EntailmentExample]:
    """Yield claims with the sentences that people chose for them, and with as many others of the page."""
    draw = random.Random(SEED)  # noqa: S311  # not for secrets
    for claim in claims(data):
        if not claim.sentences:
            continue
        text = " ".join(claim.sentences)
        kept = is_kept(text)
        title = next((each.removeprefix("TITLE:").strip() for each in claim.context if "TITLE:" in each), "")
        label = CARRIED if claim.supported else NOT_CARRIED
        yield EntailmentExample("wice", claim.text, text, label, kept)
        if title and not kept:
            yield EntailmentExample("wice", claim.text, titled(title, text), label, kept)
        if not kept and len(claim.sentences) > 2:
            some = " ".join(draw.sample(claim.sentences, 1))
            yield EntailmentExample("wice part", claim.text, some, NOT_CARRIED, kept)


def _clapnq(data: Path) -> Iterator[EntailmentExample]:
    """Yield sentences of long answers with the sentences they rest on, and with those of another passage."""
    rows = [
        (item["output"][0]["answer"], " ".join(item["output"][0]["selected_sentences"]))
        for item in _lines(data / "passages" / "clapnq_answerable.jsonl.gz")
    ]
    for place, (answer, text) in enumerate(rows):
        other = rows[(place + 1) % len(rows)][1]
        for sentence in split_sentences(answer):
            if text:
                yield EntailmentExample("clapnq", sentence.text, text, CARRIED, is_kept(text))
            if other:
                yield EntailmentExample("clapnq", sentence.text, other, NOT_SAID, is_kept(text))


def _squad(data: Path, seed: int) -> Iterator[EntailmentExample]:
    draw = random.Random(seed)  # noqa: S311
    for place, item in enumerate(_lines(data / "questions" / "squad.jsonl.gz")):
        paragraph = Paragraph(item)
        kept = paragraph.title in KEPT_BACK
        for each in statements([paragraph], seed + place):
            text = " ".join(each.sentences)
            if draw.random() < TITLED:
                text = titled(paragraph.title, text)
            yield EntailmentExample("squad", each.text, text, CARRIED if each.true else NOT_CARRIED, kept)


def _twins() -> Iterator[EntailmentExample]:
    """Yield each claim with one text and right after it with the other."""
    draw = random.Random(SEED)  # noqa: S311
    for item in twins():
        for claim, *labels in item.claims:
            with_title = draw.random() < TITLED
            for text, label in zip(item.texts, labels, strict=True):
                seen = titled(item.title, text) if with_title else text
                said = NOT_SAID if label == "unsaid" else label
                yield EntailmentExample("twins", claim, seen, said, item.kept)


def titled(title: str, text: str) -> str:
    """Return sentences with their article's title in front, as the check reads them."""
    return f"{title.rstrip('.')}. {text}"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Write the examples as JSON lines, and print how many there are of each source and label."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED, help="of what is composed or made from SQuAD")
    options = parser.parse_args()
    counted: Counter[tuple[str, str, bool]] = Counter()
    with options.out.open("w", encoding="utf-8") as file:
        for each in examples(options.data, options.seed):
            counted[each.source, each.label, each.kept] += 1
            file.write(json.dumps(asdict(each)) + "\n")
    for (source, label, kept), count in sorted(counted.items()):
        print(f"{source:15} {label:12} {'kept back' if kept else 'learned':10} {count}")


if __name__ == "__main__":
    main()
