"""Files of public holidays: a CSV of days, or one JSON a year as the holiday-cn project has it.

CSV, with a line that says which years are complete::

    # published: 2026-2027
    date,kind,name
    2026-01-01,off,元旦
    2026-01-04,work,元旦

Instead of ``kind`` a column ``workday`` may say 1 or 0, in a table of every day. JSON::

    {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}

A JSON file publishes its year once it lists a day. All files are read, then taken over together, or
none is: a file may carry days of the December before its year, so a year by itself is not whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from rexian.kernel.calendar.errors import BadHolidays
from rexian.kernel.calendar.holiday_json import read_json
from rexian.kernel.calendar.holiday_lists import HolidayList, Listed
from rexian.kernel.calendar.holiday_tables import read_table
from rexian.kernel.calendar.holidays import Holidays
from rexian.kernel.language import mark


@cache
def mainland_china() -> Holidays:
    """Return the public holidays of mainland China that the product knows: 2007 to 2026."""
    shipped = files("rexian.kernel") / "data" / "cn_holidays.csv"
    return merge([read_table(shipped.read_text("utf-8"), "cn_holidays.csv")])


def load_holidays(paths: Iterable[Path]) -> Holidays:
    """Return what all the files together say; a folder means the CSV files and years in it.

    Raise ``BadHolidays`` with file and line if one cannot be read or two contradict each other.
    """
    lists = [read_holidays(_text(path), str(path)) for path in _files_in(paths)]
    return merge(lists)


def read_holidays(text: str, file: str) -> HolidayList:
    """Return what one file says, JSON if it begins like JSON, else CSV."""
    return read_json(text, file) if text.lstrip().startswith("{") else read_table(text, file)


def merge(lists: Iterable[HolidayList]) -> Holidays:
    """Return several files as one, each day once, or raise if they do not agree on a day."""
    by_day: dict[object, Listed] = {}
    published: set[int] = set()
    for one in lists:
        published |= one.published
        for listed in one.days:
            known = by_day.setdefault(listed.holiday.day, listed)
            if known.holiday.kind != listed.holiday.kind:
                raise _contradiction(known, listed)
    days = sorted(listed.holiday for listed in by_day.values())
    return Holidays(tuple(days), frozenset(published))


def _contradiction(known: Listed, listed: Listed) -> BadHolidays:
    return BadHolidays(
        mark(
            "{file}, line {line}: {day} is a day off in one place and a workday in the other; "
            "see {other_file}, line {other_line}."
        ),
        file=listed.file,
        line=listed.line,
        day=listed.holiday.day.isoformat(),
        other_file=known.file,
        other_line=known.line,
    )


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted([*path.glob("*.csv"), *path.glob("[0-9][0-9][0-9][0-9].json")])
        if not found:
            raise BadHolidays(
                mark(
                    "{file} holds no file of holidays: neither *.csv nor a year such as 2026.json."
                ),
                file=str(path),
            )
        yield from found


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadHolidays(
            mark("{file} cannot be read: {reason}."), file=str(path), reason=error.strerror
        ) from error
    # Excel in China saves CSV in GB 18030 unless it is told otherwise.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadHolidays(mark("{file} is neither UTF-8 nor GB 18030 text."), file=str(path))
