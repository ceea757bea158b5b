"""Public holidays as the holiday-cn project writes them: one JSON object a year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rexian.kernel.calendar.holiday_lists import HolidayList, Listed, Spot
from rexian.kernel.calendar.holidays import Holiday, HolidayKind
from rexian.kernel.language import mark

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,:]*")


def read_json(text: str, file: str) -> HolidayList:
    """Return what a year's file says, or raise ``BadHolidays`` with the first line that is wrong.

    Its year is published if it lists days: a file with none is there before the notice is.
    """
    whole = _decoded(text, file)
    year, days = whole.get("year"), whole.get("days")
    if not isinstance(year, int) or isinstance(year, bool) or not isinstance(days, list):
        raise Spot(file, 1).bad(
            mark('{file}, line {line}: a file of holidays has a "year" and a list of "days".')
        )
    listed = tuple(
        _listed(Spot(file, text.count("\n", 0, place) + 1), year, day)
        for place, day in _elements(text)
    )
    return HolidayList(listed, frozenset({year} if listed else ()))


def _decoded(text: str, file: str) -> dict[str, Any]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        message = mark("{file}, line {line}: this is not JSON ({reason}).")
        raise Spot(file, error.lineno).bad(message, reason=error.msg) from error
    except RecursionError as error:
        message = mark("{file}, line {line}: this is not JSON ({reason}).")
        raise Spot(file, 1).bad(message, reason="nested too deeply") from error
    return whole if isinstance(whole, dict) else {}


def _listed(spot: Spot, year: int, day: Any) -> Listed:
    fields = day if isinstance(day, dict) else {}
    off = fields.get("isOffDay")
    if not isinstance(off, bool):
        raise spot.bad(
            mark('{file}, line {line}: a day has a "date", a "name" and "isOffDay" true or false.')
        )
    when = spot.day(fields.get("date"))
    if abs(when.year - year) > 1:
        message = mark("{file}, line {line}: {day} is nowhere near {year}.")
        raise spot.bad(message, day=when.isoformat(), year=year)
    kind = HolidayKind.OFF if off else HolidayKind.WORK
    return Listed(Holiday(when, kind, str(fields.get("name") or "")), spot.file, spot.line)


def _elements(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the elements of the list "days" with their places, in a text known to be JSON."""
    place = _days_at(text)
    while text[place := _next(text, place)] != "]":
        element, end = _DECODER.raw_decode(text, place)
        yield place, element
        place = end


def _days_at(text: str) -> int:
    """Return the place after the bracket that opens "days": the last, if there are several."""
    place, found = text.index("{") + 1, 0
    while text[place := _next(text, place)] != "}":
        key, place = _DECODER.raw_decode(text, place)
        place = _next(text, place)
        found = place + 1 if key == "days" else found
        _, place = _DECODER.raw_decode(text, place)
    return found


def _next(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place
