"""Let one clause rule where several bind the same act and disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.facts import NOT
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.schema import Clause, ProtocolSpec, RuleSpec, Scene
from rexian.standard.domain.pack.whole import Manifest, Override, Sections

Binding = Scene | ProtocolSpec


def apply_overrides(sections: Sections, manifest: Manifest, findings: Findings) -> Sections:
    """Return the sections without what a pack's overrides switch off in its bases."""
    cited = {clause.id for clause in sections.clauses}
    for override in manifest.overrides:
        unknown = [one for one in (*override.clauses, override.by) if one not in cited]
        for clause in unknown:
            reason = f"the override names {clause!r}, which no clause is"
            findings.error(override.place, reason)
        sections = _apply(sections, override)
    return sections


def _apply(sections: Sections, override: Override) -> Sections:
    off, own = set(override.clauses), override.place.pack

    def stays(rule: RuleSpec) -> bool:
        own_or_other = rule.place.pack == own or rule.clause not in off
        bound = not override.binds or getattr(rule, "binds", "") in override.binds
        return own_or_other or not bound or _is_elsewhere(rule, override)

    scenes = (one if stays(one) else _reduced(one, override.keep) for one in sections.scenes)
    return replace(
        sections,
        scenes=tuple(one for one in scenes if one is not None),
        protocols=tuple(filter(stays, sections.protocols)),
        address=tuple(filter(stays, sections.address)),
        voice=tuple(filter(stays, sections.voice)),
    )


def _is_elsewhere(rule: RuleSpec, override: Override) -> bool:
    """Say whether a rule applies to none of the contacts that an override speaks of."""
    return any(
        all(_excludes(rule.facts.get(name, values), value) for value in values)
        for name, values in override.facts.items()
    )


def _excludes(allowed: tuple[str, ...], value: str) -> bool:
    if allowed[0].startswith(NOT):
        return f"{NOT}{value}" in allowed
    return value not in allowed


def _reduced(scene: Scene, keep: str) -> Scene | None:
    """Keep of a scene only what it forbids, if anything."""
    if keep == "nothing" or not (scene.never or scene.never_say):
        return None
    examples = tuple(one for one in scene.examples if one.outcome in ("missed", "suspect"))
    return replace(
        scene,
        when=(),
        given=None,
        unless=None,
        expect=None,
        faulty=None,
        spoiled_by=None,
        binds="",
        examples=examples,
        say=(),
        say_in={},
        guide=None,
    )


def disagreements(sections: Sections, overrides: Iterable[Override]) -> Iterator[Fault]:
    """Yield a fault for each rule or clause that binds what one of another clause binds already."""
    yield from _of_clauses(sections, overrides)
    bound: dict[object, Binding] = {}
    rules: tuple[Binding, ...] = (*sections.scenes, *sections.protocols)
    for rule in rules:
        if rule.binds:
            key = (rule.binds, tuple(sorted(rule.facts.items())))
            other = bound.setdefault(key, rule)
            if other.clause != rule.clause:
                reason = (
                    f"{rule.clause} and {other.clause} both bind {rule.binds!r}: "
                    "say in overrides which one rules here, and why"
                )
                yield Fault(rule.place, reason, rule=rule.id)


def _of_clauses(sections: Sections, overrides: Iterable[Override]) -> Iterator[Fault]:
    """Yield a fault for each clause that rules what another rules too, where neither yields."""
    told = {
        (clause, one.by, bound)
        for one in overrides
        for clause in one.clauses
        for bound in one.binds or ("",)
    }
    ruling: dict[str, Clause] = {}
    for clause in sections.clauses:
        for bound in clause.binds:
            other = ruling.setdefault(bound, clause)
            pairs = (clause.id, other.id), (other.id, clause.id)
            if other is clause or any(
                (*pair, one) in told for pair in pairs for one in ("", bound)
            ):
                continue
            reason = (
                f"{clause.id} and {other.id} disagree on {bound!r}: "
                "say in overrides which one rules here, and why"
            )
            yield Fault(clause.place, reason, rule=clause.id)
