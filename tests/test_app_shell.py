"""What the page says before anything was asked."""

from __future__ import annotations

from assistant.web.html.shell import shell_html


def test_without_a_model_the_page_says_what_answers_are() -> None:
    """A reader is told that answers are quotations, in one line and without names of settings."""
    quoting = str(shell_html(question_limit=100, draft_limit=100, max_file_mb=1))
    writing = str(shell_html(question_limit=100, draft_limit=100, max_file_mb=1, writes=True))
    told = "Answers are quotations, word for word."
    checked = "Each statement is checked against its sentences."
    assert (told in quoting, checked in quoting) == (True, False)
    assert (told in writing, checked in writing) == (False, True)
