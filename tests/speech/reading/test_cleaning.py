from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.speech.domain.heard import Word
from rexian.speech.domain.loops import without_guesses, without_loops, without_phantoms
from rexian.speech.domain.spelling import spelt
from tests.speech.reading.words import text_of, words


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("谢谢" * 40, "谢谢谢"),
        ("好的，" + "请您稍等。" * 12 + "再见", "好的，请您稍等。请您稍等。请您稍等。再见"),
        ("对对对", "对对对"),
        ("等一下等一下等一下", "等一下等一下等一下"),
        ("电话是13333333333", "电话是13333333333"),
        ("", ""),
    ],
)
def test_a_loop_is_cut_and_what_people_repeat_stays(read: str, kept: str) -> None:
    assert text_of(without_loops(words(read))) == kept


def test_a_loop_written_in_no_time_is_said_once() -> None:
    assert text_of(without_loops(words("再见" * 30, each=0.005))) == "再见"


def test_a_loop_that_begins_unsurely_is_nothing() -> None:
    first, *rest = words("我" * 11)
    assert without_loops([replace(first, confidence=0.02), *rest]) == []
    assert text_of(without_loops(words("我" * 11))) == "我我我"


def test_a_passage_of_which_an_engine_was_never_sure_is_nothing() -> None:
    assert without_guesses(words("水水白沙湾", sure=0.04)) == []
    assert text_of(without_guesses([*words("贵心", sure=0.1), *words("您好")])) == "贵心您好"
    assert without_guesses([]) == []


def test_lines_of_subtitles_are_taken_out_and_the_rest_stays() -> None:
    read = words("您好。请不吝点赞 订阅 转发 打赏支持明镜与点点栏目。请稍等。")
    assert text_of(without_phantoms(read)) == "您好。请稍等。"
    assert text_of(without_phantoms(words("谢谢您，请打开字幕机。"))) == "谢谢您，请打开字幕机。"


def test_words_are_simplified_with_the_marks_of_chinese() -> None:
    read = [Word("雲", 0, 1, 1), Word("嶺,", 1, 2, 1), Word("好", 2, 3, 1), Word("嗎?", 3, 4, 1)]
    assert text_of(spelt(read)) == "云岭，好吗？"


def test_other_languages_and_figures_stay_as_they_are() -> None:
    read = [
        Word(" hello", 0, 1, 1),
        Word(" Word,", 1, 2, 1),
        Word("這", 2, 3, 1),
        Word("3.5", 3, 4, 1),
    ]
    assert text_of(spelt(read)) == "hello Word,这3.5"


def test_every_character_keeps_its_place() -> None:
    read = words("請問您貴姓,住在哪裡?")
    assert [word.start for word in spelt(read)] == [word.start for word in read]
