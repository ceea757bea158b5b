"""YAML with its lines: every value knows the file and line where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from rexian.kernel.errors import Invalid

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file (relative to its pack) and a line, counted from 1."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


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


class Fault(Invalid):
    """Something wrong at a place of a pack."""

    code = "pack-fault"

    def __init__(self, place: Place, reason: str, *, rule: str = "") -> None:
        self.place, self.reason, self.rule = place, reason, rule
        subject = f"{rule}: " if rule else ""
        super().__init__(f"{place}: {subject}{reason}", file=place.file, line=place.line)


def parse(text: str, file: str) -> Node:
    """Read one document; raise ``Fault`` with its line where it is no YAML or repeats a name."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Fault(Place(file, line), f"this is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise Fault(Place(file, 1), f"this is no YAML: {error}") from error
    if root is None:
        return Node({}, Place(file, 1))
    return _convert(root, file, 0)


def _convert(node: yaml.Node, file: str, depth: int) -> Node:
    place = Place(file, node.start_mark.line + 1)
    if depth > MAX_DEPTH:
        raise Fault(place, f"this is nested more than {MAX_DEPTH} deep")
    if isinstance(node, yaml.MappingNode):
        return Node(_convert_mapping(node, file, depth), place)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(child, file, depth + 1) for child in node.value], place)
    return Node(_scalar(node), place)


def _convert_mapping(node: yaml.MappingNode, file: str, depth: int) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        name = str(_scalar(key)) if isinstance(key, yaml.ScalarNode) else ""
        place = Place(file, key.start_mark.line + 1)
        if not name:
            raise Fault(place, "a name was expected here")
        if name in entries:
            raise Fault(place, f"{name!r} stands here a second time")
        entries[name] = _convert(value, file, depth + 1)
    return entries


def _scalar(node: yaml.Node) -> Any:
    """Read a scalar; words that YAML 1.1 takes for truth (yes, no, on, off) stay words."""
    text = node.value
    if node.tag == "tag:yaml.org,2002:bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    if node.tag == "tag:yaml.org,2002:int" and text.lstrip("-").isdigit():
        return int(text)
    if node.tag == "tag:yaml.org,2002:float":
        try:
            return float(text)
        except ValueError:
            return text
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return text
