"""Two thousand tries of somebody without a group to see something of an article that is for one alone.

All ways lead to it: the endpoints of a real server, MCP, chat completions, everything that the page asks for,
and the command line. What is looked for is in no article that is for all, and was not sent by who tries.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pytest
from browser.running import served
from frontends import front_ends
from visiting import PASSWORD, QUICK, client, event, signed_in

from assistant.answers import Answer, Citation
from assistant.ask import answer
from assistant.store.conversations import Conversations
from assistant.watching.kept_questions import KeptQuestions
from assistant.web.access.people import People
from ingest import Article, DatabaseAddress, Filters, Library, ingest_articles, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from running import Footnote

TRIES = 2_000
SEED = 16
DESKS = ("harbour", "theatre", "bakery", "airport", "museum", "stadium")
WORDS = ("Vexorin", "Quillmar", "Tarbexa", "Ombrinel", "Zephyrax", "Marlowick")
NAMES = ("Ilse Krontal", "Bram Udovic", "Yara Feltsik", "Otto Wexley", "Nika Prandl", "Sven Molitor")
SUMS = ("73,919", "48,207", "91,653", "36,481", "52,867", "84,139")


def _secret(number: int) -> Article:
    place, word, name, amount = DESKS[number], WORDS[number], NAMES[number], SUMS[number]
    return Article(
        text=(
            f"The {place} of Westhaven will be closed on 4 May 2026, {name} told the board. "
            f"The plan is called {word} and costs {amount} crowns. "
            f"“Nobody outside this room may know of it,” {name} said on Tuesday."
        ),
        title=f"The {place} closes for {word}",
        origin=f"secret/{place}.txt",
        source="Gazette of Krontal",
        url=f"https://secret.example/{place}",
        published=date(2026, 4, 1),
        authors=(name,),
    )


def _open(number: int) -> Article:
    place = DESKS[number]
    return Article(
        text=(
            f"The {place} of Westhaven was repaired on 3 March 2026. The repairs cost {number + 2} million "
            f"crowns. The mayor said that the {place} would stay open this year."
        ),
        title=f"The {place} is repaired",
        origin=f"open/{place}.txt",
        source="Westhaven Times",
        published=date(2026, 3, 4),
    )


SECRET, PUBLIC = [_secret(number) for number in range(6)], [_open(number) for number in range(6)]
TOLD = PUBLIC[5].text.replace("3 March", "9 April") + " " + SECRET[5].text.split(". ")[1] + "."
CHANGED = Article(text=TOLD, title="The stadium again", origin="later.txt", source="Westhaven Times")
"""An article that was for all when somebody asked, and is for a group now."""

HIDDEN = [*SECRET, CHANGED]
OTHERS = ("Gazette of Krontal", "secret.example", "The stadium again", "9 April")
CANARIES = sorted(
    each.lower()
    for each in {
        *WORDS,
        *NAMES,
        *SUMS,
        "Gazette of Krontal",
        "secret.example",
        "The stadium again",
        "9 April",
    }
    | {key for each in HIDDEN for key in (each.id, each.version)}
)


class Try(NamedTuple):
    """What was sent, and a way to send it; what comes back is text."""

    way: str
    sent: str
    go: Callable[[], str]


def told(reply: str, sent: str) -> list[str]:
    """Return what of the hidden articles is in a reply and was not in what was sent."""
    lower, known = reply.lower(), sent.lower()
    return [each for each in CANARIES if each in lower and each not in known]


@pytest.fixture(scope="module", name="place", params=["folder", "database"])
def _place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path | DatabaseAddress:
    """Make a library in which a desk has articles of its own, and somebody who is in no group."""
    place: Path | DatabaseAddress = tmp_path_factory.mktemp("groups") / "library"
    if request.param == "database":
        place = request.getfixturevalue("postgres_server").library()
    ingest_articles([*PUBLIC, CHANGED], place)
    ingest_articles(SECRET, place, groups="sports")
    people = People(place, hasher=QUICK)
    people.add("tom", PASSWORD)
    people.add("ines", PASSWORD, groups=["sports"])
    # What Tom asked before is in his conversations; then the article was given to the desk.
    kept = Conversations.of_person(place, "tom")
    sentence = next(each for each in split_sentences(TOLD) if "9 April" in each.text)
    cited = Citation.of(CHANGED, sentence, number=1)
    kept.keep(
        "ab" * 8, Answer("When was it repaired?", answered=True, confidence=1, citations=(cited,)), seconds=1
    )
    before = Answer("When was it repaired?", answered=False, confidence=0)
    after = Answer("When was it repaired?", answered=True, confidence=1, citations=(cited,))
    answers = iter([before, after, after])
    questions = KeptQuestions(place, conversations=kept, ask=lambda *_: next(answers))
    questions.keep("When was the stadium of Westhaven repaired?")
    questions.ask_again()
    with Library.open(place, write=True) as library:
        library.restrict([CHANGED.id], ["sports"])
    return place


@pytest.fixture(scope="module", name="address")
def _address(place: Path | DatabaseAddress, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if isinstance(place, DatabaseAddress):
        with front_ends(place, tmp_path_factory.mktemp("machine"), 1) as (one,):
            yield one.address.rstrip("/")
        return
    with served("real", place) as address:
        yield address


class Visitor:
    """Somebody who tries: over the network as a program, and by all that the page may ask for."""

    def __init__(self, address: str, place: Path | DatabaseAddress, name: str) -> None:
        self.http = client(address)
        self.http.headers["authorization"] = f"Bearer {People(place).add_token(name, 'tries')}"
        self.browser = signed_in(address, name)
        config = self.browser.get("/config").json()["components"]
        self.page = next(item["id"] for item in config if item["props"].get("elem_id") == "footnote")
        self.said = ""  # what is in the titles of the own conversations
        self.chosen = random.Random(SEED)  # noqa: S311  # the same tries in every run
        shown = self.reply({"what": "resume", "conversation": "ab" * 8})
        self.turn = shown["turns"][0]["turn"] if name == "tom" else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
        self.browser.close()

    def reply(self, data: dict[str, Any]) -> Any:
        """Call the server as the page does."""
        body = {"component_id": self.page, "fn_name": "reply", "session_hash": "x", "data": data}
        return self.browser.post("/gradio_api/component_server", json=body).json()

    def tries(self) -> Iterator[Try]:
        """Yield tries without end, the quick ones far more often than those that search."""
        quick, slow = (
            [self._article] * 3 + [self._articles] * 2 + [self._page],
            [self._search, self._program, self._asking],
        )
        while True:
            yield self.chosen.choice(slow if self.chosen.random() < 0.03 else quick)()

    def _words(self) -> str:
        number = self.chosen.randrange(6)
        return self.chosen.choice(
            [
                f"What does the {WORDS[number]} plan cost?",
                f"What did {NAMES[number]} say?",
                f"When will the {DESKS[number]} of Westhaven be closed?",
                f"What happened to the {DESKS[number]} of Westhaven on 4 May 2026?",
                f"How many articles mention {WORDS[number]}?",
                f"Who told the board that the {DESKS[number]} will be closed?",
                f"{WORDS[number][:-1]}e {DESKS[number]}",  # a slip, put right by what there is
                f"The {DESKS[number]} of Westhaven will be closed on 4 May 2026.",
                f"According to the Gazette, what does the {DESKS[number]} cost?",
            ]
        )

    def _article(self) -> Try:
        one = self.chosen.choice(HIDDEN)
        version = self.chosen.choice([None, one.version, "0" * 16])
        asked = {"version": version} if version else {}
        return Try(
            "article",
            f"{one.id} {version}",
            lambda: self.http.get(f"/api/articles/{one.id}", params=asked).text,
        )

    def _articles(self) -> Try:
        number = self.chosen.randrange(6)
        words = self.chosen.choice([WORDS[number], NAMES[number], DESKS[number], "secret.example", ""])
        asked = {"words": words, "source": self.chosen.choice(["", "Gazette of Krontal"]), "limit": "100"}
        return Try("articles", str(asked), lambda: self.http.get("/api/articles", params=asked).text)

    def _page(self) -> Try:
        one, words = self.chosen.choice(HIDDEN), self._words()
        mark = {
            "article": one.id,
            "version": one.version,
            "start": 0,
            "end": 9,
            "number": 1,
            "quote": "The plan",
        }
        conversation = {"conversation": "ab" * 8, "turn": self.turn}
        pages: list[dict[str, Any]] = [
            {"what": "home"},
            {"what": "library"},
            {"what": "articles", "words": self.chosen.choice([words.split()[-1], "Krontal", ""])},
            {"what": "articles", "source": "Gazette of Krontal"},
            {"what": "limits", "limits": {"sources": ["Gazette of Krontal"]}},
            {"what": "open", "marks": [mark], "current": 0},
            {"what": "read", "article": one.id},
            {"what": "conversations", "words": self.chosen.choice(["", "april", "stadium"])},
            {"what": "resume", **conversation},
            {
                "what": "export",
                **conversation,
                "format": self.chosen.choice(["md", "html", "json"]),
            },
            {"what": "storyOf", **conversation},
            {"what": "kept"},
            {"what": "keptNews"},
        ]
        what = self.chosen.choice(pages)
        return Try(f"page {what['what']}", self.said + json.dumps(what), lambda: json.dumps(self.reply(what)))

    def _search(self) -> Try:
        words = self._words()
        path = self.chosen.choice(["search", "timeline", "who-said-what"])
        asked = {"words" if path == "search" else "topic": words, "limit": "50"}
        if self.chosen.random() < 0.3:
            asked["articles"] = self.chosen.choice(HIDDEN).id
        return Try(path, str(asked), lambda: self.http.get(f"/api/{path}", params=asked).text)

    def _program(self) -> Try:
        words = self._words()
        arguments: dict[str, dict[str, Any]] = {
            "ask": {"question": words, "exact": self.chosen.random() < 0.3},
            "check_draft": {"text": words},
            "had_this": {"text": words},
            "search": {"words": words},
            "article": {"id": self.chosen.choice(HIDDEN).id},
            "articles": {},
        }
        name = self.chosen.choice(list(arguments))
        if self.chosen.random() < 0.5 and name in {"ask", "check_draft", "had_this"}:
            path = {"ask": "ask", "check_draft": "check", "had_this": "had-this"}[name]
            return Try(
                path, str(arguments[name]), lambda: self.http.post(f"/api/{path}", json=arguments[name]).text
            )
        call = {"name": name, "arguments": arguments[name]}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        accept = {"accept": "application/json, text/event-stream"}
        return Try(f"mcp {name}", str(call), lambda: self.http.post("/mcp", json=body, headers=accept).text)

    def _asking(self) -> Try:
        words = self._words()
        way = self.chosen.choice(
            ["completions", "feed", "page ask", "page story", "page similar", "suggestions"]
        )
        if way == "completions":
            messages = [{"role": "user", "content": words}]
            body = {"model": "footnote", "messages": messages, "stream": self.chosen.random() < 0.5}
            return Try(way, words, lambda: self.http.post("/v1/chat/completions", json=body).text)
        if way == "feed":
            return Try(way, "", lambda: self.http.get("/api/changes.atom").text)
        if way == "page ask":
            asked = {"token": self.chosen.randbytes(6).hex(), "question": words}
            self.said += words
            return Try(
                way, words, lambda: json.dumps(event(self.browser, "ask", asked, session=asked["token"]))
            )
        kind = self.chosen.choice(["timeline", "who-said-what", "had-this"])
        data: dict[str, dict[str, str]] = {
            "page story": {"what": "story", "kind": kind},
            "page similar": {"what": "similar"},
        }
        sent = {"words": words, **data.get(way, {"what": "suggestions"})}
        return Try(way, words, lambda: json.dumps(self.reply(sent)))


def test_two_thousand_tries_show_nothing(address: str, place: Path | DatabaseAddress) -> None:
    """Whoever is in no group sees nothing of what is for a group, whatever is asked."""
    seen: list[tuple[str, str, list[str]]] = []
    ways: Counter[str] = Counter()
    with Visitor(address, place, "tom") as tom:
        for one in islice(tom.tries(), TRIES):
            ways[one.way.split()[0]] += 1
            if found := told(one.go(), one.sent):
                seen.append((one.way, one.sent, found))
    assert seen == []
    assert len(ways) >= 12


def test_who_is_in_the_group_sees_it_by_the_same_ways(address: str, place: Path | DatabaseAddress) -> None:
    """So the tries would find something, if there were something to be found."""
    told_by: set[str] = set()
    with Visitor(address, place, "ines") as ines:
        for one in islice(ines.tries(), 400):
            if told(one.go(), one.sent):
                told_by.add(one.way.split()[0])
    assert told_by >= {"article", "articles", "page", "mcp", "search"}


def test_the_command_line_sees_what_it_is_told_to(
    place: Path | DatabaseAddress, footnote: Footnote, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is its owner's and sees all; with FOOTNOTE_GROUPS it sees what these may, and changes nothing."""
    own = f"{place.conninfo}?library={place.name}" if isinstance(place, DatabaseAddress) else str(place)
    monkeypatch.setenv("FOOTNOTE_LIBRARY", own)
    question = "When will the harbour of Westhaven be closed?"
    tries = [
        ("articles",),
        ("articles", "--json"),
        ("export",),
        ("ask", question, "--json"),
        ("timeline", "closing of the harbour of Westhaven"),
        ("who-said-what", "closing of the harbour of Westhaven", "--json"),
        ("had-this", SECRET[0].text.split(". ")[0]),
        ("group", "list"),
    ]
    draft = tmp_path / "draft.txt"
    draft.write_text("The harbour of Westhaven will be closed.", "utf-8")
    tries.append(("check", str(draft), "--json"))
    shown = {one: told(footnote(*one).out, " ".join(one)) for one in tries}
    assert sum(map(bool, shown.values())) >= 7
    monkeypatch.setenv("FOOTNOTE_GROUPS", "nobody")
    assert {one: told(footnote(*one).out, " ".join(one)) for one in tries} == {one: [] for one in tries}
    refused = footnote("remove", SECRET[0].id)
    assert (refused.code, refused.err.startswith("FOOTNOTE_GROUPS names groups")) == (1, True)


def test_python_sees_what_filters_allow(place: Path | DatabaseAddress) -> None:
    """An answer with the groups of whoever asks rests on nothing else."""
    question = f"What does the {WORDS[0]} plan cost?"
    assert answer(question, library=place, filters=Filters(groups="sports")).answered
    nothing = answer(question, library=place, filters=Filters(groups=[]))
    assert (nothing.answered, told(str(nothing.to_dict()), question)) == (False, [])
