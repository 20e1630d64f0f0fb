"""Train the model for relevance on with questions on invented reports: which detail is told, and which isn't.

    python tools/train_on_reports.py --reports FILE --examples FILE --state FILE [--bundled FILE]

The files are made by report_examples.py and relevance_examples.py; this needs torch and scikit-learn
(tools/README.md has the commands). It starts from the model that train_relevance.py has made, as it is
bundled, weights back to floating point.

Whether a question is answered can be told from the question alone, since whoever writes questions on details
that nobody tells asks for other things ("how old", "what breed"). That is what the model must not learn. So a
logistic regression that sees only the question, and how many of its words the report has, gives each question
log odds, which are added to every logit while it learns: what it learns is what they don't tell (product of
experts; Clark, Yatskar and Zettlemoyer 2019).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from bundled_weights import bundled_weights
from entailment_model import CrossEncoder, scored
from make_minilm import FOLDER, tokenizer_of
from train_relevance import LONGEST, measured
from training import go_through

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SEED = 4
TOGETHER = 6
"""Questions of a step, with all their sentences."""
RATE, WARM, LAST = 3e-5, 20, 0.03
REPEATED = 600
"""Questions of SQuAD among them, so that nothing is forgotten."""
MEASURED = 600
"""Questions kept back of each that are measured at the end."""


def add_leanings(items: list[dict[str, Any]]) -> None:
    """Give each question the log odds of its being answered, told from itself by others' (five folds)."""
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    asked = [item for item in items if item["kind"] != "left out"]
    texts = [item["question"] for item in asked]
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit_transform(texts)
    rows = sparse.hstack([words, 2 * np.array([_looks(item) for item in asked])]).tocsr()
    told = np.array([bool(item["right"]) for item in asked])
    reports = [item["passages"][0][:30] for item in asked]
    groups = np.array([sorted(set(reports)).index(each) for each in reports])
    model = LogisticRegression(C=1, max_iter=400)
    odds = cross_val_predict(model, rows, told, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    for item, chance in zip(asked, odds, strict=True):
        item["leaning"] = float(np.log(chance / (1 - chance)))


def _looks(item: dict[str, Any]) -> list[float]:
    known = set(re.findall(r"\w+", " ".join(item["passages"]).lower()))
    words = re.findall(r"\w+", item["question"].lower())
    shared = sum(word in known for word in words) / len(words)
    typed = item["question"]
    return [shared, len(words) / 10, float(typed[0].isupper()), float(typed.endswith("?"))]


def loss_of(model: CrossEncoder, items: list[dict[str, Any]], tokenizer: Tokenizer) -> torch.Tensor:
    """Return the loss of train_relevance.py's first head, with the leanings added to the logits."""
    pairs = [(item["question"], passage) for item in items for passage in item["passages"]]
    logits = scored(model, pairs, tokenizer, LONGEST)[:, 0]
    losses = []
    for item, own in zip(items, logits.split([len(item["passages"]) for item in items]), strict=True):
        leaning = own + item.get("leaning", 0.0)
        every = torch.logsumexp(torch.cat([leaning, torch.zeros(1)]), 0)
        losses.append(every - torch.logsumexp(leaning[item["right"]], 0) if item["right"] else every)
    return torch.stack(losses).mean()


def train(options: argparse.Namespace) -> None:
    """Train, and store weights and the ranges that the 8 bits are fitted to."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    reports, known = (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in (options.reports, options.examples)
    )
    learned = [item for item in reports if not item["kept"]]
    add_leanings(learned)
    learned += random.sample([item for item in known if not item["kept"]], REPEATED)
    random.shuffle(learned)
    tokenizer = tokenizer_of((FOLDER / "tokenizer.json").read_bytes())
    model = CrossEncoder(bundled_weights(options.bundled), outputs=1)
    steps = len(learned) // TOGETHER
    go_through(
        model,
        lambda step: loss_of(model, learned[step * TOGETHER : (step + 1) * TOGETHER], tokenizer),
        steps=steps,
        rate=RATE,
        share=lambda step: min(1.0, (step + 1) / WARM) * max(LAST, 1 - step / steps),
    )
    model.eval()
    seen = [*known[:80], *learned[:80]]
    pairs = [(item["question"], passage) for item in seen for passage in item["passages"]]
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(options.state, **model.stored(), **ranges)
    for name, items in (("reports", reports), ("SQuAD", known)):
        kept = [item for item in items if item["kept"]]
        kept = random.sample(kept, min(MEASURED, len(kept)))
        print(f"{name}: {len(kept)} questions kept back: {measured(model, kept, tokenizer)}", flush=True)


def main() -> None:
    """Train on the examples of two files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the trained weights go (.npz)")
    parser.add_argument("--bundled", type=Path, default=FOLDER.parent / "relevance" / "model.onnx")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
