"""What README, docs and .env.example say is what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import AnswerSettings
from ingest import __version__
from ingest.settings import LibrarySettings
from tools import architecture
from tools.readme import ANSWER, rewritten

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
FIELDS: dict[str, FieldInfo] = {
    f"FOOTNOTE_{name.upper()}": field
    for settings in (LibrarySettings, AnswerSettings)
    for name, field in settings.model_fields.items()
}
TARGETS = re.findall(r"^([^\s:.#]+):[^=\n]*?## (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
# Used by providers, read by them and not by our settings.
PROVIDERS = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "CHROMA_API_KEY", "CHROMA_TENANT", "CHROMA_DATABASE"]


def test_every_setting_is_in_the_documentation_with_its_meaning() -> None:
    """The tables of docs/configuration.md have every field, and its description word for word."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(FOOTNOTE_\w+)` \|[^|]*\| (.*) \|$", page, re.MULTILINE))
    assert rows == {name: field.description for name, field in FIELDS.items()}


def test_the_documented_defaults_are_the_defaults() -> None:
    """A default in the table that is a plain value is the one of the settings class."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    written = dict(re.findall(r"^\| `(FOOTNOTE_\w+)` \| `([^`]*)` \|", page, re.MULTILINE))
    plain = {name: str(field.default) for name, field in FIELDS.items() if name in written}
    assert {**plain, "FOOTNOTE_LIBRARY": "~/.footnote/library"} == written


def test_the_example_file_lists_every_setting_switched_off() -> None:
    """.env.example has each variable once, as a comment, and sets nothing."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
    assert sorted(re.findall(r"^#([A-Z_]+)=", "\n".join(lines), re.MULTILINE)) == sorted(
        [*FIELDS, *PROVIDERS]
    )


def test_the_changelog_begins_with_this_version() -> None:
    """The first numbered heading of the changelog is the version of the package."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)[:1] == [__version__]


def test_the_readme_is_short() -> None:
    """A reader gets through the README: at most 150 lines."""
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_help_lists_every_target_that_has_a_meaning() -> None:
    """`make help` prints each target with the words behind its ##, in the order of the Makefile."""
    # Run below another make, this one would also say which folder it enters.
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [tuple(line.split(maxsplit=1)) for line in shown.splitlines()] == TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_targets_that_there_are(page: Path) -> None:
    """A `make x` in code, inline or in a block, is a target that `make help` lists."""
    code = re.findall(r"^```.*?^```|`[^`]+`", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    named = {target for part in code for target in re.findall(r"^`?make ([\w-]+)", part, re.MULTILINE)}
    assert sorted(named - {target for target, _ in TARGETS}) == []


def test_the_readme_says_of_a_target_what_make_help_says() -> None:
    """The comment beside a target in the README begins with the words that `make help` has for it."""
    told = dict(re.findall(r"^make (\w+) +# (.*)$", README, re.MULTILINE))
    meanings = {target: meaning.partition(" (")[0].lower() for target, meaning in TARGETS}
    assert {target: words.partition(",")[0].lower() for target, words in told.items()} == {
        target: meanings[target] for target in told
    }
    assert told != {}


def test_the_list_of_files_names_every_file_as_it_is() -> None:
    """docs/files.md has the first line of every file; `python tools/architecture.py` writes it."""
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert architecture.rewritten(page) == page


def test_every_file_says_what_it_owns() -> None:
    """No file of the two packages is without a docstring to put into the table."""
    assert re.findall(r"^\| \S+ \|\s*\|$", architecture.table(), re.MULTILINE) == []


def test_the_python_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The blocks run one after the other, in the checkout, and the first answer is right."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        exec(block, names)  # noqa: S102  # our own README
    assert "Six people were hurt" in capsys.readouterr().out


def test_the_answers_in_the_readme_are_what_the_command_prints(examples_library: Path) -> None:
    """Each answer shown is word for word what the command prints; `python tools/readme.py` writes them."""
    assert (rewritten(README, examples_library), len(ANSWER.findall(README))) == (README, 2)
