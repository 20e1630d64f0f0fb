"""Embeddings of a provider, asked of a small server on this machine."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fakes import WordEmbeddings

from ingest.embedding.embedders import load_embedder
from ingest.embedding.provider_embeddings import BATCH_TEXTS, DIMENSIONS, OpenAISettings, ProviderEmbeddings
from ingest.errors import FootnoteError, SettingsError
from ingest.settings import LibrarySettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "sk-the-secret-key"
NAME = "openai:words"
WORDS = WordEmbeddings()


@dataclass
class Server:
    """What the server was asked, and how it is to answer: `status`, or vectors of `dimension`."""

    address: str = ""
    status: int = 200
    code: str | None = None
    dimension: int = WORDS.dimension
    drop: int = 0
    asked: list[Any] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def answer(self, texts: list[str]) -> dict[str, Any]:
        """Return OpenAI's form of the vectors, five times too long on purpose."""
        vectors = 5 * WordEmbeddings(dimension=self.dimension).embed(texts)
        rows = vectors.tolist()[self.drop :]
        data = [{"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(rows)]
        return {
            "object": "list",
            "data": data,
            "model": "words",
            "usage": {"prompt_tokens": 0, "total_tokens": 0},
        }


def handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    """Return a handler that answers as the server says."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body["input"])
            server.keys.append(self.headers["Authorization"])
            failure = {"error": {"message": f"bad {self.headers['Authorization']}", "code": server.code}}
            answer = server.answer(body["input"]) if server.status == 200 else failure
            content = json.dumps(answer).encode()
            self.send_response(server.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("x-should-retry", "false")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler


@pytest.fixture(autouse=True)
def _no_dotenv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OpenAISettings.model_config, "env_file", None)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run a server on this machine and name it in the environment, with a key."""
    server = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(server)) as http:
        server.address = f"http://127.0.0.1:{http.server_port}/v1"
        threading.Thread(target=http.serve_forever, args=[0.01], daemon=True).start()
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield server
        http.shutdown()


def test_vectors_have_length_one_in_the_order_of_the_texts(server: Server) -> None:
    """What the server sends is made length 1; each text keeps its place over several requests."""
    texts = [f"word{number}" for number in range(BATCH_TEXTS + 3)]

    found = ProviderEmbeddings(NAME).embed(texts)

    np.testing.assert_allclose(found, WORDS.embed(texts), atol=1e-6)
    assert found.dtype == np.float32
    assert server.asked == [texts[:BATCH_TEXTS], texts[BATCH_TEXTS:]]


def test_texts_are_sent_as_text_without_a_tokenizer(server: Server) -> None:
    """Text goes as text, cut, with half characters replaced and a space for nothing at all."""
    ProviderEmbeddings(NAME).embed(["", "a\ud800b", "x" * 9_000])

    assert server.asked == [[" ", "a\ufffdb", "x" * 8_000]]


def test_nothing_is_sent_before_it_is_used(server: Server) -> None:
    """Loading asks nothing; the dimension of an unknown model is asked for once."""
    embedder = load_embedder(LibrarySettings(embeddings=NAME))
    before = list(server.asked)

    assert (before, embedder.dimension, embedder.dimension) == ([], 32, 32)
    assert server.asked == [["dimension"]]


@pytest.mark.parametrize("name", DIMENSIONS)
def test_known_dimensions_need_no_request(server: Server, name: str) -> None:
    """A library made with one of OpenAI's models opens without asking OpenAI."""
    assert ProviderEmbeddings(name).dimension == DIMENSIONS[name]
    assert server.asked == []


def test_no_texts_give_no_rows(server: Server) -> None:
    """An empty list costs no request where the dimension is known."""
    assert ProviderEmbeddings("openai:text-embedding-3-small").embed([]).shape == (0, 1536)
    assert server.asked == []


def test_is_named_as_in_the_settings() -> None:
    """The name that the library writes down is the setting."""
    assert load_embedder(LibrarySettings(embeddings=NAME)).name == NAME


def test_a_server_of_ones_own_needs_no_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an address and no key, requests go out with a stand-in for the key."""
    monkeypatch.delenv("OPENAI_API_KEY")

    ProviderEmbeddings(NAME).embed(["hello"])

    assert server.keys == ["Bearer none"]


def test_key_and_address_are_read_from_dotenv(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What .env says is used when the environment says nothing."""
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"OPENAI_API_KEY=sk-from-dotenv\nOPENAI_BASE_URL={server.address}\n")
    monkeypatch.setitem(OpenAISettings.model_config, "env_file", dotenv)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")

    ProviderEmbeddings(NAME).embed(["hello"])

    assert server.keys == ["Bearer sk-from-dotenv"]


REFUSED = [
    (401, SettingsError, f"{NAME}: the key is refused. Correct it in the environment or in .env."),
    (
        403,
        SettingsError,
        f"{NAME}: the key may not use this model. Correct it in the environment or in .env.",
    ),
    (404, SettingsError, f"{NAME}: no such model there. Correct FOOTNOTE_EMBEDDINGS or the address."),
    (429, FootnoteError, f"{NAME}: too many requests. Try again later."),
    (500, FootnoteError, f"{NAME} failed (status 500). Check network and address, then try again."),
]


@pytest.mark.parametrize(("status", "kind", "message"), REFUSED)
def test_a_refusal_says_what_to_do(server: Server, status: int, kind: type, message: str) -> None:
    """Each status has its own advice, and the key that the server repeats is not in it."""
    server.status = status

    with pytest.raises(FootnoteError) as caught:
        ProviderEmbeddings(NAME).embed(["hello"])

    assert (type(caught.value), str(caught.value)) == (kind, message)
    assert caught.value.__suppress_context__


def test_no_credit_is_told_from_too_many_requests(server: Server) -> None:
    """Both are a 429 at OpenAI; the code says which, and waiting helps against one only."""
    server.status, server.code = 429, "insufficient_quota"

    with pytest.raises(FootnoteError, match="no credit left"):
        ProviderEmbeddings(NAME).embed(["hello"])


def test_an_unreachable_server_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens: the error names what to check."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    message = r"openai:words failed \(\w+\)\. Check network and address, then try again\."

    with pytest.raises(FootnoteError, match=f"^{message}$"):
        ProviderEmbeddings(NAME).embed(["hello"])


def test_missing_vectors_are_noticed(server: Server) -> None:
    """A server that leaves out a text would shift all vectors by one."""
    server.drop = 1

    with pytest.raises(FootnoteError, match="no usable vectors for 2 texts"):
        ProviderEmbeddings(NAME).embed(["one", "two"])


def test_another_model_on_the_server_is_noticed(server: Server) -> None:
    """Vectors of another length than before are refused, not stored."""
    embedder = ProviderEmbeddings(NAME)
    embedder.embed(["one"])
    server.dimension = 16

    with pytest.raises(FootnoteError, match="gave vectors of 16 numbers instead of 32"):
        embedder.embed(["two"])


def test_a_missing_key_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without key and address the variable is named."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    message = r"OpenAI embeddings need a key: set OPENAI_API_KEY in the environment or in \.env\."

    with pytest.raises(SettingsError, match=f"^{message}$"):
        ProviderEmbeddings(NAME).embed(["hello"])


@pytest.mark.parametrize("name", ["words", ":words", "openai:", ""])
def test_a_name_in_the_wrong_form_is_refused_at_once(name: str) -> None:
    """The form of the setting is checked when it is read."""
    with pytest.raises(SettingsError, match=r"write 'bundled', or provider:model"):
        ProviderEmbeddings(name)


def test_an_unknown_provider_is_refused() -> None:
    """A provider that LangChain doesn't know is named."""
    with pytest.raises(
        SettingsError, match=r"^Embeddings 'nope:words' can't be used\. LangChain doesn't know"
    ):
        ProviderEmbeddings("nope:words").embed(["hello"])


def test_a_missing_package_is_named() -> None:
    """A provider whose package isn't installed says which to install."""
    with pytest.raises(SettingsError, match=r"can't be used\. .*pip install langchain-cohere"):
        ProviderEmbeddings("cohere:words").embed(["hello"])
