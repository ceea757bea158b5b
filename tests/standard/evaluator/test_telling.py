"""What somebody says outright of a contact is known of it, where no record says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.standard.domain import Facts, Speaker, Standard, Turn, feed, inspect, start
from rexian.standard.domain.evaluator.evaluation import inform
from rexian.standard.domain.events import Voice

RULES = """
acts:
  - {id: complains, title: 投诉, is: {phrase: [我要投诉]}}
  - {id: suggests, title: 建议, is: {phrase: [提个建议]}}
  - {id: apologise, title: 致歉, is: {phrase: [抱歉]}}
facts:
  - {id: complaint, by: customer, act: complains, are: {case_type: complaint}}
  - {id: suggestion, by: customer, act: suggests, are: {case_type: suggestion}}
scenes:
  - id: sorry
    clause: T-1
    title: 致歉
    if: {case_type: complaint}
    when: start
    decided: end
    expect: {agent: apologise}
"""


def turns(*said: str) -> list[Turn]:
    """Return a customer's words, then the agent's 好的."""
    spoken = [(Speaker.CUSTOMER, text) for text in said]
    return [Turn(i, by, text) for i, (by, text) in enumerate([*spoken, (Speaker.AGENT, "好的。")])]


@pytest.mark.parametrize(
    ("said", "known", "expected"),
    [
        pytest.param(["我要投诉。"], None, ["missed"], id="told"),
        pytest.param(["查气费。"], None, ["undecided"], id="not-told"),
        pytest.param(["我要投诉。", "再提个建议。"], None, ["undecided"], id="told-otherwise-too"),
        pytest.param(["我要投诉。"], "enquiry", [], id="the-record-knows-better"),
    ],
)
def test_a_fact_is_told_in_words(
    small_standard: Callable[[str], Standard],
    said: list[str],
    known: str | None,
    expected: list[str],
) -> None:
    found = inspect(small_standard(RULES), Facts(case_type=known), turns(*said)).verdicts
    assert [one.outcome.value for one in found] == expected


def test_unsure_words_tell_nothing(small_standard: Callable[[str], Standard]) -> None:
    heard = Turn(0, Speaker.CUSTOMER, "我要投诉。", voice=Voice(((2, 4),)))
    found = inspect(small_standard(RULES), Facts(), [heard, *turns()]).verdicts
    assert [one.outcome.value for one in found] == ["undecided"]


def test_a_record_that_knows_nothing_leaves_what_was_told(
    small_standard: Callable[[str], Standard],
) -> None:
    standard = small_standard(RULES)
    state, *_ = feed(standard, start(standard, Facts()), turns("我要投诉。")[0])
    assert inform(standard, state, Facts(channel="phone")).facts.case_type == "complaint"
    assert inform(standard, state, Facts(case_type="enquiry")).facts.case_type == "enquiry"
