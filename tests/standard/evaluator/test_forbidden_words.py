"""A forbidden word is convicted in the sense in which it is forbidden, else shown as excused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Standard

WORDS = """
acts:
  - {id: thanks, title: 致谢, is: {phrase: [谢谢]}}
forbidden:
  - id: words
    clause: T-1
    title: 禁用词
    literal: LITERAL
    reported: [(您|你)(刚才|)说]
    corrections: [(哦|)不对]
    words:
      - word: 大概
        sense: {zh: 含糊, en: vague}
        corrected: true
        is: {phrase: [大概…吧]}
        excuses:
          - {phrase: [大概几点], why: {zh: 问大概, en: asks roughly}}
      - word: 随便
        sense: {zh: 敷衍, en: careless}
        is: {phrase: [随便]}
scenes:
  - id: choice
    clause: T-2
    title: 请客户选
    when: {customer: thanks}
    expect: {agent: thanks}
    say: [座位您随便坐。]
"""
END = -1
Decision = tuple[int, str, tuple[int, ...], str]


@pytest.fixture
def decisions(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> Callable[..., list[Decision]]:
    """Return what the words decide: after which line, what, on which turns and words."""

    def decided(lines: list[str], *, literal: str = "false") -> list[Decision]:
        heard = live(small_standard(WORDS.replace("LITERAL", literal)), lines)
        return [
            (line, one.outcome.value, one.turns, one.quote)
            for line, one in heard.verdicts
            if one.clause == "T-1"
        ]

    return decided


CLEAN: Decision = (END, "met", (), "")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["客服：您好。"], [CLEAN], id="nothing-forbidden"),
        pytest.param(
            ["客服：大概明天吧。"], [(0, "missed", (0,), "大概明天吧")], id="the-forbidden-sense"
        ),
        pytest.param(
            ["客服：大概明天。"], [(0, "not_applicable", (0,), "大概"), CLEAN], id="another-sense"
        ),
        pytest.param(
            ["客服：大概几点来的吧？"], [(0, "not_applicable", (0,), "大概"), CLEAN], id="an-excuse"
        ),
        pytest.param(
            ["客户：大概明天吧。"],
            [(0, "not_applicable", (0,), "大概")],
            id="the-customer-and-no-agent",
        ),
        pytest.param(
            ["客户：随便。", "客服：好的。"],
            [(0, "not_applicable", (0,), "随便"), CLEAN],
            id="the-customers-word",
        ),
        pytest.param(
            ["客户：师傅叫我随便填。", "客服：您说随便填，我记下了。"],
            [(0, "not_applicable", (0,), "随便"), (1, "not_applicable", (1,), "随便"), CLEAN],
            id="the-customers-word-reported",
        ),
        pytest.param(
            ["客户：师傅说随便。", "客服：他说“随便”。"],
            [(0, "not_applicable", (0,), "随便"), (1, "not_applicable", (1,), "随便"), CLEAN],
            id="in-quotation-marks",
        ),
        pytest.param(
            ["客服：座位您随便坐。"],
            [(0, "not_applicable", (0,), "随便"), CLEAN],
            id="in-prescribed-wording",
        ),
        pytest.param(
            ["客服：大概明天吧，哦不对，是后天。"],
            [(0, "not_applicable", (0,), "大概"), CLEAN],
            id="corrected-in-the-same-breath",
        ),
        pytest.param(
            ["客服：随便，哦不对，都可以。"],
            [(0, "missed", (0,), "随便")],
            id="a-word-that-no-correction-takes-back",
        ),
        pytest.param(
            ["客服：大概几点都行，你随便吧。"],
            [(0, "missed", (0,), "你随便吧")],
            id="an-excuse-and-a-fault-in-one-turn",
        ),
        pytest.param(
            ["客服：随便。", "客服：大概吧。"],
            [(0, "missed", (0,), "随便"), (1, "missed", (1,), "大概吧")],
            id="one-miss-a-turn",
        ),
        pytest.param(
            ["客服：随便，大概明天吧。"],
            [(0, "missed", (0,), "随便，大概明天吧")],
            id="two-words-are-one-miss",
        ),
        pytest.param(["客户：你好。"], [], id="no-agent-no-verdict"),
    ],
)
def test_a_word_is_judged_by_what_it_does(
    decisions: Callable[..., list[Decision]], lines: list[str], expected: list[Decision]
) -> None:
    assert decisions(lines) == expected


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param("大概明天。", "missed", id="another-sense-is-convicted"),
        pytest.param("大概几点来的？", "not_applicable", id="an-excuse-excuses-still"),
        pytest.param("座位您随便坐。", "not_applicable", id="prescribed-wording-still"),
        pytest.param("他说“随便”。", "not_applicable", id="so-do-quotation-marks"),
    ],
)
def test_a_pack_may_ask_for_the_literal_reading(
    decisions: Callable[..., list[Decision]], said: str, outcome: str
) -> None:
    assert decisions([f"客服：{said}"], literal="true")[0][1] == outcome


def test_the_reason_names_the_words_and_their_sense(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> None:
    heard = live(small_standard(WORDS.replace("LITERAL", "false")), ["客服：随便。"])
    (_, verdict), (_, hint) = heard.verdicts[0], heard.hints[0]
    assert [word for word in ("随便", "敷衍") if word in verdict.reason()] == ["随便", "敷衍"]
    assert "the forbidden 随便 (careless)" in verdict.reason("en")
    assert (hint.kind, hint.words) == ("warn", ("随便",))
