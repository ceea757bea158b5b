"""What one standard says and another does not: by clause, element and part, and as source.

Both are read as they hold: bases and own elements together, parameters filled in. Lists of texts
are compared by what was added and removed; lists of parts by their ids or words, never by number.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.elements import Element, text_at
from rexian.standard.domain.editing.hanging import held_elements
from rexian.standard.domain.pack.documents import Node, parse
from rexian.standard.domain.pack.sources import MANIFEST

MANIFEST_SECTION = "manifest"
_LANGUAGES: Mapping[str, str] = {"zh": "zh-Hans"}


class Sort(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of an element that is another: ``path`` names it, by keys, ids and words.

    For a list of texts ``old`` and ``new`` are only those that went and came.
    """

    path: tuple[str, ...]
    sort: Sort
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementChange:
    """An element that was added, removed or changed, and the clause it is about, if any."""

    section: str
    element: str
    clause: str
    sort: Sort
    title: Mapping[str, str]
    parts: tuple[PartChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A parameter that has another value; ``None`` where the standard has none of that name."""

    name: str
    title: Mapping[str, str]
    clause: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file whose text is another, as a unified difference in lines."""

    pack: str
    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two standards; ``clauses`` in the order of the newer one."""

    parameters: tuple[ParameterChange, ...]
    clauses: Mapping[str, tuple[ElementChange, ...]]
    others: tuple[ElementChange, ...]
    files: tuple[FileChange, ...]

    def __bool__(self) -> bool:
        """Say whether anything differs at all."""
        return bool(self.parameters or self.clauses or self.others or self.files)


def compare(old: Content, new: Content) -> Comparison:
    """Return what differs between two standards that may be unsound."""
    changes = tuple(_elements(old, new))
    order = {
        one.id: n for n, one in enumerate(held_elements(new).values()) if one.section == "clauses"
    }
    cited = sorted({one.clause for one in changes if one.clause}, key=lambda c: order.get(c, 1e6))
    return Comparison(
        tuple(_parameters(old, new)),
        {clause: tuple(one for one in changes if one.clause == clause) for clause in cited},
        tuple(one for one in changes if not one.clause),
        tuple(_files(old, new)),
    )


def _parameters(old: Content, new: Content) -> Iterator[ParameterChange]:
    before, after = old.values, new.values
    known = {**old.known_parameters, **new.known_parameters}
    for name, one in known.items():
        if before.get(name) != after.get(name):
            yield ParameterChange(
                name, dict(one.title), one.clause, before.get(name), after.get(name)
            )


def _elements(old: Content, new: Content) -> Iterator[ElementChange]:
    before, after = held_elements(old), held_elements(new)
    for key in dict.fromkeys((*before, *after)):
        gone, come = before.get(key), after.get(key)
        if gone is None and come is not None:
            yield _change(come, Sort.ADDED)
        elif come is None and gone is not None:
            yield _change(gone, Sort.REMOVED)
        elif gone is not None and come is not None:
            parts = tuple(_parts((), _plain(gone, old.values), _plain(come, new.values)))
            if parts:
                yield replace(_change(come, Sort.CHANGED), parts=parts)
    yield from _manifests(old, new)


def _change(element: Element, sort: Sort) -> ElementChange:
    return ElementChange(element.section, element.id, element.clause, sort, _title(element.node))


def _title(node: Node) -> Mapping[str, str]:
    entries = node.value if isinstance(node.value, dict) else {}
    held = entries.get("title") or entries.get("text")
    if held is None or isinstance(held.value, list):
        return {}
    if not isinstance(held.value, dict):
        return {"zh-Hans": str(held.value)}
    return {_LANGUAGES.get(key, key): str(one.value) for key, one in held.value.items()}


def _manifests(old: Content, new: Content) -> Iterator[ElementChange]:
    """Yield what the own manifest says differently: name, title, what it builds on, overrides."""
    wanted = ("name", "version", "title", "extends", "overrides")
    before, after = (
        {name: one for name, one in _manifest(held).items() if name in wanted}
        for held in (old, new)
    )
    parts = tuple(_parts((), before, after))
    if parts:
        title = dict(new.own.manifest.title)
        yield ElementChange(MANIFEST_SECTION, new.own.manifest.name, "", Sort.CHANGED, title, parts)


def _manifest(content: Content) -> dict[str, Any]:
    own = content.own
    read = _values(parse(own.files[MANIFEST], MANIFEST, own.name), {})
    return read if isinstance(read, dict) else {}


def _plain(element: Element, values: Mapping[str, Any]) -> Any:
    return _values(element.node, {f"${{{name}}}": one for name, one in values.items()})


def _values(node: Node, filled: Mapping[str, Any]) -> Any:
    """Return a node as plain values; a list of parts is a mapping by what tells them apart."""
    if isinstance(node.value, dict):
        return {name: _values(one, filled) for name, one in node.value.items()}
    if not isinstance(node.value, list):
        value = node.value
        return filled.get(value, value) if isinstance(value, str) else value
    if not any(isinstance(one.value, dict) for one in node.value):
        return tuple(str(_values(one, filled)) for one in node.value)
    return {name: _values(one, filled) for name, one in _told_apart(node.value)}


def _told_apart(nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    counts: dict[str, int] = {}
    for node in nodes:
        name = text_at(node, "word") or text_at(node, "id") or text_at(node, "by")
        counts[name] = counts.get(name, 0) + 1
        yield (f"{name} {counts[name]}" if counts[name] > 1 or not name else name).strip(), node


def _parts(path: tuple[str, ...], old: Any, new: Any) -> Iterator[PartChange]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _entry((*path, name), name, old, new)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield PartChange(path, Sort.CHANGED, _without(old, new), _without(new, old))
    else:
        yield PartChange(path, Sort.CHANGED, _said(old), _said(new))


def _entry(
    path: tuple[str, ...], name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[PartChange]:
    if name not in new:
        yield PartChange(path, Sort.REMOVED, old=_said(old[name]))
    elif name not in old:
        yield PartChange(path, Sort.ADDED, new=_said(new[name]))
    else:
        yield from _parts(path, old[name], new[name])


def _without(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is in one list and not in the other; all of it where only the order differs."""
    left = tuple(one for one in these if one not in those)
    return left if left or set(these) < set(those) else (these if set(these) == set(those) else ())


def _said(value: Any) -> tuple[str, ...]:
    """Return the texts in a value, each once, for a line of words."""
    if isinstance(value, dict):
        return tuple(dict.fromkeys(text for one in value.values() for text in _said(one)))
    if isinstance(value, tuple):
        return value
    return (str(value).lower(),) if isinstance(value, bool) else (str(value),)


def _files(old: Content, new: Content) -> Iterator[FileChange]:
    before, after = _texts(old), _texts(new)
    for pack, path in sorted({*before, *after}):
        gone, come = before.get((pack, path), ""), after.get((pack, path), "")
        if gone != come:
            lines = difflib.unified_diff(
                gone.splitlines(),
                come.splitlines(),
                f"{pack}/{path}",
                f"{pack}/{path}",
                lineterm="",
            )
            yield FileChange(pack, path, tuple(lines))


def _texts(content: Content) -> dict[tuple[str, str], str]:
    """Return the files by pack and path; the own pack is told by its name, wherever it lay."""
    return {
        (source.manifest.name, path): text
        for source in content.sources
        for path, text in source.files.items()
    }
