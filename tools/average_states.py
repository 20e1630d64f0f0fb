"""Average the weights of two trainings that began alike: each is good at what it saw most of.

    python tools/average_states.py FIRST SECOND --share 0.4 --state FILE

`--share` is how far the result lies on the way from the first to the second (model soups; Wortsman et al.
2022). The ranges that the 8 bits are fitted to are the wider ones of both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def main() -> None:
    """Write the average."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the result goes (.npz)")
    options = parser.parse_args()
    first, second = (dict(np.load(path)) for path in (options.first, options.second))
    made = {
        name: np.maximum(value, second[name])
        if name.startswith("range.")
        else value + options.share * (second[name] - value)
        for name, value in first.items()
    }
    np.savez(options.state, **made)


if __name__ == "__main__":
    main()
