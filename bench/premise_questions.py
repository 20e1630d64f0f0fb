"""Questions with a premise, true as their authors asked them and false by rule, for bench/premises.py.

True are questions whose passage answers them, and "Why did ANSWER …?" made of "Who …?" and its answer. False
are the same with the verb's opposite or another verb, with two names exchanged, with a name of the same kind
from another article or from the same one, or with another answer of the quiz. Some are true by chance.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import listed
from assistant.language.verbs import infinitive_of, verb
from assistant.question.premise import premise_of
from bench.marked import lines
from bench.news import news_slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

TRUE = "true"
KINDS = (TRUE, "opposite", "other verb", "exchanged", "other name", "near name", "country", "other answer")
SEED = 19
_OPPOSITES = """
accept/reject accuse/absolve acquire/sell adopt/abandon allow/forbid announce/conceal
appoint/dismiss approve/veto arrest/free attend/boycott ban/allow become/remain build/demolish
buy/sell cancel/confirm close/open construct/demolish create/destroy cut/raise decline/grow
decrease/increase defeat/rescue die/recover discover/overlook enter/leave establish/dissolve
expand/shrink fall/rise fire/hire gain/lose give/withhold grow/shrink increase/decrease
introduce/abolish invade/defend invent/ban join/leave kill/rescue launch/scrap lead/oppose lose/win
open/close oppose/support pass/reject pay/owe praise/insult produce/ban publish/suppress raise/cut
recall/keep refuse/agree reject/accept release/withhold remove/add resign/stay return/flee rise/fall
send/withhold settle/flee sign/veto sink/rescue strike/repair succeed/fail support/oppose
suspend/reinstate win/lose write/burn elect/oust sell/buy protect/attack surrender/fight
separate/unite unite/separate retire/debut leave/join move/stay begin/end found/dissolve
receive/refuse start/end take/refuse use/ban
"""
OPPOSITES = dict(pair.split("/") for pair in _OPPOSITES.split())
EVENTS = listed(
    """abandon attack ban burn buy copy demolish forge hide lose paint photograph praise rename sell steal"""
)
"""Verbs of what may happen to anything."""
_OBJECT = re.compile(r" (?:the|an?|his|her|its|their|some|[A-Z])")
_ALIKE = re.compile(r"\b(?:meet|met|marry|married|fight|fought|play|border|differ|share)\b")
"""Of these both may be the subject."""
_RUN = re.compile(r"(?<=[^\W_][ ,(])[A-Z][\w’'-]{2,}(?: (?:of |the )?[A-Z][\w’'-]+){0,3}")
_AUXILIARIES = "is|are|was|were|has|have|had|did|does|do|will"
_NOUN = rf"^(?:which|what|who)\b(?:(?! (?:{_AUXILIARIES})\b)(?: [\w’'-]+)){{0,4}}?"
_ABOUT = (
    re.compile(rf"{_NOUN} (?P<verb>[a-z]+)(?P<rest> (?!(?:{_AUXILIARIES})\b).+?)\?*$", re.IGNORECASE),
    re.compile(rf"{_NOUN} (?P<verb>is|are|was|were|has|have|will)(?P<rest> .+?)\?*$", re.IGNORECASE),
)
"""Questions for the subject: "Who opened the bridge?", "Which state is changing its law?"."""
_MOST_OF_ANSWER = 4
COUNTRIES = frozenset(
    [
        "France",
        "Germany",
        "Italy",
        "Spain",
        "Portugal",
        "Belgium",
        "Austria",
        "Denmark",
        "Sweden",
        "Norway",
        "Finland",
        "Poland",
        "Hungary",
        "Greece",
        "Turkey",
        "Russia",
        "Ukraine",
        "Serbia",
        "Croatia",
        "Israel",
        "Syria",
        "Iraq",
        "Iran",
        "Egypt",
        "Yemen",
        "Qatar",
        "Pakistan",
        "India",
        "China",
        "Japan",
        "Taiwan",
        "Vietnam",
        "Thailand",
        "Indonesia",
        "Australia",
        "Canada",
        "Mexico",
        "Brazil",
        "Argentina",
        "Chile",
        "Peru",
        "Colombia",
        "Cuba",
        "Nigeria",
        "Kenya",
        "Libya",
        "Morocco",
    ]
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose premise an article, `gold`, bears out; `answer` is empty where none is short."""

    text: str
    gold: str
    origin: str
    answer: str = ""
    choices: tuple[str, ...] = ()
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question with a true or a false premise; `kind` is one of `KINDS`, `origin` names its set."""

    text: str
    kind: str
    origin: str
    asked_on: date | None = None

    @property
    def false(self) -> bool:
        """Whether the question takes something for granted that its article does not say."""
        return self.kind != TRUE


def cases(asked: Sequence[Asked], *, half: int | None = None, seed: int = SEED) -> list[Case]:
    """Return the true questions and all false ones that can be made; `half` 0 or 1 takes every second."""
    chance = random.Random(seed)  # noqa: S311  # a choice, not a secret
    ordinary = {word for item in asked for word in re.findall(r"\b[a-z]{3,}", item.gold)}
    names = sorted({run for item in asked for run in _RUN.findall(item.gold) if _is_name(run, ordinary)})
    order = [*asked]
    chance.shuffle(order)
    taken = order if half is None else order[half::2]
    return [case for item in taken for case in _of(item, names, ordinary, chance)]


def _of(item: Asked, names: Sequence[str], ordinary: set[str], chance: random.Random) -> Iterator[Case]:
    for text, others in _true(item, chance):
        premise = premise_of(text)
        if premise is None:
            continue
        yield Case(text, TRUE, item.origin, item.asked_on)
        for kind, changed in (*others, *_changed(text, item.gold, names, ordinary, chance)):
            if (other := premise_of(changed)) and other.told.lower() != premise.told.lower():
                yield Case(changed, kind, item.origin, item.asked_on)


def _true(item: Asked, chance: random.Random) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the question, and the one made of it and its answer, with what false ones come of that."""
    yield item.text, []
    answer = item.answer.strip("“”\"'.,")
    found = next((match for each in _ABOUT if (match := each.match(item.text))), None)
    if not found or not answer[:1].isupper() or len(answer.split()) > _MOST_OF_ANSWER:
        return
    auxiliary = found["verb"] if found["verb"] in _AUXILIARIES.split("|") else "did"
    base = infinitive_of(found["verb"]) if auxiliary == "did" else ""
    if auxiliary == "did" and not base:
        return
    opening = chance.choice(("When", "Why", "Where", "How"))
    wrong = [choice.strip("“”\"'.,") for choice in item.choices if choice != item.answer]
    rest = re.sub(r"(?:,| this week).*$", "", found["rest"])
    made = re.sub(r" +", " ", f"{opening} {auxiliary} {answer} {base}{rest}?")
    others = [("other answer", made.replace(answer, chance.choice(wrong)))] if wrong else []
    yield made, others


def _changed(
    text: str, gold: str, names: Sequence[str], ordinary: set[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield the false questions that can be made of a true one."""
    if opposite := _opposite(text):
        yield "opposite", opposite
    if other := _other_verb(text, gold, chance):
        yield "other verb", other
    here = _names_in(text, gold, ordinary)
    if len(here) > 1 and not _ALIKE.search(text) and not re.search(r" (?:and|or) ", text):
        yield "exchanged", _exchanged(text, here[0], here[1])
    if not here:
        return
    name = chance.choice(here)
    words = len(name.split())
    if name.title() in COUNTRIES:
        others = [other for other in sorted(COUNTRIES) if other.lower() not in gold.lower()]
        yield "country", _with(text, name, chance.choice(others))
        return
    elsewhere = [
        other for other in names if len(other.split()) == words and other.lower() not in gold.lower()
    ]
    near = [
        other
        for other in sorted(set(_RUN.findall(gold)))
        if _is_name(other, ordinary) and not _shared(other, text) and not _shared(other, name)
    ]
    if elsewhere:
        yield "other name", _with(text, name, chance.choice(elsewhere))
    if near:
        yield "near name", _with(text, name, chance.choice(near))


def _opposite(text: str) -> str:
    """Return a question with its verb's opposite, empty where the table has none."""
    premise = premise_of(text)
    asked = premise.verb if premise else ""
    if asked in OPPOSITES and re.search(rf"\b(?:did|does|do|will)\b.* {asked}\b", text):
        return re.sub(rf"\b{asked}\b", OPPOSITES[asked], text, count=1)
    other = verb(OPPOSITES.get(_infinitives().get(asked, ""), ""))
    return re.sub(rf"\b{asked}\b", other.participle, text, count=1) if asked and other else ""


def _other_verb(text: str, gold: str, chance: random.Random) -> str:
    """Return a question about something else that its text does not tell of; empty where none fits."""
    premise = premise_of(text)
    asked = premise.verb if premise else ""
    place = re.search(rf"\b(?P<before>did|was|were|has|have|had|been)\b.* {asked}\b(?P<after>.*)", text)
    left = [known for word in EVENTS if word[:4] not in gold.lower() and (known := verb(word))]
    if not asked or not place or not left:
        return ""
    known = chance.choice(left)
    if place["before"] != "did":
        return re.sub(rf"\b{asked}\b", known.participle, text, count=1)
    follows = _OBJECT.match(place["after"])  # "voted for the plan" makes no "sold for the plan"
    return re.sub(rf"\b{asked}\b", known.infinitive, text, count=1) if follows else ""


@cache
def _infinitives() -> dict[str, str]:
    """Return the infinitive of each participle of a verb that has an opposite."""
    return {known.participle: word for word in OPPOSITES if (known := verb(word))}


def _names_in(text: str, gold: str, ordinary: set[str]) -> list[str]:
    """Return the names of the question as the gold text has them, in the order of the question."""
    lower = text.lower()
    found = {run for run in _RUN.findall(f"x {gold}") if _is_name(run, ordinary) and _within(run, lower)}
    longest = [run for run in found if not any(run != other and run in other for other in found)]
    return sorted(longest, key=lambda run: lower.find(run.lower()))


def _within(run: str, lower: str) -> bool:
    return bool(re.search(rf"\b{re.escape(run.lower())}\b", lower))


def _is_name(run: str, ordinary: set[str]) -> bool:
    return not any(word.lower() in ordinary for word in run.split() if word not in {"of", "the"})


def _shared(one: str, other: str) -> bool:
    return bool(set(one.lower().split()) & set(re.findall(r"[\w’'-]+", other.lower())))


def _with(text: str, old: str, new: str) -> str:
    new = new if any(letter.isupper() for letter in text[1:]) else new.lower()
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text, flags=re.IGNORECASE)


def _exchanged(text: str, one: str, other: str) -> str:
    pattern = re.compile(rf"\b(?:{re.escape(one)}|{re.escape(other)})\b", re.IGNORECASE)
    return pattern.sub(lambda found: other if found[0].lower() == one.lower() else one, text)


def passages(data: Path) -> list[Asked]:
    """Return the questions of CLAPNQ that have an answer."""
    found = []
    for item in lines(data / "passages" / "clapnq_answerable.jsonl.gz"):
        passage = item["passages"][0]
        found.append(Asked(item["input"], f"{passage['title']}. {passage['text']}", "CLAPNQ"))
    return found


def pages(data: Path, most: int) -> list[Asked]:
    """Return some of SQuAD's questions that have an answer, drawn by seed."""
    found = [
        Asked(each["question"], f"{item['title']}. {item['context']}", "SQuAD", each["answers"][0])
        for item in lines(data / "questions" / "squad.jsonl.gz")
        for each in item["questions"]
        if each["answers"]
    ]
    return random.Random(SEED).sample(found, min(most, len(found)))  # noqa: S311


def quizzes(data: Path) -> list[Asked]:
    """Return the news questions of the slice, with the articles of each that have its answer."""
    articles, questions = news_slice(data)
    days = {item.text: item.asked_on for item in questions}
    texts = {article.url: f"{article.title}. {article.text}" for article in articles}
    found = []
    for item in lines(data / "news" / "questions.jsonl.gz"):
        if item["question"] not in days or days[item["question"]].isoformat() != item["asked_on"]:
            continue
        gold = [texts[url] for url in item["retrieved"] if url in texts]
        answer = item["answers"][0]
        having = [text for text in gold if answer.lower() in text.lower()]
        if having:
            chosen = having[0]
            day = days[item["question"]]
            found.append(Asked(item["question"], chosen, "news", answer, tuple(item["choices"]), day))
    return found


def counted(made: Iterable[Case]) -> dict[tuple[str, str], int]:
    """Return how many there are of each set and kind."""
    found: dict[tuple[str, str], int] = {}
    for case in made:
        key = case.origin, case.kind
        found[key] = found.get(key, 0) + 1
    return found
