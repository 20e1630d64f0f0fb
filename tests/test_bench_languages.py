"""The texts that questions across languages are measured on."""

from __future__ import annotations

from collections import Counter

from bench.languages import read_reports, read_texts

LANGUAGES = {"de", "es", "fr", "it", "nl", "pl", "pt", "ru"}


def test_every_language_has_as_many_texts_half_of_them_kept_back() -> None:
    """Twenty texts each, with the words of what answers in them once."""
    texts = read_texts()
    assert Counter(each.language for each in texts) == dict.fromkeys(LANGUAGES, 20)
    kept = Counter(each.language for each in texts if each.kept_back)
    assert kept == dict.fromkeys(LANGUAGES, 10)
    for each in texts:
        assert each.article.text.count(each.words) == 1
        assert each.question != each.english


def test_every_language_has_three_dated_reports() -> None:
    """Of one kind, a month apart."""
    reports = read_reports()
    assert Counter(each.language for each in reports) == dict.fromkeys(LANGUAGES, 3)
    for each in reports:
        assert each.words in each.article.text
        assert each.article.published is not None
