"""The speaking rate is judged over all that the agent says, where that is enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.standard.domain import Facts, Speaker, Standard, Turn, inspect
from rexian.standard.domain.events import Voice

RATE = """
voice:
  - id: rate
    clause: T-1
    title: 语速
    if: {channel: phone}
    at_least: 180
    at_most: 200
    min_speech: 10s
    outcome: OUTCOME
"""
Spoken = list[tuple[Speaker, str, float | None]]
AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def turns(spoken: Spoken) -> list[Turn]:
    """Return turns that last so many seconds each, ``None`` where nobody knows."""
    made, now = [], 0.0
    for index, (by, text, seconds) in enumerate(spoken):
        times = (None, None) if seconds is None else (now, now + seconds)
        made.append(Turn(index, by, text, *times))
        now += (seconds or 0.0) + 1.0
    return made


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        pytest.param([(AGENT, "好" * 38, 12.0)], ["met"], id="190-a-minute"),
        pytest.param([(AGENT, "好" * 36, 12.0)], ["met"], id="the-lower-limit"),
        pytest.param([(AGENT, "好" * 40, 12.0)], ["met"], id="the-upper-limit"),
        pytest.param([(AGENT, "好" * 30, 12.0)], ["missed"], id="too-slow"),
        pytest.param([(AGENT, "好" * 50, 12.0)], ["missed"], id="too-fast"),
        pytest.param([(AGENT, "好，" * 38, 12.0)], ["met"], id="marks-are-not-spoken"),
        pytest.param([(AGENT, "K1" * 19, 12.0)], ["met"], id="letters-and-figures-count-one"),
        pytest.param(
            [(AGENT, "好" * 10, 6.0), (CUSTOMER, "好" * 99, 6.0), (AGENT, "好" * 28, 6.0)],
            ["met"],
            id="over-the-sum-of-her-turns",
        ),
        pytest.param([(AGENT, "好" * 50, 6.0)], [], id="too-little-to-judge"),
        pytest.param([(AGENT, "好" * 38, None)], ["undecided"], id="without-times"),
        pytest.param([(CUSTOMER, "好" * 38, 12.0)], [], id="the-agent-says-nothing"),
    ],
)
def test_the_rate_is_characters_over_seconds(
    small_standard: Callable[[str], Standard], spoken: Spoken, expected: list[str]
) -> None:
    standard = small_standard(RATE.replace("OUTCOME", "missed"))
    verdicts = inspect(standard, Facts(channel="phone"), turns(spoken)).verdicts
    assert [one.outcome.value for one in verdicts] == expected


@pytest.mark.parametrize(
    ("channel", "expected"), [("phone", ["suspect"]), ("chat", []), (None, ["undecided"])]
)
def test_the_rate_is_judged_where_the_rule_applies(
    small_standard: Callable[[str], Standard], channel: str | None, expected: list[str]
) -> None:
    standard = small_standard(RATE.replace("OUTCOME", "suspect"))
    fast = turns([(AGENT, "好" * 50, 12.0)])
    verdicts = inspect(standard, Facts(channel=channel), fast).verdicts
    assert [one.outcome.value for one in verdicts] == expected


@pytest.mark.parametrize(("characters", "outcome"), [(34, "met"), (33, "missed"), (45, "missed")])
def test_a_tolerance_widens_the_range(
    small_standard: Callable[[str], Standard], characters: int, outcome: str
) -> None:
    text = RATE.replace("OUTCOME", "missed").replace(
        "at_most: 200", "at_most: 200, tolerance: 0.06"
    )
    standard = small_standard(text.replace("at_most: 200, ", "at_most: 200\n    "))
    spoken: Spoken = [(AGENT, "好" * characters, 12.0)]
    (found,) = inspect(standard, Facts(channel="phone"), turns(spoken)).verdicts
    assert found.outcome.value == outcome


LOUDNESS = """
acts:
  - {id: soft, title: 嫌声小, is: {phrase: [声音太小]}}
voice:
  - id: volume
    clause: T-1
    title: 音量
    measure: loudness
    at_least: -10
    at_most: 10
    min_speech: 2s
  - id: louder
    clause: T-2
    title: 提高音量
    measure: rise
    after: {act: soft}
    at_least: 1
    at_most: 12
    min_speech: 2s
"""


@pytest.mark.parametrize(
    ("loudness", "expected"),
    [
        pytest.param((-25, -25, -22), [("T-2", "met")], id="a-little-louder"),
        pytest.param((-25, -25, -25), [("T-2", "suspect")], id="as-loud-as-before"),
        pytest.param((-45, -25, -43), [("T-1", "suspect"), ("T-2", "met")], id="much-too-soft"),
        pytest.param((None, None, None), [], id="not-heard"),
    ],
)
def test_loudness_is_against_the_other_side_and_rises_once_asked(
    small_standard: Callable[[str], Standard],
    loudness: tuple[float | None, ...],
    expected: list[tuple[str, str]],
) -> None:
    said = [(AGENT, "您好。"), (CUSTOMER, "你声音太小了。"), (AGENT, "对不起，请讲。")]
    events = [
        Turn(i, by, text, i * 10.0, i * 10.0 + 5, Voice(loudness=loudness[i]))
        for i, (by, text) in enumerate(said)
    ]
    found = inspect(small_standard(LOUDNESS), Facts(channel="phone"), events).verdicts
    assert [(one.clause, one.outcome.value) for one in found] == expected


def test_figures_count_as_they_are_said(small_standard: Callable[[str], Standard]) -> None:
    standard = small_standard(RATE.replace("OUTCOME", "missed"))
    figures = [Turn(0, AGENT, "86元" * 9 + "，好", 0, 12)]
    verdicts = inspect(standard, Facts(channel="phone"), figures).verdicts
    assert "185" in verdicts[0].reason()
