"""People, passwords, tokens, sessions and throttling, each with a clock and a quick hash of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx
import pytest
from argon2 import PasswordHasher
from fakechat import ANSWERED
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from assistant.store.conversations import Conversations
from assistant.web.access.door_store import InMemory, door_store
from assistant.web.access.guard import COOKIE, address_of
from assistant.web.access.layers import Access
from assistant.web.access.people import AccessFile, Account, People, Person
from assistant.web.access.sessions import SESSION_IDLE_SECONDS, SESSION_SECONDS, Sessions
from assistant.web.access.throttle import Throttle
from ingest import DatabaseAddress, SettingsError

if TYPE_CHECKING:
    from running import Footnote

    from assistant.web.access.door_store import DoorStore
    from ingest import LibraryLocation

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "correct horse battery", "wrong horse battery"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Say what time it is."""
        return self.now


def peopled(library: LibraryLocation) -> People:
    """Let Ines, an admin, and Tom use a library."""
    people = People(library, hasher=QUICK)
    people.add("ines", RIGHT, admin=True)
    people.add("tom", RIGHT)
    return people


@pytest.fixture(name="people")
def _people(tmp_path: Path) -> People:
    return peopled(tmp_path)


@pytest.fixture(name="noted")
def _noted(place: LibraryLocation) -> DoorStore:
    """Return where tries and sessions are noted, with a clock that a test sets: in memory, in a database."""
    store = door_store(place)
    store.clock = Clock()
    return store


def test_passwords_and_tokens_are_kept_as_hashes_for_the_owner_only(people: People, tmp_path: Path) -> None:
    """The file has neither password nor token in it, and nobody else may read it (case 70)."""
    token = people.add_token("tom", "script")
    file = tmp_path / "access" / "people.json"
    kept = file.read_text("utf-8")
    assert RIGHT not in kept
    assert token not in kept
    assert "$argon2id$" in kept
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_only_the_right_password_is_right(place: LibraryLocation) -> None:
    """A wrong password, an unknown name and an endless password get nothing."""
    people = peopled(place)
    account = people.check("ines", RIGHT)
    assert account is not None
    assert account.admin
    tries = [("ines", WRONG), ("ines", ""), ("nobody", RIGHT), ("", ""), ("tom", "x" * 100_000)]
    assert [people.check(name, password) for name, password in tries] == [None] * 5


def test_an_unknown_name_is_hashed_too(tmp_path: Path) -> None:
    """A try for a name that nobody has takes the same work as for one that there is (case 67)."""
    worked = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            worked.append(hash)
            return super().verify(hash, password)

    people = People(tmp_path, hasher=Counting(time_cost=1, memory_cost=8, parallelism=1))
    people.add("ines", RIGHT)
    people.check("ines", WRONG)
    people.check("nobody", WRONG)
    assert [str(item).split("$")[1:4] for item in worked] == [["argon2id", "v=19", "m=8,t=1,p=1"]] * 2


def test_a_token_is_its_person_s_until_it_is_removed(place: LibraryLocation) -> None:
    """A token works at once, others don't, and it is worthless when it or its person goes."""
    people = peopled(place)
    first, second = people.add_token("tom", "a"), people.add_token("tom", "b")
    assert people.by_token(first) == Person("tom")
    assert people.by_token(f"{first}x") is people.by_token("") is None
    people.remove_token(people.known().tokens[0].id)
    assert (people.by_token(first), people.by_token(second)) == (None, Person("tom"))
    people.remove("tom")
    assert people.by_token(second) is None


def test_what_another_process_changes_is_seen_at_once(place: LibraryLocation) -> None:
    """The command changes what is kept while the chat runs."""
    people = peopled(place)
    assert set(people.known().accounts) == {"ines", "tom"}
    People(place, hasher=QUICK).remove("tom")
    assert set(people.known().accounts) == {"ines"}


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"accounts": [{}], "tokens": []}', "\xff"])
def test_a_damaged_file_lets_nobody_in(people: People, damaged: str, tmp_path: Path) -> None:
    """It is an error and never the same as nobody having been added."""
    (tmp_path / "access" / "people.json").write_text(damaged, "latin-1")
    with pytest.raises(SettingsError, match="can't be read"):
        _ = people.any


WRONG_PEOPLE = [
    ("Ines", RIGHT),
    ("", RIGHT),
    ("../x", RIGHT),
    ("a b", RIGHT),
    ("ok", "short"),
    ("ok", "x" * 300),
]


@pytest.mark.parametrize(("name", "password"), WRONG_PEOPLE)
def test_names_and_passwords_that_are_refused(people: People, name: str, password: str) -> None:
    """A name is plain, a password long enough."""
    with pytest.raises(SettingsError):
        people.add(name, password)


def test_ten_thousand_wrong_tries_get_nowhere(people: People) -> None:
    """In almost three hours of a try each second a few dozen are looked at, and none is let in (case 67)."""
    clock = Clock()
    throttle = Throttle(InMemory(clock))
    looked_at = let_in = 0
    for number in range(10_000):
        if not throttle.begin("ines", f"10.0.{number % 250}.{number % 199}"):  # ever another address
            looked_at += 1
            let_in += people.check("ines", f"guess number {number}") is not None
        clock.now += 1
    assert (looked_at < 40, let_in) == (True, 0)


def test_one_address_can_t_try_many_names() -> None:
    """Another name for each try does not help: the address is locked too (case 67)."""
    clock = Clock()
    throttle = Throttle(InMemory(clock))
    waits = [throttle.begin(f"name{number}", "10.0.0.1") for number in range(200)]
    assert [bool(wait) for wait in waits] == [False] * 5 + [True] * 195
    assert throttle.begin("somebody", "10.0.0.2") == 0


def test_tries_at_the_same_moment_count(noted: DoorStore) -> None:
    """A try counts when it begins: two hundred at once are five, whichever front end they come to."""
    front_ends = [Throttle(noted), Throttle(noted)]
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: front_ends[n % 2].begin("ines", "10.0.0.1"), range(200)))
    assert waits.count(0) == 5


def test_the_right_person_is_let_in_after_the_wait(noted: DoorStore) -> None:
    """A lock ends, and signing in begins the count anew."""
    throttle, clock = Throttle(noted), noted.clock
    assert isinstance(clock, Clock)
    for _ in range(5):
        throttle.begin("ines", "10.0.0.1")
    clock.now += throttle.begin("ines", "10.0.0.1")
    assert throttle.begin("ines", "10.0.0.1") == 0
    throttle.succeeded("ines", "10.0.0.1")
    clock.now += 3
    assert throttle.begin("ines", "10.0.0.9") == 0


def test_a_right_password_does_not_unlock_the_address_that_guesses() -> None:
    """Whoever signs in between guesses at other people's passwords waits as long as without it."""

    def guesses(*, signing_in: bool) -> int:
        clock = Clock()
        throttle, looked_at = Throttle(InMemory(clock)), 0
        for number in range(2_000):
            if signing_in and not throttle.begin("mallory", "10.0.0.1"):
                throttle.succeeded("mallory", "10.0.0.1")
            looked_at += not throttle.begin(f"name{number}", "10.0.0.1")
            clock.now += 1
        return looked_at

    assert guesses(signing_in=True) <= guesses(signing_in=False) < 20


def test_typing_errors_are_forgiven_at_the_right_password(noted: DoorStore) -> None:
    """Ten colleagues behind one address who mistype once each lock nobody out; another address is its own."""
    throttle = Throttle(noted)
    for number in range(10):
        assert throttle.begin(f"colleague{number}", "10.0.0.1") == 0
        assert throttle.begin(f"colleague{number}", "10.0.0.1") == 0
        throttle.succeeded(f"colleague{number}", "10.0.0.1")
    for _ in range(3):
        throttle.begin("tom", "10.0.0.2")
    throttle.begin("tom", "10.0.0.3")
    throttle.succeeded("tom", "10.0.0.3")
    assert [bool(throttle.begin(f"name{number}", "10.0.0.2")) for number in range(3)] == [False, False, True]


def test_an_address_is_forgotten_after_an_hour_and_the_longest_wait_is_a_quarter_of_one(
    noted: DoorStore,
) -> None:
    """Waits double up to 900 s, each try counts from when it was, and an hour without one ends it all."""
    throttle, waits, clock = Throttle(noted), list[float](), noted.clock
    assert isinstance(clock, Clock)
    for number in range(5):
        throttle.begin(f"name{number}", "10.0.0.1")
    for number in range(12):
        waits.append(throttle.begin("ines", "10.0.0.1"))
        clock.now += waits[-1]
        assert throttle.begin(f"other{number}", "10.0.0.1") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    clock.now += 3_601
    assert [throttle.begin(f"new{number}", "10.0.0.1") for number in range(5)] == [0] * 5


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:3:3:4:5:6", "2001:db8:1:3::"),
        ("testclient", "testclient"),
    ],
)
def test_tries_count_for_an_ipv4_address_and_for_a_network_of_ipv6(host: str, known: str) -> None:
    """Whoever has IPv6 has a whole network; an IPv4 address in IPv6's writing is one address, not all."""
    assert address_of(Request({"type": "http", "client": (host, 1)})) == known


def test_a_session_ends_by_itself(place: LibraryLocation, noted: DoorStore) -> None:
    """After half a day of nothing, after a week, with another password, and with its person."""
    people, clock = peopled(place), noted.clock
    assert isinstance(clock, Clock)
    sessions = Sessions(people, noted)

    def signed_in(name: str) -> str:
        account = people.check(name, RIGHT)
        assert account is not None
        return sessions.begin(account)

    idle, long, removed, signed_out = (signed_in("tom") for _ in range(4))
    assert sessions.person(idle) == Person("tom")
    assert sessions.person("guess") is None
    sessions.end(signed_out)
    assert sessions.person(signed_out) is None
    clock.now += SESSION_IDLE_SECONDS + 1
    assert sessions.person(idle) is None
    long = signed_in("ines")
    for _ in range(int(SESSION_SECONDS // SESSION_IDLE_SECONDS) + 1):
        clock.now += SESSION_IDLE_SECONDS - 1
        last = sessions.person(long)
    assert last is None
    changed = signed_in("ines")
    people.add("ines", RIGHT + "!")
    assert sessions.person(changed) is None
    removed = signed_in("tom")
    people.remove("tom")
    assert sessions.person(removed) is None


def test_old_sessions_and_tries_are_cleared_away(noted: DoorStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many the oldest go, so that nobody can fill a disk at the door."""
    monkeypatch.setattr("assistant.web.access.sessions.MOST_SESSIONS", 3)
    monkeypatch.setattr("assistant.web.access.throttle.MOST_LOCKS", 6)
    monkeypatch.setattr("assistant.web.access.throttle.CLEARED_EVERY", 2)
    clock, known = noted.clock, AccessFile({"ines": Account("ines", "hashed")})
    assert isinstance(clock, Clock)

    class Known(People):
        def known(self) -> AccessFile:
            return known

    sessions, throttle, secrets = Sessions(Known(Path()), noted), Throttle(noted), list[str]()
    for number in range(6):
        secrets.append(sessions.begin(known.accounts["ines"]))
        throttle.begin(f"name{number}", f"10.0.0.{number}")
        clock.now += 1
    assert [sessions.person(secret) is not None for secret in secrets] == [False] * 3 + [True] * 3
    with noted.transaction() as db:
        assert db.execute("SELECT count(*) FROM tries").fetchone()[0] == 6


def test_people_and_tokens_from_the_command_line(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The commands add, list and remove; a token is printed once, a password never."""
    import io

    assert "asks nobody to sign in" in footnote("user", "list").out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n"))
    added = footnote("user", "add", "Ines", "--admin")
    assert (added.code, added.out) == (0, "ines may sign in as an administrator.\n")
    assert footnote("user", "list").out == "ines  administrator\n"
    token = footnote("token", "add", "ines", "--about", "script").out.strip()
    people = People(tmp_path / "library", hasher=QUICK)
    assert people.by_token(token) == Person("ines", admin=True)
    listed = footnote("token", "list").out
    assert listed.endswith("  ines  script\n")
    assert token not in listed
    assert footnote("token", "remove", listed.split()[0]).code == 0
    assert people.by_token(token) is None
    assert footnote("user", "remove", "nobody").code == 1
    assert footnote("user", "remove", "ines").code == 0


@pytest.mark.parametrize("names", [["articles.example"], ["127.0.0.1", "10.0.0.5"], ["*"]])
def test_behind_a_proxy_people_have_to_sign_in(tmp_path: Path, names: list[str]) -> None:
    """Whoever comes through a proxy comes from this machine, so a public name asks for people (case 68)."""
    with pytest.raises(SettingsError, match="people have to sign in"):
        Access(tmp_path, host="127.0.0.1", quota_mb=1, names=names)
    assert not Access(tmp_path, host="127.0.0.1", quota_mb=1, names=["localhost"]).needed()
    People(tmp_path, hasher=QUICK).add("ines", RIGHT, admin=True)
    assert Access(tmp_path, host="127.0.0.1", quota_mb=1, names=names).needed()


def test_removing_the_last_person_lets_nobody_in(people: People, tmp_path: Path) -> None:
    """A chat that asked people to sign in goes on to ask, until it is started anew."""
    access = Access(tmp_path, host="127.0.0.1", quota_mb=1)
    assert access.needed()
    for name in ("ines", "tom"):
        people.remove(name)
    assert access.needed()


def test_a_database_that_is_away_lets_nobody_in() -> None:
    """Neither who would be anybody, nor a cookie, a token or a form; nobody is told of its address.

    Programs are told when to ask again.
    """
    away = DatabaseAddress.parse("postgresql://footnote@127.0.0.1:1/news?library=desk")
    access = Access(away, host="127.0.0.1", quota_mb=1)

    async def page(*_: object) -> None:
        raise AssertionError("somebody was let in")

    app = Starlette(routes=[Mount("/", page)], middleware=access.layers())

    async def ask() -> list[tuple[int, str, bool]]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost", cookies={COOKIE: "x"}
        ) as browser:
            token = {"authorization": "Bearer fn_x"}
            came = [await browser.get("/"), await browser.get("/api/articles", headers=token)]
            came.append(await browser.post("/sign-in", data={"name": "ines", "password": RIGHT}))
            return [
                (each.status_code, each.headers["retry-after"], "5432" in each.text or "news" in each.text)
                for each in came
            ]

    assert asyncio.run(ask()) == [(503, "2", False)] * 3


def test_conversations_go_with_their_person_from_a_database(
    footnote: Footnote, database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with the rows of a database; those of others stay."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    peopled(database)
    for name in ("tom", "ines"):
        Conversations.of_person(database, name).keep(None, ANSWERED, seconds=0.1)
    assert footnote("user", "remove", "tom").code == 0
    left = [len(Conversations.of_person(database, name).listed()) for name in ("tom", "ines")]
    assert (left, footnote("user", "list").out) == ([0, 1], "ines  administrator\n")


def test_conversations_go_with_their_person(footnote: Footnote, tmp_path: Path) -> None:
    """Somebody who gets the same name later finds nothing of what was asked before (case 38)."""
    People(library := tmp_path / "library", hasher=QUICK).add("tom", RIGHT)
    Conversations.of_person(library, "tom").keep(None, ANSWERED, seconds=0.1)
    assert len(Conversations.of_person(library, "tom").listed()) == 1
    assert "conversations are deleted" in footnote("user", "remove", "Tom").out
    assert Conversations.of_person(library, "tom").listed() == []
    left = [path for path in (library / "conversations").iterdir() if b"ferry" in path.read_bytes()]
    assert left == []
