"""The language of an article: told from its words, kept with it, shown where it isn't English."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from fakes import Recording
from stored import open_library

from assistant.web.html.library_page import Wanted, list_html
from ingest import ingest_articles, language_of

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = "Das Schiff lag seit dem Morgen im Hafen, und niemand wusste, wann es wieder auslaufen sollte."
TEXTS = {
    "de": GERMAN,
    "en": "The ferry lay in the harbour since the morning, and nobody knew when it was to leave again.",
    "es": "El barco llevaba en el puerto desde la mañana y nadie sabía cuándo volvería a salir.",
    "fr": "Le bateau était au port depuis le matin et personne ne savait quand il repartirait.",
    "it": "La nave era in porto dal mattino e nessuno sapeva quando sarebbe ripartita.",
    "ja": "船は朝から港に停泊していて、いつ出港するのか誰も知らなかった。",
    "nl": "Het schip lag sinds de ochtend in de haven en niemand wist wanneer het weer zou vertrekken.",
    "pl": "Statek stał w porcie od rana i nikt nie wiedział, kiedy znowu wypłynie w morze.",
    "pt": "O navio estava no porto desde a manhã e ninguém sabia quando voltaria a sair.",
    "ru": "Корабль стоял в порту с самого утра, и никто не знал, когда он снова выйдет в море.",
    "zh": "这艘船从早上起就停在港口里,谁也不知道它什么时候会再次出海。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code: str) -> None:
    """One sentence of running text is enough."""
    assert language_of(TEXTS[code]) == code


def test_the_text_counts_more_than_what_its_page_says() -> None:
    """A German text is German, whatever its template states."""
    assert language_of(GERMAN, "en") == "de"


@pytest.mark.parametrize("stated", [None, "en", "sv"])
def test_a_text_too_short_to_tell_is_what_it_is_said_to_be(stated: str | None) -> None:
    """A name is of no language."""
    assert language_of("Orrowmere", stated) == stated


def test_a_language_that_is_not_told_is_left_as_stated() -> None:
    """Basque isn't among the languages to choose from: its text would be taken for another."""
    assert (
        language_of("Itsasontzia goizetik zegoen portuan eta inork ez zekien noiz aterako zen.", "eu") == "eu"
    )


def test_english_needs_no_model() -> None:
    """A library in English is read without loading the model."""
    script = (
        "import sys; from ingest import language_of; "
        f"assert language_of({TEXTS['en']!r}) == 'en'; print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_language_is_kept_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told when an article was added is stored with it, and the list says it."""
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: Recording())
    (tmp_path / "a.txt").write_text(GERMAN, "utf-8")
    ingest_articles(tmp_path / "a.txt", library=tmp_path / "library")
    with open_library(tmp_path / "library") as library:
        (summary,) = library.articles()
        assert summary.language == "de"
        assert "in German" in str(list_html([summary], Wanted()))
