"""Say in a line what has changed in a part of a standard."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.language import mark, text_in, translate
from rexian.standard.domain.editing.comparing import (
    MANIFEST_SECTION,
    ElementChange,
    ParameterChange,
    PartChange,
    Sort,
)
from rexian.standard.domain.editing.labels import SECTIONS, label_in

_BETWEEN = " › "
_SORTS: Mapping[Sort, str] = {
    Sort.ADDED: mark("new"),
    Sort.REMOVED: mark("removed"),
    Sort.CHANGED: mark("changed"),
}


def say_part(part: PartChange, language: str) -> str:
    """Return what happened to a part: ``Within › complex: 24h → 12h``."""
    label = _BETWEEN.join(label_in(one, language) for one in part.path)
    if len(part.old) == len(part.new) == 1 and part.sort is Sort.CHANGED:
        return f"{label}: {part.old[0]} → {part.new[0]}"
    said = []
    if part.new:
        said.append(translate(mark("added {what}"), language, what=_listed(part.new, language)))
    if part.old:
        said.append(translate(mark("removed {what}"), language, what=_listed(part.old, language)))
    return f"{label}: {translate(mark('; '), language).join(said)}" if said else label


def say_parameter(change: ParameterChange, language: str) -> str:
    """Return what happened to a parameter: its title, and ``24h → 12h``."""
    title = text_in(change.title, language) or change.name
    old, new = ("–" if one is None else str(one) for one in (change.old, change.new))
    return f"{title}: {old} → {new}"


def say_element(change: ElementChange, language: str) -> str:
    """Return which element it is about: its section, its title, and whether it is new."""
    section = translate(_section(change.section), language)
    title = text_in(change.title, language) or change.element
    sort = "" if change.sort is Sort.CHANGED else f" ({translate(_SORTS[change.sort], language)})"
    return f"{section} · {title}{sort}"


def _section(name: str) -> str:
    return mark("The standard itself") if name == MANIFEST_SECTION else SECTIONS.get(name, name)


def _listed(texts: tuple[str, ...], language: str) -> str:
    return translate(mark(", "), language).join(f"“{one}”" for one in texts)
