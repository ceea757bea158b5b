"""Public holidays and make-up workdays: every day of twenty years, and the files they come from."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.errors import BadCalendar, BadHolidays
from rexian.kernel.calendar.festivals import festival
from rexian.kernel.calendar.holiday_files import load_holidays, mainland_china
from rexian.kernel.calendar.holidays import NO_HOLIDAYS, Holiday, HolidayKind, Holidays

TABLE = Path(__file__).parents[4] / "shared/data/cn_workday_calendar/workday_table_2007_2026.csv"
CHINA = Calendar(ZoneInfo("Asia/Shanghai"), holidays=mainland_china())

OFF, WORK = HolidayKind.OFF, HolidayKind.WORK


def year(number: int, *days: tuple[str, bool]) -> str:
    """Return a year's file as the holiday-cn project writes it."""
    listed = [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days]
    return json.dumps({"year": number, "days": listed}, ensure_ascii=False, indent=2)


def write(folder: Path, **texts: str) -> Path:
    """Write files whose names have an underscore for the dot, and return their folder."""
    for name, text in texts.items():
        (folder / name.replace("_", ".").lstrip("y")).write_text(text, "utf-8")
    return folder


def test_every_day_from_2007_to_2026_agrees_with_three_independent_sources() -> None:
    if not TABLE.exists():
        pytest.skip(f"the table of workdays is not at {TABLE}")
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    columns = ("holiday_cn_workday", "chinese_calendar_workday", "holidays_pkg_workday")
    wrong = [
        row["date"]
        for row in rows
        for works in [CHINA.working_day(date.fromisoformat(row["date"])).counts]
        if {row[column] for column in columns} != {str(int(works))}
    ]
    assert (len(rows), wrong) == (7305, [])


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2007-12-29", True),
        ("2007-12-31", False),
        ("2011-12-31", True),
        ("2018-12-29", True),
        ("2018-12-31", False),
        ("2015-09-03", False),
        ("2019-05-02", False),
        ("2020-01-31", False),
        ("2020-02-03", True),
    ],
)
def test_days_that_a_single_notice_of_the_year_gets_wrong(day: str, works: bool) -> None:
    assert CHINA.working_day(date.fromisoformat(day)).counts is works


def test_the_product_knows_twenty_years_of_mainland_china() -> None:
    assert set(mainland_china().published) == set(range(2007, 2027))


def test_a_day_belongs_to_its_date_not_to_its_file(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        y2007_json=year(2007, ("2007-01-01", True)),
        y2008_json=year(2008, ("2007-12-29", False), ("2007-12-31", True), ("2008-01-01", True)),
    )
    found = load_holidays([folder])
    assert found.on(date(2007, 12, 29)) == Holiday(date(2007, 12, 29), WORK, "元旦")
    assert [one.day.year for one in found.days] == [2007, 2007, 2007, 2008]
    assert set(found.published) == {2007, 2008}


def test_the_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    write(
        tmp_path,
        y2007_json=year(2007, ("2007-12-31", True)),
        y2008_json=year(2008, ("2007-12-31", True), ("2008-01-01", True)),
    )
    files = [tmp_path / "2007.json", tmp_path / "2008.json"]
    assert load_holidays(files) == load_holidays(reversed(files))


def test_a_year_without_days_is_not_published(tmp_path: Path) -> None:
    folder = write(tmp_path, y2026_json=year(2026, ("2026-01-01", True)), y2027_json=year(2027))
    assert set(load_holidays([folder]).published) == {2026}


def test_one_year_alone_publishes_itself_and_not_the_december_before(tmp_path: Path) -> None:
    write(tmp_path, y2008_json=year(2008, ("2007-12-29", False), ("2008-01-01", True)))
    found = load_holidays([tmp_path / "2008.json"])
    assert set(found.published) == {2008}
    assert found.on(date(2007, 12, 29))
    assert found.unpublished_for(date(2007, 12, 29)) == 2007


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2026-12-24", None),
        ("2026-12-25", 2027),
        ("2026-12-31", 2027),
        ("2027-01-01", 2027),
        ("2025-12-31", None),
        ("2006-12-31", 2006),
    ],
)
def test_the_last_week_of_december_waits_for_the_next_notice(day: str, year: int | None) -> None:
    assert mainland_china().unpublished_for(date.fromisoformat(day)) == year


def test_a_file_of_an_operator_corrects_single_days_and_adds_years(tmp_path: Path) -> None:
    text = "# published: 2026-2027\ndate,kind,name\n2026-12-31,off,加假\n2027-01-01,off,元旦\n"
    newer = load_holidays([write(tmp_path, own_csv=text)])
    both = mainland_china().updated_with(newer)
    assert set(both.published) == set(range(2007, 2028))
    assert both.on(date(2026, 12, 31)) == Holiday(date(2026, 12, 31), OFF, "加假")
    assert both.on(date(2026, 1, 1)) == mainland_china().on(date(2026, 1, 1))


def test_where_every_year_is_known_an_update_leaves_it_so() -> None:
    assert NO_HOLIDAYS.updated_with(mainland_china()).published == NO_HOLIDAYS.published


def test_a_table_of_every_day_is_read_for_what_is_out_of_the_ordinary(tmp_path: Path) -> None:
    text = (
        "# published: 2026\ndate,workday,name\n2026/1/1,0,元旦\n2026/1/2,0,元旦\n"
        "2026/1/3,0,\n2026/1/4,1,\n2026/1/5,1,\n"
    )
    found = load_holidays([write(tmp_path, days_csv=text)])
    assert [(one.day.day, one.kind) for one in found.days] == [(1, OFF), (2, OFF), (4, WORK)]


def test_a_table_saved_by_excel_in_china_is_read(tmp_path: Path) -> None:
    text = "# published: 2026\r\ndate,kind,name\r\n2026/1/1,休,元旦\r\n2026/1/4,班,元旦\r\n"
    for encoding in ("gb18030", "utf-8-sig"):
        (tmp_path / "own.csv").write_bytes(text.encode(encoding))
        found = load_holidays([tmp_path])
        assert [(one.kind, one.name) for one in found.days] == [(OFF, "元旦"), (WORK, "元旦")]


HEAD = "# published: 2026\ndate,kind,name\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        pytest.param("a.csv", f"{HEAD}2026-02-30,off,x\n", 3, "no date", id="no-such-day"),
        pytest.param("a.csv", f"{HEAD}2026-01-01,off,x\n01.01.26,off,x\n", 4, "no date", id="date"),
        pytest.param("a.csv", f"{HEAD}2026-01-01,holiday,x\n", 3, "kind is", id="kind"),
        pytest.param("a.csv", f"{HEAD}2026-01-01,off\n", 3, "2 cells under 3", id="cells"),
        pytest.param("a.csv", "# published: 2026\nday,what\n", 2, "columns are", id="columns"),
        pytest.param("a.csv", "# published: 2026\n", 1, "columns are", id="no-table"),
        pytest.param("a.csv", "date,kind,name\n", 1, "complete for", id="years-not-said"),
        pytest.param("a.csv", "# published: soon\ndate,kind\n", 1, "'soon' is no year", id="years"),
        pytest.param("a.csv", "# published: 2027-2026\ndate,kind\n", 1, "no year", id="backwards"),
        pytest.param(
            "a.csv",
            f"{HEAD}2026-01-01,off,x\n2026-01-02,off,x\n2026-01-01,work,x\n",
            5,
            "line 3",
            id="contradiction",
        ),
        pytest.param("2026.json", "{\n", 2, "not JSON", id="not-json"),
        pytest.param("2026.json", "{}", 1, '"year"', id="no-year"),
        pytest.param("2026.json", '{"year": 2026, "days": {}}', 1, '"days"', id="days-no-list"),
        pytest.param("2026.json", "{" * 100_000, 1, "not JSON", id="nested-without-end"),
        pytest.param(
            "2026.json",
            '{\n"days": [\n{"date": "2026-01-01", "isOffDay": true},\n7],\n"year": 2026}',
            4,
            "isOffDay",
            id="no-day",
        ),
        pytest.param(
            "2026.json",
            year(2026, ("2026-01-01", True), ("2026-1-40", True)),
            9,
            "no date",
            id="json-date",
        ),
        pytest.param(
            "2026.json", year(2026, ("2062-01-01", True)), 4, "nowhere near 2026", id="far-away"
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, says: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(BadHolidays) as caught:
        load_holidays([path])
    assert caught.value.details["file"] == str(path)
    assert caught.value.details["line"] == line
    assert says in caught.value.message
    assert f"{path}, line {line}: " in caught.value.message


def test_files_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        y2007_json=year(2007, ("2007-12-31", False)),
        y2008_json=year(2008, ("2007-12-31", True)),
    )
    with pytest.raises(BadHolidays) as caught:
        load_holidays([folder])
    assert "2007.json, line" in caught.value.message
    assert "2008.json, line" in caught.value.message


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"\xff\xff\xff")
    for path in (tmp_path / "gone.csv", tmp_path / "own.csv"):
        with pytest.raises(BadHolidays):
            load_holidays([path])
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadHolidays, match="holds no file of holidays"):
        load_holidays([tmp_path / "empty"])


def test_a_file_with_something_else_called_days_is_read_where_it_counts(tmp_path: Path) -> None:
    text = (
        '{"note": "\\"days\\": [1]", "papers": {"days": [1, 2]}, "year": 2026, "days":\n'
        '[\n{"date": "2026-01-01", "isOffDay": true, "name": "元旦"}\n]}'
    )
    found = load_holidays([write(tmp_path, y2026_json=text)])
    assert [one.day for one in found.days] == [date(2026, 1, 1)]


def test_a_day_named_twice_is_no_set_of_holidays() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(BadCalendar):
        Holidays((Holiday(day, OFF), Holiday(day, WORK)), frozenset({2026}))


def test_the_days_of_a_festival_follow_each_other_by_at_most_a_day() -> None:
    days = [one.day for one in mainland_china().days if one.name == "春节" and one.kind is OFF]
    gaps = {later - earlier for earlier, later in pairwise(days)}
    assert timedelta(days=1) in gaps
    assert not {gap for gap in gaps if timedelta(days=1) < gap < timedelta(days=300)}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("春节", "Spring Festival"),
        ("国庆节、中秋节", "National Day, Mid-Autumn Festival"),
        ("台风", "台风"),
        ("", ""),
    ],
)
def test_a_festival_is_named_in_the_readers_language(name: str, told: str) -> None:
    assert festival(name, "en") == told


def test_every_festival_of_the_shipped_table_has_a_name_in_english() -> None:
    assert all(festival(one.name, "en").isascii() for one in mainland_china().days)
