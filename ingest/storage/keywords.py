"""tantivy: the keyword index, ranked by BM25. It can be rebuilt from the record at any time.

Words are analysed by `ingest.text.stemming`, for articles and questions alike. Questions never meet a query
parser: every word becomes a term of its own, so that no character in a question has a meaning.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Self

from ingest.errors import LibraryDamagedError
from ingest.storage.index_checksums import changed_keyword_file
from ingest.text.stemming import analyzer, content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    import tantivy

    from ingest.article import Article, Chunk
    from ingest.storage.filters import Filters

ANALYZER = "footnote_english"
WRITER_HEAP = 64_000_000  # bytes; one thread fills it in about 60,000 chunks
MOST_TERMS = 64  # of a question; a pasted page must not become a thousand-term query
TITLE_WEIGHT = 0.5  # of a word found in the title beside 1 for the chunk's own text
COUNTED = 5000  # chunks with a stem that are looked at to count those that may be seen: three milliseconds
PLACES_KEPT = 8  # of groups of people who may not see the same articles
UNDATED = 0  # stands for an unknown date; date.toordinal() starts at 1


class Keywords:
    """One folder of tantivy. Safe to use from many threads; only one writes."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._writer: tantivy.IndexWriter | None = None
        self._loads = 0
        self._places: dict[int, tuple[int, list[str], tantivy.Searcher, set[int]]] = {}

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, check: bool = False) -> Self:
        """Open the index in a folder, or make one; raise `LibraryDamagedError` if it can't be read.

        With `check`, every file is compared with its checksum (60 MB take 60 ms): only while nobody
        else writes. tantivy itself finds nothing, or something else, in files that were garbled.
        """
        import tantivy

        with tantivy_errors():
            if create:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            elif not tantivy.Index.exists(str(folder)):
                raise keywords_damaged("its files are missing")
            elif check and (name := changed_keyword_file(folder)):
                raise keywords_damaged(f"its file {name} has been changed")
            index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            index.config_reader("manual")
            index.register_tokenizer(ANALYZER, analyzer())
            index.reload()
        return cls(index)

    def close(self) -> None:
        """Wait for merges and let go of the folder; a second call does nothing."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with tantivy_errors():
                writer.wait_merging_threads()

    def count(self) -> int:
        """Count the chunks that can be found."""
        with tantivy_errors():
            return int(self._index.searcher().num_docs)

    def reload(self) -> None:
        """Reload the index, so that searches see what another process has committed."""
        with tantivy_errors():
            self._index.reload()
            self._loads += 1

    def add(self, entries: Iterable[tuple[Chunk, Article]]) -> None:
        """Add chunks, replacing what there was of the same article's same version."""
        listed = list(entries)
        with tantivy_errors():
            writer = self._open_writer()
            for key in {version_key(chunk.article_id, chunk.version) for chunk, _ in listed}:
                writer.delete_documents_by_term("version", key)
        self.fill(listed)

    def fill(self, entries: Iterable[tuple[Chunk, Article]]) -> None:
        """Add chunks that are not here yet; the chunks of one article may come in several calls."""
        import tantivy

        with tantivy_errors():
            writer = self._open_writer()
            for chunk, article in entries:
                writer.add_document(tantivy.Document.from_dict(_document(chunk, article), _schema()))
            self._commit(writer)

    def delete(self, version_keys: Collection[str]) -> None:
        """Forget versions of articles (see `version_key`); unknown ones are no error."""
        with tantivy_errors():
            writer = self._open_writer()
            for key in version_keys:
                writer.delete_documents_by_term("version", key)
            self._commit(writer)

    def best(self, words: str, filters: Filters | None, limit: int) -> list[tuple[str, float]]:
        """Return the ids of the best chunks with their BM25 scores, best first."""
        import tantivy

        with tantivy_errors():
            terms = query_terms(words)
            if not terms or limit < 1:
                return []
            should = tantivy.Occur.Should
            wanted = tantivy.Query.boolean_query([(should, _one_term(term)) for term in terms])
            clauses = [(tantivy.Occur.Must, each) for each in (wanted, *_filters(filters))]
            clauses += _left_out(filters.without if filters else ())
            searcher = self._index.searcher()
            found = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
            return [(searcher.doc(address)["chunk"][0], float(score)) for score, address in found]

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """Return the document frequency of each stem: how many chunks have it in their text."""
        with tantivy_errors():
            searcher = self._index.searcher()
            return {stem: int(searcher.doc_freq("text", stem)) for stem in stems}

    def count_without(self, stem: str, left_out: list[str], *, titles: bool = False) -> int:
        """Count chunks with a stem in their text or, if asked, their title, leaving out some articles.

        It is exact up to `COUNTED` chunks with the stem; beyond, the share of these stands for the rest.
        The same list of articles is best given each time: what is known of it is kept.
        """
        import tantivy

        with tantivy_errors():
            searcher, hidden = self._hidden(left_out)
            word = _one_term(stem) if titles else tantivy.Query.term_query(_schema(), "text", stem, "freq")
            hits = searcher.search(word, COUNTED, count=False).hits
            seen = sum(_place(address) not in hidden for _, address in hits)
            if len(hits) < COUNTED:
                return seen
            if seen:
                return round(seen / len(hits) * int(searcher.doc_freq("text", stem)))
            rest = tantivy.Query.boolean_query([(tantivy.Occur.Must, word), *_left_out(left_out)])
            return len(searcher.search(rest, COUNTED, count=False).hits)

    def _hidden(self, left_out: list[str]) -> tuple[tantivy.Searcher, set[int]]:
        """Return where the chunks of some articles are, and the searcher of which that is true."""
        import tantivy

        known = self._places.get(id(left_out))
        if known is not None and known[0] == self._loads and known[1] is left_out:
            return known[2], known[3]
        loads, searcher = self._loads, self._index.searcher()
        among = tantivy.Query.term_set_query(_schema(), "article", sorted(left_out))
        found = searcher.search(among, max(1, searcher.num_docs), count=False).hits
        places = {_place(address) for _, address in found}
        while len(self._places) >= PLACES_KEPT:
            self._places.pop(next(iter(self._places)), None)
        self._places[id(left_out)] = (loads, left_out, searcher, places)
        return searcher, places

    def absent(self, stems: Iterable[str]) -> set[str]:
        """Return those of the stems that no chunk has, neither in its text nor in its article's title."""
        with tantivy_errors():
            searcher = self._index.searcher()
            return {
                stem
                for stem in stems
                if not (searcher.doc_freq("text", stem) or searcher.doc_freq("title", stem))
            }

    def terms(self, prefix: str) -> dict[str, int]:
        """Map the stems that begin with a prefix to how many chunks have them in their text."""
        with tantivy_errors():
            return dict(self._index.searcher().terms_with_prefix("text", prefix))

    def having(
        self, stem: str, others: Iterable[str], limit: int, without: Collection[str] = ()
    ) -> list[str]:
        """Return the ids of chunks whose text has a stem, those that have others too before the rest.

        Those of the articles `without` are left out.
        """
        import tantivy

        with tantivy_errors():
            must = (tantivy.Occur.Must, tantivy.Query.term_query(_schema(), "text", stem, "freq"))
            should = [(tantivy.Occur.Should, _one_term(other)) for other in others]
            searcher = self._index.searcher()
            query = tantivy.Query.boolean_query([must, *should, *_left_out(without)])
            found = searcher.search(query, limit, count=False).hits
            return [searcher.doc(address)["chunk"][0] for _, address in found]

    def all_having(self, stem: str) -> list[str]:
        """Return the id of every chunk whose text has a stem."""
        import tantivy

        with tantivy_errors():
            searcher = self._index.searcher()
            wanted = tantivy.Query.term_query(_schema(), "text", stem, "freq")
            found = searcher.search(wanted, max(1, searcher.num_docs), count=False).hits
            return [searcher.doc(address)["chunk"][0] for _, address in found]

    def holds(self, key: str) -> bool:
        """Say whether a version of an article (see `version_key`) can be found."""
        import tantivy

        with tantivy_errors():
            wanted = tantivy.Query.term_query(_schema(), "version", key)
            return bool(self._index.searcher().search(wanted, 1, count=False).hits)

    def ids(self) -> set[str]:
        """Return the id of every chunk that can be found."""
        import tantivy

        with tantivy_errors():
            searcher = self._index.searcher()
            if not searcher.num_docs:
                return set()
            hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
            return {searcher.doc(address)["chunk"][0] for _, address in hits}

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(WRITER_HEAP, 1)
        return self._writer

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        self._index.reload()
        self._loads += 1


def version_key(article_id: str, version: str) -> str:
    """Return what all chunks of one version of an article have in common."""
    return f"{article_id}-{version}"


def query_terms(words: str) -> list[str]:
    """Return the stems to look for, without stop words unless there is nothing else."""
    return list(dict.fromkeys(content_stems(words) or stems(words)))[:MOST_TERMS]


def keywords_damaged(reason: object) -> LibraryDamagedError:
    """Return the error for a keyword index that can't be used."""
    reason = str(reason).rstrip(".")  # tantivy's own sentences end; they stand within ours
    return LibraryDamagedError(
        f"The keyword index is damaged ({reason}). Your articles are safe: run `footnote doctor --repair`.",
        reason,
    )


@cache
def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("chunk", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("version", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _document(chunk: Chunk, article: Article) -> dict[str, str | int]:
    return {
        "chunk": chunk.id,
        "version": version_key(chunk.article_id, chunk.version),
        "article": chunk.article_id,
        "source": article.source or "",
        "published": _day(article.published),
        "title": article.title,
        "text": chunk.text,
    }


def _one_term(term: str) -> tantivy.Query:
    from tantivy import Occur, Query

    in_text = Query.term_query(_schema(), "text", term, "freq")
    in_title = Query.boost_query(Query.term_query(_schema(), "title", term, "freq"), TITLE_WEIGHT)
    return Query.boolean_query([(Occur.Should, in_text), (Occur.Should, in_title)])


def _place(address: tantivy.DocAddress) -> int:
    return int(address.segment_ord) << 32 | int(address.doc)


def _left_out(article_ids: Collection[str]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    import tantivy

    if not article_ids:
        return []
    among = tantivy.Query.term_set_query(_schema(), "article", sorted(article_ids))
    return [(tantivy.Occur.MustNot, among)]


def _filters(filters: Filters | None) -> Iterator[tantivy.Query]:
    """Say with terms what `Filters.allows` says, but for the language, which may be told anew at any time.

    The record sees to that one. No term changes a score.
    """
    from tantivy import FieldType, Query

    if filters is None:
        return
    for field, allowed in (("article", filters.article_ids), ("source", filters.sources)):
        if allowed:
            yield Query.const_score_query(Query.term_set_query(_schema(), field, sorted(allowed)), 0.0)
    if filters.published_from or filters.published_to:
        first, last = _day(filters.published_from) or 1, _day(filters.published_to) or None
        dated = Query.range_query(_schema(), "published", FieldType.Integer, first, last)
        yield Query.const_score_query(_or_undated(dated) if filters.undated else dated, 0.0)


def _or_undated(dated: tantivy.Query) -> tantivy.Query:
    from tantivy import Occur, Query

    undated = Query.term_query(_schema(), "published", UNDATED)
    return Query.boolean_query([(Occur.Should, dated), (Occur.Should, undated)])


def _day(published: date | None) -> int:
    return published.toordinal() if published else UNDATED


@contextmanager
def tantivy_errors() -> Iterator[None]:
    """Turn whatever tantivy raises into one error; it has no types of its own."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, LibraryDamagedError):
        raise
    except BaseException as error:  # a panic in Rust is no `Exception`
        raise keywords_damaged(error) from error
