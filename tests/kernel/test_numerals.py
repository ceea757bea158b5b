from __future__ import annotations

import re

import pytest

from rexian.kernel.text.numerals import NUMERAL, parse_numeral


@pytest.mark.parametrize(
    ("said", "number"),
    [
        pytest.param("零", 0, id="nought"),
        pytest.param("〇", 0, id="nought-written-round"),
        pytest.param("两", 2, id="two-of-something"),
        pytest.param("俩", 2, id="both"),
        pytest.param("仨", 3, id="three-together"),
        pytest.param("半", 0.5, id="half"),
        pytest.param("十", 10, id="ten-without-one"),
        pytest.param("十二", 12, id="twelve"),
        pytest.param("二十", 20, id="twenty"),
        pytest.param("二十四", 24, id="twenty-four"),
        pytest.param("四十八", 48, id="forty-eight"),
        pytest.param("一百", 100, id="hundred"),
        pytest.param("一百二十", 120, id="hundred-and-twenty"),
        pytest.param("一百零五", 105, id="hundred-and-five"),
        pytest.param("24", 24, id="figures"),
        pytest.param("1.5", 1.5, id="decimal"),
        pytest.param("007", 7, id="leading-noughts"),
        pytest.param("三六", 36, id="figures-as-they-are-spoken"),
    ],
)
def test_a_numeral_is_read(said: str, number: float) -> None:
    assert re.fullmatch(NUMERAL, said)
    assert parse_numeral(said) == number


@pytest.mark.parametrize("said", ["几", "好多", "两个", "1.2.3", "半天", "廿", "-"])
def test_what_is_no_numeral_has_no_number(said: str) -> None:
    assert parse_numeral(said) is None
