"""What of an element is changed in a form: its texts, words, spans and numbers, each by its path.

Conditions are structure and stay with the source; the phrases and figures in them are fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rexian.standard.domain.editing.elements import Element, text_at
from rexian.standard.domain.editing.spans import is_span
from rexian.standard.domain.editing.yaml_places import Path
from rexian.standard.domain.pack.documents import Node


class Kind(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    LINES = "lines"
    SPAN = "span"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an element: where it stands, and as what it is shown.

    ``group`` are the parts around it (``words``, 喂, ``excuses``, 1), ``parameter`` the one that
    stands in its place: then it is that parameter's value which is changed. ``qualifier`` is the
    language, class or channel that one value among several is for, or outcome and language.
    """

    path: Path
    kind: Kind
    label: str
    qualifier: str
    group: tuple[str, ...]
    value: str | tuple[str, ...]
    parameter: str = ""
    is_example: bool = False

    @property
    def name(self) -> str:
        """The path as one word, as a form names it."""
        return "/".join(map(str, self.path))


_TEXTS = frozenset({"title", "text", "how", "why", "sense", "starts", "public", "reason"})
_LINES = frozenset(
    {
        *("say", "midway", "never_say", "phrase", "not_inside", "reported", "corrections"),
        *("titles", "synonyms", "marks", "windows", "fatal", "gives", "others"),
    }
)
_SPANS = frozenset(
    {"within", "warn", "hang_up_after", "tolerance", "silence", "same_breath", "min_speech"}
)
_NUMBERS = frozenset(
    {"at_least", "at_most", "weight", "share", "attempts", "rounds", "near", "gap", "rank"}
)
_BY_NAME = {"by_class": Kind.SPAN, "by_customer": Kind.SPAN, "unanswered": Kind.SPAN}
_IN_EXAMPLE = 3
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_PARAMETER = re.compile(r"^\$\{([a-z][a-z0-9_]*)\}$")
_ONLY = {"flows": ("title", "clocks"), "forms": ("title", "first", "fields")}
"""Of long elements what forms change; the moves of a flow are its source's."""


def fields_of(element: Element, values: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of an element, in its own order; ``values`` are those of parameters."""
    entries = element.node.value if isinstance(element.node.value, dict) else {}
    only = _ONLY.get(element.section)
    return tuple(
        one
        for name, node in entries.items()
        if only is None or name in only
        for one in _Walk(element.section, values).entry(name, node, (), ())
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    section: str
    values: Mapping[str, Any]

    def entry(self, name: str, node: Node, path: Path, group: tuple[str, ...]) -> Iterator[Field]:
        """Yield the fields of what a mapping has under a name."""
        here = (*path, name)
        kind = _kind(name, node, here)
        if path[:1] == ("examples",) and name == "facts":
            return
        if kind is not None:
            yield self._field(kind, name, "", node, here, group)
        elif name in _BY_NAME or name in _TEXTS or name == "say_in":
            yield from self._by_name(name, node, here, group)
        elif isinstance(node.value, dict):
            yield from self._mapping(node, here, (*group, name))
        elif isinstance(node.value, list):
            yield from self._list(node, here, (*group, name))

    def _mapping(self, node: Node, path: Path, group: tuple[str, ...]) -> Iterator[Field]:
        for name, one in node.value.items():
            yield from self.entry(name, one, path, group)

    def _list(self, node: Node, path: Path, group: tuple[str, ...]) -> Iterator[Field]:
        for number, one in enumerate(node.value):
            if isinstance(one.value, dict):
                yield from self._mapping(one, (*path, number), (*group, _called(one, number)))

    def _by_name(
        self, name: str, node: Node, path: Path, group: tuple[str, ...]
    ) -> Iterator[Field]:
        """Yield a field for each language, class or channel."""
        if not isinstance(node.value, dict):
            return
        for key, one in node.value.items():
            here = (*path, key)
            if name == "say_in":
                yield self._field(Kind.LINES, name, key, one, here, group)
            elif isinstance(one.value, dict):
                yield from self._by_outcome(name, key, one, here, (*group, name))
            elif not isinstance(one.value, list):
                yield self._field(_BY_NAME.get(name, Kind.TEXT), name, key, one, here, group)

    def _by_outcome(
        self, name: str, outcome: str, node: Node, path: Path, group: tuple[str, ...]
    ) -> Iterator[Field]:
        """Yield the texts of a reason: for each outcome one in each language."""
        for language, one in node.value.items():
            qualifier, here = f"{outcome}/{language}", (*path, language)
            yield self._field(Kind.TEXT, name, qualifier, one, here, group)

    def _field(
        self, kind: Kind, label: str, qualifier: str, node: Node, path: Path, group: tuple[str, ...]
    ) -> Field:
        parameter = _parameter(node)
        value = self.values.get(parameter, "") if parameter else _value(kind, node)
        held = value if isinstance(value, tuple) else _shown(value)
        if kind in (Kind.SPAN, Kind.NUMBER) and isinstance(held, str):
            kind = _figure(held)
        is_example = path[0] == "examples"
        label = f"example-{label}" if is_example and len(path) == _IN_EXAMPLE else label
        return Field(path, kind, label, qualifier, group, held, parameter, is_example)


def _kind(name: str, node: Node, path: Path) -> Kind | None:
    """Return the kind of a value that is a field by itself."""
    is_list = isinstance(node.value, list)
    if isinstance(node.value, dict) or (is_list and not _are_texts(node)):
        return None
    if name in _LINES or path[0] == "examples":
        return Kind.LINES
    if is_list:
        return None
    if name in _SPANS or (name == "after" and not isinstance(node.value, list)):
        return Kind.SPAN
    if name in _NUMBERS:
        return Kind.NUMBER
    return Kind.TEXT if name in _TEXTS or name == "word" else None


def _figure(text: str) -> Kind:
    """Return what a figure is by what stands there: a span and a number may have the same name."""
    if _NUMBER.match(text):
        return Kind.NUMBER
    return Kind.SPAN if not text or is_span(text) else Kind.TEXT


def _are_texts(node: Node) -> bool:
    return not any(isinstance(one.value, (dict, list)) for one in node.value)


def _value(kind: Kind, node: Node) -> str | tuple[str, ...]:
    if kind is Kind.LINES:
        nodes = node.value if isinstance(node.value, list) else [node]
        return tuple(_shown(one.value) for one in nodes)
    return _shown(node.value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _parameter(node: Node) -> str:
    found = _PARAMETER.match(node.value) if isinstance(node.value, str) else None
    return found[1] if found else ""


def _called(node: Node, number: int) -> str:
    """Return what an item of a list is called: by its word, its title, its id, else its number."""
    titled = node.value.get("title") or node.value.get("label")
    title = text_at(titled, "zh") if titled is not None else ""
    return text_at(node, "word") or title or text_at(node, "id") or str(number + 1)
