"""A question with its answer made into a statement, by plain rules: "Who won?" and "Ada" give "Ada won".

The statements are what the cross-encoder learns from, thousands of them; some come out clumsy ("The fire
begin in May."), which the encoder, blind to capitals and used to all kinds of text, is not put off by.
"""

from __future__ import annotations

import re

_AUXILIARY = r"(?:is|are|was|were|has|have|had|can|could|will|would|should|may|might|must)"
_DO = r"(?:did|does|do)"
_ASKING = re.compile(
    r"\b(who|whom|whose|what|which|when|where|why|"
    r"how many|how much|how long|how old|how far|how often|how)\b",
    re.IGNORECASE,
)
_VERB = re.compile(rf"\b(?:{_AUXILIARY}|{_DO})\b", re.IGNORECASE)
_LEADING_VERB = re.compile(rf"({_AUXILIARY}|{_DO})\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
_PARTICIPLE = re.compile(
    r"\w+ed|\w+en|\w+ing|built|made|held|found|known|sold|sent|led|won|lost|set|put|paid|told|taught|brought|"
    r"bought|caught|begun|sung|used|based|located|able|more|less|most|not|due|available|responsible|like|"
    r"similar|part|often|also|still|usually|commonly|generally|originally|first|widely"
)
_PAST = frozenset(
    [
        "won",
        "led",
        "made",
        "took",
        "gave",
        "became",
        "began",
        "wrote",
        "held",
        "ran",
        "sold",
        "sent",
        "came",
        "went",
        "met",
        "lost",
    ]
)
_NOT_VERBS = frozenset(["the", "a", "an", "of", "in", "most", "first"])
_PREPOSITIONS = "in|on|at|by|from|during|since|until|for|to|between|around|about|near|with|as|through|of"
_BEFORE = re.compile(rf"\b({_PREPOSITIONS})\s+(?:the\s+)?$", re.IGNORECASE)
_STRANDED = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "from",
        "for",
        "to",
        "with",
        "of",
        "during",
        "since",
        "through",
        "about",
        "under",
        "into",
        "after",
        "along",
        "against",
    ]
)
_MOST_OF_NOUN = 5
"""Words that the thing asked for has at most: "what political party"."""


def stated(question: str, answer: str, sentence: str = "") -> str | None:
    """Return the statement, if the rules find one; `sentence` says which preposition belongs to it."""
    asked = question.strip().rstrip("?").strip()
    found = _ASKING.search(asked)
    if not found:
        return None
    word, answer = found.group(1).lower(), answer.strip().rstrip(".,")
    lead, preposition = _lead(asked[: found.start()].strip().rstrip(","), _before(sentence, answer))
    if word in {"when", "where"} and not preposition and re.search(r"\d{4}$|^[A-Z]", answer):
        preposition = "in"
    noun, rest = _noun(word, asked[found.end() :].strip())
    told = _told(word, rest, _filled(word, noun, answer), preposition)
    if not told:
        return None
    whole = re.sub(r"\s+", " ", f"{lead} {told}").strip()
    return whole[0].upper() + whole[1:] + "."


def _before(sentence: str, answer: str) -> str:
    """Return the preposition that stands before the answer in the sentence."""
    place = sentence.lower().find(answer.lower())
    found = _BEFORE.search(sentence[:place]) if place >= 0 else None
    return found.group(1).lower() if found else ""


def _lead(head: str, preposition: str) -> tuple[str, str]:
    """Split what stands before the asking word into an opening and a preposition ("In" which year)."""
    words = head.split()
    if words and len(words) <= 2 and words[-1].lower() in _STRANDED:  # "and in" which
        return " ".join(words[:-1]), words[-1].lower()
    return head, preposition


def _noun(word: str, rest: str) -> tuple[str, str]:
    """Return what is asked for ("political party") and the rest."""
    if word not in {"what", "which", "whose"} and not word.startswith("how"):
        return "", rest
    verb = _VERB.search(rest)
    if verb and verb.start() == 0:
        return "", rest
    if verb and len(rest[: verb.start()].split()) <= _MOST_OF_NOUN:
        return rest[: verb.start()].strip(), rest[verb.start() :]
    words = rest.split()
    for place, each in enumerate(words[:_MOST_OF_NOUN]):
        if (place and re.fullmatch(r"\w+(?:ed|s)", each)) or each in _PAST:
            return " ".join(words[:place]), " ".join(words[place:])
    return "", rest


def _filled(word: str, noun: str, answer: str) -> str:
    """Return the answer with what it is where it does not say so itself."""
    if not noun or noun.rsplit(maxsplit=1)[-1].lower() in answer.lower():
        return answer
    if word in {"how many", "how much", "whose"}:
        return f"{answer} {noun}"
    return answer


def _told(word: str, rest: str, filler: str, preposition: str) -> str | None:
    """Put the answer where the question has its gap."""
    found = _LEADING_VERB.match(rest)
    if not found:
        behind = word in {"why", "how", "when", "where"}
        return (f"{rest} {preposition} {filler}" if behind else f"{filler} {rest}") if rest else None
    verb, tail = found.group(1).lower(), found.group(2).strip()
    words = tail.split()
    link = f"{preposition} " if preposition and not tail.endswith(preposition) else ""
    if not words:
        return None
    if re.fullmatch(_DO, verb):
        return f"{tail} because {filler}" if word == "why" else f"{tail} {link}{filler}"
    if word not in {"when", "where", "why"} and _PARTICIPLE.fullmatch(words[0].lower()):
        return f"{filler} {verb} {tail}"
    for place in range(1, len(words)):
        if _PARTICIPLE.fullmatch(words[place].lower()) and words[place - 1].lower() not in _NOT_VERBS:
            return f"{' '.join(words[:place])} {verb} {' '.join(words[place:])} {link}{filler}"
    return f"{tail} {verb} {link if word in {'when', 'where'} else ''}{filler}"
