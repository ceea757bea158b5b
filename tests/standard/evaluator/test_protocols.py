"""A protocol counts the seconds of silence, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Standard

PROTOCOL = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
  - {id: again, title: 再问, is: {phrase: [在吗]}}
  - {id: bye, title: 道别, is: {phrase: [再见]}}
protocols:
  - id: silent
    clause: T-1
    title: 无声
    if: {channel: phone}
    opens: {act: greet}
    before_customer: true
    tolerance: 600ms
    EXTRA
    steps:
      - {after: 5s, does: {act: again}, say: [您还在吗？]}
      - {after: 5s, does: {act: bye}, say: [再见。]}
    hang_up_after: 5s
"""
END = -1
Decision = tuple[int, str, tuple[int, ...]]


@pytest.fixture
def decisions(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> Callable[..., list[Decision]]:
    """Return what a protocol decides: after which line, what, and on which turns."""

    def decided(lines: list[str], extra: str = "", **options: Any) -> list[Decision]:
        standard = small_standard(PROTOCOL.replace("EXTRA", extra or "binds: silence"))
        heard = live(standard, lines, **options)
        return [(line, one.outcome.value, one.turns) for line, one in heard.verdicts]

    return decided


HELLO, AGAIN, BYE = "客服：您好。", "客服：在吗？", "客服：再见。"
WAIT = "[静默 5]"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [HELLO, WAIT, AGAIN, WAIT, BYE, WAIT, "[客服挂机]"],
            [(6, "met", (1, 2))],
            id="every-step-in-its-time",
        ),
        pytest.param(
            [HELLO, "[静默 4.5]", AGAIN, "[静默 4.5]", BYE, "[静默 4.5]", "[客服挂机]"],
            [(6, "met", (1, 2))],
            id="half-a-second-early-is-tolerated",
        ),
        pytest.param(
            [HELLO, "[静默 20]", AGAIN, "[静默 9]", BYE, "[静默 7]", "[客服挂机]"],
            [(6, "met", (1, 2))],
            id="waiting-longer-is-no-fault",
        ),
        pytest.param(
            [HELLO, "[静默 3]", AGAIN], [(2, "missed", (1,))], id="the-first-step-too-early"
        ),
        pytest.param(
            [HELLO, WAIT, AGAIN, "[静默 3]", BYE],
            [(4, "missed", (1, 2))],
            id="the-second-step-too-early",
        ),
        pytest.param(
            [HELLO, WAIT, AGAIN, WAIT, BYE, "[静默 2]", "[客服挂机]"],
            [(6, "missed", (1, 2))],
            id="hung-up-too-early",
        ),
        pytest.param(
            [HELLO, WAIT, AGAIN, WAIT, "[客服挂机]"], [(4, "missed", (1,))], id="a-step-left-out"
        ),
        pytest.param(
            [HELLO, WAIT, "[客服挂机]"], [(2, "missed", (0,))], id="hung-up-without-any-step"
        ),
        pytest.param(
            [HELLO, WAIT, AGAIN, "客户：在。"],
            [(3, "met", (1,))],
            id="the-customer-speaks-after-a-step",
        ),
        pytest.param([HELLO, "客户：在。", AGAIN], [], id="the-customer-speaks-at-once"),
        pytest.param(
            ["客户：喂？", HELLO, WAIT, "[客服挂机]"], [], id="not-once-the-customer-has-spoken"
        ),
        pytest.param(
            [HELLO, WAIT, AGAIN, "[静默 2]", "[客户挂机]"],
            [(4, "met", (1,))],
            id="the-customer-hangs-up-after-a-step",
        ),
        pytest.param([HELLO, WAIT, "[客户挂机]"], [], id="the-customer-hangs-up-before-any-step"),
        pytest.param([BYE, WAIT, "[客服挂机]"], [], id="never-opened"),
        pytest.param([HELLO, WAIT, AGAIN], [], id="the-record-ends-before-it-is-decided"),
    ],
)
def test_the_steps_of_a_protocol_have_their_seconds(
    decisions: Callable[..., list[Decision]], lines: list[str], expected: list[Decision]
) -> None:
    assert decisions(lines) == expected


@pytest.mark.parametrize(
    ("lines", "extra", "expected"),
    [
        pytest.param(
            [HELLO, "[静默 1]", AGAIN, WAIT, AGAIN, WAIT, BYE, WAIT, "[客服挂机]"],
            "same_breath: 2s",
            [(8, "met", (2, 3))],
            id="words-in-the-same-breath-belong-to-the-opening",
        ),
        pytest.param(
            [HELLO, "[静默 3]", "[客服挂机]"],
            "silence: 5s",
            [],
            id="hung-up-before-there-was-silence",
        ),
        pytest.param(
            ["客服：您好，在吗？", WAIT, BYE, WAIT, "[客服挂机]"],
            "at_once: true",
            [(4, "met", (1,))],
            id="the-opening-may-be-the-first-step",
        ),
        pytest.param(
            [HELLO, WAIT, "[客服挂机]"],
            "unless: {fact: {case_type: enquiry}}",
            [(2, "not_applicable", (0,))],
            id="unless-holds",
        ),
    ],
)
def test_what_a_protocol_allows_besides(
    decisions: Callable[..., list[Decision]],
    lines: list[str],
    extra: str,
    expected: list[Decision],
) -> None:
    assert decisions(lines, extra) == expected


@pytest.mark.parametrize(
    ("facts", "timed", "expected"),
    [
        pytest.param({}, False, [(END, "undecided", ())], id="without-times"),
        pytest.param({"channel": "chat"}, False, [], id="another-channel-without-times"),
        pytest.param({"channel": "chat"}, True, [], id="another-channel"),
    ],
)
def test_without_times_a_protocol_is_undecided_not_guessed(
    decisions: Callable[..., list[Decision]],
    facts: dict[str, str],
    timed: bool,
    expected: list[Decision],
) -> None:
    lines = [HELLO, WAIT, "[客服挂机]"]
    assert decisions(lines, timed=timed, **facts) == expected


@pytest.mark.parametrize(
    ("lines", "extra", "expected"),
    [
        pytest.param(
            [HELLO, "[静默 2]", "客服：请稍等。", WAIT, "[客服挂机]"],
            "stops: {phrase: [请稍等]}",
            [],
            id="words-that-take-the-turn-stop-it",
        ),
        pytest.param(
            [HELLO, WAIT, "客服：在吗？请稍等。", WAIT, BYE, WAIT, "[客服挂机]"],
            "stops: {phrase: [请稍等]}",
            [(6, "met", (1, 2))],
            id="a-step-is-a-step-all-the-same",
        ),
        pytest.param(
            ["客服：您好，请稍等。", WAIT, "[客服挂机]"],
            "stops: {phrase: [请稍等]}",
            [],
            id="they-do-not-open-it-either",
        ),
        pytest.param([HELLO, "[静音]", WAIT, "[客服挂机]"], "", [], id="a-hold-stops-it"),
    ],
)
def test_a_protocol_stops_when_it_is_not_the_customers_turn(
    decisions: Callable[..., list[Decision]],
    lines: list[str],
    extra: str,
    expected: list[Decision],
) -> None:
    assert decisions(lines, extra) == expected


@pytest.mark.parametrize(
    ("optional", "expected"),
    [(", optional: true", [(4, "met", (1,))]), ("", [(4, "missed", (1,))])],
)
def test_an_optional_step_may_be_left_out(
    small_standard: Callable[[str], Standard],
    live: Callable[..., Any],
    optional: str,
    expected: list[Decision],
) -> None:
    step = "say: [您还在吗？]"
    standard = small_standard(PROTOCOL.replace("EXTRA", "").replace(step, f"{step}{optional}"))
    heard = live(standard, [HELLO, WAIT, BYE, WAIT, "[客服挂机]"])
    assert [(line, one.outcome.value, one.turns) for line, one in heard.verdicts] == expected
