"""Change a value in the text of a document, and leave every other character as it is.

Comments, order, quotation marks and line breaks are somebody's work: so a document is not written
anew. After each change the text is read again, and is refused if it says anything else than was
meant.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from rexian.standard.domain.editing.yaml_places import (
    NotEditable,
    Path,
    end_of,
    line_end,
    line_start,
    locate,
    plain,
    start_of,
)
from rexian.standard.domain.editing.yaml_words import written, written_item, written_like
from rexian.standard.domain.pack.documents import Fault

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def set_value(text: str, path: Path, value: Any) -> str:
    """Put a plain value in the place of the one at a path, or add it under a new name."""

    def meant(root: Any) -> None:
        _at(root, path[:-1])[path[-1]] = value

    return _edited(text, lambda one: _set(one, path, value), meant)


def set_lines(text: str, path: Path, lines: Sequence[str]) -> str:
    """Make a list of texts hold these; what stays in it keeps its place and its comments."""

    def meant(root: Any) -> None:
        _at(root, path[:-1])[path[-1]] = list(lines)

    return _edited(text, lambda one: _set_lines(one, path, list(lines)), meant)


def add_item(text: str, path: Path, value: Any) -> str:
    """Add a value at the end of the list at a path."""

    def meant(root: Any) -> None:
        _at(root, path).append(value)

    return _edited(text, lambda one: _insert(one, path, _count(one, path), value), meant)


def remove_item(text: str, path: Path) -> str:
    """Remove an item of a list, or an entry of a mapping."""

    def meant(root: Any) -> None:
        del _at(root, path[:-1])[path[-1]]

    return _edited(text, lambda one: _remove(one, path), meant)


def _edited(text: str, edit: Callable[[str], str], meant: Callable[[Any], None]) -> str:
    """Return the edited text, once it is seen to say what is meant and nothing else."""
    body = text.removeprefix(_BOM)
    expected = copy.deepcopy(plain(body))
    try:
        meant(expected)
        made = edit(body)
        if plain(made) == expected:
            return text[: len(text) - len(body)] + made
    except NotEditable:
        raise
    except (yaml.YAMLError, Fault, LookupError, TypeError, AttributeError):
        pass  # there is no such place, or what came of it is no document
    raise NotEditable("this is written in a way that only the source can be edited")


def _at(root: Any, path: Path) -> Any:
    for step in path:
        root = root[step]
    return root


def _count(text: str, path: Path) -> int:
    node = locate(text, path).node
    if not isinstance(node, yaml.SequenceNode):
        raise NotEditable("a list was expected here")
    return len(node.value)


def _set(text: str, path: Path, value: Any) -> str:
    parent = locate(text, path[:-1]).node
    if isinstance(parent, yaml.MappingNode) and path[-1] not in [k.value for k, _ in parent.value]:
        return _add_entry(text, parent, str(path[-1]), value)
    found = locate(text, path)
    start, end = start_of(found.node), end_of(text, found.node)
    if isinstance(found.node, yaml.CollectionNode) and not found.node.flow_style and found.key:
        start = end_of(text, found.key) + 1
        return f"{text[:start]} {written(value)}{text[end:]}"
    if start == end:
        return f"{text[:start].rstrip(' ')} {written(value)}{text[end:]}"
    return text[:start] + written_like(value, found.node, _indent(found.key)) + text[end:]


def _indent(key: yaml.Node | None) -> int:
    return int(key.start_mark.column) + 2 if key is not None else 2


def _add_entry(text: str, mapping: yaml.MappingNode, name: str, value: Any) -> str:
    entry = f"{written(name)}: {written(value)}"
    end = end_of(text, mapping)
    if mapping.flow_style:
        inner = end_of(text, mapping.value[-1][1]) if mapping.value else end - 1
        return f"{text[:inner]}{', ' if mapping.value else ''}{entry}{text[inner:]}"
    if not mapping.value:
        raise NotEditable("this mapping is empty")
    column = int(mapping.value[0][0].start_mark.column)
    return _with_lines(text, line_end(text, end), f"{' ' * column}{entry}\n")


def _with_lines(text: str, at: int, lines: str) -> str:
    """Put whole lines between two lines of a text, which may end without an end of line."""
    before = text[:at]
    return before + ("\n" if before and not before.endswith("\n") else "") + lines + text[at:]


def _set_lines(text: str, path: Path, lines: list[str]) -> str:
    parent = locate(text, path[:-1]).node
    if isinstance(parent, yaml.MappingNode) and path[-1] not in [k.value for k, _ in parent.value]:
        return _set(text, path, lines)
    node = locate(text, path).node
    if not isinstance(node, yaml.SequenceNode) or not lines or not node.value:
        return _set(text, path, lines)
    known = [str(one) for one in _at(plain(text), path)]
    steps = SequenceMatcher(None, known, lines, autojunk=False).get_opcodes()
    for kind, begin, end, first, last in reversed(steps):
        if kind != "equal":
            text = _exchange(text, path, range(begin, end), lines[first:last])
    return text


def _exchange(text: str, path: Path, old: range, new: Sequence[str]) -> str:
    """Let some items of a list be others: written over, then the rest added or removed."""
    both = min(len(old), len(new))
    for number, line in zip(old, new, strict=False):
        text = _set(text, (*path, number), line)
    for line in reversed(new[both:]):
        text = _insert(text, path, old.start + both, line)
    for number in reversed(old[both:]):
        text = _remove(text, (*path, number))
    return text


def _insert(text: str, path: Path, number: int, value: Any) -> str:
    """Put an item before the ``number``-th of a list, or behind the last."""
    node = locate(text, path).node
    if not isinstance(node, yaml.SequenceNode):
        raise NotEditable("a list was expected here")
    items = node.value
    if node.flow_style or not items:
        return _insert_in_flow(text, node, number, value)
    indent = int(node.start_mark.column)
    if number < len(items):
        at = line_start(text, start_of(items[number]))
    else:
        at = line_end(text, end_of(text, items[-1]))
    return _with_lines(text, at, written_item(value, indent))


def _insert_in_flow(text: str, node: yaml.Node, number: int, value: Any) -> str:
    items = node.value
    if number < len(items):
        at = start_of(items[number])
        return f"{text[:at]}{written(value)}, {text[at:]}"
    at = end_of(text, items[-1]) if items else start_of(node) + 1
    return f"{text[:at]}{', ' if items else ''}{written(value)}{text[at:]}"


def _remove(text: str, path: Path) -> str:
    found = locate(text, path)
    parent = found.parent
    if not isinstance(parent, yaml.CollectionNode):
        raise NotEditable("the whole document is not removed")
    if len(parent.value) == 1:
        return _set(text, path[:-1], {} if found.key else [])
    first = found.key if found.key is not None else found.node
    if parent.flow_style:
        return _remove_from_flow(text, parent, path[-1], first, found.node)
    begin, end = line_start(text, start_of(first)), line_end(text, end_of(text, found.node))
    if text[begin : start_of(first)].strip(" -") or (
        found.key is not None and "-" in text[begin : start_of(first)]
    ):
        raise NotEditable("this shares its line with something else")
    return text[:begin] + text[end:]


def _remove_from_flow(
    text: str, parent: yaml.Node, step: str | int, first: yaml.Node, node: yaml.Node
) -> str:
    if isinstance(step, int):
        spans = [(start_of(one), end_of(text, one)) for one in parent.value]
    else:
        spans = [(start_of(key), end_of(text, one)) for key, one in parent.value]
    number = spans.index((start_of(first), end_of(text, node)))
    if number == 0:
        return text[: spans[0][0]] + text[spans[1][0] :]
    return text[: spans[number - 1][1]] + text[spans[number][1] :]
