"""`footnote work` as a process of its own that may be killed at any time: `queueworker.py SECONDS`.

Embedding takes so many seconds a text, and a line is printed for each job that is done.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from fakes import WordEmbeddings

from assistant.cli.main import main
from ingest.runs import reading, working
from ingest.storage.postgresql import jobs
from ingest.storage.postgresql.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class SlowEmbeddings(WordEmbeddings):
    """The tests' embeddings, slow enough for a kill to come while they are made."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Take some time, as a real one does."""
        time.sleep(self._seconds * len(texts))
        return super().embed(texts)


class TellingJobs(Jobs):
    """Tells of each job that is done."""

    def done(self, *arguments: object, **more: object) -> None:
        """Say so."""
        super().done(*arguments, **more)  # type: ignore[arg-type]  # what it was given
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    embedder = SlowEmbeddings(float(sys.argv[1]))
    setattr(working, "load_embedder", lambda _settings: embedder)  # noqa: B010  # for this process
    setattr(working, "Jobs", TellingJobs)  # noqa: B010
    setattr(jobs, "MOST_DEATHS", 1_000)  # noqa: B010  # it is killed by chance, not by what it does
    setattr(reading, "STORED_ARTICLES", 5)  # noqa: B010  # so that a small file is work for all
    sys.argv = ["footnote", "work"]
    main()
