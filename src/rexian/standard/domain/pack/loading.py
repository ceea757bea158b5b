"""Put a pack together: its own elements and its bases', parameters filled in, overrides heeded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from rexian.standard.domain.pack.casework import (
    CallbackSpec,
    FlowSpec,
    TargetSpec,
    TierSpec,
)
from rexian.standard.domain.pack.checking import check
from rexian.standard.domain.pack.checklists import ChecklistSpec
from rexian.standard.domain.pack.conduct import ConductSpec
from rexian.standard.domain.pack.curriculum import CurriculumSpec
from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import Fault, Node, parse
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.guiding import EndingSpec, ReadBackSpec, SlotSpec, ToldFact
from rexian.standard.domain.pack.overriding import apply_overrides
from rexian.standard.domain.pack.recording import CategorySpec, FormSpec
from rexian.standard.domain.pack.schema import (
    ActSpec,
    AddressSpec,
    Clause,
    DeadlineSpec,
    ForbiddenWords,
    ProtocolSpec,
    Scene,
    Scorecard,
    VoiceRule,
)
from rexian.standard.domain.pack.sources import (
    MANIFEST,
    PackSource,
    all_parameters,
    content_hash,
    gather,
    installed,
    settle,
)
from rexian.standard.domain.pack.whole import Pack, Sections

__all__ = ["assemble", "installed", "load_pack", "read_pack"]

_PARAMETER = re.compile(r"^\$\{([a-z][a-z0-9_]*)\}$")
_SECTIONS: Mapping[str, tuple[type, str]] = {
    "clauses": (Clause, "a clause"),
    "acts": (ActSpec, "an act"),
    "facts": (ToldFact, "a fact told in words"),
    "scenes": (Scene, "a scene"),
    "forbidden": (ForbiddenWords, "a list of forbidden words"),
    "protocols": (ProtocolSpec, "a protocol"),
    "address": (AddressSpec, "a rule on forms of address"),
    "voice": (VoiceRule, "a rule on the voice"),
    "deadlines": (DeadlineSpec, "a deadline"),
    "slots": (SlotSpec, "a slot"),
    "read_back": (ReadBackSpec, "the words to read back"),
    "ending": (EndingSpec, "a way to end"),
    "taxonomy": (CategorySpec, "a category"),
    "forms": (FormSpec, "a form"),
    "tiers": (TierSpec, "a tier"),
    "flows": (FlowSpec, "a flow"),
    "callbacks": (CallbackSpec, "a rule on callbacks"),
    "targets": (TargetSpec, "a target"),
    "conduct": (ConductSpec, "a rule of conduct"),
    "checklists": (ChecklistSpec, "a checklist"),
    "curriculum": (CurriculumSpec, "a curriculum"),
    "scorecard": (Scorecard, "the scorecard"),
}
REPLACEABLE = frozenset(_SECTIONS) - {
    *("clauses", "acts", "facts", "scenes", "forbidden", "protocols", "address", "voice"),
    *("deadlines", "scorecard"),
}
"""Sections in which an element of a pack goes over that of the same id in its bases."""


def load_pack(name_or_path: str | Path, parameters: Mapping[str, Any] | None = None) -> Pack:
    """Load a pack with its bases, fill in its parameters and let its overrides rule.

    Raises ``Fault`` (file, line, reason) for a pack that is wrong, ``NotFound`` for none.
    """
    findings = Findings()
    sources = gather(name_or_path, findings)
    findings.raise_first()
    return assemble(sources, settle(all_parameters(sources), parameters or {}))


def assemble(sources: tuple[PackSource, ...], values: Mapping[str, Any]) -> Pack:
    """Put a pack together from what was read; raise ``Fault`` for the first of its errors."""
    findings = Findings()
    pack = read_pack(sources, values, findings)
    check(pack, findings)
    findings.raise_first()
    return pack


def read_pack(
    sources: tuple[PackSource, ...], values: Mapping[str, Any], findings: Findings
) -> Pack:
    """Put together as much of a pack as can be read; the rest goes to ``findings``."""
    sections = _Sections(findings)
    for source in sources:
        sections.read(source, values)
    defaults = all_parameters(reversed(sources))
    return Pack(
        replace(sources[-1].manifest, parameters=all_parameters(sources)),
        sections.finished(),
        content_hash(sources, values),
        tuple(one for source in sources for one in source.manifest.overrides),
        any(source.manifest.replaces for source in sources)
        or any(values[name] != one.default for name, one in defaults.items()),
        dict(values),
    )


@dataclass(slots=True)
class _Sections:
    """The sections of a pack as they grow, source by source."""

    findings: Findings
    elements: dict[str, dict[str, Any]] = field(default_factory=dict)
    scorecard: Scorecard | None = None
    replacing: set[tuple[str, str]] = field(default_factory=set)
    """What the pack that is being read says to have anew, as far as it has not been met yet."""

    def read(self, source: PackSource, values: Mapping[str, Any]) -> None:
        """Add what a pack has of its own, then let its overrides rule over all so far."""
        named = source.manifest.replaces.items()
        self.replacing = {(section, each) for section, ids in named for each in ids}
        for name, text in source.files.items():
            if name != MANIFEST:
                with self.findings.catching():
                    self._read_file(parse(text, name, source.name), values)
        for section, told in sorted(self.replacing):
            reason = f"replaces: {section} of no base has {told!r}, or this pack has no other"
            self.findings.error(source.manifest.place, reason)
        merged = apply_overrides(self.finished(), source.manifest, self.findings)
        for one in fields(Sections):
            if one.name != "scorecard":
                self.elements[one.name] = {each.id: each for each in getattr(merged, one.name)}

    def finished(self) -> Sections:
        """Return the sections as they are now."""
        lists = {name: tuple(kept.values()) for name, kept in self.elements.items()}
        return Sections(**lists, scorecard=self.scorecard)

    def _read_file(self, document: Node, values: Mapping[str, Any]) -> None:
        for name, node in document.entries("a file of a pack").items():
            with self.findings.catching():
                if name not in _SECTIONS:
                    hint = suggest(name, _SECTIONS)
                    raise Fault(node.place, f"no section is called {name!r}{hint}")
                for element in _elements(node):
                    with self.findings.catching(element.place, _id_of(element)):
                        self._add(name, element, values)

    def _add(self, section: str, node: Node, values: Mapping[str, Any]) -> None:
        kind, what = _SECTIONS[section]
        element: Any = decode(_fill(node, values), kind, what)
        if isinstance(element, Scorecard):
            self._take_scorecard(element)
            return
        kept = self.elements.setdefault(section, {})
        if element.id in kept and not self._replaces(section, element, kept[element.id]):
            raise Fault(node.place, f"{section} has this already, at {kept[element.id].place}")
        if section in REPLACEABLE:
            kept.pop(element.id, None)
        kept[element.id] = element

    def _replaces(self, section: str, element: Any, known: Any) -> bool:
        """Say whether an element takes the place of one of the same id, which stands in a base.

        What judges is replaced only where the manifest says so, and keeps its place in the order.
        """
        if element.place.pack == known.place.pack:
            return False
        told = (section, element.id) in self.replacing
        self.replacing.discard((section, element.id))
        return told or section in REPLACEABLE

    def _take_scorecard(self, card: Scorecard) -> None:
        """Take a scorecard; one pack has one, and it goes over those of its bases."""
        if self.scorecard is not None and self.scorecard.place.pack == card.place.pack:
            raise Fault(card.place, f"there is a scorecard already, at {self.scorecard.place}")
        self.scorecard = card


def _elements(node: Node) -> Iterable[Node]:
    """Return the elements of a section; a single one may stand for a list of one."""
    return node.value if isinstance(node.value, list) else [node]


def _id_of(node: Node) -> str:
    entries: dict[str, Node] = node.value if isinstance(node.value, dict) else {}
    return str(entries["id"].value) if "id" in entries else ""


def _fill(node: Node, values: Mapping[str, Any]) -> Node:
    """Replace each ``${parameter}`` by its value."""
    if isinstance(node.value, dict):
        return Node({name: _fill(one, values) for name, one in node.value.items()}, node.place)
    if isinstance(node.value, list):
        return Node([_fill(one, values) for one in node.value], node.place)
    if not isinstance(node.value, str) or "${" not in node.value:
        return node
    match = _PARAMETER.match(node.value)
    if not match:
        raise Fault(
            node.place, f"a parameter stands by itself, as ${{name}}, not as {node.value!r}"
        )
    if match[1] not in values:
        hint = suggest(match[1], values)
        raise Fault(node.place, f"there is no parameter {match[1]!r}{hint}")
    return Node(values[match[1]], node.place)
