"""A description's fields, read one by one so that an error names the field it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.language import mark

T = TypeVar("T")
D = TypeVar("D")


class Fields:
    """The fields of a mapping, of which only ``known`` ones are allowed."""

    def __init__(self, described: object, known: tuple[str, ...]) -> None:
        self._values = mapping(described)
        for name in self._values:
            if name not in known:
                message = mark("There is no such field; there are {known}.")
                raise BadCalendar(message, field=str(name), known=", ".join(known))

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def read(self, name: str, reader: Callable[[Any], T], default: D) -> T | D:
        """Return the field as ``reader`` reads it, or the default if it is absent or empty."""
        return within(name, reader, self._values[name]) if name in self else default

    def need(self, name: str, reader: Callable[[Any], T]) -> T:
        """Return the field as ``reader`` reads it, or raise if it is absent or empty."""
        if name not in self:
            raise BadCalendar(mark("This field is missing."), field=name)
        return within(name, reader, self._values[name])


def within(field: str, reader: Callable[[Any], T], value: Any) -> T:
    """Return what the reader makes of a value; an error it raises is one about ``field``."""
    try:
        return reader(value)
    except BadCalendar as error:
        raise error.inside(field) from None


def mapping(value: object) -> Mapping[Any, Any]:
    """Return the value if it is a mapping."""
    if not isinstance(value, Mapping):
        raise BadCalendar(mark("{value} is no set of fields."), value=repr(value))
    return value


def each(reader: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """Return a reader of lists that reads every element with ``reader``."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise BadCalendar(mark("{value} is no list."), value=repr(value))
        return tuple(within(f"[{number}]", reader, one) for number, one in enumerate(value))

    return read


def text(value: object) -> str:
    """Return the value if it is a text."""
    if not isinstance(value, str):
        raise BadCalendar(mark("{value} is no text."), value=repr(value))
    return value.strip()


def one_of(choices: Mapping[str, T]) -> Callable[[object], T]:
    """Return a reader that knows only these words."""

    def read(value: object) -> T:
        found = choices.get(str(value).strip().lower())
        if found is None:
            message = mark("{value} is none of {choices}.")
            raise BadCalendar(message, value=repr(value), choices=", ".join(choices))
        return found

    return read
