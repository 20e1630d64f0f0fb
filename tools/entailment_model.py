"""A cross-encoder in torch, as the check's and that for relevance are trained: two texts in, logits out."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
import torch
from minilm_reference import EPSILON, WIDTH, layers_of
from minilm_reference import HEADS as ATTENTION_HEADS
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from minilm_reference import Array
    from tokenizers import Tokenizer

LABELS = 3
"""What comes out for the check: the logits of carried, denied and not said, in this order."""
FROZEN = 3
"""Layers that stay as they are: the lowest tell words apart, and learning takes a fifth less time without
them."""
DROPOUT = 0.1
"""Share of what the head reads that is left out in training."""
MASKED = -1e9
GROUP = 8
"""Pairs of about one length that are run together."""

_PARTS = {  # of a layer, in the names of the file that the weights come from
    "out": "attention.output.dense",
    "out_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "down_norm": "output.LayerNorm",
}
_MATRICES = {"qkv": "qkv", "out": "out", "up": "up", "down": "down"}


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.out_norm, self.down_norm = (nn.LayerNorm(WIDTH, eps=EPSILON) for _ in range(2))

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the tokens as they are seen beside the others."""
        pairs, length, _ = tokens.shape
        seen = self.qkv(tokens).view(pairs, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        query, key, value = seen  # written out: at 32 channels a head this takes less time than the library's
        weights = torch.softmax(query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5 + mask, -1)
        mixed = self.out((weights.to(value.dtype) @ value).transpose(1, 2).reshape(pairs, length, WIDTH))
        tokens = self.out_norm(tokens + mixed)
        return self.down_norm(tokens + self.down(functional.gelu(self.up(tokens))))


class CrossEncoder(nn.Module):
    """Reads two texts together. The table of words stays as it is: what is learned is how they are read."""

    def __init__(self, weights: Mapping[str, Array], outputs: int = LABELS) -> None:
        super().__init__()
        self.words, self.places, self.kinds = (
            nn.Embedding.from_pretrained(
                _tensor(weights[f"embeddings.{name}_embeddings.weight"]), freeze=name == "word"
            )
            for name in ("word", "position", "token_type")
        )
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        for table in (self.places, self.kinds, self.norm):
            table.requires_grad_(requires_grad=False)
        self.layers = nn.ModuleList(Layer() for _ in range(layers_of(weights)))
        self.pooler, self.head = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, outputs)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            for name, own in self._named().items():
                if name in weights and weights[name].shape == own.shape:
                    own.copy_(_tensor(weights[name]))
            for at, layer in enumerate(self.layers):
                for part in ("weight", "bias"):
                    names = (
                        f"encoder.layer.{at}.attention.self.{each}.{part}"
                        for each in ("query", "key", "value")
                    )
                    getattr(layer.qkv, part).copy_(torch.cat([_tensor(weights[name]) for name in names]))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the logits of each pair; `mask` is 1 for tokens and 0 for what fills up a row."""
        return self.judge(self.read(ids, kinds, mask))

    def read(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the tokens as the last layer sees them, shape (pairs, length, width)."""
        tokens = self.norm(
            self.words(ids) + self.places(torch.arange(ids.shape[1]))[None] + self.kinds(kinds)
        )
        hidden = torch.where(mask.bool(), 0.0, MASKED)[:, None, None, :]
        hidden = hidden.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else hidden
        for at, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and at >= FROZEN):
                tokens = layer(tokens, hidden)
        return tokens

    def judge(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return the logits that the head gives the first token of each pair."""
        scores: torch.Tensor = self.head(
            functional.dropout(torch.tanh(self.pooler(tokens[:, 0])), DROPOUT, self.training)
        )
        return scores

    def stored(self) -> dict[str, Array]:
        """Return the weights in the names of the file that they come from."""
        found = dict(self._named())
        found |= {
            "embeddings.word_embeddings.weight": self.words.weight,
            "embeddings.position_embeddings.weight": self.places.weight,
            "embeddings.token_type_embeddings.weight": self.kinds.weight,
        }
        for at, layer in enumerate(self.layers):
            for part in ("weight", "bias"):
                thirds = getattr(layer.qkv, part).chunk(3)
                for each, third in zip(("query", "key", "value"), thirds, strict=True):
                    found[f"encoder.layer.{at}.attention.self.{each}.{part}"] = third
        return {name: value.detach().double().numpy() for name, value in found.items()}

    def _named(self) -> dict[str, torch.Tensor]:
        modules: dict[str, nn.Module] = {
            "embeddings.LayerNorm": self.norm,
            "pooler.dense": self.pooler,
            "head": self.head,
        }
        for at, layer in enumerate(self.layers):
            modules |= {f"encoder.layer.{at}.{name}": getattr(layer, own) for own, name in _PARTS.items()}
        return {
            f"{name}.{part}": getattr(module, part)
            for name, module in modules.items()
            for part in ("weight", "bias")
        }

    def ranges(self, pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer) -> dict[str, Array]:
        """Return the largest input of every product, for each channel: what the 8 bits are fitted to."""
        found: dict[str, Array] = defaultdict(lambda: np.zeros(1))
        hooks = []
        for at, layer in enumerate(self.layers):
            for own in _MATRICES:

                def note(_: nn.Module, given: tuple[torch.Tensor], name: str = f"{at}.{own}") -> None:
                    largest = given[0].detach().abs().reshape(-1, given[0].shape[-1]).max(0).values
                    found[name] = np.maximum(found[name], largest.double().numpy())

                hooks.append(getattr(layer, own).register_forward_pre_hook(note))
        with torch.no_grad():
            for pair in pairs:
                self(*filled([pair], tokenizer, 256))
        for hook in hooks:
            hook.remove()
        return dict(found)


def filled(
    pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, longest: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, kinds and mask of pairs, filled up to the length of the longest and cut at `longest`."""
    read = tokenizer.encode_batch(list(pairs))
    length = min(longest, max(len(each.ids) for each in read))
    ids, kinds, mask = (torch.zeros(len(read), length, dtype=torch.long) for _ in range(3))
    for row, each in enumerate(read):
        until = min(length, len(each.ids))
        ids[row, :until] = torch.tensor(each.ids[:until])
        kinds[row, :until] = torch.tensor(each.type_ids[:until])
        mask[row, :until] = 1
    return ids, kinds, mask


def scored(
    model: CrossEncoder, pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, longest: int
) -> torch.Tensor:
    """Return the logits of each pair, shape (pairs, outputs); pairs of about one length are run together."""
    lengths = [len(each.ids) for each in tokenizer.encode_batch(list(pairs))]
    order = sorted(range(len(pairs)), key=lambda place: lengths[place])
    parts = []
    with precision():  # one context, so that the weights are rounded once
        for start in range(0, len(order), GROUP):
            some = [pairs[place] for place in order[start : start + GROUP]]
            parts.append(model(*filled(some, tokenizer, longest)).float())
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back]


def precision() -> AbstractContextManager[object]:
    """Return a context in which products take 16 bits, where the processor has them: elsewhere 32 are faster.

    With AMX 16 bits take a fifth of the time, without either they take four times as long.
    """
    known = torch.cpu.get_capabilities()
    if known.get("amx_bf16") or known.get("avx512_bf16"):
        return torch.autocast("cpu", torch.bfloat16)
    return nullcontext()


def _tensor(values: Array) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)
