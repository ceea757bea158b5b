"""Stakes as signs write them and as callers say them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.folding import fold
from rexian.places.domain.stakes import NotAStake, Stake, find_stakes, read_stake

STAKES = st.builds(Stake, st.integers(0, 9_999_999), st.sampled_from(["", "Z", "Y", "A", "B", "L"]))


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("K123+400", "K123+400"),
        ("k123 + 400", "K123+400"),
        ("K123", "K123+000"),
        ("k123.4", "K123+400"),
        ("K123加400", "K123+400"),
        ("123+400", "K123+400"),
        ("桩号K123+400", "K123+400"),
        ("Ｋ１２３＋４００", "K123+400"),
        (" K123+400处 ", "K123+400"),
        ("ZK12+300", "ZK12+300"),
        ("yk12+300", "YK12+300"),
        ("AK0+200", "AK0+200"),
        ("123公里400米", "K123+400"),
        ("123公里四百米", "K123+400"),
        ("123公里加400", "K123+400"),
        ("123公里零五十米", "K123+050"),
        ("123公里", "K123+000"),
        ("123.5公里", "K123+500"),
        ("123公里半", "K123+500"),
        ("一百二十三公里四百", "K123+400"),
        ("一百二十三公里四百米", "K123+400"),
        ("一百二公里", "K120+000"),
        ("一百零三公里", "K103+000"),
        ("两千零三公里", "K2003+000"),
        ("幺二三公里", "K123+000"),
        ("123千米", "K123+000"),
        ("123km", "K123+000"),
        ("K123+4", "K123+004"),
        ("K0", "K0+000"),
    ],
)
def test_a_stake_is_read_in_every_way_that_people_write_and_say_it(text: str, stake: str) -> None:
    assert str(read_stake(text)) == stake


@pytest.mark.parametrize(
    "text",
    [
        *("", "K", "abc", "K99999", "99999公里", "K123+1200", "K1.5+300", "公里", "+400"),
        *("123", "K12 K13", "123公里多一点", "100公里/小时", "100km/h", "在K12附近"),
    ],
)
def test_what_is_no_stake_is_invalid_and_says_how_one_is_written(text: str) -> None:
    with pytest.raises(NotAStake) as caught:
        read_stake(text)
    assert caught.value.details["field"] == "stake"
    assert "K123+400" in caught.value.sentence("en")


@given(STAKES)
def test_a_stake_that_is_written_is_read_as_the_same(stake: Stake) -> None:
    assert read_stake(str(stake)) == stake
    assert read_stake(str(stake).lower().replace("+", " + ")) == stake


@given(st.integers(0, 9999), st.integers(0, 999))
def test_a_stake_that_is_said_in_kilometres_and_metres_is_read(km: int, m: int) -> None:
    assert read_stake(f"{km}公里{m}米") == Stake(km * 1000 + m)


@given(st.text(max_size=60))
def test_any_text_is_a_stake_or_none_and_those_found_stand_where_they_are_said(text: str) -> None:
    folded = fold(text)
    end = 0
    for said in find_stakes(folded):
        assert end <= said.start < said.end <= len(folded)
        end = said.end
    with suppress(NotAStake):
        read_stake(text)


def test_stakes_are_in_order_by_their_metres() -> None:
    told = ["K2", "ZK1+500", "K1+499", "YK1+500", "K10"]
    ordered = [str(one) for one in sorted(read_stake(one) for one in told)]
    assert ordered == ["K1+499", "YK1+500", "ZK1+500", "K2+000", "K10+000"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在K123+400，也就是123公里四百米", ["K123+400", "123公里四百米"]),
        ("G56K123+400", ["K123+400"]),
        ("2公里3分钟", ["2公里"]),
        ("电话13800138000", []),
        ("时速100公里/小时", []),
    ],
)
def test_stakes_are_found_among_other_words(text: str, found: list[str]) -> None:
    folded = fold(text)
    assert [text[one.start : one.end] for one in find_stakes(folded)] == found
