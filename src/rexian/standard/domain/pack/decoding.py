"""Turn nodes into the dataclasses of the schema, by their type hints.

A class that reads itself from a node (a condition, a span of time) offers ``from_node``.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from rexian.standard.domain.pack.documents import Fault, Node, Place

T = TypeVar("T")

_SPAN = re.compile(r"^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)$")
_SPAN_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def decode(node: Node, kind: type[T], what: str) -> T:
    """Read ``node`` as a ``kind``; raise ``Fault`` at the line where it does not fit."""
    return cast("T", _decode(node, kind, what))


def _decode(node: Node, kind: Any, what: str) -> Any:
    if "from_node" in getattr(kind, "__dict__", {}):
        return kind.from_node(node)
    read = _READERS.get(get_origin(kind))
    if read is not None:
        return read(node, kind, what)
    return (
        _decode_record(node, kind, what) if is_dataclass(kind) else _decode_scalar(node, kind, what)
    )


def _decode_optional(node: Node, kind: Any, what: str) -> Any:
    options = [option for option in get_args(kind) if option is not type(None)]
    if node.value is None and len(options) < len(get_args(kind)):
        return None
    if len(options) > 1:
        return _decode_scalar(node, tuple(options), what)
    return _decode(node, options[0], what)


def _decode_tuple(node: Node, kind: Any, what: str) -> tuple[Any, ...]:
    """Read a list; a single value may stand for a list of one."""
    nodes = node.value if isinstance(node.value, list) else [node]
    return tuple(_decode(one, get_args(kind)[0], what) for one in nodes)


def _decode_mapping(node: Node, kind: Any, what: str) -> dict[str, Any]:
    value_kind = get_args(kind)[1]
    return {name: _decode(one, value_kind, name) for name, one in node.entries(what).items()}


def _decode_literal(node: Node, kind: Any, what: str) -> str:
    value, known = str(node.scalar()), get_args(kind)
    if value not in known:
        listed = ", ".join(known)
        reason = f"{what} is one of {listed}, not {value!r}{suggest(value, known)}"
        raise Fault(node.place, reason)
    return value


_READERS: dict[Any, Callable[[Node, Any, str], Any]] = {
    Union: _decode_optional,
    types.UnionType: _decode_optional,
    tuple: _decode_tuple,
    Mapping: _decode_mapping,
    Literal: _decode_literal,
}


def _decode_scalar(node: Node, kind: Any, what: str) -> Any:
    value = node.scalar()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decode_choice(value, kind, node.place, what)
    if kind is timedelta:
        return _decode_span(value, node.place, what)
    if kind is Any or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
        return value
    if kind in (float, str) and isinstance(value, (int, float)) and not isinstance(value, bool):
        return kind(value)
    wanted = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    raise Fault(node.place, f"{what} must be {wanted.get(kind, 'a plain value')}, not {value!r}")


def _decode_choice(value: object, kind: type[Enum], place: Place, what: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = [str(one.value) for one in kind]
        reason = f"{what} is one of {', '.join(known)}, not {value!r}{suggest(str(value), known)}"
        raise Fault(place, reason) from None


def _decode_span(value: object, place: Place, what: str) -> timedelta:
    span = span_of(value)
    if span is None:
        raise Fault(place, f"{what} must be a span of time such as 5s, 30min, 2h or 1d")
    return span


def span_of(value: object) -> timedelta | None:
    """Return the span of time that is written (5s, 30min, 2h, 1d), if one is."""
    match = _SPAN.match(str(value))
    return float(match[1]) * _SPAN_UNITS[match[2]] if match else None


def _decode_record(node: Node, kind: Any, what: str) -> Any:
    entries = dict(node.entries(what))
    hints, known = _shape(kind)
    for name, entry in entries.items():
        if name not in known:
            raise Fault(entry.place, f"{what} knows no {name!r}{suggest(name, known)}")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in entries:
            values[field.name] = _decode(entries[name], hints[field.name], name)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Fault(node.place, f"{what} needs {name!r}")
    if "place" in hints:
        values["place"] = node.place
    return kind(**values)


@cache
def _shape(kind: Any) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    """Return the type hints of a record and its fields by the name that YAML gives them."""
    known = {
        str(field.metadata.get("name", field.name)): field
        for field in fields(kind)
        if field.name != "place"
    }
    return get_type_hints(kind), known


def suggest(name: str, known: Any) -> str:
    """Return ``; did you mean 'x'?`` where a known name is close, else an empty text."""
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
