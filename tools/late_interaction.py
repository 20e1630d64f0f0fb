"""The model for answers in torch: a question and a text read apart, then held against each other.

The lower half of multilingual-e5-small stays as it is, in 8 bits, so that it is shared with the embedder; the
upper half and what holds the tokens against each other are learned. It begins as likeness: the small network
adds nothing at first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import torch
from e5_graph import CENTRE, LOWER
from e5_package import LAYERS, whole
from entailment_model import Layer
from minilm_reference import WIDTH
from onnxruntime import InferenceSession
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from e5_package import Package
    from minilm_reference import Array

GROUP = 16
"""Texts of about one length that are run together."""
BEGUN = (40.0, 10.0, -0.9)
"""What the cosine and MaxSim are worth on the scale of logits, and what lies in the middle of cosines."""
_MATRICES = {"qkv": None, "out": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
_NORMS = {"out_norm": "attention.output.LayerNorm", "down_norm": "output.LayerNorm"}


class LateInteraction(nn.Module):
    """Reads texts one by one; `held` gives the logit of every text for every question."""

    def __init__(self, package: Package, folder: Path) -> None:
        """Begin with the weights of a package; the lower half is that of a folder."""
        super().__init__()
        self._words = package.words
        self._lower = InferenceSession(folder / "lower.onnx", providers=["CPUExecutionProvider"])
        self.layers = nn.ModuleList(Layer() for _ in range(LOWER, LAYERS))
        self._learn_layers(package.weights)
        self.mix, self.bias = nn.Parameter(torch.tensor(BEGUN)), nn.Parameter(torch.tensor(0.0))
        self.h1, self.h2 = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.h2.weight)
        nn.init.zeros_(self.h2.bias)

    def lower(self, every: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Return the tokens of each text, given by its pieces, as the lower half sees them, in 16 bits."""
        rows = (whole(self._words[[*ids]]).astype(np.float32)[np.newaxis] for ids in every)
        return [torch.tensor(self._lower.run(None, {"words": each})[0][0]).half() for each in rows]

    def upper(self, tokens: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """Return the tokens of each text as the upper half sees them."""
        return _in_groups(tokens, self.layers)

    def held(self, questions: Sequence[torch.Tensor], texts: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the logits of all texts for all questions, shape (questions, texts)."""
        (asked, own), (told, theirs) = _filled(questions), _filled(texts)
        mean, other = (
            (each * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            for each, mask in ((asked, own), (told, theirs))
        )
        one, two = functional.normalize(mean, dim=-1), functional.normalize(other, dim=-1)
        near = torch.einsum(
            "aid,bjd->abij", functional.normalize(asked, dim=-1), functional.normalize(told, dim=-1)
        )
        near = near.masked_fill(theirs[None, :, None, :] == 0, -1).max(-1).values
        likest = (near * own[:, None, :]).sum(-1) / own.sum(1)[:, None]
        first, second = one[:, None, :], two[None, :, :]
        seen = [first * second * WIDTH**0.5, (first - second).abs() * WIDTH**0.5]
        seen.append((mean / 2)[:, None, :].expand(-1, len(texts), -1))
        judged: torch.Tensor = self.h2(torch.tanh(self.h1(torch.cat(seen, -1)))).squeeze(-1)
        cosine = self.mix[0] * (one @ two.T + self.mix[2])
        return cosine + self.mix[1] * (likest - CENTRE) + self.bias + judged

    def learn(self, weights: Mapping[str, Array]) -> None:
        """Take over weights that `stored` has given."""
        self._learn_layers(weights)
        with torch.no_grad():
            for name, own in self.named_parameters():
                if name in weights:
                    own.copy_(_tensor(weights[name]))

    def _learn_layers(self, weights: Mapping[str, Array]) -> None:
        with torch.no_grad():
            for at, layer in enumerate(self.layers, LOWER):
                for own, name in (_MATRICES | _NORMS).items():
                    for part in ("weight", "bias"):
                        names = [name] if name else [f"attention.self.{each}" for each in _QKV]
                        every = [_tensor(weights[f"encoder.layer.{at}.{each}.{part}"]) for each in names]
                        getattr(getattr(layer, own), part).copy_(torch.cat(every))

    def stored(self) -> dict[str, Array]:
        """Return the weights that were learned, in the names that the graph knows them by."""
        found = {"mix": self.mix, "bias": self.bias}
        for part in ("weight", "bias"):
            found |= {f"{name}.{part}": getattr(getattr(self, name), part) for name in ("h1", "h2")}
            for at, layer in enumerate(self.layers, LOWER):
                for own, name in (_MATRICES | _NORMS).items():
                    value = getattr(getattr(layer, own), part)
                    names = [name] if name else [f"attention.self.{each}" for each in _QKV]
                    for each, rows in zip(names, value.chunk(len(names)), strict=True):
                        found[f"encoder.layer.{at}.{each}.{part}"] = rows
        return {name: value.detach().double().numpy() for name, value in found.items()}

    def ranges(self, tokens: Sequence[torch.Tensor]) -> dict[str, Array]:
        """Return the largest input of every product, for each channel: what the 8 bits are fitted to."""
        found: dict[str, Array] = defaultdict(lambda: np.zeros(1))
        hooks = []
        for at, layer in enumerate(self.layers, LOWER):
            for own in _MATRICES:

                def note(_: nn.Module, given: tuple[torch.Tensor], name: str = f"{at}.{own}") -> None:
                    largest = given[0].detach().abs().reshape(-1, given[0].shape[-1]).max(0).values
                    found[name] = np.maximum(found[name], largest.double().numpy())

                hooks.append(getattr(layer, own).register_forward_pre_hook(note))
        with torch.no_grad():
            for each in tokens:
                self.upper([each])
        for hook in hooks:
            hook.remove()
        return dict(found)


_QKV = ("query", "key", "value")


def _in_groups(texts: Sequence[torch.Tensor], layers: Sequence[nn.Module]) -> list[torch.Tensor]:
    """Run layers over texts; those of about one length are run together."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found: list[torch.Tensor] = [torch.empty(0)] * len(texts)
    for start in range(0, len(order), GROUP):
        places = order[start : start + GROUP]
        tokens, mask = _filled([texts[place].float() for place in places])
        hidden = ((1 - mask) * -1e4)[:, None, None, :]
        for layer in layers:
            tokens = layer(tokens, hidden)
        for row, place in enumerate(places):
            found[place] = tokens[row, : len(texts[place])]
    return found


def _filled(texts: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return tokens of texts filled up to the longest, and a mask that is 1 where there are some."""
    length = max(map(len, texts))
    mask = torch.tensor([[1.0] * len(each) + [0.0] * (length - len(each)) for each in texts])
    return torch.stack([functional.pad(each, (0, 0, 0, length - len(each))) for each in texts]), mask


def _tensor(values: Array) -> torch.Tensor:
    return torch.tensor(np.asarray(values), dtype=torch.float32)
