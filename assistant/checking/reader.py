"""Who reads whether a text carries a statement: the bundled model, or a classifier that the settings name.

None of the others comes with Footnote. The package that runs it is installed by the user, and the model is
downloaded by that package to the user's machine the first time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.checking.heads import head_of
from assistant.settings import answer_settings
from ingest import SettingsError, bundled_entailment, entailment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.checking.heads import PairReading

_PACKAGES = ("fastembed", "sentence-transformers")


class Reader(Protocol):
    """A model that reads a text and a statement together."""

    def read(self, pairs: Sequence[tuple[str, str]], /) -> list[PairReading]:
        """Return for each statement and text whether the text carries, denies or doesn't say it."""
        ...

    def load(self) -> None:
        """Load the model ahead of its first use."""


class Classifier(Protocol):
    """A model of one of the packages: `labels` are those of its outputs, in their order."""

    labels: Sequence[str]

    def logits(self, pairs: Sequence[tuple[str, str]], /) -> Sequence[Sequence[float]]:
        """Return the outputs, before any softmax, for each text and statement."""
        ...


class BundledReader:
    """The bundled cross-encoder."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[PairReading]:
        """Return what the texts say of the statements."""
        return [(float(one), float(two), float(three)) for one, two, three in entailment(pairs)]

    def load(self) -> None:
        """Load the model ahead of its first use."""
        bundled_entailment().load()


class NamedReader:
    """A classifier of a package; its labels are understood when it is made."""

    def __init__(self, model: str, classifier: Classifier) -> None:
        self._model, self._classifier = model, classifier
        self._head = head_of(model, classifier.labels)

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[PairReading]:
        """Return what the texts say of the statements.

        Raises:
            SettingsError: the model can't be used.
        """
        if not pairs:
            return []
        try:
            found = self._classifier.logits([(text, statement) for statement, text in pairs])
            logits = np.asarray(found, dtype=np.float64)
        except Exception as error:  # whatever the package raises
            raise SettingsError(
                f"The model {self._model} that FOOTNOTE_CHECKER names could not read a statement "
                f"({type(error).__name__}). Choose a classifier of pairs of texts, or leave it empty."
            ) from error
        return self._head.readings(logits)

    def load(self) -> None:
        """Do nothing: it was loaded when it was made."""


_BUNDLED = BundledReader()


def reader() -> Reader:
    """Return the model that the settings name, else the bundled one.

    Raises:
        SettingsError: as `load_reader` does.
    """
    return load_reader(answer_settings().checker) or _BUNDLED


def load_reader(name: str) -> Reader | None:
    """Return the classifier that is named as package:model; None for an empty name.

    Raises:
        SettingsError: the name has another form, the package is not installed or can't load the model, or the
            model's labels don't say what they mean.
    """
    return _load(name.strip()) if name.strip() else None


@cache
def _load(name: str) -> Reader:
    package, _, model = name.partition(":")
    if package not in _PACKAGES or not model:
        raise SettingsError(
            f"FOOTNOTE_CHECKER={name} names no model. Write package:model, for example "
            "sentence-transformers:cross-encoder/nli-deberta-v3-base; packages are "
            + " and ".join(_PACKAGES)
            + "."
        )
    try:
        classifier = _classifier(package, model)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"FOOTNOTE_CHECKER needs the package {package}, which is not installed. "
            f"Run `pip install {package}` in Footnote's environment, or leave the setting empty."
        ) from error
    except Exception as error:  # whatever the package raises for a model that it can't fetch or read
        raise SettingsError(
            f"The model {model} could not be loaded by {package} ({type(error).__name__}). Check its name "
            "and, the first time, that this machine may download it; or leave FOOTNOTE_CHECKER empty."
        ) from error
    return NamedReader(model, classifier)


def _classifier(package: str, model: str) -> Classifier:
    if package == "fastembed":
        from assistant.checking.classifier_fastembed import FastembedClassifier

        return FastembedClassifier(model)
    from assistant.checking.classifier_transformers import TransformersClassifier

    return TransformersClassifier(model)
