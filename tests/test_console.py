"""What the command line prints: reports, progress and JSON."""

from __future__ import annotations

import json

import pytest

from assistant.cli.console import json_line, progress_text, report_text, time_left
from ingest import Failure, IngestReport, Kept, Progress


def test_a_long_list_of_failures_is_cut_short() -> None:
    """Twenty failures are listed, the others counted."""
    failures = tuple(Failure(f"{number}.txt", "empty") for number in range(22))
    lines = report_text(IngestReport(failed=failures, seconds=1.25)).splitlines()
    assert lines[0] == "0 added, 0 updated, 0 unchanged, 22 failed; 0 chunks stored in 1.2 s."
    assert (len(lines), lines[-1]) == (22, "  … and 2 more; --json lists them all.")


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress(0, None, 0, ""), "Reading 0 articles"),
        (
            Progress(212, 1340, 0, "", rate=8.8, seconds_left=128.0),
            "Reading 212 of 1,340 articles, 9 a second, about 2 min left",
        ),
        (Progress(5, None, 0, "", rate=1 / 12), "Reading 5 articles, 5 a minute"),
        (Progress(9, 10, 1, "", rate=1.0, seconds_left=0.0), "Reading 10 of 10 articles, 1 a second"),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long(progress: Progress, text: str) -> None:
    """Rate and time to go appear only once they can be known."""
    assert progress_text(progress) == text


def test_a_report_names_what_was_removed_and_what_was_kept_and_why() -> None:
    """Removing is counted where it happened; what was kept has a line with its reason."""
    report = IngestReport(removed=3, kept=(Kept("feed", 1, "why"), Kept("folder", 1200, "because")))
    assert report_text(report).splitlines() == [
        "0 added, 0 updated, 0 unchanged, 3 removed, 0 failed; 0 chunks stored in 0.0 s.",
        "  feed: 1 article is kept, though not found: why.",
        "  folder: 1,200 articles are kept, though not found: because.",
    ]


def test_a_report_fits_into_eighty_columns() -> None:
    """A reason that doesn't fit behind its source stands below it, in whole words."""
    reason = "The PDF is damaged or cut off. Save or download it again, or ask whoever made it for another."
    lines = report_text(IngestReport(failed=(Failure("news/" + "x" * 60 + ".pdf", reason),))).splitlines()
    assert lines[1] == f"  news/{'x' * 60}.pdf:"
    assert " ".join(line.strip() for line in lines[2:]) == reason
    assert all(len(line) <= 80 for line in lines)


def test_a_report_says_which_files_were_passed_over() -> None:
    """Types that are not read are counted, the most frequent first, so that nobody thinks they were read."""
    one = report_text(IngestReport(passed_over={".doc": 1}))
    assert one.endswith("\n  1 file of a type that is not read was passed over: 1 .doc.")
    many = {".doc": 1200, "": 3, **{f".x{number}": 1 for number in range(9)}}
    text = " ".join(report_text(IngestReport(passed_over=many)).split())
    assert text.endswith(
        "1,212 files of types that are not read were passed over: 1,200 .doc, 3 without a type, "
        "1 .x0, 1 .x1, 1 .x2, 1 .x3, …."
    )


def test_the_time_to_go_is_no_more_exact_than_it_can_be() -> None:
    """Seconds become minutes, minutes become hours."""
    times = [time_left(seconds) for seconds in (5, 119, 5400)]
    assert times == ["less than a minute left", "about 2 min left", "about 1.5 h left"]


def test_json_keeps_letters_and_escapes_what_a_terminal_obeys() -> None:
    """Letters stay readable; C1 controls and direction overrides become escapes; the value is the same."""
    value = {"a": "é\x1b[31m\x9b\u202e\x7f"}
    assert json_line(value) == '{"a": "é\\u001b[31m\\u009b\\u202e\\u007f"}'
    assert json.loads(json_line(value)) == value
