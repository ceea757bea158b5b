from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.sounds import sound

any_text = st.text() | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))


@given(any_text)
def test_sound_keeps_the_length_of_any_text(text: str) -> None:
    assert len(sound(text)) == len(text)


@given(any_text)
def test_what_has_been_sounded_sounds_like_itself(text: str) -> None:
    assert sound(sound(text)) == sound(text)


@pytest.mark.parametrize(
    ("said", "recognised"),
    [
        pytest.param("稍等", "稍登", id="a-tone-apart"),
        pytest.param("工单", "公单", id="the-same-syllable"),
        pytest.param("不客气", "不克气", id="inside-a-phrase"),
        pytest.param("是吗", "四吗", id="sh-and-s"),
        pytest.param("知道", "资道", id="zh-and-z"),
        pytest.param("车道", "测道", id="ch-and-c"),
        pytest.param("高兴", "高信", id="ing-and-in"),
        pytest.param("正在", "阵在", id="eng-and-en"),
        pytest.param("帮您", "班您", id="ang-and-an"),
    ],
)
def test_words_that_sound_alike_have_one_sound(said: str, recognised: str) -> None:
    assert sound(said) == sound(recognised)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("稍等", "稍后", id="other-syllables"),
        pytest.param("您好", "好您", id="order"),
        pytest.param("谢谢", "谢", id="length"),
        pytest.param("再见", "zai jian", id="letters-are-no-characters"),
    ],
)
def test_words_that_sound_otherwise_differ(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("text", ["K127+300", "，。？！", "😊", "abc", " "])
def test_what_is_no_chinese_character_is_left_as_it_is(text: str) -> None:
    assert sound(text) == text
