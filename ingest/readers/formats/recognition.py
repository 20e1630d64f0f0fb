"""rapidocr: the text of a picture, recognised on this machine by models that its package carries (OCR).

An extra (`footnote[ocr]`): without it pages that are pictures are told and not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.readers.common.reading_order import Box, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_PARAGRAPH = 0.9  # of a line's height: a wider gap parts paragraphs
_SURE = 0.8  # mean score of lines; pages upright, with noise or at 70 dots an inch, had .90, others .68
_READABLE = 0.75
_SETTINGS: dict[str, Any] = {
    "Global.log_level": "critical",
    "Global.use_cls": False,  # whole pages are turned, where lines are not made out
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # two took half as much again in all
}


def can_recognise() -> bool:
    """Say whether what text recognition needs is installed."""
    return find_spec("rapidocr") is not None


@dataclass(frozen=True, slots=True)
class RecognisedLines:
    """The lines of a picture: the four corners of each, its text, and how sure the model is of it."""

    corners: list[NDArray[np.float32]]
    texts: tuple[str, ...]
    scores: tuple[float, ...]

    @property
    def sureness(self) -> float:
        """Return the mean of the scores, each sign once."""
        signs = sum(map(len, self.texts))
        return (
            sum(len(text) * score for text, score in zip(self.texts, self.scores, strict=True)) / signs
            if signs
            else 0
        )

    @property
    def are_vertical(self) -> bool:
        """Say whether most lines run up or down the picture."""
        tall = sum(abs(line[1] - line[0]).sum() < abs(line[3] - line[0]).sum() for line in self.corners)
        return bool(tall * 2 > len(self.corners))

    def boxes(self) -> list[Box]:
        """Return where the lines would stand if the page had been laid straight."""
        edges = [line[1] - line[0] for line in self.corners]
        slope = float(np.median([np.arctan2(across[1], across[0]) for across in edges])) if edges else 0
        turn = np.array([[np.cos(slope), -np.sin(slope)], [np.sin(slope), np.cos(slope)]])
        straight = [line @ turn for line in self.corners]
        return [Box(*map(float, (*line.min(axis=0), *line.max(axis=0)))) for line in straight]


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
        lines = upright_lines(picture, self._lines)
        return joined_lines(lines.boxes(), lines.texts)

    def _lines(self, picture: NDArray[np.uint8]) -> RecognisedLines:
        read: Any = self._engine(picture)
        if read.boxes is None or read.txts is None:
            return RecognisedLines([], (), ())
        return RecognisedLines(list(read.boxes), tuple(read.txts), tuple(read.scores))


def upright_lines(
    picture: NDArray[np.uint8], read: Callable[[NDArray[np.uint8]], RecognisedLines]
) -> RecognisedLines:
    """Return the lines of a page, turned where it lies on its side or stands on its head.

    What can't be made out either way is no text.
    """
    lines = read(picture)
    turns = (1, 3) if lines.are_vertical else (2,)
    for turn in turns if lines.texts and (lines.are_vertical or lines.sureness < _SURE) else ():
        turned = read(np.ascontiguousarray(np.rot90(picture, turn)))
        lines = max(lines, turned, key=lambda one: (not one.are_vertical, one.sureness))
        if lines.sureness >= _SURE:
            break
    return lines if lines.sureness >= _READABLE else RecognisedLines([], (), ())


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
