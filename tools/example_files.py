"""Files of examples to learn from: a JSON object a line, written by a command that takes --out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def write_examples(about: str | None, examples: Callable[[], Iterable[Mapping[str, object]]]) -> None:
    """Write the examples, and print how many; `about` is the docstring of the script that makes them."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    count = 0
    with options.out.open("w", encoding="utf-8") as out:
        for each in examples():
            out.write(json.dumps(each, ensure_ascii=False) + "\n")
            count += 1
    print(f"{count:,} examples")
