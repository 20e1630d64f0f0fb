"""Run every bench on a folder of evaluation data; exit 1 where any floor is crossed.

`python -m bench --data ../shared/data` takes about an hour on two cores; each bench also runs alone,
for example `python -m bench.news`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import (
    ablation,
    behind,
    calibration,
    crashes,
    denials,
    details,
    duplicates,
    few,
    followups,
    fragments,
    ingestion,
    languages,
    news,
    other_statements,
    pages,
    peers,
    planted,
    premises,
    quality,
    scale,
    seed,
    sentences,
    shown,
    site,
    speed,
    statements,
    support,
    typing_errors,
    written,
)


def main() -> int:
    """Run the quick ones first; the news library is made once and shared."""
    parser = ArgumentParser(description="Quality and speed, each with floors.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peers", type=Path, help="folder that the other systems are installed in")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"{options.data} is not there: name the folder of evaluation data with --data.")
        return 2
    data = ["--data", str(options.data)]
    with TemporaryDirectory() as scratch:
        library = ["--library", str(Path(scratch) / "slice")]
        failed = [
            sentences.main(data),
            pages.main(data),
            fragments.main(data),
            seed.main(data),
            shown.main(data),
            statements.main(),
            denials.main(),
            details.main([]),
            languages.main([]),
            other_statements.main(),
            support.main(data),
            ablation.main(data),
            calibration.main(data),
            planted.main(data),
            duplicates.main(data),
            crashes.main([]),
            site.main([]),
            news.main([*data, *library]),
            quality.main([*data, *library]),
            followups.main(data),
            behind.main(data),
            few.main(data),
            premises.main([*data, *library]),
            typing_errors.main([*data, *library]),
            speed.main([*data, *library]),
            written.main([*data, *library]),
            ingestion.main(data),
            scale.main(data),
        ]
        if options.peers:  # they are no dependencies: bench/peers.py says how to install them
            failed.append(peers.main([*data, *library, "--peers", str(options.peers)]))
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main())
