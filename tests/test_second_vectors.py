"""Libraries that can be asked across languages: when second vectors are made, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from fakes import WordEmbeddings
from stored import article, fill, open_library

from assistant import answer
from assistant.cli.commands import library_commands
from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, read_library
from assistant.retrieval.other_languages import hits_across, ranked_across
from ingest import Article, Languages, ingest_articles
from ingest.storage.second_vectors import FILE, SecondVectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.retrieval.open_libraries import OpenLibrary

GERMAN = Article(
    "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke über den Fluss für elf Monate zu sperren. "
    "Der Bürgermeister sagte, die Reparatur koste vier Millionen Kronen.",
    "Alte Brücke wird gesperrt",
    "bruecke.txt",
)
ENGLISH = Article(
    "Six people were hurt when the ferry Marigold caught fire on Sunday morning. The captain steered the "
    "ship onto a sandbank, and all the passengers were taken off by fishing boats.",
    "Ferry fire",
    "ferry.txt",
)


class Counting(WordEmbeddings):
    """Stands for the multilingual embedder: counts words, and remembers how many texts it was given."""

    def __init__(self) -> None:
        super().__init__(name="multilingual-e5-small-int8")
        self.given = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count the texts, then their words."""
        self.given += len(texts)
        return super().embed(texts)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count the words of questions."""
        return super().embed(texts)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr("ingest.runs.languages.bundled_multilingual", lambda: made)
    return made


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_libraries()


def _ingest(library: Path, *articles: Article) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: WordEmbeddings())
        ingest_articles(articles, library)


def test_an_english_library_has_none(tmp_path: Path, counting: Counting) -> None:
    """Who has English articles only pays for no vector; that they are English is known."""
    _ingest(tmp_path, ENGLISH)
    assert counting.given == 0
    assert SecondVectors(tmp_path).articles() == {ENGLISH.id: (ENGLISH.version, "en", False)}
    with open_library(tmp_path) as library:
        assert Languages(library).nearest("Wo war das Feuer?", 10, foreign=False).chunks == {}


def test_an_article_in_another_language_gets_them_when_it_is_added(
    tmp_path: Path, counting: Counting
) -> None:
    """Only it does; English ones wait until somebody asks in another language."""
    _ingest(tmp_path, ENGLISH, GERMAN)
    known = SecondVectors(tmp_path).articles()
    assert counting.given == 1
    assert {key: (language, done) for key, (_, language, done) in known.items()} == {
        ENGLISH.id: ("en", False),
        GERMAN.id: ("de", True),
    }


def test_all_get_them_once_they_are_wanted(tmp_path: Path, counting: Counting) -> None:
    """`want_all` and `complete` make what lacks, once."""
    _ingest(tmp_path, ENGLISH, GERMAN)
    with open_library(tmp_path) as library:
        languages = Languages(library)
        languages.want_all()
        assert (languages.share(), languages.complete()) == (0.5, True)
        assert (languages.share(), counting.given) == (1.0, 2)
        languages.complete()
    assert counting.given == 2
    _ingest(tmp_path, article(1))
    assert SecondVectors(tmp_path).articles()[article(1).id][2]


@pytest.mark.usefixtures("counting")
def test_cut_short_it_goes_on_where_it_was(tmp_path: Path) -> None:
    """Each article is one step, and what is done is not done again."""
    fill(tmp_path, *(article(number) for number in range(4)))
    stop = Event()
    with open_library(tmp_path) as library:
        languages = Languages(library)
        languages.want_all()
        done: list[tuple[int, int]] = []

        def progress(*how_far: int) -> None:
            done.append((how_far[0], how_far[1]))
            if how_far[0] == 3:
                stop.set()

        assert not languages.complete(progress=progress, stop=stop)
        assert languages.complete(progress=lambda *how_far: done.append((how_far[0], how_far[1])))
    assert done == [(1, 4), (2, 4), (3, 4), (1, 1)]


def test_the_command_makes_a_library_ready(
    tmp_path: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`footnote languages` makes every vector, and says when it is done."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(fill(tmp_path, article(1), article(2))))
    assert library_commands.languages() == 0
    assert capsys.readouterr().out == "Ready for questions in other languages. Articles: 2.\n"
    assert counting.given == 4


@pytest.mark.usefixtures("counting")
def test_removed_articles_leave_nothing(tmp_path: Path) -> None:
    """Vectors say what a text was about: they go with it."""
    _ingest(tmp_path, GERMAN, ENGLISH)
    with open_library(tmp_path, write=True) as library:
        library.remove([GERMAN.id])
    assert GERMAN.id not in SecondVectors(tmp_path).articles()
    assert GERMAN.id.encode() not in (tmp_path / FILE).read_bytes()


@pytest.mark.usefixtures("counting")
def test_a_changed_article_gets_new_ones(tmp_path: Path) -> None:
    """The vectors of its old text are deleted."""
    _ingest(tmp_path, GERMAN)
    newer = Article(GERMAN.text + " Danach wird sie wieder geöffnet.", GERMAN.title, GERMAN.origin)
    _ingest(tmp_path, newer)
    with open_library(tmp_path) as library:
        near = Languages(library).nearest("Brücke", 10, foreign=True)
        hits = library.hits(near.chunks)
        assert {hit.chunk.version for hit in hits} == {newer.version}
        assert len(near.chunks) == len(hits)


@pytest.mark.usefixtures("counting")
def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    """It holds nothing that can't be made again, so it never keeps anybody from an answer."""
    _ingest(tmp_path, GERMAN)
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    with open_library(tmp_path) as library:
        languages = Languages(library)
        assert languages.nearest("Brücke", 10, foreign=True).chunks == {}
        languages.want_all()
        languages.complete()
        assert languages.share() == 1.0


MIXED = (
    GERMAN,
    ENGLISH,
    Article(
        "Le musée de la ville a reçu dix mille visiteurs en avril, deux fois plus que l'année dernière. "
        "L'entrée restera gratuite pour les enfants jusqu'à la fin de l'été.",
        "Le musée attire les foules",
        "musee.txt",
    ),
    Article(
        "Новая больница откроется в сентябре, сообщил министр здравоохранения в четверг. "
        "В ней будут работать триста врачей.",
        "Больница откроется осенью",
        "bolnitsa.txt",
    ),
)
ASKED = (
    ("Wie lange wird die alte Brücke gesperrt?", "elf Monate"),
    ("How long will the old bridge be closed?", "elf Monate"),
    ("Wie viele Menschen wurden beim Brand auf der Fähre verletzt?", "Six people"),
    ("How many visitors did the museum have in April?", "dix mille"),
    ("Сколько врачей будет работать в новой больнице?", "триста"),
    ("When will the new hospital open?", "сентябре"),
)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of articles in four languages, made with the real models."""
    folder = tmp_path_factory.mktemp("mixed")
    ingest_articles(MIXED, folder)
    return folder


@pytest.mark.parametrize(("question", "quoted"), ASKED)
def test_questions_find_articles_in_other_languages(mixed: Path, question: str, quoted: str) -> None:
    """In its own language or another: the first quotation is the sentence that answers."""
    found = answer(question, library=mixed)
    assert found.answered
    assert quoted in found.citations[0].quote


DAYS = (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 28))
MONTHLY = tuple(
    Article(
        f"Im Kreis Dornau waren zuletzt {4000 + day.month} Menschen ohne Arbeit. Die Agentur ist zufrieden.",
        "Arbeitsmarkt im Kreis",
        f"dornau-{day}.txt",
        published=day,
    )
    for day in DAYS
)


@pytest.mark.parametrize(
    ("days", "number"), [("im Januar 2024", "4001"), ("im Februar", "4002"), ("letzten Monat", "4003")]
)
def test_of_reports_that_come_every_month_the_one_asked_for_is_quoted(
    tmp_path: Path, days: str, number: str
) -> None:
    """The date in a German question decides between articles that say nearly the same."""
    ingest_articles([*MONTHLY, *MIXED], tmp_path)
    question = f"Wie viele Menschen waren {days} im Kreis Dornau ohne Arbeit?"
    found = answer(question, library=tmp_path, asked_on="2024-04-15")
    assert number in found.citations[0].quote


class OnlyUndated:
    """Takes any sentence for an answer to a question as soon as no days stand in it."""

    def held_against(self, questions: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the same logit for every text."""
        return np.array([[-5.0 if "2024" in each else 5.0] * len(texts) for each in questions], np.float32)


@pytest.mark.parametrize(
    ("published", "best"), [(DAYS[0], 5.0), (DAYS[2], -7.0), (date(2023, 1, 1), -7.0), (None, -5.0)]
)
def test_days_need_not_be_said_by_articles_of_these_days_alone(
    tmp_path: Path, published: date | None, best: float
) -> None:
    """Of another month, or of a day that nobody knows, an article has to say them."""
    ingest_articles([replace(GERMAN, published=published)], tmp_path)
    query = understand("Was kostet die Brücke im Januar 2024 in Dornau?", asked_on="2024-04-15")

    def highest(opened: OpenLibrary) -> float | None:
        assert opened.languages
        hits, middle = hits_across(query, opened, opened.languages, None, foreign=True)
        return ranked_across(query, hits, cast("Languages", OnlyUndated()), middle)[1]

    assert read_library(tmp_path, highest) == pytest.approx(best)


def test_english_keywords_of_an_english_library_stay_english(tmp_path: Path) -> None:
    """A few words without "the" or "is" look like any language; what they find in English is the answer."""
    text = "The merger of Kroger and Albertsons has a price of 24.6 billion dollars, both said on Friday."
    ingest_articles([Article(text=text, title="Kroger buys Albertsons", origin="kroger.txt")], tmp_path)
    given = answer("kroger albertsons merger price", library=tmp_path)
    assert given.answered
    assert given.citations[0].quote == text
    assert not any("languages" in notice for notice in given.notices)
