"""Sentence ends on the test sentences of other splitters: how many cases are right as a whole.

The cases aren't part of Footnote. They come with the sources of two packages, unpacked into a folder:
pragmatic_segmenter's golden rules with cleave-sbd (TOML), LanguageTool's tests with choppa-srx (JSON).

    pip download --no-deps --no-binary :all: cleave-sbd==0.3.0b1 choppa-srx==1.0.0
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = {
    "golden_en_rules": 0.96,
    "golden_de_rules": 0.9,
    "de_clean_rules": 0.9,
    "golden_fr_rules": 0.9,
    "golden_es_rules": 0.9,
    "golden_ru_rules": 0.9,
}
"""By the name of a table in the TOML files; other sets are shown without a floor."""


def cases(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the set, the text and the sentences of each case."""
    for path in sorted(folder.rglob("lang/*.toml")):
        for name, rows in tomllib.loads(path.read_text("utf-8")).items():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and "expected" in row:
                    yield name, row["text"], row["expected"]
    for path in sorted(folder.rglob("lt/*.json")):
        table = json.loads(path.read_text("utf-8"))
        for case in table["cases"]:
            if case["mode"] != "_one" or "\n" not in "".join(
                case["sentences"]
            ):  # where one break ends nothing
                yield f"LanguageTool {table['language']}", "".join(case["sentences"]), case["sentences"]


def is_right(text: str, sentences: list[str]) -> bool | None:
    """Say whether exactly these sentences are found; None where the case cleans the text that it splits."""
    ends, place = set(), 0
    for sentence in filter(None, map(str.strip, sentences)):
        found = text.find(sentence, place)
        if found < 0:
            return None
        place = found + len(sentence)
        ends.add(place)
    return {sentence.end for sentence in split_sentences(text)} == ends


def main(arguments: list[str] | None = None) -> int:
    """Print a line for each set; return 1 when a floor is crossed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the unpacked sources")
    right: dict[str, list[bool]] = defaultdict(list)
    for name, text, sentences in cases(parser.parse_args(arguments).folder):
        verdict = is_right(text, sentences)
        if verdict is not None:
            right[name].append(verdict)
    crossed = False
    for name, verdicts in sorted(right.items()):
        share = sum(verdicts) / len(verdicts)
        below = share < FLOORS.get(name, 0)
        crossed = crossed or below
        note = f"  below {FLOORS[name]}" if below else ""
        print(f"{name:24}{sum(verdicts):5} of {len(verdicts):4}{share:7.3f}{note}")
    return int(crossed)


if __name__ == "__main__":
    sys.exit(main())
