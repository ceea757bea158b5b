from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection.figures import minutes, percent, score
from rexian.reports.inspection.tallies import Summary, clause_order, first_missed
from rexian.standard.domain.verdicts import Outcome

Build = Callable[..., InspectedConversation]


def summary_of(ones: list[InspectedConversation]) -> Summary:
    summary = Summary()
    for one in ones:
        summary.add(one)
    return summary


def test_a_summary_counts_conversations_scores_and_outcomes(
    cast: list[InspectedConversation],
) -> None:
    summary = summary_of(cast)
    assert (summary.conversations, summary.with_misses, summary.with_suspicions) == (4, 1, 1)
    assert summary.mean_score == pytest.approx((33.333333 + 100) / 2)
    assert summary.share_met == pytest.approx(2 / 4)
    assert summary.asked_for == {("gas", "centre"): 1}


def test_clauses_are_counted_by_standard_in_the_order_of_the_book(
    cast: list[InspectedConversation],
) -> None:
    tallies = summary_of(cast).clauses()
    assert [(tally.standard, tally.clause) for tally in tallies] == [
        ("centre", "CC-1"),
        ("centre", "HW-3.5"),
        ("highway", "CC-1"),
        ("highway", "HW-3.5"),
        ("highway", "HW-3.12"),
    ]
    assert tallies[0].share_met is None
    assert tallies[2].share_met == 1.0


def test_the_worst_clause_is_counted_over_all_standards(
    build: Build, judge: Callable[..., Any]
) -> None:
    missed = (judge("CC-1", "missed"), judge("HW-3.5", "missed"))
    ones = [build(standard=name, verdicts=missed) for name in ("centre", "highway")]
    ones.append(build(verdicts=(judge("CC-1", "missed"), judge("HW-3.9", "met"))))
    worst = summary_of(ones).worst()
    assert [(tally.clause, tally[Outcome.MISSED]) for tally in worst] == [
        ("CC-1", 3),
        ("HW-3.5", 2),
    ]


def test_nothing_inspected_has_no_mean_and_no_share() -> None:
    summary = Summary()
    assert (summary.mean_score, summary.share_met, summary.clauses()) == (None, None, [])


@pytest.mark.parametrize(("value", "column"), [(0, 0), (9.99, 0), (10, 1), (99.9, 9), (100, 9)])
def test_a_score_falls_into_one_column_of_the_distribution(value: float, column: int) -> None:
    counts = Summary(scores=[value]).histogram()
    assert counts.index(1) == column
    assert sum(counts) == 1


def test_clauses_sort_by_number_and_not_by_letter() -> None:
    clauses = ["HW-3.12", "CC-10", "HW-3.9", "CC-2b", "CC-2", "HW-3", "自定", "1.2"]
    assert sorted(clauses, key=clause_order) == [
        "CC-2",
        "CC-2b",
        "CC-10",
        "HW-3",
        "HW-3.9",
        "HW-3.12",
        "自定",
        "1.2",
    ]


def test_a_clause_missed_twice_is_named_once(judge: Callable[..., Any]) -> None:
    verdicts = [judge("B", "missed"), judge("A", "met"), judge("A", "missed"), judge("B", "missed")]
    assert first_missed(verdicts) == ["B", "A"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00"),
        (7.9, "00:07"),
        (61, "01:01"),
        (3599, "59:59"),
        (3661, "1:01:01"),
        (-3, "00:00"),
    ],
)
def test_seconds_are_written_as_on_a_recorder(seconds: float, text: str) -> None:
    assert minutes(seconds) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (100.0, "100"), (66.666, "66.7"), (0, "0")]
)
def test_a_score_has_no_idle_decimal(value: float | None, text: str) -> None:
    assert score(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(None, "–"), (1.0, "100%"), (0.9999, "99%"), (0.29, "29%"), (0.57, "57%")]
)
def test_only_a_faultless_share_is_a_hundred_percent(share: float | None, text: str) -> None:
    assert percent(share) == text
