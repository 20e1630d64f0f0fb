"""A writer to a library in PostgreSQL, as a process of its own that may be killed at any time.

`python postgreswriter.py ADDRESS FIRST` stores editions of ten articles from number FIRST on, and of three
that all writers have; it writes a line with `number:edition` to standard output before and after each batch.
"""

from __future__ import annotations

import os
import random
import sys

from stored import article, open_library, prepare

from ingest import LibraryError
from ingest.database_address import DatabaseAddress

SHARED = range(900, 903)


def main() -> None:
    """Store until killed."""
    address, first = DatabaseAddress.parse(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(os.getpid())  # noqa: S311  # an order, not a secret
    edition = 0
    while True:
        try:
            with open_library(address, write=True) as library:
                while True:
                    edition += 1
                    own = chance.sample(range(first, first + 10), 3)
                    numbers = [*own, chance.choice(SHARED)]
                    told = " ".join(f"{number}:{os.getpid()}{edition}" for number in numbers)
                    sys.stdout.write(f"begin {told}\n")
                    sys.stdout.flush()
                    library.put(
                        [prepare(article(each, edition=int(f"{os.getpid()}{edition}"))) for each in numbers]
                    )
                    sys.stdout.write(f"stored {told}\n")
                    sys.stdout.flush()
        except LibraryError as error:
            sys.stdout.write(f"failed {type(error).__name__} {error}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
