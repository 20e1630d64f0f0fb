"""The people who may use a library and the tokens of their programs, in one document beside it.

Passwords are kept as argon2 hashes, tokens as SHA-256: a token is 256 random bits, which nobody can try out.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ingest import LibraryError, LibraryLockedError, SettingsError, document_beside, group_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from argon2 import PasswordHasher

    from ingest import LibraryLocation

ACCESS_FOLDER = "access"
"""Where documents about access lie, inside the folder of the library."""

TOKEN_PREFIX = "fn_"  # noqa: S105  # so that a token is recognised where it leaked
SHORTEST_PASSWORD = 12  # characters of a password: OWASP ASVS 5.0, 6.2.1 asks for 8 and advises 15
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
    removed: tuple[str, ...] = ()
    """Names of people who were removed here: a copy of another library doesn't bring them back."""


class People:
    """The people of a library; the document is read anew whenever it has changed."""

    def __init__(self, library: LibraryLocation, *, hasher: PasswordHasher | None = None) -> None:
        self.document = document_beside(library, f"{ACCESS_FOLDER}/people.json")
        self._hasher = hasher
        self._read: tuple[object, AccessFile] = (None, AccessFile())

    @property
    def any(self) -> bool:
        """Whether anybody was added."""
        return bool(self.known().accounts)

    def known(self) -> AccessFile:
        """Return what the file says now."""
        try:
            stamp, (before, known) = self.document.stamp(), self._read
            if before != stamp:
                known = _parsed(self.document.read(), self.document.name)
                self._read = (stamp, known)
        except (OSError, UnicodeDecodeError):
            raise _unreadable(self.document.name) from None
        return known

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

        def with_person(known: AccessFile) -> AccessFile:
            before = known.accounts[name].groups if name in known.accounts else ()
            account = Account(name, hashed, admin, before if groups is None else tuple(sorted(groups)))
            left = tuple(each for each in known.removed if each != name)
            return AccessFile({**known.accounts, name: account}, known.tokens, left)

        self._change(with_person)

    def set_groups(self, name: str, groups: Collection[str]) -> None:
        """Say in which groups a person is; it counts from the next request on."""

        def regrouped(known: AccessFile) -> AccessFile:
            if name not in known.accounts:
                raise SettingsError(NOBODY.format(name=name))
            account = replace(known.accounts[name], groups=tuple(sorted(groups)))
            return replace(known, accounts={**known.accounts, name: account})

        self._change(regrouped)

    def remove(self, name: str) -> None:
        """Remove a person with all tokens; who is signed in is signed out."""

        def without(known: AccessFile) -> AccessFile:
            if name not in known.accounts:
                raise SettingsError(NOBODY.format(name=name))
            left = {key: account for key, account in known.accounts.items() if key != name}
            tokens = tuple(token for token in known.tokens if token.person != name)
            return AccessFile(left, tokens, tuple(sorted({*known.removed, name})))

        self._change(without)

    def add_token(self, person: str, about: str) -> str:
        """Make a token for a program; it is shown this once and only its hash is kept."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)

        def with_token(known: AccessFile) -> AccessFile:
            if person not in known.accounts:
                raise SettingsError(f"There is nobody called {person!r}. `footnote user add` adds people.")
            kept = AccessToken(secrets.token_hex(4), person, about, _digest(token))
            return replace(known, tokens=(*known.tokens, kept))

        self._change(with_token)
        return token

    def remove_token(self, token_id: str) -> None:
        """Make a token worthless."""

        def without(known: AccessFile) -> AccessFile:
            left = tuple(token for token in known.tokens if token.id != token_id)
            if len(left) == len(known.tokens):
                raise SettingsError(f"There is no token {token_id!r}. `footnote token list` shows them.")
            return replace(known, tokens=left)

        self._change(without)

    def take_over(self, other: AccessFile) -> None:
        """Add people and tokens of another library; who is here already, or was removed here, stays so."""
        if other.accounts:
            self._change(lambda known: _joined(known, other))

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

    def _change(self, edit: Callable[[AccessFile], AccessFile]) -> None:
        """Put in the document's place what `edit` makes of it, which nobody else changes meanwhile."""
        name = self.document.name
        try:
            self.document.change(lambda text: _written(edit(_parsed(text, name))))
        except UnicodeDecodeError:
            raise _unreadable(name) from None
        except (OSError, LibraryError) as error:
            raise SettingsError(f"{name} can't be changed: {_why(error)}") from None


def _why(error: OSError | LibraryError) -> str:
    if isinstance(error, LibraryLockedError):
        return "another command is changing it. Try again in a moment."
    return f"{error.strerror}." if isinstance(error, OSError) else str(error)


def _joined(known: AccessFile, other: AccessFile) -> AccessFile:
    there = {token.id for token in known.tokens}
    coming = {name: account for name, account in other.accounts.items() if name not in known.removed}
    new = coming.keys() - known.accounts.keys()
    ours = (token for token in other.tokens if token.id not in there and token.person in new)
    return AccessFile({**coming, **known.accounts}, (*known.tokens, *ours), known.removed)


def _written(known: AccessFile) -> str:
    plain = {
        "accounts": [asdict(account) for account in known.accounts.values()],
        "tokens": [asdict(token) for token in known.tokens],
        "removed": list(known.removed),
    }
    return json.dumps(plain, indent=1)


def _parsed(text: str | None, name: str) -> AccessFile:
    """Read the document. One that can't be read lets nobody in, and never everybody."""
    if text is None:
        return AccessFile()
    try:
        plain = json.loads(text)
        accounts = {row["name"]: _account(**row) for row in plain["accounts"]}
        removed = tuple(str(name) for name in plain.get("removed", ()))  # of older releases, none
        return AccessFile(accounts, tuple(AccessToken(**row) for row in plain["tokens"]), removed)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _unreadable(name) from None


def _unreadable(name: str) -> SettingsError:
    return SettingsError(f"{name} can't be read. Restore it, or remove it and add the people anew.")


def _account(*, groups: Iterable[str] = (), **known: Any) -> Account:  # noqa: ANN401  # of the file
    return Account(**known, groups=tuple(sorted(group_names(groups))))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
