"""What a job of the queue is given and what comes of it, as bytes and JSON that the database keeps.

Everything is checked field by field when it is read again: what lies in a database may be changed there.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ingest.audience import group_names
from ingest.fetch.outcome import Validators
from ingest.readers.common.wire import fields_of, part_of
from ingest.report import Failure, IngestReport, Kept, PageNote
from ingest.runs.batches import Copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ingest.article import Article
    from ingest.readers.common.exported import Exported

ReadArticle = tuple["Article | Exported", Validators | None]
"""An article, with what an export says of it, and what the server said of its address."""

NO_TEXT = "-"  # stands for the text of a copy, which is that of its original


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job did: its report, and what the end of the run has to know of its source (see `Visit`).

    `held` is what the source held when the run began, None where that was not noted. `told` are sources that
    an export has for some groups.
    """

    report: IngestReport
    seen: Sequence[str] = ()
    missed: Sequence[str] = ()
    complete: bool = False
    gone: Sequence[str] = ()
    copies: Mapping[str, Copy] = field(default_factory=dict)
    held: Sequence[str] | None = None
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, int]:
        """How many articles it met, and how many of them failed."""
        report = self.report
        failed = len(report.failed)
        return report.added + report.updated + report.unchanged + failed, failed

    def to_json(self) -> str:
        """Return it as JSON in ASCII: names may have half of a character in them."""
        copies = [
            [article_id, *_copy_fields(copy), fields_of(copy.article(NO_TEXT))[1]]
            for article_id, copy in self.copies.items()
        ]
        return json.dumps(
            {
                "report": self.report.to_dict(),
                "seen": list(self.seen),
                "missed": list(self.missed),
                "complete": self.complete,
                "gone": list(self.gone),
                "copies": copies,
                "held": None if self.held is None else list(self.held),
                "told": {source: sorted(groups) for source, groups in self.told.items()},
            },
            default=str,
        )

    @classmethod
    def of_json(cls, text: str) -> JobResult:
        """Read what `to_json` wrote."""
        found = json.loads(text)
        return cls(
            report_of(found["report"]),
            found["seen"],
            found["missed"],
            found["complete"] is True,
            found["gone"],
            {article_id: _copy(*rest) for article_id, *rest in found["copies"]},
            found.get("held"),  # one that an older Footnote wrote has none, nor the next
            {source: group_names(names) for source, names in found.get("told", {}).items()},
        )


def report_of(fields: Mapping[str, Any]) -> IngestReport:
    """Read a report that was written as JSON."""
    notes = {
        name: tuple(PageNote(note["source"], tuple(note["pages"])) for note in fields[name])
        for name in ("ocr_pages", "picture_pages")
    }
    failed = tuple(Failure(**each) for each in fields["failed"])
    return IngestReport(
        **{**fields, "failed": failed, "kept": tuple(Kept(**each) for each in fields["kept"]), **notes}
    )


def joined(reports: Iterable[IngestReport], seconds: float) -> IngestReport:
    """Return several reports as one, over so many seconds."""
    every = list(reports)
    passed, unread = Counter[str](), Counter[str]()
    for report in every:
        passed.update(report.passed_over)
        unread.update(report.unread)
    return IngestReport(
        added=sum(report.added for report in every),
        updated=sum(report.updated for report in every),
        unchanged=sum(report.unchanged for report in every),
        failed=tuple(failure for report in every for failure in report.failed),
        chunks=sum(report.chunks for report in every),
        seconds=seconds,
        removed=sum(report.removed for report in every),
        kept=tuple(kept for report in every for kept in report.kept),
        passed_over=dict(passed.most_common()),
        unread=dict(unread.most_common()),
        ocr_pages=tuple(note for report in every for note in report.ocr_pages),
        picture_pages=tuple(note for report in every for note in report.picture_pages),
    )


def pack_articles(articles: Iterable[ReadArticle]) -> bytes:
    """Write articles for a job that stores them; workers of an older Footnote can't read exported ones."""
    packed = []
    for item, said in articles:
        kind, fields = fields_of(item)
        known = [said.etag, said.last_modified] if said else None
        packed.append([fields, known] if kind == "article" else [fields, known, kind])
    return json.dumps(packed, default=str).encode()


def unpack_articles(payload: bytes) -> list[ReadArticle]:
    """Read what `pack_articles` wrote."""
    found: list[ReadArticle] = []
    for fields, said, *kind in json.loads(payload):
        item = part_of(kind[0] if kind else "article", fields)
        found.append((item, Validators(*said) if said else None))  # type: ignore[arg-type]  # of that kind
    return found


def pack_file(name: str, data: bytes) -> bytes:
    """Write a file for a job that reads it: its name, and its bytes as they are."""
    return name.encode("utf-8", "backslashreplace") + b"\0" + data


def unpack_file(payload: bytes) -> tuple[str, bytes]:
    """Read what `pack_file` wrote."""
    name, _, data = payload.partition(b"\0")
    return name.decode(), data


def _copy_fields(copy: Copy) -> tuple[str, str, str, str | None, list[str]]:
    return copy.content, copy.original_id, copy.original_version, copy.source, sorted(copy.groups)


def _copy(
    content: str,
    original_id: str,
    original_version: str,
    source: str | None,
    groups: list[str],
    fields: dict[str, Any],
) -> Copy:
    article: Article = part_of("article", fields)  # type: ignore[assignment]  # of that kind
    copy = Copy.of(article, content, original_id, original_version)
    return replace(copy, source=source, groups=group_names(groups))
