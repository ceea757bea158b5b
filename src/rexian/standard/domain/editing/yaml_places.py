"""Where a value stands in the text of a document, so that it can be changed and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.pack.documents import parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]
"""The way to a value: names in mappings, numbers (from 0) in lists."""


MOST_ALIASES = 20
"""More of them in a file could multiply into more than a machine can hold."""


class TooManyAliases(Invalid):
    """A file that refers to itself so often that it could swell beyond all measure (422)."""

    code = "standard-too-many-aliases"


def refuse_swelling(text: str) -> None:
    """Raise ``TooManyAliases`` for a text that nobody should try to read whole."""
    try:
        events = yaml.parse(text, Loader=_Loader)
        if sum(isinstance(one, yaml.AliasEvent) for one in events) > MOST_ALIASES:
            raise TooManyAliases(
                mark("The file has more than {count} aliases."), count=MOST_ALIASES
            )
    except (yaml.YAMLError, RecursionError):
        return  # what is no YAML is told with its line where it is read


class NotEditable(Invalid):
    """What is written in a way that only a person can change, in the source itself (422)."""

    code = "standard-not-editable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            mark("This is written in a way that a form cannot change: edit the source."),
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class Located:
    """A node, and the key and the collection in which it stands."""

    node: yaml.Node
    key: yaml.Node | None
    parent: yaml.Node | None


def compose(text: str) -> yaml.Node:
    """Return the root of a document that can be read."""
    root = yaml.compose(text, Loader=_Loader)
    if root is None:
        raise NotEditable("this document is empty")
    return root


def locate(text: str, path: Path) -> Located:
    """Return what stands at a path; raise ``NotEditable`` where nothing does."""
    found = Located(compose(text), None, None)
    for step in path:
        found = _step(found.node, step)
    return found


def holds(text: str, path: Path) -> bool:
    """Tell whether something stands at a path."""
    try:
        locate(text, path)
    except NotEditable:
        return False
    return True


def _step(node: yaml.Node, step: str | int) -> Located:
    if isinstance(node, yaml.MappingNode) and isinstance(step, str):
        for key, value in node.value:
            if key.value == step:
                return Located(value, key, node)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return Located(node.value[step], None, node)
    raise NotEditable(f"there is nothing called {step!r} here")


def start_of(node: yaml.Node) -> int:
    """Return the index of a node's first character."""
    return int(node.start_mark.index)


def end_of(text: str, node: yaml.Node) -> int:
    """Return the index after a node's last character, without the space and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(last, tuple) else last)
    start, end = start_of(node), int(node.end_mark.index)
    return start + len(text[start:end].rstrip()) if end > start else end


def line_start(text: str, index: int) -> int:
    """Return the index at which the line of ``index`` begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Return the index behind the line of ``index``, its end of line included."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def plain(text: str) -> Any:
    """Return a document as plain values, read as packs are read."""
    return _plain(parse(text, "", ""))


def _plain(node: Any) -> Any:
    value = node.value
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
