"""A customer whose name is known is called by it, and by the right one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rexian.standard.domain import Standard

ADDRESS = """
acts:
  - {id: ask-name, title: 问姓名, is: {phrase: [贵姓, 怎么称呼]}}
address:
  - id: name
    clause: T-1
    title: 称呼
    if: {channel: phone}
    titles: [先生, 女士, 老师]
    asks: {act: ask-name}
    offers: {phrase: [是…(先生|女士)吗]}
    confirms: {phrase: [^是, ^对]}
    gives: [我姓, 免贵姓, 我叫]
    others: [我爱人, 户主]
    corrections: [对不起，, 不对]
    surnames: 王李章张周赵
    compound_surnames: [欧阳, 上官]
"""
END = -1
ASKED = ["客服：请问您贵姓？"]
Decision = tuple[int, str, tuple[int, ...], str]


@pytest.fixture
def decisions(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> Callable[..., list[Decision]]:
    """Return what a rule on address decides: after which line, what, on which turns and words."""

    def decided(lines: list[str], **facts: str | None) -> list[Decision]:
        heard = live(small_standard(ADDRESS), lines, **facts)
        return [(line, one.outcome.value, one.turns, one.quote) for line, one in heard.verdicts]

    return decided


@pytest.mark.parametrize(
    ("given", "called"),
    [
        pytest.param("我姓王。", "王先生", id="says-the-surname"),
        pytest.param("免贵姓李。", "李女士", id="politely"),
        pytest.param("我叫张建国。", "张先生", id="the-whole-name"),
        pytest.param("姓欧阳。", "欧阳女士", id="two-characters"),
        pytest.param("上官婉儿。", "上官女士", id="the-whole-name-with-two-characters"),
        pytest.param("周。", "周老师", id="the-bare-surname"),
        pytest.param("呃，赵。", "赵先生", id="after-a-filler"),
        pytest.param("我姓张。", "章先生", id="a-homophone-is-the-recognitions"),
    ],
)
def test_a_name_given_is_known_and_using_it_is_met(
    decisions: Callable[..., list[Decision]], given: str, called: str
) -> None:
    lines = [*ASKED, f"客户：{given}", f"客服：{called}，您好。"]
    assert decisions(lines) == [(END, "met", (2,), called)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["客服：您是王先生吗？", "客户：是。", "客服：王先生，您好。"],
            [(END, "met", (2,), "王先生")],
            id="offered-and-confirmed",
        ),
        pytest.param(
            ["客服：您是王先生吗？", "客户：不是。", "客服：您好。"], [], id="offered-and-denied"
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：好的。", "客服：王先生，再见。"],
            [(END, "met", (3,), "王先生")],
            id="used-late",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：王先生。", "客服：嗯。", "客服：王先生。"],
            [(END, "met", (2, 4), "王先生")],
            id="used-twice",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：好的。"], [(END, "missed", (), "")], id="never-used"
        ),
        pytest.param([*ASKED, "客户：我姓王。"], [], id="no-chance-to-use-it"),
        pytest.param([*ASKED, "客户：不方便说。", "客服：好的。"], [], id="not-given"),
        pytest.param(
            ["客服：您好。", "客户：王先生在吗？", "客服：不在。"], [], id="not-asked-for"
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：周先生，您好。"],
            [(2, "missed", (2,), "周先生")],
            id="a-wrong-name",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：周先生，您好。", "客服：王先生，再见。"],
            [(2, "missed", (2,), "周先生")],
            id="a-wrong-name-is-not-made-good",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：周先生，对不起，王先生。"],
            [(END, "met", (2,), "王先生")],
            id="a-wrong-name-corrected-at-once",
        ),
        pytest.param(
            ["客服：您好。", "客户：户主姓周。", "客服：周先生家，对吗？"],
            [],
            id="somebody-elses-name",
        ),
        pytest.param(
            ["客服：您好。", "客户：我姓王，停水了。", "客服：王女士，请讲。"],
            [(END, "met", (2,), "王女士")],
            id="told-without-being-asked",
        ),
    ],
)
def test_a_known_name_is_used_and_no_other(
    decisions: Callable[..., list[Decision]], lines: list[str], expected: list[Decision]
) -> None:
    assert decisions(lines) == expected


@pytest.mark.parametrize(
    ("channel", "expected"), [("chat", []), (None, [(END, "undecided", (), "")])]
)
def test_the_rule_holds_where_its_facts_hold(
    decisions: Callable[..., list[Decision]], channel: str | None, expected: list[Decision]
) -> None:
    lines = [*ASKED, "客户：我姓王。", "客服：王先生，您好。"]
    assert decisions(lines, channel=channel) == expected


def test_the_agent_is_shown_how_to_address_the_customer(
    small_standard: Callable[[str], Standard], live: Callable[..., Any]
) -> None:
    heard = live(small_standard(ADDRESS), [*ASKED, "客户：我姓王。"])
    ((line, hint),) = heard.hints
    assert (line, hint.kind, hint.words) == (1, "say", ("王先生", "王女士"))


RANKS = """
    ranks:
      - {titles: [厂长, 经理], told_by: {phrase: [当(厂长|经理)]}}
      - {titles: [老师], told_by: {phrase: [是老师, 教书]}}
      - {titles: [先生, 女士]}
    never: {phrase: [亲, 美女]}
"""
TEACHER = [*ASKED, "客户：我姓王，是老师。"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [*TEACHER, "客服：王女士，您好。"], [(END, "missed", (2,), "王女士")], id="a-lower-one"
        ),
        pytest.param(
            [*TEACHER, "客服：王老师，您好。"], [(END, "met", (2,), "王老师")], id="the-one-told"
        ),
        pytest.param(
            [*TEACHER, "客服：王女士，您好。", "客服：王老师，再见。"],
            [(END, "met", (2, 3), "王女士")],
            id="the-one-told-in-the-end",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客服：王女士，您好。", "客户：我教书的。", "客服：好的。"],
            [(END, "met", (2,), "王女士")],
            id="told-too-late-and-not-called-again",
        ),
        pytest.param(
            [*TEACHER, "客户：叫我王女士就行。", "客服：王女士，您好。"],
            [(END, "met", (3,), "王女士")],
            id="as-the-customer-wishes",
        ),
        pytest.param(
            [*ASKED, "客户：我姓王。", "客户：叫我老王就行。", "客服：老王，您好。"],
            [(END, "met", (3,), "老王")],
            id="what-the-customer-asked-to-be-called",
        ),
        pytest.param(
            [*ASKED, "客户：我姓章。", "客服：张女士，您好。", "客户：是章不是张。", "客服：好。"],
            [(3, "missed", (2,), "张女士")],
            id="a-homophone-that-the-customer-denies",
        ),
        pytest.param(
            [*TEACHER, "客服：亲，您好。", "客服：王老师，再见。"],
            [(2, "missed", (2,), "亲")],
            id="what-is-no-form-of-address-is-not-made-good",
        ),
        pytest.param(
            ["客服：美女，您好。"], [(0, "missed", (0,), "美女")], id="before-a-name-is-known"
        ),
    ],
)
def test_the_higher_form_of_address_is_the_one_to_use(
    small_standard: Callable[[str], Standard],
    live: Callable[..., Any],
    lines: list[str],
    expected: list[Decision],
) -> None:
    more = ADDRESS.replace("titles: [", "titles: [厂长, 经理, ").rstrip("\n") + RANKS
    heard = live(small_standard(more), lines)
    assert [(at, one.outcome.value, one.turns, one.quote) for at, one in heard.verdicts] == expected
