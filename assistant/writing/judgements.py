"""A judging model's reply to judgements, and what they come to beside the check on this machine.

A judgement counts only where its decisive words stand in a cited sentence. A statement is supported only
where nothing speaks against it: what one says and the other doesn't is doubted.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from assistant.answers import Support

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.writing.verify import Checked

Way: TypeAlias = Literal["model", "both"]
"""Whether the model decides, or both checks have to agree."""

LEAST_SIGNS = 6
"""Letters and digits that decisive words have, if no number is among them: "the" decides nothing."""
LONGEST_WORDS = 200
"""Signs of decisive words that a reader is shown."""

_THOUGHT_ENDS = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_ALIKE = {
    "'": "['’‘]",
    "’": "['’‘]",
    "‘": "['’‘]",
    '"': '["“”]',
    "“": '["“”]',
    "”": '["“”]',
    "(": r"[(\[【［]",
    ")": r"[)\]】］]",
    "‹": "[‹<]",
    "›": "[›>]",
}
"""Signs that were changed for the request, or that models change: one stands for the other."""


class Label(StrEnum):
    """What a model may say of a statement."""

    CARRIED = "carried"
    DENIED = "denied"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model says of a statement; `words` are a slice of a cited sentence, or empty for not said."""

    label: Label
    words: str

    @property
    def told(self) -> str:
        """What it says, for a reader."""
        quoted = f" (“{_shortened(self.words)}”)" if self.words else ""
        said = {
            Label.CARRIED: "the source says so",
            Label.DENIED: "the source says otherwise",
            Label.NOT_SAID: "the source does not say so",
        }
        return f"{said[self.label]}{quoted}"


def read_judgements(reply: str, sentences: Mapping[int, Sequence[str]]) -> dict[int, Judgement]:
    """Return the judgements of a reply that can be used, by the number of the statement.

    `sentences` has for each number those that the statement cites. Left out is what is judged twice, has an
    unknown label, or decisive words that none of them has. A reply that is not of the form has none.
    """
    found: dict[int, list[Judgement | None]] = {}
    for item in _items(reply):
        number = item.get("statement")
        if isinstance(number, int) and not isinstance(number, bool) and number in sentences:
            found.setdefault(number, []).append(_judgement(item, sentences[number]))
    return {number: given[0] for number, given in found.items() if len(given) == 1 and given[0]}


def decided(checked: Checked, judgement: Judgement, *, way: Way, wrong: str | None) -> Checked:
    """Return a statement with what both checks come to.

    `wrong` is what an exact comparison found: a number, a date, a name or a quotation that the sentences
    don't have. Nothing makes a statement supported against it.
    """
    if checked.unread:
        return _unread(checked, judgement, way, wrong)
    carried = judgement.label is Label.CARRIED
    if way == "model" and not carried:
        return replace(checked, support=Support.UNSUPPORTED, reason=_by_model(judgement))
    if checked.support is Support.SUPPORTED:
        agreed = carried
    elif checked.support is Support.CONFLICTING:
        agreed = judgement.label is not Label.NOT_SAID
    else:
        if way == "model" and not wrong:
            return replace(checked, support=Support.SUPPORTED, reason=_by_model(judgement))
        agreed = not carried
    if agreed:
        return checked
    own = "the source says so" if checked.support is Support.SUPPORTED else wrong or checked.reason
    reason = f"the checks disagree: {own}, says the one on this machine; {judgement.told}, says the model"
    return replace(checked, support=Support.DOUBTED, reason=reason)


def _unread(checked: Checked, judgement: Judgement, way: Way, wrong: str | None) -> Checked:
    """Return what comes of a statement in a language that only the model reads."""
    if judgement.label is Label.CARRIED and not wrong:
        support = Support.SUPPORTED if way == "model" else checked.support
        reason = _by_model(judgement) if way == "model" else checked.reason
        return replace(checked, support=support, reason=reason)
    if way == "model" and judgement.label is not Label.CARRIED:
        return replace(checked, support=Support.UNSUPPORTED, reason=_by_model(judgement))
    own = f"{checked.reason}; {wrong}" if wrong else checked.reason
    return replace(checked, support=Support.DOUBTED, reason=f"{own}; {judgement.told}, says the model")


def _by_model(judgement: Judgement) -> str:
    return f"{judgement.told}, says the model that judged it"


def _items(reply: str) -> list[dict[str, Any]]:
    text = _THOUGHT_ENDS.split(reply)[-1]
    try:
        told = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except (ValueError, RecursionError):
        return []
    items = told.get("judgements") if isinstance(told, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _judgement(item: Mapping[str, Any], sentences: Sequence[str]) -> Judgement | None:
    verdict, words = item.get("verdict"), item.get("words", "")
    if not isinstance(verdict, str) or not isinstance(words, str):
        return None
    try:
        label = Label(verdict.strip().lower().replace(" ", "_"))
    except ValueError:
        return None
    if not words.strip():
        return Judgement(label, "") if label is Label.NOT_SAID else None
    decisive = next((found for text in sentences if (found := slice_of(text, words))), "")
    return Judgement(label, decisive) if decisive else None


def slice_of(sentence: str, words: str) -> str:
    """Return the slice of a sentence that the words are, empty where they are none or decide nothing.

    Spaces, quotation marks and brackets may have another form. No word or number is cut.
    """
    words = words.strip()
    if sum(sign.isalnum() for sign in words) < LEAST_SIGNS and not any(sign.isdigit() for sign in words):
        return ""
    parts = ["".join(_ALIKE.get(sign, re.escape(sign)) for sign in part) for part in words.split()]
    shape = r"\s+".join(parts)
    found = re.search(rf"(?<!\w)(?<!\d[.,]){shape}(?!\w)(?![.,]\d)", sentence)
    return found[0] if found else ""


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_WORDS else plain[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"
