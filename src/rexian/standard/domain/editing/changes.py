"""What can be done to a draft, each as a value, and how it is carried out on its files.

An element of a base is not changed where it stands: it is taken over into the own pack, which says
so (``replaces``), and changed there. Where a parameter stands for a value, the parameter is set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rexian.kernel.errors import Invalid, NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.elements import find
from rexian.standard.domain.editing.fields import Field, Kind, fields_of
from rexian.standard.domain.editing.reading import WrongValue, read_parameter, read_value
from rexian.standard.domain.editing.taking_over import Note, own_element
from rexian.standard.domain.editing.yaml_places import Path, holds, refuse_swelling
from rexian.standard.domain.editing.yaml_text import add_item, remove_item, set_lines, set_value
from rexian.standard.domain.pack.sources import MANIFEST


class OtherBases(Invalid):
    """A manifest that builds on other packs than those that the draft holds (422)."""

    code = "standard-draft-other-bases"


@dataclass(frozen=True, slots=True)
class SetParameters:
    """Give parameters other values, as they were typed; empty is the pack's own value."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SetValues:
    """Change fields of an element, as they were typed, by their names."""

    section: str
    element: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddItem:
    """Add something to a list of an element: a forbidden word, an excuse of one."""

    section: str
    element: str
    path: Path
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Remove something from a list of an element."""

    section: str
    element: str
    path: Path


@dataclass(frozen=True, slots=True)
class WriteFile:
    """Write a file of the own pack anew, or a new one."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Remove a file of the own pack."""

    path: str


Change = SetParameters | SetValues | AddItem | RemoveItem | WriteFile | RemoveFile


@dataclass(frozen=True, slots=True)
class Edited:
    """What a draft holds after a change.

    ``described`` says in codes what was done, ``notes`` in words what had to be done for it;
    ``is_new`` tells whether anything is another than before.
    """

    content: Content
    described: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    is_new: bool = True


def carry_out(change: Change, content: Content) -> Edited:
    """Return what comes of a change; raise ``Fault`` or another ``Invalid`` where it cannot be."""
    edited = _carried_out(change, content)
    after = edited.content
    as_before = (after.own.files, after.values) == (content.own.files, content.values)
    return replace(edited, is_new=not as_before)


def _carried_out(change: Change, content: Content) -> Edited:
    match change:
        case SetParameters(values):
            return _set_parameters(content, values)
        case SetValues():
            return _set_values(content, change)
        case AddItem():
            return _edit(content, change, lambda text, path: _added(text, path, change.value))
        case RemoveItem():
            return _edit(content, change, remove_item)
        case WriteFile(path, text):
            refuse_swelling(text)
            files = {**content.own.files, path: text.replace("\r\n", "\n")}
            written = content.with_files(files)
            _require_same_bases(content, written)
            return Edited(written, {"what": "file", "file": path})
        case RemoveFile(path):
            return _remove_file(content, path)


def _require_same_bases(before: Content, after: Content) -> None:
    """Raise where the manifest names other bases: those of a draft are kept as it was begun."""
    if tuple(after.own.manifest.extends) != tuple(before.own.manifest.extends):
        raise OtherBases(
            mark(
                "What a draft builds on stays as it was begun ({bases}): for another, take the "
                "draft out as a ZIP, change it there and import it."
            ),
            bases=", ".join(before.own.manifest.extends) or "-",
        )


def _set_parameters(content: Content, typed: Mapping[str, str]) -> Edited:
    known = content.known_parameters
    given = dict(content.parameters)
    for name, text in typed.items():
        if name not in known:
            raise WrongValue(mark("This standard has no parameter {name}."), name, name=name)
        value = read_parameter(name, known[name].default, text)
        given[name] = value
        if value == known[name].default:
            del given[name]
    changed = [name for name in typed if given.get(name) != content.parameters.get(name)]
    described = {"what": "parameters", "names": changed}
    return Edited(replace(content, parameters=given), described)


def _set_values(content: Content, change: SetValues) -> Edited:
    """Change what was typed anew, and leave alone what stands as it is."""
    element = find(content, change.section, change.element)
    fields = {one.name: one for one in fields_of(element, content.values)}
    typed = {fields[name]: text for name, text in change.values.items() if name in fields}
    read = {field: _read(field, text, content) for field, text in typed.items()}
    altered = {field: value for field, value in read.items() if not _is_as_it_was(field, value)}
    parameters = {field.parameter: typed[field] for field in altered if field.parameter}
    edited = _set_parameters(content, parameters) if parameters else Edited(content, {})
    own = {field: value for field, value in altered.items() if not field.parameter}
    notes = tuple(
        Note(mark("The parameter {name} was set, wherever it stands."), {"name": name})
        for name in parameters
    )
    described = _described(change, [field.name for field in altered])
    if not own:
        return Edited(edited.content, described, notes)
    taken = own_element(edited.content, element)
    text = taken.content.own.files[taken.element.file]
    for field, value in own.items():
        text = _written(text, (*taken.element.path, *field.path), field.kind, value)
    made = _with_file(taken.content, taken.element.file, text)
    return Edited(made, described, notes + taken.notes)


def _read(field: Field, typed: str, content: Content) -> Any:
    if not field.parameter:
        return read_value(field, typed)
    default = content.known_parameters[field.parameter].default
    try:
        return read_parameter(field.parameter, default, typed)
    except WrongValue as wrong:
        raise WrongValue(wrong.template, field.name, **wrong.details) from wrong


def _is_as_it_was(field: Field, value: Any) -> bool:
    if isinstance(field.value, tuple):
        return bool(list(field.value) == value)
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return shown == " ".join(field.value.split())


def _written(text: str, path: Path, kind: Kind, value: Any) -> str:
    return set_lines(text, path, value) if kind is Kind.LINES else set_value(text, path, value)


def _edit(
    content: Content, change: AddItem | RemoveItem, edit: Callable[[str, Path], str]
) -> Edited:
    element = find(content, change.section, change.element)
    taken = own_element(content, element)
    text = taken.content.own.files[taken.element.file]
    path = (*taken.element.path, *change.path)
    made = _with_file(taken.content, taken.element.file, edit(text, path))
    return Edited(made, _described(change, ["/".join(map(str, change.path))]), taken.notes)


def _added(text: str, path: Path, value: Mapping[str, Any]) -> str:
    return add_item(text, path, value) if holds(text, path) else set_value(text, path, [value])


def _described(change: SetValues | AddItem | RemoveItem, fields: list[str]) -> dict[str, Any]:
    what = {SetValues: "values", AddItem: "added", RemoveItem: "removed"}[type(change)]
    return {"what": what, "section": change.section, "element": change.element, "fields": fields}


def _with_file(content: Content, file: str, text: str) -> Content:
    return content.with_files({**content.own.files, file: text})


def _remove_file(content: Content, path: str) -> Edited:
    files = dict(content.own.files)
    if path == MANIFEST or files.pop(path, None) is None:
        raise NotFound(mark("There is no file {path} that could be removed."), path=path)
    return Edited(content.with_files(files), {"what": "file-removed", "file": path})
