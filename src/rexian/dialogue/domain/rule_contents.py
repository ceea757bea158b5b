"""What a rule judges by, as a short sign: as long as it is the same, the rule is the same.

Versions of a standard come and go, and most of their rules stay as they were. What inspectors have
said of a rule is said of its content: of the rule, and of the acts and deadlines that it rests on.
Titles, reasons and examples are none of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from typing import Any

from rexian.standard.domain.pack.conditions import Act, Promised
from rexian.standard.domain.standards import Standard

SIGN = 16
"""How many characters a sign has."""

_NOT_JUDGED_BY = frozenset({"place", "examples", "title", "why"})


@lru_cache(maxsize=32)
def rule_contents(standard: Standard) -> Mapping[str, str]:
    """Return the sign of each rule of a standard by the rule's id."""
    sections = standard.pack.sections
    named: dict[tuple[str, str], Any] = {("act", one.id): one for one in sections.acts}
    named |= {("deadline", one.id): one for one in sections.deadlines}
    return {rule.id: _sign(rule, named) for rule in standard.pack.rules()}


def _sign(rule: object, named: Mapping[tuple[str, str], Any]) -> str:
    """Return the sign of a rule together with all that it names, and what that names in turn."""
    told = [_plain(rule)]
    known: set[tuple[str, str]] = set()
    left = sorted(_names_in(rule))
    while left:
        name = left.pop()
        if name in known or name not in named:
            continue
        known.add(name)
        left += sorted(_names_in(named[name]))
    told += [[*name, _plain(named[name])] for name in sorted(known)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:SIGN]


def _plain(value: Any) -> Any:
    """Return a value of a pack as JSON knows it; what is as by default is left out.

    So a program that knows one more setting does not make another rule of every rule.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        kept = ((one.name, getattr(value, one.name), one) for one in fields(value))
        told = {name: _plain(it) for name, it, one in kept if _counts(one, it)}
        return [type(value).__name__, told]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _counts(one: Field[Any], value: Any) -> bool:
    if one.name in _NOT_JUDGED_BY:
        return False
    if one.default_factory is not MISSING:
        return bool(value != one.default_factory())
    return bool(one.default is MISSING or value != one.default)


def _names_in(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the acts and deadlines that an element of a pack rests on."""
    if isinstance(value, Act):
        yield "act", value.name
    elif isinstance(value, Promised):
        yield "deadline", value.deadline
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _names_in(one)
    elif isinstance(value, Mapping):
        yield from _names_in(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name not in _NOT_JUDGED_BY:
                yield from _names_in(getattr(value, each.name))
        promised = getattr(value, "promised_by", ""), getattr(value, "retold_by", "")
        yield from (("act", name) for name in promised if isinstance(name, str) and name)
