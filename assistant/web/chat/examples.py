"""Where the example articles are: in the checkout, or where installing the package put them."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from ingest import SourceError

EXAMPLES_FOLDER = "examples"


def examples_folder() -> Path:
    """Return the folder of the example articles; raise `SourceError` where they were left out."""
    beside = Path(__file__).resolve().parents[3] / EXAMPLES_FOLDER
    installed = Path(sysconfig.get_path("data")) / "share" / "footnote" / EXAMPLES_FOLDER
    for folder in (beside, installed):
        if folder.is_dir():
            return folder
    raise SourceError(
        EXAMPLES_FOLDER,
        "The example articles were not installed. Add articles of your own with `footnote ingest`.",
    )
