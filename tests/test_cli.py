"""The command `footnote`: its arguments, its errors, and how it starts the chat."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import Ran

from assistant.cli.commands.serving import has_screen
from assistant.web.chat.examples import examples_folder
from ingest import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from running import Footnote, Launched

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "arguments",
    [("ask",), ("ask", "x", "--from", "May"), ("ingest",), ("nonsense",), ("chat", "--port", "x")],
)
def test_wrong_usage_exits_with_2(footnote: Footnote, arguments: Sequence[str]) -> None:
    """A missing argument, a wrong date, an unknown command: a hint on stderr and exit code 2."""
    ran = footnote(*arguments)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)


def test_the_help_says_what_a_source_may_be(footnote: Footnote) -> None:
    """Whoever asks how to add articles learns of folders, globs, pages, feeds and sitemaps."""
    told = " ".join(footnote("ingest", "--help").out.split())
    assert all(word in told for word in ("folders", "globs", "pages", "RSS", "Atom", "sitemaps"))


def test_a_misspelt_setting_is_told_beside_the_answer(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch, examples_library: Path
) -> None:
    """The command does its work and says on stderr which variable has no effect."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(examples_library))
    monkeypatch.setenv("FOOTNOTE_TREADS", "4")
    ran = footnote("articles")
    told = "FOOTNOTE_TREADS is no setting and has no effect. Is FOOTNOTE_THREADS meant?\n"
    assert (ran.code, ran.out.count("\n"), ran.err) == (0, 20, told)


def test_an_empty_question_is_one_sentence(footnote: Footnote) -> None:
    """A question without words is an error, not a crash."""
    ran = footnote("ask", " \x00 ")
    assert (ran.code, ran.out, ran.err.count("\n"), "inside Footnote" in ran.err) == (1, "", 1, False)


def test_a_wrong_setting_is_one_sentence(footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that can't be used names its variable."""
    monkeypatch.setenv("FOOTNOTE_THREADS", "many")
    ran = footnote("articles")
    assert (ran.code, ran.err.startswith("Settings can't be used: FOOTNOTE_THREADS")) == (1, True)


def test_the_unexpected_is_one_sentence_without_article_text(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of ours names the kind of error and our line, and shows neither traceback nor text."""

    def broken() -> None:
        raise KeyError("secret text")

    monkeypatch.setattr("assistant.cli.commands.library_commands.library_settings", broken)
    ran = footnote("articles")
    assert (ran.code, ran.out, "secret" in ran.err) == (1, "", False)
    assert ran.err.startswith("Something went wrong inside Footnote: KeyError in library_commands.py, line ")


def test_ctrl_c_exits_with_130(footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption is quiet."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.cli.commands.library_commands.library_settings", interrupt)
    assert footnote("articles") == Ran(130, "", "")


def test_the_version_is_printed(footnote: Footnote) -> None:
    """`--version` gives the package's version."""
    assert footnote("--version") == Ran(0, f"footnote {__version__}\n", "")


def test_the_chat_begins_with_the_examples_once(
    footnote: Footnote, launched: Launched, tmp_path: Path
) -> None:
    """An empty library gets the example articles; one with articles is left alone."""
    first = footnote("chat", "--examples", "--no-browser", "--port", "0")
    assert (first.code, "20 added" in first.out) == (0, True)
    assert footnote("chat", "--examples", "--no-browser", "--port", "0") == Ran(0, "", "")
    wanted = {"library": tmp_path / "library", "host": "127.0.0.1", "port": 0, "open_browser": False}
    assert launched.calls == [wanted, wanted]


def test_the_chat_is_never_served_to_other_machines(footnote: Footnote) -> None:
    """There is no sign-in yet, so an address that others can reach is refused."""
    ran = footnote("chat", "--host", "0.0.0.0", "--no-browser")  # noqa: S104  # refused
    assert (ran.code, ran.out, ran.err.count("\n"), "'0.0.0.0'" in ran.err) == (1, "", 1, True)


def test_without_a_display_no_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux a browser needs a display; elsewhere it is always tried."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert has_screen() is False
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_screen() is True
    monkeypatch.setattr(sys, "platform", "darwin")
    assert has_screen() is True


def test_the_examples_are_found_in_the_checkout() -> None:
    """The example articles lie beside the packages."""
    assert examples_folder() == ROOT / "examples"
