#!/usr/bin/env bash
# anyio 4.16.0: cancelling the future of a blocking portal's task cancels every await of its cleanup.
#
# Guess before: like asyncio's `task.cancel()`, `future.cancel()` raises CancelledError once, at the await that is
# under way; a `finally` may then await, as closing an HTTP stream does.
# Seen: the task runs in a cancel scope, and anyio's cancellation is level-triggered: each await of the `finally` is
# cancelled anew, so an asynchronous cleanup that is not shielded never gets done, and nothing says so.
# asyncio's own cancel leaves three awaits of the same coroutine to finish.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet anyio==4.16.0
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import threading

from anyio.from_thread import start_blocking_portal

begun, steps = threading.Event(), []


async def work() -> None:
    try:
        begun.set()
        await asyncio.sleep(60)
    finally:
        for _ in range(3):
            try:
                await asyncio.sleep(0)
                steps.append("finished")
            except asyncio.CancelledError:
                steps.append("cancelled")


async def with_asyncio() -> None:
    task = asyncio.ensure_future(work())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])


asyncio.run(with_asyncio())
print("asyncio, task.cancel():  ", steps)
assert steps == ["finished"] * 3, steps

steps.clear()
begun.clear()
with start_blocking_portal() as portal:
    future = portal.start_task_soon(work)
    assert begun.wait(10)
    future.cancel()
print("portal, future.cancel(): ", steps)
assert steps == ["cancelled"] * 3, steps
PYTHON
