"""Footnote beside others on the same work: news questions, the same articles, embedder and amount of text.

The others are LangChain's own RAG tutorial (chunks of 1,000 characters, 200 shared, nearest vectors) and the
retrieval of LlamaIndex's citation engine (its default nodes, nearest vectors, cut into its citation chunks).
Both run as their packages have them; only the embedder is exchanged for Footnote's bundled one. They are
no dependencies of Footnote: install them into a folder of their own and name it:

    pip install --target peers langchain-text-splitters llama-index-core
    python -m bench.peers --peers peers
"""

from __future__ import annotations

import site
import sys
from argparse import ArgumentParser
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant import find_evidence
from bench.news import contains, news_slice
from ingest import bundled_encoder, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.news import Question
    from ingest import Article

    Finder = Callable[[Question], Iterable[str]]

BUDGETS = {1000: 1.4, 4000: 1.25}
"""Characters of text that each may show, and how many times the best other's share is the target."""
TUTORIAL = {"chunk_size": 1000, "chunk_overlap": 200, "add_start_index": True}
"""https://docs.langchain.com/oss/python/langchain/rag, splitting."""
MOST = 40
"""Passages taken from each: enough for the larger amount of text."""


def footnote(articles: Sequence[Article], folder: Path) -> Finder:
    """Return what finds Footnote's sentences, best first."""
    ingest_articles(articles, folder)
    return lambda question: (
        item.citation.quote
        for item in find_evidence(question.text, library=folder, asked_on=question.asked_on, limit=MOST)
    )


def langchain(articles: Sequence[Article]) -> Finder:
    """Return what finds the chunks of LangChain's tutorial."""
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found]

    class Bundled(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return _vectors(texts)

        def embed_query(self, text: str) -> list[float]:
            return _vectors([text])[0]

    splitter = RecursiveCharacterTextSplitter(**TUTORIAL)
    store = InMemoryVectorStore(Bundled())
    store.add_documents(splitter.split_documents([Document(page_content=item.text) for item in articles]))
    return lambda question: (
        document.page_content for document in store.similarity_search(question.text, k=MOST)
    )


def llama_index(articles: Sequence[Article]) -> Finder:
    """Return what finds the citation chunks of LlamaIndex's engine; no model is asked to write."""
    from llama_index.core import Document, MockEmbedding, VectorStoreIndex  # type: ignore[import-not-found]
    from llama_index.core.llms import MockLLM  # type: ignore[import-not-found]
    from llama_index.core.query_engine import CitationQueryEngine  # type: ignore[import-not-found]

    class Bundled(MockEmbedding):  # type: ignore[misc]
        def _get_text_embedding(self, text: str) -> list[float]:
            return _vectors([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return _vectors(texts)

        def _get_query_embedding(self, query: str) -> list[float]:
            return _vectors([query])[0]

    index = VectorStoreIndex.from_documents(
        [Document(text=item.text) for item in articles],
        embed_model=Bundled(embed_dim=384, embed_batch_size=64),
    )
    engine: Any = CitationQueryEngine.from_args(index, llm=MockLLM(), similarity_top_k=10)

    def find(question: Question) -> Iterable[str]:
        nodes = engine._create_citation_nodes(engine.retriever.retrieve(question.text))  # noqa: SLF001
        # Without the "Source 1:" that the engine writes before each, which would cost it characters.
        return (node.node.get_content().split("\n", 1)[-1] for node in nodes)

    return find


def _vectors(texts: Sequence[str]) -> list[list[float]]:
    vectors: list[list[float]] = bundled_encoder().embed(list(texts)).tolist()
    return vectors


def within(passages: Iterable[str], characters: int) -> list[str]:
    """Return the passages up to so many characters in all, the last one cut."""
    taken, left = [], characters
    for passage in passages:
        if left <= 0:
            break
        taken.append(passage[:left])
        left -= len(passage)
    return taken


def shares(finder: Finder, questions: Sequence[Question]) -> dict[int, float]:
    """Return the share of questions whose answer string is in each amount of text."""
    found = [(list(finder(question)), question.answers) for question in questions]
    return {
        budget: sum(contains(within(passages, budget), answers) for passages, answers in found) / len(found)
        for budget in BUDGETS
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where Footnote is not as far ahead as it should be."""
    parser = ArgumentParser(description="Footnote beside LangChain's tutorial and LlamaIndex's citations.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peers", type=Path, required=True, help="folder that the others are installed in")
    parser.add_argument(
        "--library", type=Path, help="keep Footnote's library of all articles here for the next run"
    )
    parser.add_argument(
        "--most", type=int, help="only so many questions, and as many articles for each of them"
    )
    options = parser.parse_args(arguments)
    site.addsitedir(str(options.peers.resolve()))  # after our own packages, whose versions stay
    articles, questions = news_slice(options.data)
    if options.most:
        articles, questions = _fewer(articles, questions, options.most)
    names = {"LangChain tutorial": "langchain-text-splitters", "LlamaIndex citations": "llama-index-core"}
    with TemporaryDirectory() as folder:
        library = options.library if options.library and not options.most else Path(folder) / "library"
        ours = shares(footnote(articles, library), questions)
        others = {
            f"{name} ({package} {version(package)})": shares(make(articles), questions)
            for (name, package), make in zip(names.items(), (langchain, llama_index), strict=True)
        }
    return show(ours, others, len(questions))


def _fewer(
    articles: Sequence[Article], questions: Sequence[Question], most: int
) -> tuple[list[Article], list[Question]]:
    """Keep the first questions, the articles with their answers and some of the others between them."""
    kept = list(questions[:most])
    answers = [*chain.from_iterable(question.answers for question in kept)]
    holding = [item for item in articles if contains([item.text], answers)]
    others = [item for item in articles if item not in holding]
    return [*holding[: 8 * most], *others[: 4 * most]], kept


def show(ours: dict[int, float], others: dict[str, dict[int, float]], questions: int) -> int:
    """Print each system's share for each amount of text, and how far Footnote is ahead of the best."""
    table = Table(
        "answer within", *(f"{budget:,} characters" for budget in BUDGETS), title=f"{questions} questions"
    )
    for name, found in {"Footnote": ours, **others}.items():
        table.add_row(name, *(f"{found[budget]:.3f}" for budget in BUDGETS))
    best = {budget: max(found[budget] for found in others.values()) for budget in BUDGETS}
    ahead = {budget: ours[budget] / max(best[budget], 1e-9) for budget in BUDGETS}
    table.add_row(
        "times the best other", *(f"{ahead[budget]:.2f}, at least {BUDGETS[budget]}" for budget in BUDGETS)
    )
    Console().print(table)
    return int(any(ahead[budget] < least for budget, least in BUDGETS.items()))


if __name__ == "__main__":
    sys.exit(main())
