"""Numbers that say who somebody is are found however they are said, and nothing else is."""

from __future__ import annotations

import pytest

from rexian.speech.domain.masking import masked_call, masked_texts, masks_of, spans_of_numbers
from rexian.standard.domain.events import Speaker
from tests.speech.kept.calls import call_of

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我的电话是13800138000，谢谢", "我的电话是***********，谢谢"),
        ("幺三八零零幺三八零零零", "***********"),
        ("电话腰三八零零一三八零零零", "电话***********"),
        ("138 0013 8000", "*** **** ****"),
        ("一三八，零零一三，八零零零", "***，****，****"),
        ("座机零二七八七六五四三二一", "座机***********"),
        ("身份证42010119900307123X", "身份证******************"),
        ("卡号6222 0212 3456 7890 123", "卡号**** **** **** **** ***"),
        ("车牌鄂A12345", "车牌*******"),
        ("車牌鄂Ａ１２３４５", "車牌*******"),
    ],
)  # fmt: skip
def test_a_number_is_masked_and_the_text_stays_as_long(said: str, shown: str) -> None:
    assert masked_texts([(CUSTOMER, said)]) == (shown,)


@pytest.mark.parametrize(
    "said",
    [
        "收费八十六元，2026年11月20日下午三点",
        "请拨打12122",
        "一共一百二十三万四千五百六十七元",
        "三五天之内，一两个人",
        "",
    ],
)
def test_what_is_no_number_of_a_person_stays(said: str) -> None:
    assert masked_texts([(CUSTOMER, said)]) == (said,)


def test_a_number_that_is_read_out_in_groups_is_one_number() -> None:
    said = [
        (CUSTOMER, "号码是一三八"),
        (AGENT, "嗯"),
        (CUSTOMER, "零零一三，"),
        (AGENT, "一三八零零一三"),
        (CUSTOMER, "八零零零"),
    ]
    assert masked_texts(said) == ("号码是***", "嗯", "****，", "*******", "****")


def test_two_sides_make_no_number_together() -> None:
    assert masked_texts([(CUSTOMER, "一二三四"), (AGENT, "五六七八")]) == ("一二三四", "五六七八")


def test_the_sound_is_masked_where_the_words_are() -> None:
    call = call_of((AGENT, "请说"), (CUSTOMER, "我是一三八零零一三八零零零的机主"))
    (mask,) = masks_of(call)
    assert (mask.start, mask.end) == pytest.approx((9.6 - 0.15, 9.6 + 11 * 0.3 + 0.15))
    assert mask.channel is None
    assert masked_call(call).turns[1].text == "我是***********的机主"
    assert masked_call(call).turns[0] == call.turns[0]


def test_spans_are_told_by_turn() -> None:
    assert spans_of_numbers([(AGENT, "好"), (CUSTOMER, "打13800138000")]) == ((), ((1, 12),))
