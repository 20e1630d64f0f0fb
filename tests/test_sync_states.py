"""Any sequence of states of a folder: after each sync the library is the folder."""

from __future__ import annotations

import random

import pytest
from fakes import Recording
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Library, ingest_articles


@pytest.fixture(name="embedder")
def _embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: Recording())


STATES = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["red", "blue", "green"]), min_size=1),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(states=STATES, seed=st.integers(0, 999))
@pytest.mark.usefixtures("embedder")
def test_any_sequence_of_folder_states_gives_exactly_the_last(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]], seed: int
) -> None:
    """Files written, changed, renamed, copied and deleted: after each sync the library is the folder."""
    root = tmp_path_factory.mktemp("sync")
    folder, library = root / "folder", root / "library"
    folder.mkdir()
    for state in states:
        for file in folder.iterdir():
            file.unlink()
        for name in random.Random(seed).sample(sorted(state), len(state)):  # noqa: S311  # an order
            (folder / f"{name}.txt").write_text(f"About {state[name]}\n\nThe bridge is {state[name]}.")
        report = ingest_articles(folder, library, sync=True)
        assert (report.failed, report.kept) == ((), ())
        with Library.open(library) as opened:
            listed = opened.articles()
            found = {opened.article(item.id) for item in listed}
        assert {each.text for each in found if each} == {
            f"The bridge is {color}." for color in state.values()
        }
        assert {item.origin for item in listed} <= {str(path) for path in folder.iterdir()}
        again = ingest_articles(folder, library, sync=True)
        assert (again.added, again.updated, again.removed) == (0, 0, 0)
