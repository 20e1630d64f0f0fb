"""rapidocr: the text of a picture, recognised on this machine by models that its package carries (OCR).

An extra (`footnote[ocr]`): without it pages that are pictures are told and not read.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.common.reading_order import Box, in_reading_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PARAGRAPH = 0.9  # of a line's height: a wider gap parts paragraphs
_SETTINGS: dict[str, Any] = {
    "Global.log_level": "critical",
    "Global.use_cls": False,  # pages stand upright
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # two took half as much again in all
}


def can_recognise() -> bool:
    """Say whether what text recognition needs is installed."""
    return find_spec("rapidocr") is not None


class Recogniser:
    """Reads pictures; making one loads the models, which takes a second."""

    def __init__(self) -> None:
        import rapidocr

        # Named by its path, a model is never looked for on the network.
        models = Path(rapidocr.__file__).parent / "models"
        paths = {
            f"{part}.model_path": str(next(models.glob(f"*_{part.lower()}_*.onnx")))
            for part in ("Det", "Rec")
        }
        self._engine = rapidocr.RapidOCR(params=_SETTINGS | paths)

    def text(self, picture: NDArray[np.uint8]) -> str:
        """Return the text of a picture (height, width, 3) in reading order, a line for each of its lines."""
        read: Any = self._engine(picture)
        if read.boxes is None or read.txts is None:
            return ""
        boxes = [
            Box(
                float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max())
            )
            for box in read.boxes
        ]
        return joined_lines(boxes, read.txts)


def joined_lines(boxes: list[Box], texts: list[str] | tuple[str, ...]) -> str:
    """Join lines in the order in which their boxes are read; a wide gap between two parts paragraphs."""
    found, before = "", None
    for place in in_reading_order(boxes):
        box = boxes[place]
        if before is not None:
            same_row = box.top < before.bottom - before.height / 2 and box.left >= before.right
            apart = box.top < before.top or box.top - before.bottom > _PARAGRAPH * before.height
            found += " " if same_row else "\n\n" if apart and box.top >= before.top else "\n"
        found += texts[place].strip()
        before = box
    return found
