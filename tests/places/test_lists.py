"""Lists of roads and points from files: every fault by its row, the plan, and files written."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from rexian.places.adapters.list_files import read_list, write_csv, write_workbook
from rexian.places.domain.lists import (
    Deed,
    Plan,
    Present,
    Row,
    Sheet,
    kind_of,
    plan_list,
)
from rexian.places.domain.refusals import NotAList
from rexian.places.domain.roads import PointKind, Way
from tests.places.roads import G56, ROADS

NOTHING = Present({}, {}, {})
ROAD = {
    "code": "G56",
    "name": "杭瑞高速",
    "begin": "K60",
    "end": "K188+600",
    "rising": "临川方向、上行",
    "falling": "江城方向",
}
POINT = {"road": "G56", "kind": "收费站", "name": "柳村收费站", "stake": "K121+800"}


def road(**changes: str) -> Row:
    return Row(Sheet.ROADS, 2, {**ROAD, **changes})


def point(number: int = 2, **changes: str) -> Row:
    return Row(Sheet.POINTS, number, {**POINT, **changes})


def present() -> Present:
    """Return what a list with G56 has."""
    ids = {("G56", one.name, one.way): at for at, one in enumerate(G56.points, start=10)}
    return Present({"G56": G56}, {"G56": 1}, ids)


def faults(plan: Plan) -> list[tuple[str, int, str, str]]:
    return [(str(one.sheet), one.row, one.field, one.error.sentence("en")) for one in plan.faults]


def test_what_is_not_there_yet_is_added_the_road_before_its_points() -> None:
    plan = plan_list([point(3), road(), point(4, name="白沙收费站")], NOTHING)
    deeds = [(one.deed, one.row) for one in plan.changes]
    assert deeds == [(Deed.ADD_ROAD, 2), (Deed.ADD_POINT, 3), (Deed.ADD_POINT, 4)]
    assert plan.can_be_carried_out


def test_what_is_as_the_file_says_is_no_change() -> None:
    rows = read_list(write_workbook([G56], "zh-Hans"))
    plan = plan_list(rows, present())
    assert (plan.changes, plan.faults) == ((), ())
    assert not plan.can_be_carried_out


def test_what_is_otherwise_is_changed() -> None:
    rows = [road(name="杭瑞高速公路"), point(stake="123公里")]
    changes = plan_list(rows, present()).changes
    assert [(one.deed, one.there) for one in changes] == [
        (Deed.CHANGE_ROAD, 1),
        (Deed.CHANGE_POINT, 14),
    ]


def test_a_point_that_gets_a_side_is_changed_and_not_doubled() -> None:
    (change,) = plan_list([point(way="上行")], present()).changes
    assert change.point is not None
    assert (change.deed, change.point.way) == (Deed.CHANGE_POINT, Way.RISING)


def test_of_two_points_of_a_name_each_side_is_found_by_its_direction() -> None:
    both = [
        point(2, kind="服务区", name="石塘服务区", stake="K96+600", way="临川方向"),
        point(3, kind="服务区", name="石塘服务区", stake="K97+200", way="江城方向"),
    ]
    (change,) = plan_list(both, present()).changes
    assert (change.row, change.there) == (2, 12)


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (road(code=""), "code", "code"),
        (road(begin="soon"), "begin", "no stake"),
        (road(end="K1"), "end", "after the first"),
        (road(rising=""), "rising", "1 to 60"),
        (road(falling="上行"), "falling", "Both directions"),
        (point(road="G99"), "road", "no road G99"),
        (point(kind="月亮"), "kind", "月亮"),
        (point(name=""), "name", "1 to 60"),
        (point(stake="K300"), "stake", "K188+600"),
        (point(stake=""), "stake", "no stake"),
        (point(way="南昌方向"), "way", "临川方向、江城方向"),
    ],
)
def test_every_fault_is_named_by_its_row_and_column(row: Row, field: str, said: str) -> None:
    (fault,) = faults(plan_list([row], present()))
    assert fault[:3] == (str(row.sheet), 2, field)
    assert said in fault[3]


def test_all_faults_are_told_at_once_and_nothing_can_be_carried_out() -> None:
    rows = [point(5, stake=""), point(4, kind="?"), road(end="?"), point(6), point(7)]
    plan = plan_list(rows, present())
    assert [(one[0], one[1]) for one in faults(plan)] == [
        ("roads", 2),
        ("points", 4),
        ("points", 5),
        ("points", 7),  # the same as row 6
    ]
    assert not plan.can_be_carried_out


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("收费站", PointKind.TOLL_STATION),
        ("停车区", PointKind.SERVICE_AREA),
        ("樞紐", PointKind.INTERCHANGE),
        ("立交", PointKind.INTERCHANGE),
        ("匝道", PointKind.RAMP),
        ("隧道", PointKind.TUNNEL),
        ("特大桥", PointKind.BRIDGE),
        ("Bridge", PointKind.BRIDGE),
        ("toll-station", PointKind.TOLL_STATION),
    ],
)
def test_a_kind_is_called_as_people_call_it(word: str, kind: PointKind) -> None:
    assert kind_of(word) is kind


def test_a_plan_has_another_digest_when_it_would_change_something_else() -> None:
    one, other = (plan_list([road(name=name)], present()) for name in ("一线", "二线"))
    assert one.digest == plan_list([road(name="一线")], present()).digest
    assert one.digest != other.digest


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_is_read_as_it_was(form: str, language: str) -> None:
    if form == "xlsx":
        rows = read_list(write_workbook(ROADS, language))
    else:
        rows = [row for sheet in Sheet for row in read_list(write_csv(sheet, ROADS, language))]
    plan = plan_list(rows, NOTHING)
    assert plan.faults == ()
    made = {one.code: one.road for one in plan.changes if one.road}
    assert made == {one.code: replace(one, points=()) for one in ROADS}
    points = [one.point for one in plan.changes if one.point]
    assert points == [one for road in ROADS for one in road.points]


def test_a_cell_that_begins_like_a_formula_is_none_and_comes_back() -> None:
    odd = replace(G56, name="=1+1", points=(replace(G56.points[0], name="-站"),))
    book = load_workbook(io.BytesIO(write_workbook([odd], "en")))
    assert book.worksheets[0]["B2"].data_type == "s"
    for sheet in Sheet:
        content = write_csv(sheet, [odd], "en")
        assert b",'" in content
        assert {"=1+1", "-站"} & set(read_list(content)[0].cells.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_is_read_in_the_encodings_and_delimiters_of_spreadsheets(
    encoding: str, delimiter: str
) -> None:
    lines = [["道路", "类型", "名称", "桩号", "备注"], ["G56", "收费站", "柳村收费站", "K1", "x"]]
    content = "\r\n".join(delimiter.join(cells) for cells in lines).encode(encoding)
    (row,) = read_list(content)
    assert (row.sheet, row.number, row.cell("name")) == (Sheet.POINTS, 2, "柳村收费站")


def workbook(rows: list[list[object]], title: str = "道路") -> bytes:
    book = Workbook()
    book.worksheets[0].title = title
    for cells in rows:
        book.worksheets[0].append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MANY: list[list[object]] = [["G1"]] * 3001
TITLES = ["编号", "名称", "起点桩号", "终点桩号", "上行方向", "下行方向"]


def test_sheets_and_columns_are_called_as_people_call_them() -> None:
    rows: list[list[object]] = [[*TITLES], [56, "杭瑞", "K1", "K2", "甲方向", "乙方向"]]
    (row,) = read_list(workbook(rows, "路段"))
    assert (row.sheet, row.cell("code"), row.cell("rising")) == (Sheet.ROADS, "56", "甲方向")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing"),
        (b"PK\x03\x04 no zip", "damaged"),
        (b"\x00\x01\x02" * 50, "damaged"),
        ("编号,名称\nG1,某路".encode(), "lacks the column"),
        (workbook([["x"]], "人员"), "nothing"),
        (workbook([[*TITLES], ["=1+1"]]), "formula"),
        (workbook([[*TITLES], *MANY]), "3000 rows"),
        (b"a" * (5 * 1024**2 + 1), "5 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(NotAList) as caught:
        read_list(content)
    assert said in caught.value.sentence("en")
