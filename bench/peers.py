"""Footnote beside others on the same work: news questions, the same articles, embedder and amount of text.

The others are LangChain's own RAG tutorial (chunks of 1,000 characters, 200 shared, nearest vectors) and the
retrieval of LlamaIndex's citation engine (nearest nodes, cut into its citation chunks), the latter with its
default nodes of 1,024 tokens and with nodes of 256, which is all that the embedder reads of a text. Each is
told what Footnote is told, where its documents say that it goes: LangChain's page begins with the title,
LlamaIndex's documents have title and date as metadata, which it embeds with every node and doesn't count as
text shown. Only the embedder is exchanged for Footnote's bundled one. They are no dependencies of Footnote:
install them into a folder of their own and name it:

    pip install --target peers langchain-text-splitters llama-index-core
    python -m bench.peers --peers peers

Neither makes anything of the day on which a question is asked, so Footnote is also asked without it. And as
some of Footnote's weights were chosen on the questions of the first months, `--later` asks those of later
ones, to the articles found for them.
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
from bench.news import LAST_ASKED, LATER_MONTHS, contains, news_slice
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
READ = 256
"""Tokens of a text that the embedder reads; LlamaIndex's own nodes have up to 1,024."""
MOST = 40
"""Passages taken from each: enough for the larger amount of text."""


def footnote(folder: Path, *, dated: bool) -> Finder:
    """Return what finds Footnote's sentences in a library, best first, told the day or not."""
    return lambda question: (
        item.citation.quote
        for item in find_evidence(
            question.text, library=folder, asked_on=question.asked_on if dated else None, limit=MOST
        )
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
    pages = [Document(page_content=f"{item.title}\n\n{item.text}") for item in articles]
    store.add_documents(splitter.split_documents(pages))
    return lambda question: (
        document.page_content for document in store.similarity_search(question.text, k=MOST)
    )


def llama_index(articles: Sequence[Article], tokens: int | None = None) -> Finder:
    """Return what finds the citation chunks of LlamaIndex's engine; no model is asked to write.

    Its nodes have as many tokens as it gives them by default, or `tokens`.
    """
    from llama_index.core import Document, MockEmbedding, VectorStoreIndex  # type: ignore[import-not-found]
    from llama_index.core.llms import MockLLM  # type: ignore[import-not-found]
    from llama_index.core.node_parser import SentenceSplitter  # type: ignore[import-not-found]
    from llama_index.core.query_engine import CitationQueryEngine  # type: ignore[import-not-found]

    class Bundled(MockEmbedding):  # type: ignore[misc]
        def _get_text_embedding(self, text: str) -> list[float]:
            return _vectors([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return _vectors(texts)

        def _get_query_embedding(self, query: str) -> list[float]:
            return _vectors([query])[0]

    told = [{"title": item.title, "published": str(item.published or "")} for item in articles]
    index = VectorStoreIndex.from_documents(
        [Document(text=item.text, metadata=facts) for item, facts in zip(articles, told, strict=True)],
        embed_model=Bundled(embed_dim=384, embed_batch_size=64),
        transformations=[SentenceSplitter(chunk_size=tokens, chunk_overlap=tokens // 8)] if tokens else None,
    )
    engine: Any = CitationQueryEngine.from_args(index, llm=MockLLM(), similarity_top_k=MOST)

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
    parser.add_argument("--later", action="store_true", help="the questions of later months")
    parser.add_argument(
        "--most", type=int, help="only so many questions, and as many articles for each of them"
    )
    options = parser.parse_args(arguments)
    site.addsitedir(str(options.peers.resolve()))  # after our own packages, whose versions stay
    articles, questions = news_slice(options.data, asked=LATER_MONTHS if options.later else ("", LAST_ASKED))
    if options.most:
        articles, questions = _fewer(articles, questions, options.most)
    with TemporaryDirectory() as scratch:
        folder = options.library if options.library and not options.most else Path(scratch) / "library"
        ingest_articles(articles, folder)
        own = {
            "Footnote": shares(footnote(folder, dated=True), questions),
            "Footnote, not told the day": shares(footnote(folder, dated=False), questions),
        }
    return show(own, others(articles, questions), len(questions))


def others(articles: Sequence[Article], questions: Sequence[Question]) -> dict[str, dict[int, float]]:
    """Return the shares of the other systems, by name and version."""
    chains = f"LangChain tutorial (langchain-text-splitters {version('langchain-text-splitters')})"
    citations = f"LlamaIndex citations (llama-index-core {version('llama-index-core')})"
    return {
        chains: shares(langchain(articles), questions),
        citations: shares(llama_index(articles), questions),
        f"{citations}, nodes of {READ} tokens": shares(llama_index(articles, READ), questions),
    }


def _fewer(
    articles: Sequence[Article], questions: Sequence[Question], most: int
) -> tuple[list[Article], list[Question]]:
    """Keep the first questions, the articles with their answers and some of the others between them."""
    kept = list(questions[:most])
    answers = [*chain.from_iterable(question.answers for question in kept)]
    holding = [item for item in articles if contains([item.text], answers)]
    others = [item for item in articles if item not in holding]
    return [*holding[: 8 * most], *others[: 4 * most]], kept


def show(own: dict[str, dict[int, float]], peers: dict[str, dict[int, float]], questions: int) -> int:
    """Print each system's share for each amount of text, and how far Footnote is ahead of the best."""
    table = Table(
        "answer within", *(f"{budget:,} characters" for budget in BUDGETS), title=f"{questions} questions"
    )
    for name, found in {**own, **peers}.items():
        table.add_row(name, *(f"{found[budget]:.3f}" for budget in BUDGETS))
    best = {budget: max(found[budget] for found in peers.values()) for budget in BUDGETS}
    failed = False
    for name, found in own.items():
        ahead = {budget: found[budget] / max(best[budget], 1e-9) for budget in BUDGETS}
        table.add_row(
            f"{name}, times the best other",
            *(f"{ahead[budget]:.2f}, at least {least}" for budget, least in BUDGETS.items()),
        )
        failed |= name == "Footnote" and any(ahead[budget] < least for budget, least in BUDGETS.items())
    Console().print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
