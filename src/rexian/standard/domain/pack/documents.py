"""YAML with its lines: every value knows the file and line where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from rexian.kernel.errors import Invalid

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file (relative to the folder of its pack), a line counted from 1, and the folder's name."""

    file: str = ""
    line: int = 0
    pack: str = ""

    def __str__(self) -> str:
        return f"{self.pack}/{self.file}:{self.line}" if self.pack else f"{self.file}:{self.line}"

    def __bool__(self) -> bool:
        """Say whether this is a place at all."""
        return bool(self.file)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document: a scalar, a list of nodes, or a mapping of names to nodes."""

    value: Any
    place: Place

    def entries(self, what: str) -> dict[str, Node]:
        """Return the mapping that this node must be."""
        if not isinstance(self.value, dict):
            raise Fault(self.place, f"{what} must be a mapping of names to values")
        return self.value

    def elements(self, what: str) -> list[Node]:
        """Return the list that this node must be."""
        if not isinstance(self.value, list):
            raise Fault(self.place, f"{what} must be a list")
        return self.value

    def scalar(self) -> Any:
        """Return the scalar that this node must be."""
        if isinstance(self.value, (dict, list)):
            raise Fault(self.place, "a single value was expected here")
        return self.value


class Written(str):
    """A text that knows where it was written."""

    __slots__ = ("place",)

    place: Place

    @classmethod
    def from_node(cls, node: Node) -> Written:
        """Take the text of a scalar."""
        if node.scalar() is None:
            raise Fault(node.place, "a text was expected here")
        written = cls(node.value)
        written.place = node.place
        return written


class Fault(Invalid):
    """Something wrong at a place of a pack."""

    code = "pack-fault"

    def __init__(self, place: Place, reason: str, *, rule: str = "") -> None:
        self.place, self.reason, self.rule = place, reason, rule
        subject = f"{rule}: " if rule else ""
        super().__init__(f"{place}: {subject}{reason}", file=place.file, line=place.line)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a fault travel between processes whole."""
        return _fault, (self.place, self.reason, self.rule)


def _fault(place: Place, reason: str, rule: str) -> Fault:
    return Fault(place, reason, rule=rule)


def parse(text: str, file: str, pack: str = "") -> Node:
    """Read one document; raise ``Fault`` with its line where it is no YAML or repeats a name."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Fault(Place(file, line, pack), f"this is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise Fault(
            Place(file, line, pack), "this is no YAML: a character has no place in it"
        ) from error
    start = Place(file, 1, pack)
    return Node({}, start) if root is None else _convert(root, start, 0)


def _convert(node: yaml.Node, document: Place, depth: int) -> Node:
    place = _place(node, document)
    if depth > MAX_DEPTH:
        raise Fault(place, f"this is nested more than {MAX_DEPTH} deep")
    if isinstance(node, yaml.MappingNode):
        return Node(_convert_mapping(node, document, depth), place)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(child, document, depth + 1) for child in node.value], place)
    return Node(_scalar(node), place)


def _convert_mapping(node: yaml.MappingNode, document: Place, depth: int) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        name = str(_scalar(key)) if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            raise Fault(_place(key, document), "a name was expected here")
        if name in entries:
            raise Fault(_place(key, document), f"{name!r} stands here a second time")
        entries[name] = _convert(value, document, depth + 1)
    return entries


def _place(node: yaml.Node, document: Place) -> Place:
    return Place(document.file, node.start_mark.line + 1, document.pack)


def _scalar(node: yaml.Node) -> Any:
    """Read a scalar; words that YAML 1.1 takes for truth (yes, no, on, off) stay words."""
    text = node.value
    if node.tag == "tag:yaml.org,2002:bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    if node.tag == "tag:yaml.org,2002:int" and text.lstrip("-").isdigit():
        return int(text) if len(text) <= _LONGEST_NUMBER else text
    if node.tag == "tag:yaml.org,2002:float":
        try:
            return float(text)
        except ValueError:
            return text
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return text
