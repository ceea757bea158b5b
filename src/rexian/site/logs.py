"""What the server writes about itself: lines of JSON, or short ones where a person reads along.

No personal data: not what somebody typed, not an address with what follows its ``?``, not the
message of an error, which may quote either. Other people's libraries are quoted by the template of
their message, without what is filled in. What is left says where to look: the request's id is on
the page that the person saw and on the journal's entries.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import orjson

current_request: ContextVar[str] = ContextVar("current_request", default="")

_OURS = "rexian"
_FACTS = "facts"
_PACKAGES = Path(__file__).parents[2]


def configure_logs(level: str, stream: TextIO | None = None) -> logging.Handler:
    """Write from ``level`` up to standard error, in the form that suits whoever reads there."""
    output = stream or sys.stderr
    handler = logging.StreamHandler(output)
    handler.setFormatter(ShortForm() if output.isatty() else JsonForm())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Of what was not found or refused, the line about the request says it all.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    return handler


def facts(**values: Any) -> dict[str, Any]:
    """Return ``extra`` for a line of the log: facts beside its message."""
    return {_FACTS: values}


class JsonForm(logging.Formatter):
    """A line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        return orjson.dumps(_contents(record), default=str).decode()


class ShortForm(logging.Formatter):
    """A short line for each record, and the way of an error under it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as people read it."""
        told = _contents(record)
        at, level, _, message = (told.pop(key) for key in ("at", "level", "logger", "message"))
        trace = told.pop("trace", [])
        rest = " ".join(f"{name}={value}" for name, value in told.items())
        return "\n    ".join([f"{at[11:19]} {level:<7} {message} {rest}".rstrip(), *trace])


def _contents(record: logging.LogRecord) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC)
    told: dict[str, Any] = {
        "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if request := current_request.get():
        told["request"] = request
    given = getattr(record, _FACTS, {})
    told |= given if isinstance(given, Mapping) else {}
    if record.exc_info and record.exc_info[1]:
        told["error"] = _kind(record.exc_info[1])
        told["trace"] = list(way_of(record.exc_info[1]))
    return told


def _message(record: logging.LogRecord) -> str:
    """Return the message of ours, and of others no more than what stands in their source."""
    if record.name.partition(".")[0] == _OURS:
        return record.getMessage()
    if record.name == "django.request":
        return "could not be answered"
    return str(record.msg) if record.args else ""


def way_of(error: BaseException) -> Iterator[str]:
    """Yield where an error came from, and what caused it, without its message or any value."""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
    yield _kind(error)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield "caused by"
        yield from way_of(cause)


def _kind(error: BaseException) -> str:
    """Return an error's class, with our code or the database's where it has one."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    code = getattr(error, "code", None) or getattr(error, "sqlstate", None)
    return f"{name} ({code})" if isinstance(code, str) else name


def _short(filename: str) -> str:
    path = Path(filename)
    for place in (_PACKAGES, *map(Path, sys.path)):
        if path.is_relative_to(place) and place != Path():
            return str(path.relative_to(place))
    return path.name
