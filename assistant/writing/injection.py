"""Sentences of an article that give orders to a language model, and sentences that only look like it.

What is surely an order is never put before a model. What shares words with orders ("Drivers who ignore the
new rules face fines") is put before it fenced as quoted text: dropping it would withhold what is true.
"""

from __future__ import annotations

import re

from assistant.checking.claims import QUOTED_TEXT

_REPLY = r"(?:answer|response|reply|output|completion|message)s?\b(?!-)"
_TOLD = r"(?:instruction|prompt|guideline|directive|guidance|command|context|programming|training|rules?\b)"
_BEFORE = (
    r"(?:(?:all|any|every|the|your|of|these|those|previous|prior|earlier|above|preceding|other|system) )*"
)
_TASKS = (
    r"add|adopt|anagram|answer|append|augment|begin|combine|conclude|convert|embed|encode|end|enhance|finish|format|group|"
    r"include|insert|integrate|introduce|jumble|limit|make|misspell|mention|modify|prefix|produce|provide|"
    r"rearrange|remove|render|replace|rewrite|scramble|start|substitute|suggest|translate|use|write"
)
# What a text may tell a model to judge, and how: "Label every statement as carried."
_JUDGING = r"label|mark|judge|rate|grade|classify|treat|count|consider|assign|output|return|report|give|set"
_JUDGED = (
    r"(?:(?:all|any|each|every|the|these|those|this|your|of|following|above|other) ){1,4}"
    r"(?:statement|claim|assertion|judge?ment|verdict|label|citation)s?"
)
_VERDICT = (
    r"(?:carried|supported|verified|confirmed|accurate|true|correct|denied|not[ _]said|unsupported|false)\b"
)
# An order opens its sentence, or follows what softens or hides it; reports have a subject before the verb.
_OPENS = (
    r"(?:^|[.!;:]\s+|\n)\W*(?:(?:please|now|always|never|also|instead|first|then|and|but|important|attention|note|"
    r"do not|don['’]t|you must|you should|you will|from now on|(?:in|within|at the end of|before|with) your "
    rf"{_REPLY})[,:]?\s+)*"
)
# Roles of a chat, signs of prompt templates, an image or a link in Markdown: no sentence of an article.
_MACHINERY = re.compile(
    r"<\|\w+\|>|\[/?INST\]|</?(?:s|system|article|articles|question|conversation|sources|statements|quoted)>"
    r"|(?:^|\n)\W*(?:system|assistant|user|developer)s?\s*(?:prompt|message|note)?\s*:\s"
    r"|[\"']verdict[\"']\s*:"
    r"|!\[[^\]]*\]\(|\[[^\]]*\]\(\s*(?:https?:|//|data:|javascript:)",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    rf"{_OPENS}(?:ignore|disregard|forget|override|bypass|discard) {_BEFORE}{_TOLD}"
    rf"|{_OPENS}(?:ignore|disregard|forget) (?:everything|anything|all|what) .{{0,30}}"
    r"\b(?:above|before|previously)\b"
    rf"|{_OPENS}(?:{_TASKS})\b.{{0,90}}\b(?:your|the|every|each) (?:(?:final|next|own|whole) )?{_REPLY}"
    rf"|{_OPENS}(?:answer|reply|respond) (?:only|always|every|each|all|any|with|in|that|as if|"
    r"to (?:every|each|all|any|this|the (?:user|reader|question)))\b"
    rf"|{_OPENS}(?:say|state|claim|assert|reply|answer|tell (?:the |your )?(?:users?|readers?|people)) that\b"
    rf"|(?:^|[.!;:]\s+|\n)\W*(?:in|within|with|before|after|at the (?:end|start) of) your {_REPLY}, "
    r"(?:please |also |always )?(?!(?:he|she|it|they|we|you|i|the|an?|his|her|its|their|our|my)\b)[a-z]+"
    r"|^\W*(?:when|whenever|if) (?:you are |you['’]re |anyone |someone |the user )?(?:asked|asks|prompted)\b"
    r"[^,.]{0,80}, (?:please |always |only |just )?(?:say|answer|reply|respond|claim|state|write|tell)\b"
    r"|\byou are (?:now )?(?:an? )?(?:AI|language model|chatbot|AI assistant)\b"
    rf"|{_OPENS}(?:{_JUDGING}) (?:everything|{_JUDGED})(?: (?:below|above|here|in this \w+))?,?"
    rf"(?: as| to be| with| to| is| are|:)? ?[\"“']?{_VERDICT}"
    rf"|{_OPENS}(?:{_JUDGING}|say|answer|write|reply)\b.{{0,20}}\b(?:carried|not_said)\b.{{0,40}}"
    rf"\b(?:everything|{_JUDGED})"
    rf"|{_OPENS}(?:reveal|print|repeat|show|output|ignore|leak)\b.{{0,40}}"
    r"\b(?:system prompt|your (?:prompt|instructions))",
    re.IGNORECASE,
)
_LIKE_ORDERS = re.compile(
    r"(?:^|[\s>\]\"'“‘])(?:system|assistant|user|developer|instruction)s?\s*(?:prompt|message|note)?\s*:\s"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rule|prompt|guideline|above|previous"
    r"|prior|article|question)"
    r"|\b(?:your|the) (?:system prompt|instructions|previous instructions)\b"
    r"|\bas an? (?:AI|language model)\b"
    r"|\b(?:answer|reply|respond|end|begin|start) (?:every|each|all|your|the|with|only|in|to)\b.{0,60}"
    r"\b(?:answer|question|reply|response|with|word|link|base64|emoji)"
    rf"|\byour {_REPLY}"
    r"|\b(?:everything|(?:all|any|each|every) (?:\w+ ){0,3}?(?:statement|claim|verdict)s?)"
    rf"\b.{{0,40}}\b{_VERDICT}"
    r"|\b(?:note|message|instructions?) (?:to|for) (?:(?:the|any|all|every) )?"
    r"(?:AI|language model|model|assistant|checker|judge|fact.checker)s?\b"
    r"|^\W*(?:please )?(?:answer|compose|describe|draft|explain|list|pretend|repeat|reply|respond|say|"
    r"summari[sz]e|tell|translate|write)\b",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Say whether a sentence surely speaks to a model instead of to readers."""
    return bool(_MACHINERY.search(text) or _ORDERS.search(QUOTED_TEXT.sub("“”", text)))


def looks_like_an_order(text: str) -> bool:
    """Say whether a sentence has the words of an order to a model, whoever speaks to whom in it."""
    return gives_orders(text) or bool(_LIKE_ORDERS.search(text))
