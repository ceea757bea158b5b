"""A place as a value: said in a line, kept as JSON; plates; roads and points in normal form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.language import Language
from rexian.org.domain.refusals import WrongField
from rexian.places.domain.descriptions import describe, distance_text
from rexian.places.domain.doubts import check_place
from rexian.places.domain.places import Part, Place, Relation, from_json, to_json
from rexian.places.domain.plates import NotAPlate, read_plate, written_plate
from rexian.places.domain.reading import read_place
from rexian.places.domain.roads import (
    Direction,
    PointKind,
    Road,
    checked_point,
    checked_road,
    direction_of,
    direction_text,
    split_names,
)
from rexian.places.domain.stakes import Stake
from rexian.places.domain.suggesting import suggest
from rexian.places.domain.telling import told
from tests.places.roads import G56, ROADS, point

TEXTS = st.text(max_size=20)
PLACES = st.builds(
    Place,
    text=TEXTS,
    road=TEXTS,
    direction=TEXTS,
    stake=st.none() | st.builds(Stake, st.integers(0, 9_999_999), st.sampled_from(["", "Z"])),
    is_rough=st.booleans(),
    point=TEXTS,
    point_kind=st.none() | st.sampled_from(PointKind),
    relation=st.none() | st.sampled_from(Relation),
    apart=st.none() | st.integers(0, 60_000),
    ramp=TEXTS,
    district=TEXTS,
    address=TEXTS,
    customer_no=TEXTS,
    meter_no=TEXTS,
    plate=TEXTS,
)


@given(PLACES)
def test_a_place_comes_back_from_json_as_it_went(place: Place) -> None:
    assert from_json(json.loads(json.dumps(to_json(place)))) == place


@given(PLACES)
def test_every_place_is_said_in_one_line_of_every_language(place: Place) -> None:
    for language in Language:
        if not any("\n" in str(value) for value in to_json(place).values()):
            assert "\n" not in describe(place, language)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"stake": "soon", "kind": "moon", "unheard": 1},
        {"stake": 5, "apart": "far", "relation": "beyond", "point_kind": None, "text": ["x"]},
        {"apart": True, "is_rough": "yes", "road": None},
    ],
)
def test_what_makes_no_sense_in_kept_json_is_left_out(kept: dict[str, object]) -> None:
    assert from_json(kept) == Place()


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (
            Place(
                road="G56",
                direction="临川方向",
                stake=Stake(123400),
                point="柳村收费站",
                relation=Relation.NEAR,
                apart=1200,
            ),
            "G56 临川方向 K123+400, about 1.2 km from 柳村收费站",
        ),
        (
            Place(road="G56", stake=Stake(123000), is_rough=True, point="柳村收费站", apart=20),
            "G56 around K123+000, at 柳村收费站",
        ),
        (
            Place(road="G56", point="柳村收费站", relation=Relation.PAST),
            "G56, just past 柳村收费站",
        ),
        (
            Place(road="G56", point="柳村收费站", relation=Relation.BEFORE, apart=3000),
            "G56, about 3 km before 柳村收费站",
        ),
        (
            Place(road="G56", direction="临川方向", point="石塘服务区", relation=Relation.AT),
            "G56 石塘服务区 临川方向",
        ),
        (
            Place(road="G56", point="江城枢纽", relation=Relation.AT, ramp="A匝道"),
            "G56 江城枢纽 A匝道",
        ),
        (
            Place(district="临川区", address="人民路12号", customer_no="123456"),
            "临川区 人民路12号, customer number 123456",
        ),
        (Place(plate="赣A12345", meter_no="88"), "meter number 88, plate 赣A·12345"),
        (Place(text="  就在 那个\n大桥 "), "就在 那个 大桥"),
        (Place(), ""),
    ],
)
def test_a_place_is_said_as_a_dispatcher_reads_it_out(place: Place, line: str) -> None:
    assert describe(place, "en") == line


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        *((0, "0 m"), (404, "400 m"), (949, "950 m"), (960, "1 km"), (1200, "1.2 km")),
        *((1960, "2 km"), (9960, "10 km"), (13_200, "13 km")),
    ],
)
def test_a_distance_is_said_as_people_say_it(metres: int, said: str) -> None:
    assert distance_text(metres, "en") == said


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("赣A12345", "赣A12345"),
        ("赣a·1b2c3", "赣A1B2C3"),
        ("京 A 12345", "京A12345"),
        ("贛AD12345", "赣AD12345"),
        ("粤B12345D", "粤B12345D"),
        ("沪AF12345", "沪AF12345"),
        ("粤Z1234港", "粤Z1234港"),
        ("鲁B1234挂", "鲁B1234挂"),
        ("川A1234学", "川A1234学"),
    ],
)
def test_plates_of_every_kind_are_read(text: str, plate: str) -> None:
    assert read_plate(text) == plate


@pytest.mark.parametrize(
    "text",
    ["", "A12345", "赣A1234", "赣A123456", "赣A1234I", "赣AO2345", "赣AABC12", "赣AI12345", "x"],
)
def test_what_is_no_plate_is_invalid(text: str) -> None:
    with pytest.raises(NotAPlate):
        read_plate(text)


def test_a_plate_is_written_as_it_is_painted() -> None:
    assert (written_plate("赣A12345"), written_plate("")) == ("赣A·12345", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "G 56!"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "字" * 61}, "name"),
        ({"end": Stake(60_000)}, "end"),
        ({"begin": Stake(0, "A")}, "end"),
        ({"rising": Direction("")}, "rising"),
        ({"falling": Direction("上行")}, "falling"),
        ({"aliases": tuple(map(str, range(13)))}, "aliases"),
    ],
)
def test_a_road_that_cannot_be_is_refused_beside_its_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(WrongField) as caught:
        checked_road(replace(G56, points=(), **changes))  # type: ignore[arg-type]  # on purpose
    assert caught.value.details["field"] == field


@pytest.mark.parametrize(
    ("stake", "name", "field"),
    [
        (Stake(300_000), "某站", "stake"),
        (Stake(100, "A"), "某站", "stake"),
        (Stake(70_000), "", "name"),
    ],
)
def test_a_point_that_cannot_be_is_refused_beside_its_field(
    stake: Stake, name: str, field: str
) -> None:
    wrong = replace(point("bridge", "桥", "K70"), stake=stake, name=name)
    with pytest.raises(WrongField) as caught:
        checked_point(wrong, G56)
    assert caught.value.details["field"] == field


def test_names_are_kept_narrow_each_once_with_their_initials() -> None:
    road = checked_road(
        Road(
            code="ｇ56",
            name=" 杭瑞　高速 ",
            aliases=("杭瑞", "杭瑞,老国道"),
            begin=Stake(1000, "Z"),
            end=Stake(9000),
            rising=direction_of("临川方向、上行/往西"),
            falling=direction_of("江城方向"),
        )
    )
    assert (road.code, road.name, road.aliases) == ("G56", "杭瑞 高速", ("杭瑞", "老国道"))
    assert (str(road.begin), road.initials) == ("K1+000", "hrgs hr lgd")
    assert direction_text(road.rising) == "临川方向、上行、往西"


@pytest.mark.parametrize(
    ("text", "names"),
    [("", ()), ("a、b，b;c", ("a", "b", "c")), (" 甲 /乙\n丙", ("甲", "乙", "丙"))],
)
def test_names_are_split_as_people_write_them(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("柳", (0, "柳村收费站")),
        ("bssf", (0, "白沙收费站")),
        ("杭瑞 whf", (3, "望湖服务区")),
        ("我在望湖", (2, "望湖服务区")),
        ("g5", (0, "G56")),
        ("杭", (0, "G56")),
        ("G56 lcf", (4, "临川方向")),
        ("G56 ", (4, "临川方向")),
        ("K123", (0, "G56 K123+000")),
        ("bs", (0, "白沙收费站")),
    ],
)
def test_a_line_is_gone_on_with_by_name_initials_code_or_stake(
    line: str, first: tuple[int, str]
) -> None:
    found = suggest(line, ROADS, limit=5)
    assert (found[0].start, found[0].text) == first


def test_what_lies_on_the_road_that_is_named_is_suggested_first() -> None:
    assert suggest("S21 江城枢", ROADS, limit=5)[0].note.startswith("S21")
    assert suggest("G56 江城枢", ROADS, limit=5)[0].note.startswith("G56")


def test_a_second_direction_is_not_suggested() -> None:
    found = suggest("S21 往江城，刚过s", ROADS, limit=9)
    assert all(one.part is not Part.DIRECTION for one in found)


@pytest.mark.parametrize("line", ["", "柳村收费站", "xyz", "12", "x" * 1000])
def test_nothing_is_suggested_where_nothing_fits(line: str) -> None:
    assert suggest(line, ROADS, limit=5) == ()


@given(st.text(max_size=30))
def test_a_suggestion_always_begins_within_the_line(line: str) -> None:
    found = suggest(line, ROADS, limit=3)
    assert len(found) <= 3
    assert all(0 <= one.start <= len(line) for one in found)


def test_a_reading_is_told_in_words_with_what_may_be_chosen() -> None:
    telling = told(read_place("杭瑞往临川 K300", ROADS), ROADS, "en")
    assert telling["line"] == "G56 临川方向 K300+000"
    assert [one["part"] for one in telling["parts"]] == ["road", "direction", "stake"]
    assert telling["parts"][1]["choices"] == ["临川方向", "江城方向"]
    assert [one["code"] for one in telling["doubts"]] == ["stake-outside"]
    assert [one["part"] for one in telling["missing"]] == ["stake"]
    assert json.loads(json.dumps(telling)) == telling


def test_words_that_tell_no_place_have_no_line() -> None:
    assert told(read_place("救命", ROADS), ROADS, "en")["line"] == ""


def test_a_place_of_an_earlier_list_is_checked_by_the_one_of_today() -> None:
    kept = from_json({"road": "G56", "direction": "南昌方向", "point": "老站", "plate": "赣A1"})
    assert [one.code for one in check_place(kept, ROADS)] == [
        "unknown-direction",
        "unknown-point",
        "not-a-plate",
    ]
