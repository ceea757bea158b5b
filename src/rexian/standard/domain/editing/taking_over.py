"""Take an element of a base over into the own pack, so that it can be changed there."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.elements import SCORECARD, Element, find, source_text
from rexian.standard.domain.editing.looking_over import assembled
from rexian.standard.domain.editing.yaml_places import holds
from rexian.standard.domain.editing.yaml_text import add_item, set_value
from rexian.standard.domain.pack.loading import REPLACEABLE
from rexian.standard.domain.pack.schema import Scene
from rexian.standard.domain.pack.sources import MANIFEST
from rexian.standard.domain.pack.whole import Override

_OVERRIDDEN = ("scenes", "protocols", "address", "voice")
ADJUSTED = "adjusted.yaml"
_HEADING = (
    "# Elements of the packs that this one builds on, as they are here; pack.yaml names them.\n"
)


class RuledElsewhere(Refused):
    """An element that does not rule here: a clause of this standard rules instead (403)."""

    code = "standard-ruled-elsewhere"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done besides, as a message with its values."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A content in which an element is the own pack's, and what was done for it."""

    content: Content
    element: Element
    notes: tuple[Note, ...] = ()


def overridden_by(content: Content, element: Element) -> Override | None:
    """Return the override by which an element does not rule here, or only what it forbids."""
    if element.section not in _OVERRIDDEN or _rules_whole(content, element):
        return None
    packs = [one.name for one in content.sources]
    for source in content.sources[packs.index(element.pack) + 1 :]:
        for override in source.manifest.overrides:
            if element.clause in override.clauses:
                return override
    return None


def _rules_whole(content: Content, element: Element) -> bool:
    """Tell whether an element is there once all overrides are heeded, with all that it asks for."""
    held = getattr(assembled(content).sections, element.section)
    found = next((one for one in held if one.id == element.id), None)
    asks = isinstance(element.node.value, dict) and "when" in element.node.value
    return found is not None and not (asks and isinstance(found, Scene) and not found.when)


def own_element(content: Content, element: Element) -> TakenOver:
    """Return the content with the element in its own pack; raise ``RuledElsewhere``."""
    if element.pack == content.own.name:
        return TakenOver(content, element)
    override = overridden_by(content, element)
    if override is not None:
        raise RuledElsewhere(
            mark("{clause} does not rule here; change {by}, which rules instead."),
            clause=element.clause,
            by=override.by,
        )
    written = _source(content, element)
    files = dict(content.own.files)
    files[ADJUSTED] = _with_element(files.get(ADJUSTED, _HEADING), element.section, written)
    if element.section not in REPLACEABLE and element.section != SCORECARD:
        files[MANIFEST] = _naming(files[MANIFEST], element)
    made = content.with_files(files)
    said = mark("{element} was taken over from {pack} into {file}, and is changed there.")
    note = Note(said, {"element": element.id, "pack": element.pack, "file": ADJUSTED})
    return TakenOver(made, find(made, element.section, element.id), (note,))


def _source(content: Content, element: Element) -> str:
    (held,) = (one for one in content.bases if one.name == element.pack)
    return source_text(held.files[element.file], element.path)


def _with_element(text: str, section: str, written: str) -> str:
    """Put an element as it is written behind those of its section."""
    if section == SCORECARD:
        return f"{text.rstrip()}\n{section}:\n{textwrap.indent(written, '  ')}\n"
    item = "  - " + textwrap.indent(written, "    ").strip() + "\n"
    lines = text.splitlines(keepends=True)
    try:
        begin = lines.index(f"{section}:\n")
    except ValueError:
        return f"{text.rstrip()}\n{section}:\n{item}"
    end = begin + 1
    while end < len(lines) and (lines[end].startswith((" ", "#")) or not lines[end].strip()):
        end += 1
    return "".join(lines[:end]).rstrip("\n") + "\n" + item + "".join(lines[end:])


def _naming(manifest: str, element: Element) -> str:
    path = ("replaces", element.section)
    if not holds(manifest, ("replaces",)):
        return set_value(manifest, ("replaces",), {element.section: [element.id]})
    if not holds(manifest, path):
        return set_value(manifest, path, [element.id])
    return add_item(manifest, path, element.id)
