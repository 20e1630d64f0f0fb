"""Training of a cross-encoder in torch: AdamW over batches, with a rate that a function of the step sets."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import nn

DECAY = 0.01
"""Weight decay of the matrices; biases and norms have none."""
LONGEST_GRADIENT = 1.0
TOLD_EVERY = 25
"""Steps after which the mean loss is printed."""


def go_through(
    model: nn.Module,
    loss_of_step: Callable[[int], torch.Tensor],
    *,
    steps: int,
    rate: float,
    share: Callable[[int], float],
    faster: Mapping[str, float] | None = None,
) -> None:
    """Take `steps` steps down the loss of each; `share` says what part of `rate` a step has.

    `faster` has, for names that parameters begin with, how many times the rate they learn at.
    """
    grouped: dict[tuple[float, float], list[torch.Tensor]] = defaultdict(list)
    for name, each in model.named_parameters():
        if each.requires_grad:
            times = next((times for start, times in (faster or {}).items() if name.startswith(start)), 1.0)
            grouped[times, DECAY if each.dim() > 1 else 0.0].append(each)
    groups = [
        {"params": some, "lr": rate * times, "weight_decay": decay}
        for (times, decay), some in grouped.items()
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    model.train()
    mean, started = 0.0, time.monotonic()
    for step in range(steps):
        loss = loss_of_step(step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), LONGEST_GRADIENT)
        optimizer.step()
        schedule.step()
        mean += (loss.item() - mean) * max(0.02, 1 / (step + 1))
        if step % TOLD_EVERY == 0:
            print(f"step {step} of {steps}: loss {mean:.3f}, {time.monotonic() - started:.0f} s", flush=True)
