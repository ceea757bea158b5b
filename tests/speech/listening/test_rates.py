from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.aloud import read_aloud, spoken_characters
from rexian.speech.domain.heard import HeardTurn, Word
from rexian.speech.domain.rates import articulation_rate, speaking_rate, turn_rate
from rexian.standard.domain.events import Speaker

A, C = Speaker.AGENT, Speaker.CUSTOMER


def turn(
    text: str, start: float, end: float, *, by: Speaker = A, listening: bool = False
) -> HeardTurn:
    words = tuple(Word(one, start, end, 0.9) for one in text)
    spoken = (end - start) * 0.8
    return HeardTurn(0, by, 0, start, end, words, spoken=spoken, backchannel=listening)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("86元", "八十六元"),
        ("工号138", "工号一三八"),
        ("23号为您服务", "二十三号为您服务"),
        ("06号", "零六号"),
        ("13812345678", "一三八一二三四五六七八"),
        ("2024年3月15日", "二零二四年三月十五日"),
        ("14:30到", "十四点三十分到"),
        ("9:05", "九点零五分"),
        ("3.5吨", "三点五吨"),
        ("50%", "百分之五十"),
        ("1,250元", "一千二百五十元"),
        ("10010元", "一万零一十元"),
        ("100200300元", "一零零二零零三零零元"),
        ("312方", "三百一十二方"),
        ("0个", "零个"),
        ("没有数字", "没有数字"),
    ],
)
def test_figures_are_read_as_they_are_said(written: str, said: str) -> None:
    assert read_aloud(written) == said


@given(st.integers(0, 9_999_999))
def test_every_amount_is_read_without_a_figure(amount: int) -> None:
    assert not any(character.isdecimal() for character in read_aloud(f"{amount}元"))


def test_punctuation_is_silent() -> None:
    assert spoken_characters("您好！一共86元, ETC卡。") == 2 + 2 + 4 + 4


def test_the_rate_is_counted_over_the_sum_of_one_sides_turns_pauses_included() -> None:
    turns = [
        turn("您好请问有什么可以帮您", 0.0, 3.3),
        turn("我要查话费", 4.0, 5.0, by=C),
        turn("好的", 4.2, 4.6, listening=True),
        turn("一共86元", 6.0, 8.7),
        turn("", 9.0, 20.0),
    ]

    assert speaking_rate(turns, by=A) == pytest.approx((11 + 6) / 6.0 * 60)
    assert articulation_rate(turns, by=A) == pytest.approx((11 + 6) / 4.8 * 60)
    assert speaking_rate(turns, by=C) == pytest.approx(300)


def test_a_side_that_was_not_read_has_no_rate() -> None:
    assert speaking_rate([turn("", 0.0, 2.0)], by=A) is None
    assert articulation_rate([], by=C) is None


def test_a_turn_of_few_characters_has_no_pace_of_its_own() -> None:
    assert turn_rate(turn("再见", 0.0, 0.5)) is None
    assert turn_rate(turn("感谢您的来电", 0.0, 2.0)) == pytest.approx(180)
