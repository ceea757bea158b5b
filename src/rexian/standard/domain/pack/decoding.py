"""Turn nodes into the dataclasses of the schema, by their type hints.

A class that reads itself from a node (a condition, a span of time) offers ``from_node``.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

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
    origin = get_origin(kind)
    if "from_node" in getattr(kind, "__dict__", {}):
        return kind.from_node(node)
    if origin in (Union, types.UnionType):
        return _decode_optional(node, kind, what)
    if origin is tuple:
        return _decode_tuple(node, get_args(kind), what)
    if origin in (Mapping, dict):
        value_kind = get_args(kind)[1]
        items = node.entries(what).items()
        return {name: _decode(value, value_kind, f"{what}.{name}") for name, value in items}
    if is_dataclass(kind):
        return _decode_record(node, kind, what)
    return _decode_scalar(node, kind, what)


def _decode_optional(node: Node, kind: Any, what: str) -> Any:
    options = [option for option in get_args(kind) if option is not type(None)]
    if node.value is None and len(options) < len(get_args(kind)):
        return None
    if len(options) > 1:
        return _decode_scalar(node, tuple(options), what)
    return _decode(node, options[0], what)


def _decode_tuple(node: Node, args: tuple[Any, ...], what: str) -> tuple[Any, ...]:
    """Read a list; a single value may stand for a list of one."""
    nodes = node.value if isinstance(node.value, list) else [node]
    return tuple(_decode(one, args[0], what) for one in nodes)


def _decode_scalar(node: Node, kind: Any, what: str) -> Any:
    value = node.scalar()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decode_choice(value, kind, node.place, what)
    if kind is timedelta:
        return _decode_span(value, node.place, what)
    if kind is Any or isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    if kind is float and isinstance(value, int):
        return float(value)
    if kind is str and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    wanted = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    raise Fault(node.place, f"{what} must be {wanted.get(kind, 'a plain value')}, not {value!r}")


def _decode_choice(value: object, kind: type[Enum], place: Place, what: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(one.value) for one in kind)
        raise Fault(place, f"{what} is one of {known}, not {value!r}") from None


def _decode_span(value: object, place: Place, what: str) -> timedelta:
    match = _SPAN.match(str(value))
    if not match:
        raise Fault(place, f"{what} must be a span of time such as 5s, 30min, 2h or 1d")
    return float(match[1]) * _SPAN_UNITS[match[2]]


def _decode_record(node: Node, kind: Any, what: str) -> Any:
    entries = dict(node.entries(what))
    hints, known = _shape(kind)
    for name, entry in entries.items():
        if name not in known:
            raise Fault(entry.place, f"{what} knows no {name!r}{suggest(name, known)}")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in entries:
            values[field.name] = _decode(entries[name], hints[field.name], f"{what}.{name}")
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
