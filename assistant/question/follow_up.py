"""Follow-up questions: what a question takes from the conversation before it.

"And who was injured?" is asked about what was asked before. What is taken is little, because whatever is
taken competes with the question's own words: the question before, the one that began the conversation
where that is still spoken of, and the names in the last answer (`python -m bench.followups` has the figures).
Nothing is taken by a question that stands by itself (context_need.py); where its words don't tell, the search
does (retrieval/context_choice.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.patterns import names
from assistant.question.context_need import FEW_WORDS, Need, need_of, points_back
from assistant.question.leaning import leaning
from assistant.question.remarks import remark_in
from assistant.question.subjects import ANSWER_READ, subject_of, turns_elsewhere
from ingest import content_stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest import Embedder

NAMES_TAKEN = 6
"""Names of the last answer that a follow-up takes; measured, 4 to 6 come out the same."""

LOOKED_AT = 40
"""Earlier questions that are looked at: what was spoken of before them is not gone back to."""

CONTEXT_WEIGHT = 0.5
"""What a word from the conversation counts beside one of the question's own, in ranking sentences."""

_INSTEAD = re.compile(
    r"^(?:and|but|so|ok|okay|,|\s)*(?:what|how) about (?P<other>[^?.!]+)[?.!\s]*$|"
    r"^and (?P<too>(?:in|at|on|for|from|of|to|by|with) [^?.!]+)[?.!\s]*$|"
    r"^(?P<only>(?:in|at|on|for|from|of|to|by|with) (?!which|what|whose)(?:the )?[^\W_][\w'’-]*)[?.!\s]*$",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_CARRYING = re.compile(r"[^\W_][\w'’&-]*")
_NAMES = re.compile(rf"{_NAME}(?: (?:of |the |de |van |von )?{_NAME})*")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with what it takes from the conversation.

    `search_text` is what keywords look for; `full_text` is the question as one could ask it alone, as far
    as that can be told; `brief` is the question with the words of the earlier ones that carry content, for a
    model that would answer these if it read them, empty where only a name was exchanged; `context` has the
    stems that come from the conversation and not from the question; `asks` is the text whose wording tells
    the kind of answer. `unanswered` is the question that began the subject where none on that was answered,
    and `leaning` the log odds, by its words alone, that the question goes on with it.
    """

    search_text: str
    full_text: str
    context: frozenset[str] = frozenset()
    asks: str = ""
    subject: frozenset[str] = frozenset()
    brief: str = ""
    unanswered: str = ""
    leaning: float = 0.0


def resolve(text: str, history: Sequence[tuple[str, str]]) -> FollowUp:
    """Return a question with what it takes from the earlier questions and answers, oldest first."""
    asked = [
        (" ".join(question.split()), reply)
        for question, reply in history
        if question.strip() and not remark_in(question)
    ][-LOOKED_AT:]
    if not asked or need_of(text) is Need.NOTHING:
        return FollowUp(text, text, asks=text)
    before, reply = asked[-1]
    leans = leaning(text, before)
    instead = _instead(text, before)
    if instead:
        return FollowUp(instead, instead, _taken(instead, text), asks=instead, leaning=leans)
    subject, gone_back = subject_of(text, asked)
    begun = asked[subject.place]
    if gone_back:
        before, reply = begun
    taken = list(dict.fromkeys((begun[0], before)))
    named = list(dict.fromkeys(names(" ".join(reply[:ANSWER_READ].split()))))[:NAMES_TAKEN]
    search_text = " ".join([*taken, text, *named])
    context = _taken(search_text, text)
    named_before = {stem for each in taken for name in names(each) for stem in content_stems(name)}
    return FollowUp(
        search_text,
        " ".join([*taken, text]),
        context,
        asks=_asks(text, before),
        subject=context & named_before,
        brief=" ".join([text, *_carrying([*taken, *named])]),
        unanswered="" if subject.answered or turns_elsewhere(text, subject) else begun[0],
        leaning=leans,
    )


def _carrying(texts: Sequence[str]) -> list[str]:
    """Return the words of texts that carry content, each once, as they are written."""
    words = (word.group() for text in texts for word in _CARRYING.finditer(text))
    return list(dict.fromkeys(word for word in words if content_stems(word)))


def question_vector(text: str, full_text: str, embedder: Embedder) -> NDArray[np.float32]:
    """Return the vector to search with: half the question's own, half with what it takes before it."""
    import numpy as np

    if text == full_text:
        return np.asarray(embedder.embed([text])[0])
    both = embedder.embed([text, full_text]).sum(axis=0)
    return np.asarray(both / max(float(np.linalg.norm(both)), 1e-9), dtype=np.float32)


def weighed(rarity: Mapping[str, float], context: frozenset[str]) -> dict[str, float]:
    """Return the weights of a question's words, those that come from the conversation counting less."""
    return {word: weight * (CONTEXT_WEIGHT if word in context else 1.0) for word, weight in rarity.items()}


def _taken(whole: str, own: str) -> frozenset[str]:
    return frozenset(content_stems(whole)) - frozenset(content_stems(own))


def _asks(text: str, before: str) -> str:
    """Return the wording that tells the kind of answer: "and the others?" asks as the one before did."""
    wording = re.search(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", text, re.IGNORECASE)
    return text if wording or len(text.split()) > 2 * FEW_WORDS else f"{before} {text}"


def _instead(text: str, before: str) -> str | None:
    """Return the question before with a name exchanged: "What about Lisbon?" after one about Porto."""
    found = _INSTEAD.match(text)
    if not found or points_back(text):
        return None
    other = (found["other"] or found["too"] or found["only"]).strip()
    word = "" if found["other"] else other.split(" ", 1)[0].lower()
    old = list(_NAMES.finditer(before, len(before.split(" ", 1)[0])))
    if word:
        old = [item for item in old if before[: item.start()].lower().endswith((f"{word} ", f"{word} the "))]
        other = other.split(" ", 1)[1] if " " in other else other
    if not old or not _NAMES.search(other):
        return None
    last = old[-1]
    return f"{before[: last.start()]}{other}{before[last.end() :]}"
