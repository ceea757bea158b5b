"""While the contact lasts the agent is told what to say, what was wrong, and what comes when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Standard

RULES = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
  - {id: again, title: 再问, is: {phrase: [在吗]}}
  - {id: curt, title: 生硬, is: {phrase: [快说]}}
  - {id: thanks, title: 致谢, is: {phrase: [谢谢]}}
scenes:
  - id: answer
    clause: T-1
    title: 回应
    if: {channel: phone}
    when: {customer: thanks}
    repeat: each
    within: 1
    expect: {agent: greet}
    never: {act: curt}
    say: [不客气, 不用谢]
protocols:
  - id: silent
    clause: T-2
    title: 无声
    opens: {act: greet}
    steps:
      - {after: 5s, does: {act: again}, say: [您还在吗？]}
      - {after: 7s, does: {act: again}, say: [再见。]}
    hang_up_after: 5s
"""
Hinted = tuple[int, str, str, tuple[str, ...], float | None]


@pytest.fixture
def hints(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> Callable[..., list[Hinted]]:
    """Return the hints: after which line, of which kind and clause, the words, and due when."""

    def hinted(lines: list[str], **options: Any) -> list[Hinted]:
        heard = live(small_standard(RULES), lines, **options)
        return [
            (line, one.kind.value, one.clause, one.words, one.due_at) for line, one in heard.hints
        ]

    return hinted


SAY = ("say", "T-1", ("不客气", "不用谢"), None)


@pytest.mark.parametrize(
    ("lines", "facts", "expected"),
    [
        pytest.param(["客户：谢谢。"], {}, [(0, *SAY)], id="the-next-words"),
        pytest.param(["客户：谢谢。", "客户：谢谢。"], {}, [(0, *SAY)], id="not-while-it-is-open"),
        pytest.param(
            ["客户：谢谢。", "客服：嗯。", "客户：谢谢。"],
            {},
            [(0, *SAY), (2, *SAY)],
            id="again-when-it-comes-up-again",
        ),
        pytest.param(["客户：你好。"], {}, [], id="nothing-due"),
        pytest.param(["客户：谢谢。"], {"channel": "chat"}, [], id="not-where-it-does-not-apply"),
        pytest.param(["客户：谢谢。"], {"channel": None}, [], id="not-where-that-is-unknown"),
        pytest.param(
            ["客服：快说。"],
            {},
            [(0, "warn", "T-1", ("不客气", "不用谢"), None)],
            id="a-warning-with-better-words",
        ),
    ],
)
def test_the_agent_is_told_the_next_words_and_warned(
    hints: Callable[..., list[Hinted]],
    lines: list[str],
    facts: dict[str, str | None],
    expected: list[Hinted],
) -> None:
    assert hints(lines, **facts) == expected


def test_a_protocol_says_its_next_step_and_when_it_is_due(
    hints: Callable[..., list[Hinted]],
) -> None:
    lines = ["客服：您好。", "[静默 6]", "客服：在吗？", "[静默 8]", "客服：在吗？"]
    assert hints(lines) == [
        (0, "protocol", "T-2", ("您还在吗？",), 0.75 + 5),
        (2, "protocol", "T-2", ("再见。",), 7.5 + 7),
    ]


def test_a_protocol_without_times_has_nothing_due(hints: Callable[..., list[Hinted]]) -> None:
    assert hints(["客服：您好。", "客服：在吗？"], timed=False) == []
