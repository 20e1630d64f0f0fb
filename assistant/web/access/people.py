"""The people who may use a library and the tokens of their programs, in a file that only its owner reads.

Passwords are kept as argon2 hashes, tokens as SHA-256: a token is 256 random bits, which nobody can try out.
"""

from __future__ import annotations

import json
import re
import secrets
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from ingest import LibraryError, LibraryLockedError, SettingsError, WriterLock, group_names, put_in_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from argon2 import PasswordHasher

ACCESS_FOLDER = "access"
"""Where the file lies, inside the folder of the library."""

TOKEN_PREFIX = "fn_"  # noqa: S105  # so that a token is recognised where it leaked
SHORTEST_PASSWORD = 12  # characters of a password: OWASP ASVS 5.0, 6.2.1 asks for 8 and advises 15
LOCK_SECONDS = 10.0  # seconds that a change waits for another one, which takes milliseconds
LONGEST_PASSWORD = 256  # so that hashing can't be made slow
NOBODY = "There is nobody called {name!r}. `footnote user list` shows who there is."
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may ask. Only an admin may add and remove articles, and sees those of every group."""

    name: str
    admin: bool = False
    groups: frozenset[str] = frozenset()

    @property
    def sees(self) -> frozenset[str] | None:
        """The groups whose articles may be seen beside those that are for all; None for everything."""
        return None if self.admin else self.groups


@dataclass(frozen=True, slots=True)
class Account:
    """A person with the hash of the password."""

    name: str
    hashed: str
    admin: bool = False
    groups: tuple[str, ...] = ()

    @property
    def person(self) -> Person:
        """Whose account it is."""
        return Person(self.name, self.admin, frozenset(self.groups))


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a program of a person signs in with."""

    id: str
    person: str
    about: str
    hashed: str


@dataclass(frozen=True, slots=True)
class AccessFile:
    """What the file holds."""

    accounts: dict[str, Account] = field(default_factory=dict)
    tokens: tuple[AccessToken, ...] = ()


class People:
    """The people of a library; the file is read anew whenever it has changed."""

    def __init__(self, library: Path, *, hasher: PasswordHasher | None = None) -> None:
        self.file = library / ACCESS_FOLDER / "people.json"
        self._hasher = hasher
        self._lock = Lock()
        self._read: tuple[object, AccessFile] = (None, AccessFile())

    @property
    def any(self) -> bool:
        """Whether anybody was added."""
        return bool(self.known().accounts)

    def known(self) -> AccessFile:
        """Return what the file says now."""
        with self._lock:
            stamp = _stamp(self.file)
            if self._read[0] != stamp:
                self._read = (stamp, _load(self.file))
            return self._read[1]

    def add(
        self, name: str, password: str, *, admin: bool = False, groups: Collection[str] | None = None
    ) -> None:
        """Add a person, or give one another password; groups that are not named stay as they were."""
        if not _NAME.fullmatch(name):
            raise SettingsError("A name has small letters, digits, and . _ @ - between them, up to 64.")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise SettingsError(
                f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Choose another one."
            )
        hashed = self._argon2().hash(password)
        with self._changing(first=True) as known:
            before = known.accounts[name].groups if name in known.accounts else ()
            account = Account(name, hashed, admin, before if groups is None else tuple(sorted(groups)))
            self._write(AccessFile({**known.accounts, name: account}, known.tokens))

    def set_groups(self, name: str, groups: Collection[str]) -> None:
        """Say in which groups a person is; it counts from the next request on."""
        with self._changing() as known:
            if name not in known.accounts:
                raise SettingsError(NOBODY.format(name=name))
            account = replace(known.accounts[name], groups=tuple(sorted(groups)))
            self._write(AccessFile({**known.accounts, name: account}, known.tokens))

    def remove(self, name: str) -> None:
        """Remove a person with all tokens; who is signed in is signed out."""
        with self._changing() as known:
            if name not in known.accounts:
                raise SettingsError(NOBODY.format(name=name))
            left = {key: account for key, account in known.accounts.items() if key != name}
            self._write(AccessFile(left, tuple(token for token in known.tokens if token.person != name)))

    def add_token(self, person: str, about: str) -> str:
        """Make a token for a program; it is shown this once and only its hash is kept."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        with self._changing() as known:
            if person not in known.accounts:
                raise SettingsError(f"There is nobody called {person!r}. `footnote user add` adds people.")
            kept = AccessToken(secrets.token_hex(4), person, about, _digest(token))
            self._write(AccessFile(known.accounts, (*known.tokens, kept)))
        return token

    def remove_token(self, token_id: str) -> None:
        """Make a token worthless."""
        with self._changing() as known:
            left = tuple(token for token in known.tokens if token.id != token_id)
            if len(left) == len(known.tokens):
                raise SettingsError(f"There is no token {token_id!r}. `footnote token list` shows them.")
            self._write(AccessFile(known.accounts, left))

    def check(self, name: str, password: str) -> Account | None:
        """Return the account if the password is right. Takes as long for a name that nobody has."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        account = self.known().accounts.get(name)
        hashed = account.hashed if account else self._nobody()
        try:
            self._argon2().verify(hashed, password[:LONGEST_PASSWORD])
        except (Argon2Error, InvalidHashError):
            return None
        return account

    def by_token(self, token: str) -> Person | None:
        """Return whose token it is."""
        known, given, found = self.known(), _digest(token), None
        for kept in known.tokens:  # all of them, so that time tells nothing
            if secrets.compare_digest(kept.hashed, given):
                found = known.accounts.get(kept.person)
        return found.person if found else None

    def _argon2(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        self._hasher = self._hasher or PasswordHasher()  # argon2-cffi's defaults: RFC 9106, low memory
        return self._hasher

    def _nobody(self) -> str:
        hasher = self._argon2()
        if not hasattr(self, "_dummy"):
            self._dummy = hasher.hash(secrets.token_hex(16))
        return self._dummy

    @contextmanager
    def _changing(self, *, first: bool = False) -> Iterator[AccessFile]:
        """Yield what the file says, which no other process or thread changes until the end."""
        folder = self.file.parent
        if not first and not folder.exists():
            yield AccessFile()
            return
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = WriterLock.acquire(folder, wait=LOCK_SECONDS)
        except (OSError, LibraryError) as error:
            raise SettingsError(f"{self.file} can't be changed: {_why(error)}") from None
        try:
            yield _load(self.file)
        finally:
            lock.release()

    def _write(self, known: AccessFile) -> None:
        """Write beside the file and rename, so that it is whole at any moment."""
        plain = {
            "accounts": [asdict(account) for account in known.accounts.values()],
            "tokens": [asdict(token) for token in known.tokens],
        }
        try:
            with tempfile.NamedTemporaryFile(
                "w", dir=self.file.parent, encoding="utf-8", delete=False
            ) as file:
                json.dump(plain, file, indent=1)
            put_in_place(Path(file.name), self.file)  # readable for the owner only, as temporary files are
        except OSError as error:
            raise SettingsError(f"{self.file} can't be written: {error.strerror}.") from None


def _why(error: OSError | LibraryError) -> str:
    if isinstance(error, LibraryLockedError):
        return "another command is changing it. Try again in a moment."
    return f"{error.strerror}." if isinstance(error, OSError) else str(error)


def _stamp(file: Path) -> object:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _load(file: Path) -> AccessFile:
    """Read the file. One that can't be read lets nobody in, and never everybody."""
    try:
        plain = json.loads(file.read_text("utf-8"))
        accounts = {row["name"]: _account(**row) for row in plain["accounts"]}
        return AccessFile(accounts, tuple(AccessToken(**row) for row in plain["tokens"]))
    except FileNotFoundError:
        return AccessFile()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise SettingsError(
            f"{file} can't be read. Restore it, or remove it and add the people anew."
        ) from None


def _account(*, groups: Iterable[str] = (), **known: Any) -> Account:  # noqa: ANN401  # of the file
    return Account(**known, groups=tuple(sorted(group_names(groups))))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
