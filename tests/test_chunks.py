"""Chunks: whole sentences, near the size that retrieval was measured with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest import Article, make_chunks, split_sentences
from ingest.text.chunks import SMALLEST_WORDS, SOFT_WORDS, TARGET_WORDS, embedding_text

PARAGRAPHS = st.lists(
    st.lists(
        st.integers(1, 160).map(lambda words: "Word" + " word" * (words - 1) + "."), min_size=1, max_size=6
    ),
    min_size=1,
    max_size=8,
)


def article(text: str, title: str = "A title") -> Article:
    return Article(text=text, title=title, origin="here.txt")


def sentence(words: int) -> str:
    return "Word" + " word" * (words - 1) + "."


def sizes(text: str) -> list[int]:
    return [len(chunk.text.split()) for chunk in make_chunks(article(text))]


@given(PARAGRAPHS)
def test_every_sentence_is_in_exactly_one_chunk(paragraphs: list[list[str]]) -> None:
    """Chunks hold an article's sentences once each, whole and in reading order."""
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    chunks = make_chunks(article(text))
    assert tuple(item for chunk in chunks for item in chunk.sentences) == split_sentences(text)
    assert [chunk.position for chunk in chunks] == list(range(len(chunks)))


@given(PARAGRAPHS)
def test_only_a_long_sentence_or_a_short_end_passes_the_target(paragraphs: list[list[str]]) -> None:
    """A chunk above the target is one long sentence, and whatever was too short to stand beside it."""
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    large = [
        chunk
        for chunk in make_chunks(article(text))
        if len(chunk.text.split()) > TARGET_WORDS + 2 * SMALLEST_WORDS
        and max(len(item.text.split()) for item in chunk.sentences) <= TARGET_WORDS
    ]
    assert large == []


def test_the_same_article_gives_the_same_chunks() -> None:
    """Chunk ids come from the article and its version alone."""
    first = make_chunks(article("One. Two."))
    assert first == make_chunks(article("One. Two."))
    assert [chunk.id for chunk in first] == [f"{article('x').id}-{article('One. Two.').version}-0000"]


def test_a_chunk_is_filled_up_to_the_target() -> None:
    """Sentences of one paragraph are gathered while they fit."""
    assert sizes(" ".join([sentence(20)] * 10)) == [100, 100]


def test_a_chunk_ends_with_its_paragraph_when_nearly_full() -> None:
    """Near the target a paragraph's end is the better place to stop."""
    nearly = sentence(SOFT_WORDS)
    assert sizes(f"{nearly}\n\n{sentence(10)} {sentence(60)}") == [SOFT_WORDS, 70]
    assert sizes(f"{nearly} {sentence(10)} {sentence(60)}") == [SOFT_WORDS + 10, 60]


def test_a_long_sentence_is_a_chunk_of_its_own() -> None:
    """No sentence is torn to reach the target."""
    assert sizes(" ".join([sentence(50), sentence(150), sentence(50)])) == [50, 150, 50]


def test_a_short_end_joins_the_chunk_before() -> None:
    """The last chunk is never too short to mean something."""
    assert sizes(f"{sentence(100)} {sentence(SMALLEST_WORDS - 1)}") == [100 + SMALLEST_WORDS - 1]
    assert sizes(f"{sentence(100)} {sentence(SMALLEST_WORDS)}") == [100, SMALLEST_WORDS]


def test_a_short_beginning_does_not_stand_alone() -> None:
    """A headline goes with the sentence under it, even where both pass the target together."""
    assert sizes(f"{sentence(5)}\n\n{sentence(108)} {sentence(60)}") == [113, 60]


def test_text_without_spaces_counts_by_length() -> None:
    """Chinese text is not one endless chunk."""
    assert len(make_chunks(article("他昨天来到这里看了新的桥。" * 400))) > 3


def test_what_is_embedded_names_the_title() -> None:
    """The title stands over a chunk's text, unless the text begins with it."""
    plain = article("The council voted.", title="Bridge approved")
    assert embedding_text(plain, make_chunks(plain)[0]) == "Bridge approved\nThe council voted."
    repeated = article("Bridge approved\n\nThe council voted.", title="Bridge approved")
    assert embedding_text(repeated, make_chunks(repeated)[0]) == "Bridge approved The council voted."
    derived = article("The council voted for a bridge.", title="The council voted…")
    assert embedding_text(derived, make_chunks(derived)[0]) == "The council voted for a bridge."
    untitled = article("The council voted.", title=" ")
    assert embedding_text(untitled, make_chunks(untitled)[0]) == "The council voted."
