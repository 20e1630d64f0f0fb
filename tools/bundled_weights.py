"""The weights of a bundled cross-encoder in floating point, so that it can learn on from where it is.

Some channels of values were divided by a factor before rounding and their weights multiplied (pair_graph.py);
what is read has the factor in the weights again, or on both sides of a product where it was moved from one
to the other. So it computes what the graph does, but for what the rounding of values adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import load, numpy_helper
from pair_graph import PARTS, WORDS, table_of

if TYPE_CHECKING:
    from pathlib import Path

    from minilm_reference import Array


def bundled_weights(model: Path) -> dict[str, Array]:
    """Return the weights under the names that they have in training, outputs × inputs."""
    stored = {
        each.name: numpy_helper.to_array(each).astype(np.float64) for each in load(model).graph.initializer
    }
    beside = model.with_name(WORDS.name)
    found = {
        "embeddings.word_embeddings.weight": table_of(beside if beside.exists() else WORDS)
        * stored["words.scale"],
        "embeddings.position_embeddings.weight": stored["places"],
        "embeddings.token_type_embeddings.weight": stored["kinds.table"],
    }
    for name in ("pooler.dense", "head"):
        found[f"{name}.weight"], found[f"{name}.bias"] = stored[f"{name}.weight"].T, stored[f"{name}.bias"]
    norms = ["embeddings"]
    layer = 0
    while f"{layer}.query.weight" in stored:
        prefix = f"encoder.layer.{layer}"
        names = {part: f"{prefix}.attention.self.{part}" for part in PARTS}
        names |= {
            "out": f"{prefix}.attention.output.dense",
            "up": f"{prefix}.intermediate.dense",
            "down": f"{prefix}.output.dense",
        }
        for own, name in names.items():
            shared = f"{layer}.qkv" if own in PARTS else f"{layer}.{own}"
            rows = (stored[f"{layer}.{own}.weight"] * stored[f"{layer}.{own}.scale"]).T
            found[f"{name}.weight"] = rows * stored.get(f"{shared}.factor", 1.0)
            found[f"{name}.bias"] = stored[f"{layer}.{own}.bias"]
        norms += [f"{prefix}.attention.output", f"{prefix}.output"]
        layer += 1
    for name in norms:
        for part in ("weight", "bias"):
            found[f"{name}.LayerNorm.{part}"] = stored[f"{name}.{part}"]
    return found
