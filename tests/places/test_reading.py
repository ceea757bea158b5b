"""Places as callers tell them: what is read, what is doubtful, what is still to be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.folding import fold
from rexian.places.domain.places import PlaceKind, Relation, to_json
from rexian.places.domain.reading import Reading, read_parts, read_place
from rexian.places.domain.stakes import Stake
from tests.places.roads import ROADS


def doubts(reading: Reading) -> list[str]:
    """Return the codes of what is doubtful."""
    return [one.code for one in reading.doubts]


def wanted(reading: Reading) -> list[str]:
    """Return what is still to be asked for."""
    return [str(one) for one in reading.missing]


def brief(text: str) -> tuple[str, str, str, str]:
    """Return road, direction, stake and point of a reading."""
    place = read_place(text, ROADS).place
    return place.road, place.direction, str(place.stake or ""), place.point


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "杭瑞往临川方向123公里多一点，刚过柳村站",
            ("G56", "临川方向", "K123+000", "柳村收费站"),
        ),
        ("G56 K123+400", ("G56", "", "K123+400", "柳村收费站")),
        ("G56K123+400上行", ("G56", "临川方向", "K123+400", "柳村收费站")),
        ("Ｇ５６　Ｋ１２３＋４００　下行", ("G56", "江城方向", "K123+400", "柳村收费站")),
        ("杭瑞高速去江城一百二十三公里四百", ("G56", "江城方向", "K123+400", "柳村收费站")),
        ("杭瑞高速往西方向，130公里处", ("G56", "临川方向", "K130+000", "望湖服务区")),
        ("我从江城方向来的，杭瑞135公里左右", ("G56", "临川方向", "K135+000", "望湖服务区")),
        ("不是临川方向，是江城方向 杭瑞", ("G56", "江城方向", "", "")),
        ("从柳村站上的高速去临川，K130", ("G56", "临川方向", "K130+000", "望湖服务区")),
        ("石塘服务区往临川", ("G56", "临川方向", "", "石塘服务区")),
        ("在望湖服务区里", ("G56", "临川方向", "", "望湖服务区")),
        ("在白沙口这里", ("S21", "", "", "白沙收费站")),
        ("我在江城东站附近", ("G56", "", "", "江城东收费站")),
        ("杭瑞云门山隧道里面", ("G56", "", "", "云门山隧道")),
        ("石塘方向", ("S21", "石塘方向", "", "")),
        ("时速100公里，G56 K125", ("G56", "", "K125+000", "柳村收费站")),
        ("G5", ("G5", "", "", "")),
        ("我要去柳村收费站怎么走", ("", "", "", "")),
        ("救命啊", ("", "", "", "")),
        ("我在高速路上，快来", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_what_a_caller_says_is_read_by_the_list(text: str, read: tuple[str, str, str, str]) -> None:
    assert brief(text) == read


@pytest.mark.parametrize(
    ("text", "relation", "apart"),
    [
        ("刚过柳村站两公里，往临川方向", Relation.PAST, 2000),
        ("过了柳村收费站大概2公里", Relation.PAST, 2000),
        ("G56往江城开，过了柳村站，大概2公里", Relation.PAST, 2000),
        ("距柳村收费站还有三公里", Relation.BEFORE, 3000),
        ("还没到柳村站，大概还有500米", Relation.BEFORE, None),
        ("离柳村收费站1.5公里", Relation.NEAR, 1500),
        ("柳村收费站附近", Relation.NEAR, None),
        ("柳村收费站刚过", Relation.PAST, None),
        ("快到柳村站了", Relation.BEFORE, None),
        ("柳村收费站大厅", Relation.AT, None),
        ("刚过柳村站123公里处", Relation.PAST, 1200),
    ],
)
def test_how_one_stands_to_a_point_is_understood(
    text: str, relation: Relation, apart: int | None
) -> None:
    place = read_place(text, ROADS).place
    assert (place.point, place.relation, place.apart) == ("柳村收费站", relation, apart)


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("G56 往临川 刚过柳村站两公里", "K123+800"),
        ("G56 往江城 刚过柳村站两公里", "K119+800"),
        ("G56 往江城 距柳村站还有两公里", "K123+800"),
    ],
)
def test_a_way_from_a_point_is_reckoned_to_a_stake_and_not_taken_for_one(
    text: str, stake: str
) -> None:
    reading = read_place(text, ROADS)
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.details["stake"], reading.place.stake) == ("reckoned", stake, None)
    assert wanted(reading) == ["stake"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("沪昆高速K12", "unknown-road", "G56"),
        ("S99 K12", "unknown-road", "S21 江柳高速"),
        ("G56 往南昌方向", "unknown-direction", "临川方向、江城方向"),
        ("G56 往北方向", "unknown-direction", "北方向"),
        ("G56 K300", "stake-outside", "K188+600"),
        ("S21 柳村收费站", "point-elsewhere", "G56"),
        ("G56 往江城 望湖服务区里", "other-side", "临川方向"),
        ("G56 K180 在柳村收费站", "far-apart", "58 km"),
        ("G56 往临川 K120 刚过柳村站", "not-past", "K121+800"),
        ("G56 往临川 K125 还没到柳村站", "not-before", "K121+800"),
        ("G56 123公里左右", "rough-stake", "about"),
        ("G56 大概在K123", "rough-stake", "about"),
        ("G56 K123+4", "short-stake", "K123+004"),
        ("K70到K80 江城枢纽", "several-stakes", "K70+000、K80+000"),
        ("江城枢纽", "point-on-several", "G56、S21"),
        ("G56转S21那里", "several-roads", "G56、S21"),
        ("G56 临川方向还是江城方向不清楚", "both-directions", "临川方向、江城方向"),
        ("刘村收费站附近", "sounds-alike", "柳村收费站"),
        ("我在柳村", "short-name", "柳村收费站"),
        ("过了柳村站，没到望湖服务区", "several-points", "望湖服务区"),
        ("赣A1234I", "not-a-plate", "赣A1234I"),
    ],
)
def test_what_is_doubtful_is_said_with_what_would_be_possible(
    text: str, code: str, said: str
) -> None:
    found = {one.code: one.sentence("en") for one in read_place(text, ROADS).doubts}
    assert said in found[code]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("杭瑞往临川方向123公里", []),
        ("杭瑞123公里", ["direction"]),
        ("杭瑞", ["direction", "stake"]),
        ("K123", ["road", "direction"]),
        ("往江城", ["road", "stake"]),
        ("G56 往南昌方向 K130", ["direction"]),
        ("S99 往江城 K300", ["road"]),
        ("G56 K300 上行", ["stake"]),
        ("石塘服务区", ["direction"]),
        ("柳村收费站", []),
        ("江城枢纽A匝道", ["road", "direction"]),
        ("云门山隧道里", ["direction", "stake"]),
        ("临川区人民路12号", []),
        ("人民路12号3栋", ["district"]),
        ("户号1234567890", ["address"]),
        ("赣A12345", ["where"]),
        ("救命", ["where"]),
    ],
)
def test_the_direction_is_asked_for_before_the_stake(text: str, parts: list[str]) -> None:
    assert wanted(read_place(text, ROADS)) == parts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "我家在临川区人民路12号3栋502室，户号 1234567890",
            {
                "kind": "address",
                "district": "临川区",
                "address": "人民路12号3栋502室",
                "customer_no": "1234567890",
            },
        ),
        (
            "江城市江北区沿江大道88号",
            {"kind": "address", "district": "江城市江北区", "address": "沿江大道88号"},
        ),
        ("表号：ab0012345678", {"kind": "supply", "meter_no": "AB0012345678"}),
        ("用户编号是 GX-778899", {"kind": "supply", "customer_no": "GX-778899"}),
        ("車牌贛A·D12345", {"kind": "vehicle", "plate": "赣AD12345"}),
        ("电话13800138000", {"kind": "words"}),
    ],
)
def test_addresses_numbers_and_plates_are_read_where_there_is_no_road(
    text: str, kept: dict[str, str]
) -> None:
    assert to_json(read_place(text, ROADS).place) == {"text": text, **kept}


def test_the_words_that_were_recognised_are_told_by_their_place() -> None:
    text = "杭瑞往临川方向123公里，车牌赣A12345"
    found = {str(one.part): text[one.start : one.end] for one in read_place(text, ROADS).recognised}
    assert found == {
        "road": "杭瑞",
        "direction": "往临川方向",
        "stake": "123公里",
        "plate": "赣A12345",
    }


def test_without_a_list_words_are_read_and_nothing_of_them_is_doubted() -> None:
    reading = read_place("G56 往临川方向 K123+400", ())
    place = reading.place
    assert (place.road, place.direction, place.stake) == ("G56", "临川方向", Stake(123400))
    assert reading.doubts == ()


def test_a_part_that_is_put_right_by_hand_prevails_over_the_words() -> None:
    text = "杭瑞往临川方向123公里左右，刚过柳村站"
    put_right = {"direction": "下行", "stake": "K125+300", "point": "", "unheard-of": "x"}
    reading = read_parts(text, put_right, ROADS)
    place = reading.place
    assert (place.direction, str(place.stake), place.is_rough) == ("江城方向", "K125+300", False)
    assert (place.text, place.point) == (text, "柳村收费站")
    assert doubts(reading) == ["not-past"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"stake": "soon"}, "not-a-stake"),
        ({"road": "G99"}, "unknown-road"),
        ({"point": "某站"}, "unknown-point"),
        ({"direction": "月亮方向"}, "unknown-direction"),
        ({"plate": "XX"}, "not-a-plate"),
    ],
)
def test_a_part_that_cannot_be_is_doubted_and_kept(parts: dict[str, str], code: str) -> None:
    reading = read_parts("G56 往临川 K123", parts, ROADS)
    assert code in doubts(reading)
    ((part, text),) = parts.items()
    assert getattr(reading.place, part) == (None if part == "stake" else text)


@given(st.text(max_size=80))
def test_any_words_are_kept_whatever_they_are(text: str) -> None:
    reading = read_place(text, ROADS)
    assert reading.place.text == text
    for one in reading.recognised:
        assert 0 <= one.start < one.end <= len(fold(text))


WORDS = st.lists(
    st.sampled_from(
        [
            *("杭瑞", "G56", "S21", "往", "临川", "江城", "方向", "柳村", "收费站", "站", "刚过"),
            *("K", "123", "公里", "+400", "四百", "附近", "，", "从", "还有", "赣A12345", "石塘"),
            *("服务区", "匝道", "区", "路", "号", "户号", "1234", "多一点", "上行", " "),
        ]
    ),
    max_size=16,
).map("".join)


@given(WORDS)
def test_whatever_is_put_together_of_such_words_is_read_and_read_again_the_same(text: str) -> None:
    reading = read_place(text, ROADS)
    place = reading.place
    assert place.kind in set(PlaceKind)
    for doubt in reading.doubts:
        assert doubt.sentence("en")
    again = read_parts(text, {"stake": str(place.stake or "")}, ROADS).place
    assert again.stake == place.stake


def test_a_flood_of_words_is_read_no_further_than_a_caller_speaks() -> None:
    reading = read_place("啊" * 10_000_000 + "G56", ROADS)
    assert (len(reading.place.text), reading.place.road) == (2000, "")
