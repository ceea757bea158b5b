"""Read packs from their folders and put them together: bases, parameters, overrides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rexian.kernel.errors import Invalid, NotFound
from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import Fault, Node, Place, parse
from rexian.standard.domain.pack.overriding import apply_overrides
from rexian.standard.domain.pack.schema import Manifest, Pack, Parameter, Sections

MANIFEST = "pack.yaml"
PACKS = Path(__file__).parents[2] / "packs"
MAX_FILE_BYTES = 4_000_000

_PARAMETER = re.compile(r"^\$\{([a-z_]+)\}$")


@dataclass(frozen=True, slots=True)
class PackSource:
    """The texts of one pack's files, by their path relative to the pack's folder."""

    folder: str
    files: Mapping[str, str]


def installed() -> tuple[str, ...]:
    """Return the names of the packs that ship with the product."""
    return tuple(sorted(path.parent.name for path in PACKS.glob(f"*/{MANIFEST}")))


def find_pack(name_or_path: str | Path) -> Path:
    """Return the folder of a pack: one that ships with the product, or any folder of a pack."""
    folder = PACKS / str(name_or_path)
    if re.fullmatch(r"[a-z][a-z0-9_-]*", str(name_or_path)) and (folder / MANIFEST).is_file():
        return folder
    path = Path(name_or_path)
    if (path / MANIFEST).is_file():
        return path
    known = ", ".join(installed())
    raise NotFound(
        f"there is no standard {str(name_or_path)!r}: name one of {known}, "
        f"or a folder with a {MANIFEST}",
        name=str(name_or_path),
    )


def read_source(folder: Path) -> PackSource:
    """Read all YAML files of a pack's folder."""
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if path.stat().st_size > MAX_FILE_BYTES:
            raise Fault(Place(name, 1), f"this file is larger than {MAX_FILE_BYTES} bytes")
        try:
            files[name] = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise Fault(Place(name, 1), "this file is not UTF-8") from error
    return PackSource(str(folder), files)


def load_pack(
    name_or_path: str | Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    _seen: tuple[str, ...] = (),
) -> Pack:
    """Load a pack with its bases, fill in its parameters and let its overrides rule.

    Raises ``Fault`` (file, line, reason) for a pack that is wrong, ``NotFound`` for none.
    """
    folder = find_pack(name_or_path)
    if str(folder) in _seen:
        raise Fault(Place(MANIFEST, 1), f"{name_or_path} extends itself")
    source = read_source(folder)
    documents = {name: parse(text, name) for name, text in source.files.items()}
    manifest = decode(documents.pop(MANIFEST), Manifest, "a pack")
    bases = [
        _load_base(base, parameters, manifest, folder, (*_seen, str(folder)))
        for base in manifest.extends
    ]
    known = _all_parameters(manifest, bases)
    values = _values(known, parameters or {}, strict=not _seen)
    own = _read_sections(documents, values)
    merged = _merge([base.sections for base in bases], own)
    return Pack(
        replace(manifest, parameters=known),
        apply_overrides(merged, manifest.overrides, own),
        _hash(source, bases, values),
    )


def _load_base(
    base: str,
    parameters: Mapping[str, Any] | None,
    manifest: Manifest,
    folder: Path,
    seen: tuple[str, ...],
) -> Pack:
    sibling = folder.parent / base
    target: str | Path = sibling if (sibling / MANIFEST).is_file() else base
    own = {name: one.default for name, one in manifest.parameters.items()}
    try:
        return load_pack(target, own | dict(parameters or {}), _seen=seen)
    except NotFound as error:
        raise Fault(manifest.place, f"the pack it extends is missing: {base!r}") from error


def _all_parameters(manifest: Manifest, bases: Sequence[Pack]) -> dict[str, Parameter]:
    known: dict[str, Parameter] = {}
    for base in bases:
        known.update(base.manifest.parameters)
    known.update(manifest.parameters)
    return known


def _values(
    known: Mapping[str, Parameter], given: Mapping[str, Any], *, strict: bool
) -> dict[str, Any]:
    for name in given:
        if strict and name not in known:
            raise Invalid(f"this standard has no parameter {name!r}{suggest(name, known)}")
    return {name: given.get(name, one.default) for name, one in known.items()}


def _read_sections(documents: Mapping[str, Node], values: Mapping[str, Any]) -> Sections:
    read: dict[str, Any] = {}
    known = {field.name for field in fields(Sections)}
    for document in documents.values():
        filled = _fill(document, values)
        for name, node in filled.entries("a file of a pack").items():
            if name not in known:
                raise Fault(node.place, f"no section is called {name!r}{suggest(name, known)}")
            part = decode(Node({name: node}, node.place), Sections, "a section")
            value = getattr(part, name)
            if name == "scorecard":
                read[name] = value
            else:
                read[name] = (*read.get(name, ()), *value)
    return Sections(**read)


def _fill(node: Node, values: Mapping[str, Any]) -> Node:
    """Replace each ``${parameter}`` by its value."""
    if isinstance(node.value, dict):
        return Node({name: _fill(one, values) for name, one in node.value.items()}, node.place)
    if isinstance(node.value, list):
        return Node([_fill(one, values) for one in node.value], node.place)
    match = _PARAMETER.match(node.value) if isinstance(node.value, str) else None
    if not match:
        return node
    if match[1] not in values:
        hint = suggest(match[1], values)
        raise Fault(node.place, f"there is no parameter {match[1]!r}{hint}")
    return Node(values[match[1]], node.place)


def _merge(bases: Sequence[Sections], own: Sections) -> Sections:
    merged: dict[str, Any] = {}
    for field in fields(Sections):
        parts = [getattr(one, field.name) for one in (*bases, own)]
        if field.name == "scorecard":
            merged[field.name] = next((one for one in reversed(parts) if one is not None), None)
        else:
            merged[field.name] = _unique(parts, field.name)
    return Sections(**merged)


def _unique(parts: Sequence[tuple[Any, ...]], section: str) -> tuple[Any, ...]:
    """Join elements of several packs; the same element by two ways counts once."""
    found: dict[str, Any] = {}
    for part in parts:
        for element in part:
            other = found.setdefault(element.id, element)
            if other is not element and other != element:
                raise Fault(
                    element.place,
                    f"{section} has {element.id!r} already, at {other.place}",
                    rule=element.id,
                )
    return tuple(found.values())


def _hash(source: PackSource, bases: Sequence[Pack], values: Mapping[str, Any]) -> str:
    digest = hashlib.sha256()
    for base in bases:
        digest.update(base.content_hash.encode())
    for name, text in sorted(source.files.items()):
        digest.update(f"{name}\0{text}\0".encode())
    digest.update(repr(sorted(values.items())).encode())
    return digest.hexdigest()
