"""What `bench.outage` looks for once all is quiet: all is there and is found, what was removed is gone."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx

from bench.workers import is_whole
from ingest import Library, examine_library, library_settings, queue_state
from ingest.storage.postgresql.store import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.outage_ledger import Ledger, Written
    from bench.outage_readers import Outcome
    from bench.outage_servers import Database, Vectors

OF_THOSE_BEFORE = 300  # articles from before the kills that are looked at whole; of those after them all
OVER_HTTP = 8  # articles that every front end is asked for besides
LIMIT = 50  # chunks that a search returns
QUIET_WITHIN = 120.0  # seconds for the queue to be done


class Afterwards:
    """Looks at a library after the kills; every broken promise is a fault."""

    def __init__(self, database: Database, vectors: Vectors, ledger: Ledger, outcome: Outcome) -> None:
        self._database = database
        self._vectors = vectors
        self._ledger = ledger
        self._fault = outcome.fault
        self.found = self.looked_for = 0

    def look(self) -> None:
        """Compare the library with all that was ever acknowledged, and look whether it is found."""
        Library.open(library_settings(), write=True, wait=60).close()  # undoes what dead workers left
        expected = self._ledger.expected()
        with Library.open(library_settings()) as library:
            versions = library.versions()
            for missing in expected.keys() - versions.keys():
                self._fault(f"{expected[missing].url} was acknowledged and is lost")
            for unknown in versions.keys() - expected.keys():
                self._fault(f"{unknown} is there and should not be")
            there = {key: each for key, each in expected.items() if key in versions}
            chosen = _chosen(there)
            for article_id in there:
                stored = library.article(article_id)
                if stored is None or stored.text != expected[article_id].text:
                    self._fault(f"{expected[article_id].url} is there, but not as it was acknowledged")
                elif article_id in chosen and not is_whole(library, article_id):
                    self._fault(f"{expected[article_id].url} is half there")
            self._find(library, chosen)
        for finding in examine_library(self._database.address):
            self._fault(f"the doctor: {finding.what}: {finding.affected}")
        if len(names := self._vectors.collections()) != 1:
            self._fault(f"Chroma has {len(names)} collections")

    def _find(self, library: Library, chosen: dict[str, Written]) -> None:
        """Search for each chunk by a sentence of it and by its own vector: both indexes have it."""
        for each in chosen.values():
            for chunk, vector in library.vectors(each.id, library.versions([each.id])[each.id]):
                self.looked_for += 1
                sentence = chunk.sentences[0].text
                hits = {hit.chunk.id: hit for hit in library.search(sentence, vector, limit=LIMIT)}
                found = hits.get(chunk.id)
                if found is None or found.keyword_rank is None or found.vector_rank is None:
                    self._fault(f"{each.url} is not found by its words and its vector: “{sentence}”")
                else:
                    self.found += 1

    def ask(self, addresses: Sequence[str], token: str) -> None:
        """Ask every front end for articles by a sentence each, and for what was removed."""
        expected, gone = self._ledger.expected(), self._ledger.gone()
        there = _after(expected)
        for address in addresses:
            with httpx.Client(
                base_url=address, headers={"authorization": f"Bearer {token}"}, trust_env=False, timeout=60
            ) as client:
                for each in there[:: max(1, len(there) // OVER_HTTP)]:
                    found = _found(client, each.sentences[0])
                    if each.id not in found:
                        self._fault(f"{each.url} is not found at {address}")
                for article_id, editions in list(gone.items())[:OVER_HTTP]:
                    if article_id in _found(client, editions[0].sentences[0]):
                        self._fault(f"{article_id} was removed and is found at {address}")
                    if client.get(f"/api/articles/{article_id}").status_code != httpx.codes.NOT_FOUND:
                        self._fault(f"{article_id} was removed and is at {address}")

    def rebuild(self, folders: Sequence[Path]) -> int:
        """Repair and compact; look for what was removed in rows and files; return how many it was."""
        command = [sys.executable, "-c", "from assistant.cli.main import main; main()", "doctor", "--repair"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  # our own
        if done.returncode:
            self._fault(f"`footnote doctor --repair` said {done.stdout}{done.stderr}")
        gone = self._ledger.gone()
        store = PostgresStore(self._database.address)
        schema = self._database.address.schema
        with store.reading() as connection:
            rows = connection.execute("SELECT count(*) FROM articles WHERE id = ANY(?)", (list(gone),))
            if left := rows.fetchone()[0]:
                self._fault(f"{left} removed articles are in the record")
            named = "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            tables = f"{named} WHERE nspname = ? AND relkind = 'r'"
            for (table,) in connection.execute(tables, (schema,)).fetchall():
                connection.execute(f'VACUUM FULL "{schema}"."{table}"')
            connection.execute("CHECKPOINT")
        store.close()
        words = {edition.sentences[0].split()[3].lower() for each in gone.values() for edition in each}
        for folder in folders:
            for file in (each for each in folder.rglob("*") if each.is_file()):
                content = file.read_bytes().lower()
                for word in words:
                    # Behind the digits of one place come others in that of another article.
                    if word.encode() in content and re.search(rb"%b(?![0-9])" % word.encode(), content):
                        self._fault(f"{word!r} was removed and is in {file}")
        return len(gone)


def wait_for_quiet(database: Database) -> str:
    """Wait until the queue is empty; return what is left in it, "" where nothing is."""
    until = time.monotonic() + QUIET_WITHIN
    while True:
        state = queue_state(database.address)
        if state is None or not (state.waiting or state.running or state.parked):
            return ""
        if time.monotonic() > until:
            return str(state)
        time.sleep(0.5)


def wait_until_found(address: str, token: str, article: Written) -> None:
    """Wait until a front end has made its keyword index, and finds the article that came last."""
    until = time.monotonic() + QUIET_WITHIN
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, trust_env=False, timeout=60) as client:
        while article.id not in _found(client, article.sentences[0]):
            if time.monotonic() > until:
                raise TimeoutError(f"{address} does not find {article.url}")
            time.sleep(1)


def _chosen(expected: dict[str, Written]) -> dict[str, Written]:
    """Choose all that was stored while servers were killed, and some of what was there before."""
    before = [each for each in expected.values() if len(each.sentences) == 2]
    some = before[:: max(1, len(before) // OF_THOSE_BEFORE)]
    return {each.id: each for each in (*some, *_after(expected))}


def _after(expected: dict[str, Written]) -> list[Written]:
    return [each for each in expected.values() if len(each.sentences) > 2]


def _found(client: httpx.Client, words: str) -> set[str]:
    reply = client.get("/api/search", params={"words": words, "exact": "true"})
    return {each["citation"]["article_id"] for each in reply.raise_for_status().json()["found"]}
