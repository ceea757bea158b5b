"""A scene opens, is watched and closes when it says, with the evidence for it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent
from typing import Any

import pytest

from rexian.standard.domain import Standard

ACTS = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
  - {id: offer, title: 询问, is: {phrase: [请讲]}}
  - {id: thanks, title: 致谢, is: {phrase: [谢谢]}}
  - {id: answer, title: 回应, is: {phrase: [不客气]}}
  - {id: curt, title: 生硬, is: {phrase: [快说]}}
scenes:
  - id: scene
    clause: T-1
    title: 试
    EXAMPLES
"""

Decision = tuple[int, str, tuple[int, ...]]
END = -1


@pytest.fixture
def decisions(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> Callable[..., list[Decision]]:
    """Return what a scene decides: after which line, what, and on which turns."""

    def decided(fields: str, lines: list[str], **facts: str | None) -> list[Decision]:
        scene = indent(fields.strip(), "    ").strip()
        standard = small_standard(ACTS.replace("EXAMPLES", scene))
        heard = live(standard, lines, **facts)
        return [(line, one.outcome.value, one.turns) for line, one in heard.verdicts]

    return decided


IN_TIME = """
when: start
within: 2
expect: {all: [{agent: greet}, {agent: offer}]}
"""
ANSWERED = """
when: {customer: thanks}
within: 1
expect: {agent: answer}
"""


@pytest.mark.parametrize(
    ("fields", "lines", "expected"),
    [
        pytest.param(IN_TIME, ["客服：您好，请讲。"], [(0, "met", (0,))], id="all-at-once"),
        pytest.param(
            IN_TIME,
            ["客服：您好。", "客服：请讲。"],
            [(1, "met", (0, 1))],
            id="one-after-the-other",
        ),
        pytest.param(
            IN_TIME,
            ["客服：您好。", "客户：喂？", "客户：有人吗？", "客服：请讲。"],
            [(3, "met", (0, 3))],
            id="the-customers-turns-do-not-count",
        ),
        pytest.param(
            IN_TIME,
            ["客服：您好。", "客服：嗯。", "客服：请讲。"],
            [(1, "missed", ())],
            id="too-late",
        ),
        pytest.param(IN_TIME, ["客服：您好。"], [(END, "missed", ())], id="the-call-ended-before"),
        pytest.param(
            ANSWERED,
            ["客户：谢谢。", "客服：不客气。"],
            [(1, "met", (1,))],
            id="the-customer-opens-the-agent-answers",
        ),
        pytest.param(
            ANSWERED,
            ["客户：谢谢。", "客户：真的。", "客服：哦。", "客服：不客气。"],
            [(2, "missed", (2,))],
            id="the-first-answer-decides",
        ),
        pytest.param(
            ANSWERED,
            ["客服：您好。", "客户：谢谢。"],
            [(END, "not_applicable", ())],
            id="no-chance-to-answer",
        ),
        pytest.param(ANSWERED, ["客服：您好。"], [], id="never-due"),
        pytest.param(
            "when: {agent: greet}\nwithin: 1\nexpect: {agent: offer}",
            ["客服：您好，请讲。"],
            [(0, "met", (0,))],
            id="the-opening-turn-is-the-first",
        ),
        pytest.param(
            "when: {agent: greet}\nwithin: 1\nexpect: {agent: offer}",
            ["客服：您好。", "客服：请讲。"],
            [(0, "missed", (0,))],
            id="the-opening-turn-is-the-only-one",
        ),
        pytest.param(
            "when: start\nexpect: {agent: greet}",
            ["客服：嗯。", "客服：哦。", "客服：啊。", "客服：您好。"],
            [(3, "met", (3,))],
            id="until-the-end-met-at-once",
        ),
        pytest.param(
            "when: start\nexpect: {agent: greet}",
            ["客服：嗯。", "客服：哦。"],
            [(END, "missed", ())],
            id="until-the-end-missed-at-the-end",
        ),
    ],
)
def test_a_scene_is_decided_as_soon_as_it_is_met_or_its_time_is_up(
    decisions: Callable[..., list[Decision]],
    fields: str,
    lines: list[str],
    expected: list[Decision],
) -> None:
    assert decisions(fields, lines) == expected


@pytest.mark.parametrize(
    ("fields", "lines", "expected"),
    [
        pytest.param(
            "when: start\ndecided: end\nexpect: {agent: greet}",
            ["客服：您好。", "客服：嗯。", "客服：您好。"],
            [(END, "met", (0, 2))],
            id="everything-done-is-evidence",
        ),
        pytest.param(
            "when: start\ndecided: end\nexpect: {agent: greet}",
            ["客服：嗯。"],
            [(END, "missed", ())],
            id="what-is-missing-stands-nowhere",
        ),
        pytest.param(
            "when: start\ndecided: end\nfaulty: {act: curt}\nexpect: {agent: greet}",
            ["客服：快说。", "客户：喂？", "客服：快说啊。"],
            [(END, "missed", (0, 2))],
            id="what-was-done-instead-is-shown",
        ),
        pytest.param(
            "when: start\ndecided: end\nfaulty: {act: curt}\nexpect: {agent: greet}",
            ["客服：快说。", "客服：您好。"],
            [(END, "met", (1,))],
            id="what-was-done-instead-and-then-rightly",
        ),
        pytest.param(
            "when: {customer: thanks}\ndecided: end\nexpect: {agent: answer}",
            ["客服：不客气。", "客户：谢谢。", "客服：再见。"],
            [(END, "missed", ())],
            id="done-before-it-was-due",
        ),
    ],
)
def test_a_scene_decided_at_the_end_waits_for_it(
    decisions: Callable[..., list[Decision]],
    fields: str,
    lines: list[str],
    expected: list[Decision],
) -> None:
    assert decisions(fields, lines) == expected


BACK = "when: {agent: offer}\nwithin: 1\nexpect: {agent: greet}"


@pytest.mark.parametrize(
    ("since", "lines", "expected"),
    [
        pytest.param(
            "trigger", ["客服：您好。", "客服：请讲。"], (1, "missed", (1,)), id="from-the-opening"
        ),
        pytest.param(
            "trigger", ["客服：您好，请讲。"], (0, "met", (0,)), id="in-the-opening-itself"
        ),
        pytest.param(
            "start",
            ["客服：您好。", "客服：嗯。", "客户：啊？", "客服：嗯。", "客服：请讲。"],
            (4, "met", (0,)),
            id="from-the-start",
        ),
        pytest.param(
            '"2"',
            ["客服：您好。", "客户：喂。", "客服：请讲。"],
            (2, "met", (0,)),
            id="two-turns-back",
        ),
        pytest.param(
            '"2"',
            ["客服：您好。", "客户：喂。", "客户：喂？", "客服：请讲。"],
            (3, "missed", (3,)),
            id="three-turns-back",
        ),
        pytest.param(
            '"2"',
            ["客服：您好。", "[静音]", "[取消静音]", "客服：请讲。"],
            (3, "met", (0,)),
            id="signals-are-no-turns",
        ),
    ],
)
def test_what_came_before_the_opening_counts_since_where_the_scene_says(
    decisions: Callable[..., list[Decision]], since: str, lines: list[str], expected: Decision
) -> None:
    assert decisions(f"{BACK}\nsince: {since}", lines) == [expected]


THANKED_TWICE = ["客户：谢谢。", "客服：不客气。", "客户：谢谢。", "客服：哦。"]


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        pytest.param("once", [(1, "met", (1,))], id="the-first-opportunity-alone"),
        pytest.param("each", [(1, "met", (1,)), (3, "missed", (3,))], id="every-opportunity"),
    ],
)
def test_a_scene_comes_up_once_or_each_time(
    decisions: Callable[..., list[Decision]], repeat: str, expected: list[Decision]
) -> None:
    assert decisions(f"{ANSWERED}\nrepeat: {repeat}", THANKED_TWICE) == expected


def test_an_open_opportunity_is_not_opened_again(
    decisions: Callable[..., list[Decision]],
) -> None:
    lines = ["客户：谢谢。", "客户：谢谢啊。", "客服：不客气。"]
    assert decisions(f"{ANSWERED}\nrepeat: each", lines) == [(2, "met", (2,))]


@pytest.mark.parametrize(
    ("fields", "lines", "facts", "expected"),
    [
        pytest.param(
            "unless: {fact: {case_type: nuisance}}",
            ["客户：谢谢。", "客服：哦。"],
            {"case_type": "nuisance"},
            [(1, "not_applicable", ())],
            id="unless-holds",
        ),
        pytest.param(
            "unless: {fact: {case_type: nuisance}}",
            ["客户：谢谢。", "客服：不客气。"],
            {"case_type": "nuisance"},
            [(1, "met", (1,))],
            id="unless-holds-and-done-all-the-same",
        ),
        pytest.param(
            "unless: {customer: curt}",
            ["客户：谢谢。", "客户：快说。", "客服：哦。"],
            {},
            [(2, "not_applicable", ())],
            id="unless-came-to-hold",
        ),
        pytest.param(
            "unless: {customer: curt}",
            ["客户：谢谢。", "客服：哦。", "客户：快说。"],
            {},
            [(1, "missed", (1,))],
            id="unless-came-too-late",
        ),
        pytest.param(
            "given: {turns: 1, by: agent}",
            ["客服：您好。", "客户：谢谢。", "客服：哦。"],
            {},
            [(2, "missed", (2,))],
            id="given-holds",
        ),
        pytest.param(
            "given: {turns: 1, by: agent}",
            ["客户：谢谢。", "客服：哦。", "客户：喂。"],
            {},
            [],
            id="given-does-not-hold",
        ),
        pytest.param(
            "if: {channel: phone}",
            ["客户：谢谢。", "客服：哦。"],
            {"channel": "chat"},
            [],
            id="the-facts-do-not-fit",
        ),
        pytest.param(
            "if: {channel: [chat, phone]}",
            ["客户：谢谢。", "客服：哦。"],
            {"channel": "chat"},
            [(1, "missed", (1,))],
            id="one-of-the-facts-fits",
        ),
        pytest.param(
            "if: {case_type: not nuisance}",
            ["客户：谢谢。", "客服：哦。"],
            {"case_type": "nuisance"},
            [],
            id="the-fact-that-must-not-be",
        ),
        pytest.param(
            "if: {case_type: not nuisance}",
            ["客户：谢谢。", "客服：哦。"],
            {"case_type": None},
            [(1, "missed", (1,))],
            id="an-unknown-fact-is-not-the-one-that-must-not-be",
        ),
        pytest.param(
            "if: {channel: phone}",
            ["客户：谢谢。", "客服：哦。"],
            {"channel": None},
            [(1, "undecided", ())],
            id="an-unknown-fact-leaves-it-undecided",
        ),
        pytest.param(
            "if: {channel: phone, direction: in}",
            ["客户：谢谢。", "客服：不客气。"],
            {"channel": None, "direction": "out"},
            [],
            id="an-unknown-fact-beside-one-that-does-not-fit",
        ),
        pytest.param(
            "outcome: suspect",
            ["客户：谢谢。", "客服：哦。"],
            {},
            [(1, "suspect", (1,))],
            id="a-miss-that-is-only-suspected",
        ),
    ],
)
def test_a_scene_is_judged_where_it_applies(
    decisions: Callable[..., list[Decision]],
    fields: str,
    lines: list[str],
    facts: dict[str, str | None],
    expected: list[Decision],
) -> None:
    assert decisions(f"{ANSWERED}\n{fields}", lines, **facts) == expected


SPOILT = "when: start\ndecided: end\nexpect: {agent: greet}\nspoiled_by: {act: curt}"


@pytest.mark.parametrize(
    ("fields", "lines", "expected"),
    [
        pytest.param(
            SPOILT,
            ["客服：您好。", "客服：快说。", "客服：您好。"],
            [(1, "missed", (1,))],
            id="spoilt-while-open",
        ),
        pytest.param(
            "when: {customer: thanks}\nwithin: 2\nexpect: {agent: answer}\nspoiled_by: {act: curt}",
            ["客服：快说。", "客户：谢谢。", "客服：不客气。"],
            [(2, "met", (2,))],
            id="nothing-to-spoil-before-it-opens",
        ),
        pytest.param(
            "never: {act: curt}",
            ["客服：快说。", "客户：快说。", "客服：您好。"],
            [(0, "missed", (0,))],
            id="never-by-the-agent-at-any-time",
        ),
        pytest.param(
            "never: {act: curt}", ["客户：快说。", "客服：您好。"], [], id="never-is-silent"
        ),
        pytest.param(
            "never_say: [别催，等着！]",
            ["客服：别催啊等着"],
            [(0, "missed", (0,))],
            id="a-sentence-never-said",
        ),
        pytest.param("never_say: [别催，等着！]", ["客服：您等着。"], [], id="half-a-sentence"),
        pytest.param(
            "never: {act: curt}\nrepeat: each",
            ["客服：快说。", "客服：快说。"],
            [(0, "missed", (0,)), (1, "missed", (1,))],
            id="never-each-time",
        ),
        pytest.param(
            "never: {act: curt}\noutcome: suspect",
            ["客服：快说。", "客服：快说。"],
            [(0, "suspect", (0,)), (1, "suspect", (1,))],
            id="suspected-each-time",
        ),
        pytest.param(
            "when: start\nwithin: 3\nexpect: {agent: greet}\nnever: {act: curt}",
            ["客服：快说。", "客服：您好。"],
            [(0, "missed", (0,))],
            id="what-is-forbidden-closes-what-was-due",
        ),
        pytest.param(
            "when: start\nwithin: 3\nexpect: {agent: greet}\nnever: {act: curt}",
            ["客服：您好。", "客服：快说。"],
            [(0, "met", (0,)), (1, "missed", (1,))],
            id="what-is-forbidden-after-what-was-due",
        ),
    ],
)
def test_what_the_agent_must_not_do_is_a_miss_at_once(
    decisions: Callable[..., list[Decision]],
    fields: str,
    lines: list[str],
    expected: list[Decision],
) -> None:
    assert decisions(fields, lines) == expected


HELD = """
when: {signal: [hold_on, mute], by: agent}
since: "2"
repeat: each
within: 2
expect:
  sequence:
    - {agent: offer}
    - {customer: answer}
    - {signal: [hold_on, mute]}
    - {signal: [hold_off, unmute]}
    - {agent: thanks}
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["客服：请讲。", "客户：不客气。", "[静音]", "[取消静音]", "客服：谢谢。"],
            [(4, "met", (0, 1, 2))],
            id="in-order",
        ),
        pytest.param(
            [
                "客户：不客气。",
                "客服：请讲。",
                "[静音]",
                "[取消静音]",
                "客服：谢谢。",
                "客服：谢谢。",
            ],
            [(5, "missed", ())],
            id="out-of-order",
        ),
        pytest.param(
            ["客服：请讲。", "客户：不客气。", "[静音]", "客服：谢谢。", "客服：谢谢。"],
            [(4, "missed", ())],
            id="a-signal-is-missing",
        ),
        pytest.param(["客服：请讲。", "客户：不客气。"], [], id="no-signal-no-opportunity"),
    ],
)
def test_signals_open_a_scene_and_take_their_place_in_a_sequence(
    decisions: Callable[..., list[Decision]], lines: list[str], expected: list[Decision]
) -> None:
    assert decisions(HELD, lines) == expected
