"""A promised time is in time or not by the class of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Standard

PROMISE = """
acts:
  - {id: promise, title: 承诺, is: {phrase: [答复, 回电]}}
deadlines:
  - id: answer
    clause: T-1
    title: 答复
    by_class: {simple: 2h, complex: 24h}
    promised_by: promise
    near: 8
  - id: delivery
    clause: T-2
    title: 送达
    within: 3d
    promised_by: promise
scenes:
  - {id: answered, clause: T-1, title: 答复, when: start, decided: end, expect: {promised: answer}}
"""


@pytest.mark.parametrize(
    ("case", "said", "expected"),
    [
        pytest.param("simple", "两小时之内给您答复", "met", id="simple-at-the-limit"),
        pytest.param("simple", "半小时内给您答复", "met", id="simple-sooner"),
        pytest.param("simple", "三小时之内给您答复", "missed", id="simple-too-late"),
        pytest.param("simple", "二十四小时内给您答复", "missed", id="the-time-of-the-other-class"),
        pytest.param("complex", "二十四小时内给您答复", "met", id="complex-at-the-limit"),
        pytest.param("complex", "明天给您回电", "met", id="complex-tomorrow"),
        pytest.param("complex", "两小时之内给您答复", "met", id="complex-sooner"),
        pytest.param("complex", "三个工作日内给您答复", "missed", id="complex-too-late"),
        pytest.param(None, "两小时之内给您答复", "met", id="unknown-class-and-the-strictest-kept"),
        pytest.param(None, "二十四小时内给您答复", "missed", id="unknown-class-and-a-longer-time"),
        pytest.param("simple", "尽快给您答复", "missed", id="no-time-at-all"),
        pytest.param("simple", "两小时之内", "missed", id="a-time-without-a-promise"),
        pytest.param(
            "simple",
            "两小时之内师傅就会赶到您家门口，修好了再给您答复",
            "missed",
            id="a-time-far-from-the-promise",
        ),
        pytest.param(
            "simple", "您等了三天了，两小时之内给您答复", "met", id="another-time-beside-it"
        ),
    ],
)
def test_a_promise_is_kept_within_the_time_for_the_class_of_the_case(
    small_standard: Callable[[str], Standard],
    judge: Callable[..., Any],
    case: str | None,
    said: str,
    expected: str,
) -> None:
    (verdict,) = judge(small_standard(PROMISE), [f"客服：{said}。"], case_class=case)
    assert verdict.outcome.value == expected


@pytest.mark.parametrize(
    ("said", "expected"), [("两天之内给您答复", "met"), ("四天之内给您答复", "missed")]
)
def test_a_deadline_without_classes_holds_for_every_case(
    small_standard: Callable[[str], Standard],
    judge: Callable[..., Any],
    said: str,
    expected: str,
) -> None:
    standard = small_standard(PROMISE.replace("promised: answer", "promised: delivery"))
    (verdict,) = judge(standard, [f"客服：{said}。"])
    assert verdict.outcome.value == expected


def test_the_customers_deadline_is_no_promise(
    small_standard: Callable[[str], Standard], judge: Callable[..., Any]
) -> None:
    lines = ["客户：你们两小时之内给我答复！", "客服：好。"]
    (verdict,) = judge(small_standard(PROMISE), lines, case_class="simple")
    assert verdict.outcome.value == "missed"
