#!/usr/bin/env bash
# onnxruntime 1.31.1: in a dynamically quantized model a row's result depends on the other rows of its batch.
#
# Guess before: a linear layer treats each row of a batch on its own; batching changes the last digit of a float at
# most. An 8-bit model is coarser, and as coarse for a row alone as for the same row among others.
# Seen: quantize_dynamic() puts one DynamicQuantizeLinear before each layer, whose scale is of the whole tensor: the
# largest number in any row sets the steps for all. Next to a row whose numbers are 50 times as large, the values
# of a row are rounded to a few steps and its result turns by many degrees. The same text embedded alone, or in
# another batch, gets another vector; order and batch size become part of an index.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxruntime==1.31.1 onnx==1.23.2 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import logging

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

logging.disable(logging.WARNING)
random = np.random.default_rng(0)
weights = random.normal(size=(64, 64)).astype(np.float32)
graph = helper.make_graph(
    [helper.make_node("MatMul", ["rows", "weights"], ["out"])],
    "layer",
    [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["batch", 64])],
    [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["batch", 64])],
    [numpy_helper.from_array(weights, "weights")],
)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), "float.onnx")
quantize_dynamic("float.onnx", "int8.onnx", weight_type=QuantType.QUInt8)

row = random.normal(size=(1, 64)).astype(np.float32)
like = random.normal(size=(1, 64)).astype(np.float32)
large = 50 * like


def degrees(model: str, *others: np.ndarray) -> float:
    """Return the angle between a row's result alone and beside other rows."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    alone = session.run(None, {"rows": row})[0][0]
    beside = session.run(None, {"rows": np.concatenate([row, *others])})[0][0]
    cosine = alone @ beside / np.linalg.norm(alone) / np.linalg.norm(beside)
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


for model in ("float.onnx", "int8.onnx"):
    angles = degrees(model, like), degrees(model, large)
    print(f"  {model:10} beside a row like it {angles[0]:6.2f}°, beside a large one {angles[1]:6.2f}°")
assert degrees("float.onnx", large) < 0.1
assert degrees("int8.onnx", like) > 0.01
assert degrees("int8.onnx", large) > 10
PYTHON
