#!/usr/bin/env bash
# tokenizers 0.23.3: cutting a pair of texts makes overflow pieces for all combinations, asked for or not.
#
# Guess before: enable_truncation(64) keeps 64 tokens of a pair and costs no more than reading both texts; what was
# cut off is offered as `overflowing`, some (n + m) / 64 pieces, like the n / 64 of a single text.
# Seen: with the default strategy (longest_first) both texts are cut in two halves of the room, and `overflowing` has
# every piece of the one with every piece of the other: twice the length gives four times the pieces (each a
# whole encoding), although nobody read the attribute. 2,000 words against 2,000 make 3,968 pieces to
# keep 64 tokens; single text: 32. For a cross-encoder that is given whole articles, cutting costs more than reading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tokenizers==0.23.3
"$folder/venv/bin/python" - <<'PYTHON'
import time

from tokenizers import Encoding, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

KEPT = 64
splitter = Tokenizer(WordLevel({"word": 0, "[UNK]": 1}, unk_token="[UNK]"))
splitter.pre_tokenizer = Whitespace()


def quickest(texts: tuple[str, ...]) -> tuple[float, Encoding]:
    """Return the shortest of five times in seconds, and what came of it."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        encoded = splitter.encode(*texts)
        times.append(time.perf_counter() - begun)
    return min(times), encoded


seen = {}
for words in (500, 1000, 2000):
    text = "word " * words
    row = []
    for name, texts in (("single", (text,)), ("pair", (text, text))):
        splitter.no_truncation()
        whole, _ = quickest(texts)
        splitter.enable_truncation(KEPT)
        took, cut = quickest(texts)
        assert len(cut.ids) == KEPT
        row.append(len(cut.overflowing))
        print(f"{words:5} words, {name:6} {row[-1]:5} overflow pieces; {took / whole:5.1f} times as long as uncut")
    seen[words] = tuple(row)
assert seen == {500: (7, 255), 1000: (15, 1023), 2000: (31, 3968)}, seen
PYTHON
