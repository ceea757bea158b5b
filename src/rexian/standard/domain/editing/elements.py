"""The elements of a pack as they are written: in which file, at which place, in which words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.yaml_places import (
    Path,
    end_of,
    line_start,
    locate,
    start_of,
)
from rexian.standard.domain.pack.documents import Node, parse
from rexian.standard.domain.pack.sources import MANIFEST, PackSource

SCORECARD = "scorecard"


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a section as it stands in a file of a pack; ``path`` leads to it there."""

    section: str
    id: str
    pack: str
    file: str
    path: Path
    node: Node

    @property
    def clause(self) -> str:
        """The clause that it cites, if it says one; a clause is its own."""
        return self.id if self.section == "clauses" else text_at(self.node, "clause")


def find(content: Content, section: str, element: str) -> Element:
    """Return an element as it holds in a pack: its own, else the nearest base's; or raise."""
    for source in reversed(content.sources):
        for one in elements_of(source):
            if (one.section, one.id) == (section, element):
                return one
    raise NotFound(
        mark("There is no {element} among the {section} of this standard."),
        element=element,
        section=section,
    )


def elements_of(source: PackSource) -> Iterator[Element]:
    """Yield all elements that the files of a pack hold, as far as they can be told apart."""
    for file, text in source.files.items():
        if file != MANIFEST:
            yield from _in_file(text, file, source.name)


@lru_cache(maxsize=256)
def _in_file(text: str, file: str, pack: str) -> tuple[Element, ...]:
    root = parse(text, file, pack)
    sections = root.value if isinstance(root.value, dict) else {}
    return tuple(
        Element(section, identity, pack, file, path, node)
        for section, held in sections.items()
        for identity, path, node in _identified(section, held)
    )


def _identified(section: str, held: Node) -> Iterator[tuple[str, Path, Node]]:
    if section == SCORECARD or isinstance(held.value, dict):
        yield text_at(held, "id") or section, (section,), held
    elif isinstance(held.value, list):
        for number, node in enumerate(held.value):
            yield text_at(node, "id"), (section, number), node


def text_at(node: Node, name: str) -> str:
    """Return the text that a mapping has under a name, nothing where it has none."""
    entries = node.value if isinstance(node.value, dict) else {}
    found = entries.get(name)
    return "" if found is None or isinstance(found.value, (dict, list)) else str(found.value)


def source_text(text: str, path: Path) -> str:
    """Return the text of an element by itself, its lines set back to the margin."""
    node = locate(text, path).node
    start, end = start_of(node), end_of(text, node)
    margin = " " * (start - line_start(text, start))
    return textwrap.dedent(margin + text[start:end])
