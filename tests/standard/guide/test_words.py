"""Prescribed wording is filled with names, and never with a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from rexian.standard.domain import Names, SlotKind, load
from rexian.standard.domain.wording import Filler, say_span


def filled(
    sentence: str, names: Mapping[str, Any] | None = None, *, says_miss: bool = False
) -> str:
    """Return a sentence of the motorway with its marks filled."""
    known = Names(**(names or {}))
    return Filler(load("highway").wordings, known, "zh-Hans", says_miss).fill(sentence).text


@pytest.mark.parametrize(
    ("sentence", "names", "expected"),
    [
        ("这里是**客户服务中心", {"company": "安居"}, "这里是安居客户服务中心"),
        ("这里是**客户服务中心", {}, "这里是【公司名称】客户服务中心"),
        ("我的工号是×××号", {"agent_number": "206"}, "我的工号是206号"),
        ("客服代表YYY", {}, "客服代表【工号】"),
        ("某先生/小姐，您好", {"customer_surname": "王"}, "王先生/女士，您好"),
        ("某先生/小姐，您好", {"form_of_address": "先生"}, "【姓氏和称谓】，您好"),
        (
            "某先生/小姐，您好",
            {"customer_surname": "王", "form_of_address": "女士"},
            "王女士，您好",
        ),
        ("对不起，先生/小姐，", {}, "对不起，先生/女士，"),
        ("对不起，先生/小姐，", {"form_of_address": "小姐"}, "对不起，女士，"),
        ("对不起，先生/小姐，", {"form_of_address": "先生"}, "对不起，先生，"),
        (
            "很抱歉，**先生/小姐，",
            {"customer_surname": "欧阳", "form_of_address": "老师"},
            "很抱歉，欧阳老师，",
        ),
        ("并在**小时内", {"promised": "30分钟"}, "并在30分钟内"),
        ("并在24小时之内", {"promised": "2小时"}, "并在2小时之内"),
        ("并在2小时之内", {}, "并在【答复时限】之内"),
        ("新年好，很高兴", {"holiday": "中秋节"}, "中秋节快乐，很高兴"),
        ("新年好，很高兴", {"holiday": "春节"}, "新年好，很高兴"),
        ("新年好，很高兴", {"holiday": "清明节"}, "清明安康，很高兴"),
        ("新年好，很高兴", {}, "节日快乐，很高兴"),
        ("号码是〈号码〉，对吗？", {"number": "138 1234 5678"}, "号码是138 1234 5678，对吗？"),
        ("我能做的是……", {}, "我能做的是【请填写】"),
        ("请不必客气", {}, "请不必客气"),
    ],
)
def test_marks_become_names(sentence: str, names: dict[str, str], expected: str) -> None:
    assert filled(sentence, names) == expected


@pytest.mark.parametrize("given", ["女士", "小姐"])
def test_miss_is_said_only_where_the_organisation_asks_for_it(given: str) -> None:
    assert filled("先生/小姐", {"form_of_address": given}) == "女士"
    assert filled("先生/小姐", {"form_of_address": given}, says_miss=True) == "小姐"
    assert filled("先生/小姐", says_miss=True) == "先生/小姐"


def test_a_blank_is_told_from_words() -> None:
    words = Filler(load("centre").wordings, Names(), "en").fill("这里是**客户服务中心")
    assert [(one.text, one.slot, one.is_blank) for one in words.pieces] == [
        ("这里是", None, False),
        ("【company】", SlotKind.COMPANY, True),
        ("客户服务中心", None, False),
    ]


def test_every_mark_of_the_packs_is_a_slot() -> None:
    for name in ("centre", "highway"):
        standard = load(name)
        for scene in standard.pack.sections.scenes:
            for sentence in scene.say:
                left = "".join(p for p in standard.wordings.parts(sentence) if isinstance(p, str))
                assert not set(left) & set("*×Y某…"), sentence


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(hours=2), "2小时"),
        (timedelta(hours=24), "24小时"),
        (timedelta(days=3), "3天"),
        (timedelta(minutes=30), "30分钟"),
        (timedelta(seconds=45), "45秒"),
    ],
)
def test_a_span_is_said_as_it_is_promised(span: timedelta, said: str) -> None:
    assert say_span(span) == said
