from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.speech.domain.doubt import BORNE_OUT, SURE, SURE_ALONE, SURE_AT_FIRST, doubtful
from tests.speech.reading.words import words


@pytest.mark.parametrize(
    ("text", "first", "pieces"),
    [
        pytest.param("我要报修", SURE_AT_FIRST, (), id="the-first-word-needs-less"),
        pytest.param("我要报修", SURE_AT_FIRST - 0.01, ((0, 1),), id="but-not-anything"),
        pytest.param("对，是我", SURE, (), id="a-sign-of-listening"),
        pytest.param("对，是我", SURE - 0.01, ((0, 2),), id="which-stands-alone"),
        pytest.param("喂，你好", SURE, (), id="a-call"),
        pytest.param("从，再见", SURE_ALONE - 0.01, ((0, 2),), id="a-lone-syllable"),
        pytest.param("从", SURE_ALONE - 0.01, ((0, 1),), id="a-turn-of-one"),
        pytest.param("从，再见", SURE_ALONE, (), id="unless-it-was-read-surely"),
    ],
)
def test_the_word_that_opens_a_turn_is_doubted_by_its_place(
    text: str, first: float, pieces: tuple[tuple[int, int], ...]
) -> None:
    read = words(text)
    assert doubtful([replace(read[0], confidence=first), *read[1:]]) == pieces


def test_a_first_word_is_borne_out_by_the_next_or_needs_as_much_as_any() -> None:
    first, second, *rest = words("请了等着吧")
    read = [replace(first, confidence=SURE - 0.01), second, *rest]
    assert doubtful(read) == ()
    read[1] = replace(second, confidence=BORNE_OUT - 0.01)
    assert doubtful(read) == ((0, 1),)


def test_every_other_word_is_doubted_alike() -> None:
    read = [replace(word, confidence=SURE) for word in words("今天能来吗")]
    read[2] = replace(read[2], confidence=SURE - 0.01)
    assert doubtful(read) == ((2, 3),)
