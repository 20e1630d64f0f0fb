"""The invented articles that models learn from and are measured on."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from bench.invented import abroad, asked_from_abroad, claims, conversations, more_abroad, reports, twins

SEVERAL = "more_languages", "library_questions", "similar_reports"


def test_every_answer_names_a_sentence_of_its_report() -> None:
    for report in reports():
        places = {place for _, answering in report.asked for place in answering}
        assert places <= set(range(len(report.sentences))), report.title
    for item in abroad():
        assert 0 <= item.answer < len(item.sentences), item.title
    for each in (*chain(*map(more_abroad, SEVERAL)), *asked_from_abroad()):
        answering = [place for _, place in each.asked if place is not None]
        assert set(answering) <= set(range(len(each.sentences))), each.title
        assert len(answering) < len(each.asked)


def test_a_strangers_news_is_in_no_other_file() -> None:
    stranger = list(abroad("stranger_languages"))
    assert set(Counter(item.language for item in stranger).values()) == {10}
    others = {item.title for item in abroad()} | {item.title for item in chain(*map(more_abroad, SEVERAL))}
    assert not {item.title for item in stranger} & others


def test_no_news_with_several_questions_stands_twice() -> None:
    titles = [item.title for item in abroad()]
    titles += [item.title for item in chain(*map(more_abroad, SEVERAL))]
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_claims_are_carried_denied_or_unsaid_and_none_is_its_own_source() -> None:
    labels = Counter[str]()
    for item in claims():
        labels.update(label for label, _ in item.claims)
        assert not {claim for _, claim in item.claims} & set(item.sentences), item.title
    assert set(labels) == {"carried", "denied", "unsaid"}
    assert min(labels.values()) > 500


def test_eight_languages_have_sixty_articles_and_eight_more_twenty_and_about_a_third_is_kept_back() -> None:
    counted = Counter(item.language for item in abroad())
    assert sorted(counted.values()) == [20] * 8 + [60] * 8
    for every in (list(claims()), list(reports()), list(abroad())):
        assert 0.25 < sum(item.kept for item in every) / len(every) < 0.42


def test_similar_reports_come_in_groups_of_four_of_which_about_a_third_is_kept_back() -> None:
    every = list(more_abroad("similar_reports"))
    groups = Counter((item.group, item.language, item.kept) for item in every)
    assert set(groups.values()) == {4}
    assert len({group for group, _, _ in groups}) == len(groups)
    assert 0.25 < sum(item.kept for item in every) / len(every) < 0.42


def test_every_claim_on_twins_has_another_label_on_each_text() -> None:
    every = list(twins())
    both = [pair for item in every for _, *pair in item.claims]
    labels = Counter(label for pair in both for label in pair)
    assert set(labels) == {"carried", "denied", "unsaid"}
    assert all(first != second for first, second in both)
    assert not any(claim in text for item in every for claim, *_ in item.claims for text in item.texts)
    carried = Counter(
        both.index("carried") for item in every for _, *both in item.claims if "carried" in both
    )
    assert 0.45 < carried[0] / carried.total() < 0.55
    assert 0.12 < sum(item.kept for item in every) / len(every) < 0.22
    assert len({item.title for item in every}) == len(every)


def test_conversations_are_about_reports_whose_sentences_answer_them() -> None:
    texts = {report.title: " ".join(report.sentences) for report in reports()}
    whole = " ".join(texts.values())
    every = list(conversations())
    for each in every:
        assert each.pieces, each.then
        assert all(piece in texts[each.title] for piece in each.pieces), each.then
        assert each.other_pieces, each.other
        assert all(piece in whole for piece in each.other_pieces), each.other
        assert each.untold != each.then, each.first
    assert set(Counter(each.kind for each in every)) == {"cut", "pronoun", "words"}
    assert sum(bool(each.untold) for each in every) == 280
    assert 0.25 < sum(each.kept for each in every) / len(every) < 0.42
