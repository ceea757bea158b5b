"""What hangs on a clause: whatever cites it, the acts that its rules ask for, its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.elements import SCORECARD, Element, elements_of
from rexian.standard.domain.pack.documents import Node

_PARAMETER = re.compile(r"^\$\{([a-z][a-z0-9_]*)\}$")
_ORDER = ("clauses", "deadlines", "forbidden", "scenes", "protocols", "voice", "callbacks")


@dataclass(frozen=True, slots=True)
class Hanging:
    """The elements that a clause is carried out by, and the parameters that set its figures."""

    elements: tuple[Element, ...]
    acts: tuple[Element, ...]
    parameters: tuple[str, ...]


def held_elements(content: Content) -> dict[tuple[str, str], Element]:
    """Return all elements as they hold: that of a pack goes over its base's."""
    found: dict[tuple[str, str], Element] = {}
    for source in content.sources:
        for one in elements_of(source):
            found[one.section, one.id] = one
    return found


def hanging_on(content: Content, clause: str) -> Hanging:
    """Return what hangs on a clause; nothing where no clause is called so."""
    held = held_elements(content)
    citing = [one for one in held.values() if _cites(one, clause)]
    citing.sort(key=lambda one: _ORDER.index(one.section) if one.section in _ORDER else 99)
    words = {word for one in citing if one.section != SCORECARD for word in _words(one.node)}
    named_acts = (one for key, one in held.items() if key[0] == "acts" and one.id in words)
    acts = tuple(one for one in named_acts if is_addressable(one.id))
    known = content.known_parameters
    named = {found[1] for word in words if (found := _PARAMETER.match(word))}
    parameters = [name for name, one in known.items() if name in named or one.clause == clause]
    return Hanging(tuple(citing), acts, tuple(parameters))


def clauses_of(content: Content) -> tuple[Element, ...]:
    """Return the clauses of a pack and its bases, in the order in which they stand.

    One whose number is missing, or could be no part of an address, is told among the findings and
    mended in its file.
    """
    held = (one for one in held_elements(content).values() if one.section == "clauses")
    return tuple(one for one in held if is_addressable(one.id))


def is_addressable(identity: str) -> bool:
    """Tell whether an element called so can have a page of its own."""
    return bool(identity) and "/" not in identity and identity not in (".", "..")


def _cites(element: Element, clause: str) -> bool:
    if element.section == SCORECARD:
        return clause in set(_words(element.node))
    return element.clause == clause or clause in set(_cited(element.node))


def _cited(node: Node) -> Iterator[str]:
    """Yield the clauses that the parts of an element cite."""
    if isinstance(node.value, dict):
        for name, one in node.value.items():
            if name in ("clause", "cites"):
                yield from _words(one)
            else:
                yield from _cited(one)
    elif isinstance(node.value, list):
        for one in node.value:
            yield from _cited(one)


def _words(node: Node) -> Iterator[str]:
    if isinstance(node.value, dict):
        for one in node.value.values():
            yield from _words(one)
    elif isinstance(node.value, list):
        for one in node.value:
            yield from _words(one)
    elif node.value is not None:
        yield str(node.value)
