"""Times as transcripts write them: seconds, clocks and dates, all as seconds from the start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from math import isfinite
from typing import Any

from rexian.dialogue.domain.unreadable import BrokenRecord, Reason

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\sT]+(\d{1,2}:\d{2}.*)", re.ASCII)


def seconds(value: Any, origin: datetime | None = None) -> float | None:
    """Return ``value`` in seconds, ``None`` where it is empty; dates count from ``origin``.

    Numbers, ``mm:ss``, ``hh:mm:ss``, and dates with a time of day. Raises ``BrokenRecord``.
    """
    if value is None or (type(value) is float and isfinite(value)):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _finite(value)
    if isinstance(value, str):
        return _from_text(value, origin)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time):
        return _clock(value.hour, value.minute, value.second + value.microsecond / 1e6)
    return _since(value, origin)


def earliest(values: Iterable[Any]) -> datetime | None:
    """Return the first of the dates among ``values``, the origin of a dated conversation."""
    dates = (_date(value) for value in values if isinstance(value, str | datetime))
    return min((date for date in dates if date is not None), default=None)


def _finite(value: float | str) -> float:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise BrokenRecord(Reason.NOT_A_TIME, value=value) from None
    if not isfinite(number):
        raise BrokenRecord(Reason.NOT_A_TIME, value=value)
    return number


def _from_text(text: str, origin: datetime | None) -> float | None:
    text = text.strip().replace("：", ":")
    if not text:
        return None
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        hours, minutes, rest = clock.groups()
        return _clock(int(hours or 0), int(minutes), float(rest.replace(",", ".")))
    if _DATE.fullmatch(text):
        return _since(text, origin)
    return _finite(text.removesuffix("s").removesuffix("秒"))


def _clock(hours: int, minutes: int, rest: float) -> float:
    return hours * 3600 + minutes * 60 + rest


def _since(value: Any, origin: datetime | None) -> float:
    date = _date(value)
    if date is None or origin is None:
        raise BrokenRecord(Reason.NOT_A_TIME, value=value)
    return (date - origin).total_seconds()


def _date(value: Any) -> datetime | None:
    """Return the date that ``value`` says; without a zone, UTC does for a difference."""
    if isinstance(value, str):
        parts = _DATE.fullmatch(value.strip().replace("：", ":"))
        if parts is None:
            return None
        year, month, day, clock = parts.groups()
        try:
            value = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock:0>5}")
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
