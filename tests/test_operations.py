"""What programs are offered over HTTP: eight things, the same values as in Python, and errors that help."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from browser.running import served
from fakechat import ANSWERED, AWAY, BROKEN, FERRY, REFUSED, UNDATED, UNKNOWN, WRITTEN_QUESTION, checked_draft

from assistant import answer, check_draft, had_this, timeline, who_said_what
from assistant.web.api.operations import OFFERS

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parent.parent / "docs" / "programs.md").read_text("utf-8")
DOCUMENTED = "http://127.0.0.1:7860"
DRAFT = "Six were hurt. Six passengers were injured. 🚢 The pier burnt down. A shame. \n"
EXAMPLES = re.findall(r"^```(python|sh)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
STORIES = {"/api/timeline", "/api/who-said-what", "/api/had-this"}
OFFERED = STORIES | {"/api/ask", "/api/check", "/api/search", "/api/articles", "/api/articles/{article_id}"}
FEED = {"/api/changes.atom"}
COMPATIBLE = {"/v1/models", "/v1/models/{name}", "/v1/chat/completions"}


@pytest.fixture(scope="module", name="client")
def _client(served_chat: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served_chat, timeout=300, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module", name="real")
def _real(examples_library: Path) -> Iterator[str]:
    with served("real", examples_library) as address:
        yield address.rstrip("/")


def test_the_offers_and_nothing_else_are_described(client: httpx.Client) -> None:
    """The schema has the offers, the feed and the compatible endpoints; each says what it does."""
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == OFFERED | FEED | COMPATIBLE
    operations = [way for path in described["paths"].values() for way in path.values()]
    assert {way["operationId"] for way in operations} >= {offer.name for offer in OFFERS}
    assert [way for way in operations if not way["description"]] == []


def test_an_answer_has_everything_to_check_it(client: httpx.Client) -> None:
    """`ask` gives what `to_dict` gives, without the unchecked text of a model."""
    given = client.post("/api/ask", json={"question": ANSWERED.question}).json()
    assert given == {key: value for key, value in ANSWERED.to_dict().items() if key != "writing"}


def test_a_checked_draft_has_everything_to_mark_it(client: httpx.Client) -> None:
    """`check` gives what `to_dict` gives; every statement is a slice of the draft that was sent."""
    given = client.post("/api/check", json={"text": DRAFT}).json()
    assert given == checked_draft(DRAFT).to_dict()
    assert [DRAFT[item["start"] : item["end"]] for item in given["statements"]] == [
        item["text"] for item in given["statements"]
    ]
    assert [item["state"] for item in given["statements"]] == ["agrees", "differs", "not_found", "opinion"]


def test_stories_are_told_as_in_python(real: str, examples_library: Path) -> None:
    """Over HTTP and from Python the tables are the same; a topic without words is refused."""
    for path, made in (("timeline", timeline), ("who-said-what", who_said_what)):
        there = httpx.get(f"{real}/api/{path}", params={"topic": "ferry fire", "limit": 5}, trust_env=False)
        assert there.json() == made("ferry fire", library=examples_library, limit=5).to_dict()
        empty = httpx.get(f"{real}/api/{path}", params={"topic": "…"}, trust_env=False)
        assert empty.status_code == 400
    text = "Every passenger of the burnt ferry Marta Lind will be paid 180 crowns"
    found = httpx.post(f"{real}/api/had-this", json={"text": text}, timeout=300, trust_env=False).json()
    assert found == had_this(text, library=examples_library).to_dict()
    assert [len(report["copies"]) for report in found["reports"]] == [0, 0, 1]


def test_no_answer_is_an_answer(client: httpx.Client) -> None:
    """Where the articles don't say, the status is 200, `answered` is false and nothing is cited."""
    given = client.post("/api/ask", json={"question": UNKNOWN})
    assert (given.status_code, given.json()["answered"], given.json()["citations"]) == (200, False, [])


def test_quotes_are_slices_of_the_articles_that_are_read(client: httpx.Client) -> None:
    """The text that `article` gives has each quote of `ask` and `search` at its place."""
    asked = client.post("/api/ask", json={"question": WRITTEN_QUESTION}).json()
    found = client.get("/api/search", params={"words": "fire", "limit": 2}).json()["found"]
    citations = [*asked["citations"], *(item["citation"] for item in found)]
    assert len(citations) == 5
    for item in citations:
        read = client.get(f"/api/articles/{item['article_id']}", params={"version": item["version"]}).json()
        assert read["text"][item["start"] : item["end"]] == item["quote"]


def test_articles_are_listed_in_parts(client: httpx.Client) -> None:
    """The list can be searched and paged; nothing of where files lie is in it."""
    whole = client.get("/api/articles").json()
    assert [whole["total"], len(whole["articles"])] == [3, 3]
    part = client.get("/api/articles", params={"limit": 1, "offset": 2}).json()
    assert [item["title"] for item in part["articles"]] == [UNDATED.title]
    assert client.get("/api/articles", params={"words": "ferry"}).json()["total"] == 1
    assert FERRY.origin not in str(whole)


WRONG = [
    ("POST", "/api/ask", {"question": "  "}, 200),  # the fake answers anything; see the real one below
    ("POST", "/api/ask", {}, 422),
    ("POST", "/api/ask", {"question": "x", "colour": "red"}, 422),
    ("POST", "/api/ask", {"question": "x", "published_from": "2026-02-30"}, 422),
    ("POST", "/api/ask", {"question": "x", "published_from": 0}, 422),  # no day of 1970
    ("GET", "/api/search?words=x&published_to=0", None, 422),
    (
        "POST",
        "/api/ask",
        {"question": "x", "published_from": "2026-05-02", "published_to": "2026-05-01"},
        400,
    ),
    ("POST", "/api/ask", {"question": REFUSED}, 500),
    ("POST", "/api/ask", {"question": AWAY}, 503),
    ("POST", "/api/check", {}, 422),
    ("POST", "/api/check", {"text": ""}, 422),
    ("POST", "/api/check", {"text": "x", "exact": True}, 422),
    ("POST", "/api/check", {"text": "x", "written_on": 0}, 422),
    ("POST", "/api/check", {"text": "x", "published_from": "2026-05-02", "published_to": "2026-05-01"}, 400),
    ("POST", "/api/check", {"text": BROKEN}, 500),
    ("GET", "/api/timeline", None, 422),
    ("GET", "/api/timeline?topic=x&limit=0", None, 422),
    ("GET", "/api/who-said-what?topic=x&published_from=2026-05-02&published_to=2026-05-01", None, 400),
    ("POST", "/api/had-this", {"text": "x" * 10_001}, 422),
    ("POST", "/api/had-this", {"text": BROKEN}, 500),
    ("GET", "/api/articles/0000000000000000", None, 404),
    ("GET", "/api/search", None, 422),
    ("GET", "/api/nothing", None, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), WRONG)
def test_wrong_requests_are_told_what_is_wrong(
    client: httpx.Client, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    """The status says whose fault it is."""
    assert client.request(method, path, json=body).status_code == status


REFUSED_METHODS = [
    ("GET", "/api/ask", "POST"),
    ("GET", "/api/check", "POST"),
    ("OPTIONS", "/v1/chat/completions", "POST"),
    ("PROPFIND", "/api/articles/0000000000000000", "GET"),
    ("POST", "/api/openapi.json", "GET, HEAD"),
    ("DELETE", "/healthz", "GET, HEAD"),
    ("DELETE", "/mcp", "GET, POST"),
]


@pytest.mark.parametrize(("method", "path", "allowed"), REFUSED_METHODS)
def test_a_refused_method_is_told_which_are_allowed(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    """An answer 405 names in `Allow` what the path takes (RFC 9110, 15.5.6), in the form of all errors."""
    refused = client.request(method, path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert list(refused.json()) == ["error"]


def test_probes_may_ask_for_the_head_alone(client: httpx.Client) -> None:
    """Load balancers do: they want the status and nothing else."""
    for path in ("/healthz", "/readyz"):
        assert (client.head(path).status_code, client.head(path).text, client.get(path).text) == (
            200,
            "",
            "ok",
        )


@pytest.mark.parametrize("method", ["GET", "PROPFIND"])
def test_a_path_that_is_not_there_takes_no_method(client: httpx.Client, method: str) -> None:
    """Where there is nothing, no method is offered, whichever is asked for."""
    missing = client.request(method, "/v1/nothing")
    assert (missing.status_code, missing.headers.get("allow")) == (404, None)


def test_a_torn_body_is_told_in_the_same_form(client: httpx.Client) -> None:
    """What is no text at all is refused like every other request that can't be used."""
    for path in ("/api/ask", "/v1/chat/completions"):
        torn = client.post(path, content=b"\xff\xc1{", headers={"content-type": "application/json"})
        assert (torn.status_code, list(torn.json())) == (400, ["error"])


def test_every_error_is_described(client: httpx.Client) -> None:
    """The schema names each status that an endpoint answers with, and the form of its body."""
    paths = client.get("/api/openapi.json").json()["paths"]
    for way in (way for path in paths.values() for way in path.values()):
        assert set(way["responses"]) == {"200", "400", "404", "422", "500", "503"}
        form = way["responses"]["422"]["content"]["application/json"]["schema"]
        assert form == {"$ref": "#/components/schemas/FaultOut"}


def test_an_unexpected_failure_tells_nothing_of_the_inside(client: httpx.Client) -> None:
    """What went wrong inside goes to the log; the program gets one calm sentence and goes on (case 70)."""
    failed = client.post("/api/ask", json={"question": BROKEN})
    assert (failed.status_code, failed.headers["x-frame-options"]) == (500, "DENY")
    assert client.get("/api/articles").status_code == 200  # on the same connection
    assert "Something went wrong inside Footnote." in failed.json()["error"]["message"]
    assert "secret" not in failed.text


def test_a_database_that_is_away_is_asked_again_in_a_moment(client: httpx.Client) -> None:
    """It goes away by itself, which programs are told: the status, when to come back, and a sentence."""
    for path, sent in (
        ("/api/ask", {"question": AWAY}),
        ("/v1/chat/completions", {"model": "footnote", "messages": [{"role": "user", "content": AWAY}]}),
    ):
        away = client.post(path, json=sent)
        assert (away.status_code, away.headers["retry-after"]) == (503, "2")
        assert away.json()["error"]["message"].startswith("The database can't be reached.")


def test_values_that_were_sent_are_not_repeated(client: httpx.Client) -> None:
    """An error names the field and not its content."""
    wrong = client.post("/api/ask", json={"question": "x", "asked_on": "my secret"})
    assert wrong.json()["error"]["message"].startswith("The request can't be used: body.asked_on:")
    assert "my secret" not in wrong.text


def test_other_sites_may_neither_ask_nor_read(client: httpx.Client) -> None:
    """A page elsewhere gets no permission, its posts are refused, other host names too (case 66)."""
    foreign = {"origin": "https://evil.example"}
    assert client.post("/api/ask", json={"question": "x"}, headers=foreign).status_code == 403
    assert client.post("/mcp", json={}, headers={"origin": "null"}).status_code == 403
    permitted = client.get("/api/articles", headers=foreign).headers
    assert [name for name in permitted if name.startswith("access-control")] == []
    assert client.get("/api/articles", headers={"host": "evil.example"}).status_code == 400


def test_the_real_library_gives_the_same_as_python(real: str, examples_library: Path) -> None:
    """Over HTTP and from Python the answer is one and the same; an empty question is refused."""
    question = "How many people were hurt in the ferry fire?"
    there = httpx.post(f"{real}/api/ask", json={"question": question}, timeout=300, trust_env=False).json()
    here = answer(question, library=examples_library).to_dict()
    assert there == {key: value for key, value in here.items() if key != "writing"}
    empty = httpx.post(f"{real}/api/ask", json={"question": "  "}, timeout=300, trust_env=False)
    assert empty.status_code == 400


def test_a_draft_is_checked_as_in_python(real: str, examples_library: Path) -> None:
    """Over HTTP and from Python the check is the same; a draft without words is refused."""
    draft = "The tower of the lighthouse was built in 1886. Volunteers counted 23 otters along the Orrow."
    there = httpx.post(f"{real}/api/check", json={"text": draft}, timeout=300, trust_env=False).json()
    assert there == check_draft(draft, library=examples_library).to_dict()
    assert [item["state"] for item in there["statements"]] == ["differs", "agrees"]
    empty = httpx.post(f"{real}/api/check", json={"text": " \n "}, timeout=300, trust_env=False)
    long = httpx.post(f"{real}/api/check", json={"text": "x " * 60_000}, timeout=300, trust_env=False)
    assert (empty.status_code, long.status_code) == (400, 400)
    assert "FOOTNOTE_MAX_DRAFT_CHARACTERS" in long.json()["error"]["message"]


@pytest.mark.parametrize("place", range(len(EXAMPLES)))
def test_the_examples_of_the_documentation_run(
    real: str, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each block of docs/programs.md works against the example articles and prints something."""
    language, code = EXAMPLES[place]
    written = code.replace(DOCUMENTED, real)
    if language == "python":
        exec(written, {})  # noqa: S102  # our own documentation
        assert "fire" in capsys.readouterr().out
    elif shutil.which("curl"):
        done = subprocess.run(["bash", "-c", written], capture_output=True, text=True, check=True)
        assert done.stdout.count("ferry") > 1
