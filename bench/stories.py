"""Rows of timelines and of who said what, drawn at random, to be read by hand.

python -m bench.stories LIBRARY TOPIC… [--rows 12]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from assistant import timeline, who_said_what


def main() -> None:
    """Print the rows of each topic, the same ones each time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path)
    parser.add_argument("topics", nargs="+")
    parser.add_argument("--rows", type=int, default=12, help="rows of each table")
    wanted = parser.parse_args()
    for topic in wanted.topics:
        drawn = random.Random(topic)  # noqa: S311  # the same rows each time
        happened = timeline(topic, library=wanted.library)
        print(f"\n# {topic}: {len(happened.happenings)} rows of {happened.articles} articles\n")
        rows = happened.happenings
        for row in drawn.sample(rows, min(wanted.rows, len(rows))):
            cited = happened.citations[row.citations[0] - 1]
            said = cited.quote[slice(*row.said)] if row.said else "published"
            print(f"{row.first}..{row.last} [{said}] (published {cited.published}) {cited.quote}")
        spoken = who_said_what(topic, library=wanted.library)
        print(f"\n# {topic}: {len(spoken.sayings)} sayings\n")
        for saying in drawn.sample(spoken.sayings, min(wanted.rows, len(spoken.sayings))):
            quote = spoken.citations[saying.citation - 1].quote
            print(f"{saying.speaker} | {saying.role} | {saying.day} | {quote}")


if __name__ == "__main__":
    main()
