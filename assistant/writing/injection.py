"""Sentences of an article that give orders to a language model: never put before one."""

from __future__ import annotations

import re

# What speaks to a model and not to readers: roles of a chat, rules to be ignored, what to write or to hide,
# how to encode it. A report about such sentences loses them in written answers only; quotations keep them.
_ORDERS = re.compile(
    r"(?:^|[\s>\]\"'“‘])(?:system|assistant|user|developer|instruction)s?\s*(?:prompt|message|note)?\s*:\s"
    r"|<\|\w+\|>|\[/?INST\]|</?(?:s|system|article|articles|question|conversation|sources)>"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rule|prompt|guideline|above|previous"
    r"|prior|article|question)"
    r"|\b(?:your|the) (?:system prompt|instructions|previous instructions)\b"
    r"|\byou are (?:now )?(?:an? )?(?:AI|language model|chatbot|assistant)\b"
    r"|\bas an? (?:AI|language model)\b"
    r"|\b(?:answer|reply|respond|end|begin|start) (?:every|each|all|your|the|with|only|in|to)\b.{0,60}"
    r"\b(?:answer|question|reply|response|with|word|link|base64|emoji)"
    r"|!\[[^\]]*\]\(|\[[^\]]*\]\(\s*(?:https?:|//|data:|javascript:)",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Say whether a sentence speaks to a model instead of to readers."""
    return bool(_ORDERS.search(text))
