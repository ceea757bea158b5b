"""Let one clause rule where several bind the same act and disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.schema import Override, ProtocolSpec, Scene, Sections

_KEEPS = ("nothing", "never")


def apply_overrides(sections: Sections, overrides: Iterable[Override], own: Sections) -> Sections:
    """Return the sections without what the overrides switch off; refuse what still disagrees."""
    for override in overrides:
        sections = _apply(sections, override, own)
    _refuse_disagreement(sections)
    return sections


def _apply(sections: Sections, override: Override, own: Sections) -> Sections:
    cited = {clause.id for clause in sections.clauses}
    for clause in (*override.clauses, override.by):
        if clause not in cited:
            raise Fault(override.place, f"the override names {clause!r}, which no clause is")
    if override.keep not in _KEEPS:
        raise Fault(override.place, f"keep is one of {', '.join(_KEEPS)}")
    off = set(override.clauses)
    scenes = tuple(
        one if one in own.scenes or one.clause not in off else _reduced(one, override.keep)
        for one in sections.scenes
    )
    return replace(
        sections,
        scenes=tuple(one for one in scenes if one is not None),
        protocols=tuple(one for one in sections.protocols if one.clause not in off),
        address=tuple(one for one in sections.address if one.clause not in off),
        voice=tuple(one for one in sections.voice if one.clause not in off),
    )


def _reduced(scene: Scene, keep: str) -> Scene | None:
    """Keep of a scene only what it forbids, if anything."""
    if keep == "nothing" or not (scene.never or scene.never_say):
        return None
    examples = tuple(
        one for one in scene.examples if one.outcome == "missed" and "never" in one.facts
    )
    return replace(
        scene, when=(), given=None, unless=None, expect=None, binds="", examples=examples, say=()
    )


def _refuse_disagreement(sections: Sections) -> None:
    bound: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], Scene | ProtocolSpec] = {}
    rules: tuple[Scene | ProtocolSpec, ...] = (*sections.scenes, *sections.protocols)
    for rule in rules:
        if not rule.binds:
            continue
        key = (rule.binds, tuple(sorted((a, tuple(b)) for a, b in rule.facts.items())))
        other = bound.setdefault(key, rule)
        if other.clause != rule.clause:
            raise Fault(
                rule.place,
                f"{rule.clause} and {other.clause} both bind {rule.binds!r}: "
                "say in overrides which one rules here, and why",
                rule=rule.id,
            )
