"""What is not known is undecided: facts, speakers, signals, times are never guessed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Facts, Speaker, Standard, Turn, inspect, load

RULES = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
scenes:
  - {id: greeting, clause: T-1, title: 问候, when: start, decided: end, expect: {agent: greet}}
  - id: held
    clause: T-2
    title: 等待
    if: {channel: phone}
    when: {signal: hold_on}
    within: 1
    expect: {agent: greet}
forbidden:
  - {id: words, clause: T-3, title: 禁用词, words: [{word: 喂, is: {phrase: [喂]}}]}
"""


def turn(index: int, by: Speaker, text: str) -> Turn:
    return Turn(index, by, text)


@pytest.mark.parametrize("known", [Speaker.AGENT, Speaker.CUSTOMER, Speaker.UNKNOWN])
def test_one_turn_of_an_unknown_speaker_leaves_everything_undecided(
    small_standard: Callable[[str], Standard], known: Speaker
) -> None:
    events = [turn(0, known, "您好。"), turn(1, Speaker.UNKNOWN, "喂？")]
    verdicts = inspect(small_standard(RULES), Facts(channel="phone"), events).verdicts
    assert {(one.clause, one.outcome.value) for one in verdicts} == {
        ("T-1", "undecided"),
        ("T-3", "undecided"),
    }


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_without_any_known_speaker_nothing_is_decided(name: str) -> None:
    events = [turn(0, Speaker.UNKNOWN, "喂，说吧。"), turn(1, Speaker.UNKNOWN, "不知道。")]
    facts = Facts("phone", "in", "enquiry", "simple", "workday", signals=False)
    verdicts = inspect(load(name), facts, events).verdicts
    decided = {one.clause for one in verdicts if one.outcome.value in ("met", "missed", "suspect")}
    assert decided == set()


@pytest.mark.parametrize(
    ("channel", "expected"),
    [("phone", ["undecided"]), (None, ["undecided"]), ("chat", [])],
)
def test_without_signals_a_scene_that_waits_for_one_is_undecided_where_it_may_apply(
    small_standard: Callable[[str], Standard], channel: str | None, expected: list[str]
) -> None:
    facts = Facts(channel=channel, signals=False)
    events = [turn(0, Speaker.AGENT, "您好。")]
    verdicts = inspect(small_standard(RULES), facts, events).verdicts
    assert [one.outcome.value for one in verdicts if one.clause == "T-2"] == expected


def test_with_signals_a_scene_that_waits_for_one_is_not_due(
    small_standard: Callable[[str], Standard],
) -> None:
    events = [turn(0, Speaker.AGENT, "您好。")]
    verdicts = inspect(small_standard(RULES), Facts(channel="phone"), events).verdicts
    assert [one.outcome.value for one in verdicts if one.clause == "T-2"] == []


def test_the_system_speaks_for_nobody(
    small_standard: Callable[[str], Standard], judge: Callable[..., Any]
) -> None:
    verdicts = judge(small_standard(RULES), ["系统：喂，您好。", "客服：请讲。"])
    assert [(one.clause, one.outcome.value) for one in verdicts] == [
        ("T-1", "missed"),
        ("T-3", "met"),
    ]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("channel", "phone"),
        ("direction", "in"),
        ("case_type", "complaint"),
        ("case_class", "simple"),
        ("day", "holiday"),
    ],
)
def test_a_scene_on_an_unknown_fact_says_which(
    small_standard: Callable[[str], Standard], fact: str, value: str
) -> None:
    standard = small_standard(f"""
scenes:
  - id: one
    clause: T-1
    title: 试
    if: {{{fact}: {value}}}
    when: start
    expect: {{agent: {{phrase: [您好]}}}}
""")
    (verdict,) = inspect(standard, Facts(), [turn(0, Speaker.AGENT, "嗯。")]).verdicts
    assert verdict.outcome == "undecided"
    assert fact in verdict.reason("en")


def test_no_events_at_all_are_no_conversation_to_judge() -> None:
    facts = Facts("phone", "in", "enquiry", "simple", "workday")
    outcomes = {one.outcome.value for one in inspect(load("centre"), facts, []).verdicts}
    assert outcomes <= {"not_applicable", "undecided"}
