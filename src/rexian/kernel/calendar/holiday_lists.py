"""What one file of public holidays says, each day with the line that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rexian.kernel.calendar.errors import BadHolidays
from rexian.kernel.calendar.holidays import Holiday
from rexian.kernel.language import mark

_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Listed:
    """A day with the file and the line that name it."""

    holiday: Holiday
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class HolidayList:
    """The days that one file names, and the years of which it says that nothing is missing."""

    days: tuple[Listed, ...]
    published: frozenset[int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, for errors."""

    file: str
    line: int

    def bad(self, message: str, **details: object) -> BadHolidays:
        """Return the error that ``message`` says about this line."""
        return BadHolidays(message, file=self.file, line=self.line, **details)

    def day(self, text: object) -> date:
        """Return the day that ``text`` writes as 2026-01-31 or 2026/1/31."""
        found = _DATE.fullmatch(text.strip()) if isinstance(text, str) else None
        try:
            if found:
                return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            pass  # as wrong as what is written in another form: 2026-02-30
        message = mark("{file}, line {line}: {text} is no date such as 2026-01-31.")
        raise self.bad(message, text=repr(text))
