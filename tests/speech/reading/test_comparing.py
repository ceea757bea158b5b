from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.speech.domain.comparing import TextComparison, comparable, compare_texts
from rexian.speech.domain.comparing_calls import CallComparison, compare_call
from rexian.speech.domain.heard import HeardCall, HeardTurn, SoundFormat
from rexian.speech.domain.numbers import in_figures
from rexian.standard.domain.events import Speaker, Turn
from tests.speech.reading.words import words

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("八十六元", "86元"),
        ("幺三九七零二二", "1397022"),
        ("两百多块", "200多块"),
        ("三百一十二方", "312方"),
        ("两百五", "250"),
        ("一千零五", "1005"),
        ("一万三", "13000"),
        ("二十分钟", "20分钟"),
        ("十号", "10号"),
        ("2万", "20000"),
        ("九八三十二", "九八三十二"),
        ("没有", "没有"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(said: str, figures: str) -> None:
    assert comparable(in_figures(said)) == comparable(figures)


def test_marks_and_traditional_characters_count_for_nothing() -> None:
    assert compare_texts("缴费吗？八十六元。", "繳費嗎,86元") == TextComparison(6, 0)


def test_edits_say_what_was_read_for_what() -> None:
    found = compare_texts("松源服务区有母婴室", "松原服务器有母婴")
    assert [(edit.said, edit.read) for edit in found.edits] == [
        ("源", "原"),
        ("区", "器"),
        ("室", ""),
    ]
    assert (found.errors, found.characters) == (3, 9)
    assert (found.edits[1].before, found.edits[1].after) == ("松源服务"[-4:], "有母婴室")


def test_what_was_never_said_is_all_error() -> None:
    assert compare_texts("", "谢谢").error_rate == 1.0
    assert compare_texts("", "").error_rate == 0.0


def _plainly(said: str, read: str) -> int:
    row = list(range(len(read) + 1))
    for i, a in enumerate(said, 1):
        above, row = row, [i]
        for j, b in enumerate(read, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]


@given(st.text("甲乙丙", max_size=60), st.text("甲乙丙", max_size=60))
def test_no_fewer_edits_would_do(said: str, read: str) -> None:
    assert compare_texts(said, read).errors == _plainly(said, read)


def test_a_long_text_with_its_middle_missing_is_compared() -> None:
    found = compare_texts("甲乙丙丁" * 100, "甲乙丙丁" * 60)
    assert (found.characters, found.errors) == (400, 160)


def turn(index: int, speaker: Speaker, start: float, text: str) -> HeardTurn:
    read = tuple(words(text, start))
    return HeardTurn(index, speaker, int(speaker is CUSTOMER), start, start + 2.0, read)


HEARD = HeardCall(
    SoundFormat("wav", "pcm_s16le", 8000, 2, 12.0),
    (AGENT, CUSTOMER),
    (turn(0, AGENT, 0.0, "您好"), turn(1, CUSTOMER, 3.0, "未"), turn(2, AGENT, 9.0, "再见")),
)
TRUE = (
    Turn(0, AGENT, "您好！", 0.1, 2.0),
    Turn(1, CUSTOMER, "喂？", 3.0, 5.0),
    Turn(2, CUSTOMER, "在吗？", 6.0, 8.0),
)


def test_a_call_is_compared_by_side_by_turn_and_by_edge() -> None:
    found = compare_call(HEARD, TRUE)
    assert [(who, one.errors, one.characters) for who, one in found.sides] == [
        (AGENT, 2, 2),
        (CUSTOMER, 3, 3),
    ]
    assert (found.by_turn.errors, found.by_turn.characters) == (3, 5)
    assert (found.turns.found, found.turns.missed, found.turns.invented) == (2, 1, 1)
    assert max(found.edges) == pytest.approx(0.1)


def test_where_nobody_is_known_all_words_are_compared_together() -> None:
    mono = HeardCall(
        HEARD.format,
        (Speaker.UNKNOWN,),
        (HeardTurn(0, Speaker.UNKNOWN, 0, 0.0, 8.0, tuple(words("您好喂在吗"))),),
    )
    assert compare_call(mono, TRUE).error_rate == 0.0


def test_calls_are_added_up() -> None:
    both = sum((compare_call(HEARD, TRUE), compare_call(HEARD, TRUE)), CallComparison())
    assert (both.characters, both.errors, len(both.edges)) == (10, 10, 8)
    assert both.turns.missed == 2
