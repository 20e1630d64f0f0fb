"""The names, places, dates and amounts of composed pairs, and how they fill the slots of a wording."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["x", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
KEPT_EVERY = 4  # every fourth name is for the kept pairs alone
AN = re.compile(r"\b([Aa]) (?=(?:[aeioAEIO]|8|11\b|18\b|u[nplr](?!i))(?!ne\b|nce\b|uro|U))")
SLOTS = re.compile(r"\{(\w)")
VARIANTS = re.compile(r"\[([^\[\]]*)\]")


class Word:
    """A word of a slot, {A}, with its other forms, {A.last}."""

    def __init__(self, text: str, **forms: str) -> None:
        self.text = text
        self.forms = forms

    def __str__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> str:
        try:
            return self.forms[name]
        except KeyError:
            raise AttributeError(name) from None


def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    text = Path(__file__).with_name("composed_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, _, words = line.partition(": ")
        found.setdefault(name, []).extend(each.strip() for each in words.split(";"))
    return found


LISTS = _lists()
FILLERS, LEADS = LISTS["filler"], LISTS["lead"]


def in_words(number: int) -> str:
    """Return a number below 100 in words, a larger one in digits: 42 is "forty-two", 1200 is "1,200"."""
    if number < len(SMALL):
        return SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")
    return f"{number:,}"


class World:
    """One drawing of everything that the slots of a frame can name."""

    def __init__(self, draw: random.Random, *, kept: bool, rows: dict[str, list[list[str]]]) -> None:
        self.draw = draw
        self.kept = kept
        self.chosen: dict[str, str] = {}
        words: dict[str, Word] = {}
        words.update(zip("ABCD", self._persons(4), strict=True))
        for slots, name in (
            ("OPQ", "firm"),
            ("RS", "body"),
            ("fgh", "group"),
            ("jk", "facility"),
            ("EF", "event"),
            ("rs", "role"),
            ("tu", "paper"),
            ("I", "filler_team"),
        ):
            words.update(zip(slots, map(Word, self._some(name, len(slots))), strict=True))
        for slot, place in zip("LMN", self._some("place", 3), strict=True):
            town, region = place.split("|")
            words[slot] = Word(town, region=region)
        for slot, deed in zip("VU", self._some("deed", 2), strict=True):
            base, past, ing, done, thing = deed.split("|")
            words[slot] = Word(past, base=base, past=past, ing=ing, done=done, obj=thing)
        for slot, event in zip("HG", self._some("happening", 2), strict=True):
            clause, noun, negated = event.split("|")
            words[slot] = Word(clause, noun=noun, no=negated)
        words.update(self._numbers())
        words.update(self._dates())
        self.words = words
        self.rows = rows
        for name, table in rows.items():
            fields = [self.filled(each, sentence=False) for each in draw.choice(table)]
            words[name] = Word(fields[0], **dict(zip("abcdefgh", fields, strict=False)))

    def _share(self, name: str) -> list[str]:
        return [
            word for at, word in enumerate(LISTS[name]) if (at % KEPT_EVERY == KEPT_EVERY - 1) == self.kept
        ]

    def _some(self, name: str, count: int) -> list[str]:
        chosen: list[str] = []
        regions: set[str] = set()
        for word in self.draw.sample(self._share(name), len(self._share(name))):
            region = word.partition("|")[2] if name == "place" else word
            if region not in regions:  # two places of one frame lie in two countries
                regions.add(region)
                chosen.append(word)
            if len(chosen) == count:
                break
        return chosen

    def _persons(self, count: int) -> list[Word]:
        found = []
        for last in self.draw.sample(self._share("surname"), count):
            woman = self.draw.random() < 0.5
            first = self.draw.choice(self._share("woman" if woman else "man"))
            he, him, his = ("she", "her", "her") if woman else ("he", "him", "his")
            sex = "woman" if woman else "man"
            parent = "mother" if woman else "father"
            full = f"{first} {last}"
            found.append(Word(full, last=last, first=first, he=he, him=him, his=his, parent=parent, sex=sex))
        return found

    def _numbers(self) -> dict[str, Word]:
        draw = self.draw
        count = draw.choice([draw.randint(23, 98), draw.randint(112, 989), draw.randint(1_080, 48_000)])
        scale = 10 ** (len(str(count)) - 1)
        step = max(scale // 10, 5) if count > 99 else 5
        over = (count - 1) // step * step
        forms = {
            "words": in_words(count),
            "over": f"{over:,}",
            "under": f"{over + (step if count % step else 2 * step):,}",
            "near": f"{round(count / step) * step:,}",
            "far": f"{round(count * draw.choice([0.4, 0.6, 1.6, 2.1]) / step) * step:,}",
            "more": f"{count + draw.randint(2, scale):,}",
            "wrong": f"{max(2, count + draw.choice([-1, 1, 2, -2, 3, 7, -7, scale, -scale // 2])):,}",
            "twice": f"{2 * count:,}",
            "half": f"{count // 2:,}",
            "third": f"{max(3, count // 3):,}",
            "plus": f"{over + 2 * step:,}",
            "minus": f"{max(over - step, 2):,}",
        }
        small, large = sorted(draw.sample(range(2, 13), 2))
        tenths = draw.randint(11, 98)
        coin = draw.choice("$€£")
        low = tenths - draw.randint(1, 9)
        high = tenths + draw.randint(1, 20)
        percent = draw.randint(3, 46)
        million = {
            "full": f"{coin}{tenths * 100_000:,}",
            "over": f"{coin}{low / 10:g} million",
            "under": f"{coin}{high / 10:g} million",
            "wrong": f"{coin}{draw.choice([low, high]) / 10:g} million",
            "billion": f"{coin}{tenths / 10:g} billion",
        }
        return {
            "n": Word(f"{count:,}", **forms),
            "x": Word(in_words(small), d=str(small), plus=in_words(large + 1), sum=in_words(small + large)),
            "y": Word(in_words(large), d=str(large), plus=in_words(large + 1), diff=in_words(large - small)),
            "m": Word(f"{coin}{tenths / 10:g} million", **million),
            "c": Word(coin),
            "p": Word(
                str(percent), wrong=str(percent + draw.choice([-2, 1, 4, 30])), rest=str(100 - percent)
            ),
            "age": Word(str(draw.randint(24, 79))),
            "q": Word(f"{draw.choice([40, 70, 90, 120, 240, 360, 650]) * draw.randint(2, 40):,}"),
        }

    def _dates(self) -> dict[str, Word]:
        first = date(draw_year := self.draw.randint(1986, 2023), 1, 1) + timedelta(self.draw.randint(0, 330))
        later = first + timedelta(self.draw.randint(40, 900))
        found = {}
        for slot, day in (("d", first), ("e", later)):
            month = MONTHS[day.month - 1]
            wrong = self.draw.choice([each for each in range(1, 29) if each != day.day])
            other = self.draw.choice([each for each in MONTHS if each != month])
            found[slot] = Word(
                f"{day.day} {month} {day.year}",
                full=f"{day.day} {month} {day.year}",
                us=f"{month} {day.day}, {day.year}",
                short=f"{day.day} {month}",
                iso=day.isoformat(),
                month=f"{month} {day.year}",
                m=month,
                year=str(day.year),
                wrong=f"{wrong} {month} {day.year}",
                wrongmonth=f"{other} {day.year}",
                wrongyear=str(day.year + self.draw.choice([-3, -2, -1, 1, 2, 10])),
                season="first" if day.month < 7 else "second",
                decade=f"{draw_year // 10 * 10}s",
                before=str(day.year - self.draw.randint(1, 9)),
                after=str(day.year + self.draw.randint(1, 9)),
                weekday=DAYS[day.weekday()],
            )
        days = self.draw.sample(DAYS, 2)
        found["w"], found["v"] = Word(days[0]), Word(days[1])
        return found

    def resolved(self, template: str) -> str:
        """Return a wording with its choices made; the same choice is made alike in all wordings."""
        while VARIANTS.search(template):
            template = VARIANTS.sub(lambda found: self._chosen(found[1]), template)
        return template

    def _chosen(self, choices: str) -> str:
        if choices not in self.chosen:
            self.chosen[choices] = self.draw.choice(choices.split("|"))
        return self.chosen[choices]

    def told(self, template: str) -> set[str]:
        """Return the drawn words that a wording names, by slot."""
        return {slot for slot in SLOTS.findall(self.resolved(template)) if slot not in self.rows}

    def filled(self, template: str, *, sentence: bool = True) -> str:
        """Return a wording, choices made and slots filled, as a sentence unless told otherwise."""
        text = re.sub(r" {2,}", " ", self.resolved(template).format(**self.words)).strip()
        text = re.sub(r" (?=[,.;])", "", text)
        text = AN.sub(r"\1n ", text)
        if not sentence:
            return text
        if not text.endswith((".", "?", "!", "”", '"')):
            text += "."
        text = re.sub(r"s's\b", "s'", text)
        return re.sub(r"(^[“\"]?|[.!?][”\"]? [“\"]?)([a-z])", lambda found: found[1] + found[2].upper(), text)
