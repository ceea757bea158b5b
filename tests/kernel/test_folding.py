from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.folding import fold, folding_table

any_text = st.text()
chinese_text = st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF))


@given(any_text | chinese_text)
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(chinese_text)
def test_a_piece_folded_is_the_piece_of_the_folded_text(text: str) -> None:
    middle = len(text) // 2
    assert fold(text[:middle]) + fold(text[middle:]) == fold(text)


def test_every_fold_gives_one_character() -> None:
    assert {folded for folded in folding_table().values() if len(folded) != 1} == set()


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        pytest.param("請問有什麼可以幫您", "请问有什么可以帮您", id="traditional"),
        pytest.param("應該沒問題", "应该没问题", id="traditional-words-of-the-lexicon"),
        pytest.param("妳們著急，牠也着急", "你们着急,它也着急", id="forms-that-sound-alike"),
        pytest.param("２４小時", "24小时", id="full-width-digits"),
        pytest.param("Ｋ１２７＋３００", "k127+300", id="full-width-letters"),
        pytest.param("您好！在吗？", "您好!在吗?", id="full-width-marks"),
        pytest.param("（甲、乙）。", "(甲、乙)。", id="marks-without-a-half-width-form-stay"),
        pytest.param("　您好", " 您好", id="full-width-space"),
        pytest.param("App加VIP", "app加vip", id="upper-case"),
        pytest.param("喂喂", "喂喂", id="simplified-stays"),
        pytest.param("好的😊👍🏽", "好的😊👍🏽", id="emoji-stay"),
        pytest.param("e\u0301", "e\u0301", id="marks-of-their-own-stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_folded_for_comparison(said: str, folded: str) -> None:
    assert fold(said) == folded


def test_two_characters_that_simplify_to_one_fold_alike() -> None:
    assert fold("發頭髮後皇后") == "发头发后皇后"


def test_half_a_character_becomes_one_that_can_be_written() -> None:
    assert fold("好" + chr(0xD83D)).encode() == "好\ufffd".encode()
