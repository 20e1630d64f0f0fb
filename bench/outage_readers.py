"""Readers of `bench.outage`: they ask front ends over HTTP, and hold every reply against the ledger."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.outage_ledger import Ledger, Written
    from bench.outage_servers import Server

PAUSE = 0.6  # seconds between an answer and the next question, at most
LONGEST = 60.0  # seconds that a reader waits
PRINTED = 25  # faults that are told one by one
GRACE = 10.0  # seconds after a server is back in which somebody may still have met the dead one


@dataclass
class Outcome:
    """What the readers met."""

    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, counter: Counter[str], what: str) -> None:
        """Count one, from any thread."""
        with self._lock:
            counter[what] += 1

    def fault(self, what: str) -> None:
        """Note a broken promise."""
        with self._lock:
            self.faults.append(what)
            if len(self.faults) <= PRINTED:
                print(f"FAULT {what}", flush=True)


@dataclass(frozen=True)
class Place:
    """A front end as readers know it, and the servers whose absence it may speak of."""

    server: Server
    address: str


class Reader:
    """One reader, who goes to the other front end where one gives no answer, as a proxy would."""

    def __init__(
        self, places: Sequence[Place], token: str, ledger: Ledger, outcome: Outcome, shared: Sequence[Server]
    ) -> None:
        self._places = list(places)
        self._headers = {"authorization": f"Bearer {token}"}
        self._ledger = ledger
        self._outcome = outcome
        self._shared = shared

    def read(self, number: int, end: threading.Event) -> None:
        """Ask until told to stop."""
        chance = random.Random(number)  # noqa: S311  # an order, no secret
        at = number
        with httpx.Client(headers=self._headers, timeout=LONGEST, trust_env=False) as client:
            while not end.is_set():
                if (picked := self._ledger.pick(chance)) is None:
                    end.wait(PAUSE)
                    continue
                place = self._places[at % len(self._places)]
                ways = (self._search, self._search, self._ask, self._article)
                if not chance.choice(ways)(client, place, picked, chance):
                    at += 1
                end.wait(chance.uniform(0, PAUSE))

    def _search(
        self, client: httpx.Client, place: Place, picked: tuple[str, Written], chance: random.Random
    ) -> bool:
        """Search for a sentence of an article: it is found."""
        article_id, article = picked
        sentence = chance.choice(article.sentences)
        params = {"words": sentence, "exact": "true"}
        came = self._get(client, place, "GET", "/api/search", params=params)
        if came is None:
            return False
        body, begun = came
        found = [each["citation"] for each in body["found"]]
        self._check(found, begun)
        if article_id not in {each["article_id"] for each in found}:
            if body["notices"]:  # an index is being made, or is away, and the reply says so
                self._outcome.count(self._outcome.kinds, "an article not found, with a notice")
            else:
                self._missed(f"{article.url} is not found by “{sentence}” at {place.server.name}", picked)
        return True

    def _ask(
        self, client: httpx.Client, place: Place, picked: tuple[str, Written], chance: random.Random
    ) -> bool:
        """Ask about an article: whatever is cited stands there."""
        sentence = chance.choice(picked[1].sentences)
        came = self._get(client, place, "POST", "/api/ask", json={"question": sentence, "exact": True})
        if came is None:
            return False
        body, begun = came
        self._check([*body["citations"], *body["consulted"]], begun)
        if body["notices"]:
            self._outcome.count(self._outcome.kinds, "with a notice")
        return True

    def _article(
        self, client: httpx.Client, place: Place, picked: tuple[str, Written], chance: random.Random
    ) -> bool:
        """Read an article: it is the whole of it."""
        del chance
        article_id, article = picked
        came = self._get(client, place, "GET", f"/api/articles/{article_id}", missing=True)
        if came is None:
            return False
        body, _ = came
        if not body:
            self._missed(f"{article.url} is not there at {place.server.name}", picked)
        elif body["text"] != article.text:
            editions, _ = self._ledger.seen(article_id)
            if body["text"] not in {each.text for each in editions}:
                self._outcome.fault(f"{article.url} is half visible at {place.server.name}")
        return True

    def _missed(self, what: str, picked: tuple[str, Written]) -> None:
        if self._ledger.has_to_be_there(*picked):
            self._outcome.fault(what)

    def _check(self, cited: list[dict[str, Any]], begun: float) -> None:
        for each in cited:
            editions, removed = self._ledger.seen(each["article_id"])
            if removed < begun:
                self._outcome.fault(f"{each['url']} is seen {begun - removed:.1f} s after its removal")
            quoted = {edition.text[each["start"] : each["end"]] for edition in editions}
            if each["quote"] not in quoted and self._is_current(each["article_id"], editions):
                self._outcome.fault(f"{each['url']} is cited as it never was: {each['quote']!r}")

    def _is_current(self, article_id: str, editions: list[Written]) -> bool:
        """Say whether no other edition was acknowledged while the reply was on its way."""
        return self._ledger.seen(article_id)[0] == editions and len(editions) == 1

    def _get(
        self,
        client: httpx.Client,
        place: Place,
        method: str,
        path: str,
        *,
        missing: bool = False,
        **sent: Any,  # noqa: ANN401  # what httpx takes
    ) -> tuple[dict[str, Any], float] | None:
        """Return the body of a reply and when it was asked for; None for an error, which is judged here."""
        begun = time.monotonic()
        self._outcome.count(self._outcome.kinds, path.partition("/api/")[2].partition("/")[0])
        try:
            reply = client.request(method, place.address + path, **sent)
        except httpx.HTTPError as error:
            name = type(error).__name__
            self._outcome.count(self._outcome.errors, f"connection: {name}")
            if not place.server.was_away(begun, time.monotonic(), GRACE):
                self._outcome.fault(f"{place.server.name} was there, and {path} gave {name} ({error})")
            return None
        taken = time.monotonic() - begun
        if reply.status_code == httpx.codes.OK:
            self._outcome.seconds.append(taken)
            return reply.json(), begun
        if missing and reply.status_code == httpx.codes.NOT_FOUND:
            return {}, begun
        self._judge(place, path, reply, begun)
        return None

    def _judge(self, place: Place, path: str, reply: httpx.Response, begun: float) -> None:
        """Hold an error against what is promised: typed, never 500, only while a server is away."""
        try:
            said = str(reply.json()["error"]["message"])
        except (ValueError, KeyError, TypeError):
            said = ""
        self._outcome.count(self._outcome.errors, f"{reply.status_code}: {said[:60]}")
        what = f"{path} at {place.server.name}: {reply.status_code} {said or reply.text[:200]!r}"
        if reply.status_code != httpx.codes.SERVICE_UNAVAILABLE or not said or "Traceback" in said:
            self._outcome.fault(f"untyped: {what}")
        elif not any(each.was_away(begun, time.monotonic(), GRACE) for each in self._shared):
            self._outcome.fault(f"every server was there: {what}")
