"""Say everything that is wrong with a pack, as far as it can be read, and run its examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from rexian.standard.domain.pack.checking import acts_used, check, courses
from rexian.standard.domain.pack.completeness import advise, advise_as_a_whole
from rexian.standard.domain.pack.conditions import Act, Promised, every
from rexian.standard.domain.pack.examples import failures
from rexian.standard.domain.pack.findings import Finding, Findings
from rexian.standard.domain.pack.guiding import EndingSpec
from rexian.standard.domain.pack.loading import read_pack
from rexian.standard.domain.pack.schema import ActSpec, RuleSpec
from rexian.standard.domain.pack.sources import PackSource, all_parameters, gather, settle
from rexian.standard.domain.pack.whole import Pack
from rexian.standard.domain.standards import compile_pack

Rule = TypeVar("Rule", bound=RuleSpec)


def lint(name_or_path: str | Path) -> tuple[Finding, ...]:
    """Return what is wrong with a pack, by file and line; raise ``NotFound`` where there is none.

    Errors of its bases are told too; what could be better only of the pack itself.
    """
    findings = Findings()
    return lint_sources(gather(name_or_path, findings), {}, findings)


def lint_sources(
    sources: tuple[PackSource, ...], given: Mapping[str, Any], findings: Findings
) -> tuple[Finding, ...]:
    """Return what is wrong with a pack of which the sources are at hand, as ``lint`` does.

    ``given`` are values that go over the defaults of the parameters.
    """
    if sources and _is_complete(sources):
        pack = read_pack(sources, settle(all_parameters(sources), given), findings)
        check(pack, findings)
        if not findings.errors():
            advise_as_a_whole(pack, findings)
        _run_examples(pack, findings)
        advise(pack, findings)
    return tuple(findings.sorted())


def _is_complete(sources: Iterable[PackSource]) -> bool:
    """Say whether all bases could be read: without them, whatever they define would be missed."""
    names = {source.name for source in sources}
    return all(base in names for source in sources for base in source.manifest.extends)


def _run_examples(pack: Pack, findings: Findings) -> None:
    """Run the examples of all acts and rules that are sound, whatever the others are."""
    with findings.catching():
        findings.extend(failures(compile_pack(_sound_part(pack, findings.broken))))


def _sound_part(pack: Pack, broken: set[str]) -> Pack:
    """Return the pack without what is broken and what builds on it."""
    sections = pack.sections
    acts = _sound_acts(sections.acts, broken)
    known = {act.id for act in acts}
    deadlines = [one for one in sections.deadlines if one.promised_by in known]
    promised = {one.id for one in deadlines} - broken

    def sound(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(one for one in rules if _is_sound(one, broken, known, promised))

    kept = replace(
        sections,
        acts=acts,
        facts=tuple(one for one in sections.facts if one.act in known and one.id not in broken),
        deadlines=tuple(deadlines),
        scenes=sound(sections.scenes),
        forbidden=sound(sections.forbidden),
        protocols=sound(sections.protocols),
        address=sound(sections.address),
        voice=sound(sections.voice),
        ending=tuple(one for one in sections.ending if _has_acts(one, broken, known)),
    )
    return replace(pack, sections=kept)


def _sound_acts(acts: Iterable[ActSpec], broken: set[str]) -> tuple[ActSpec, ...]:
    kept: dict[str, ActSpec] = {}
    for act in acts:
        used = {one.name for one in every(act.known_by) if isinstance(one, Act)}
        if act.id not in broken and used <= kept.keys():
            kept[act.id] = act
    return tuple(kept.values())


def _has_acts(ending: EndingSpec, broken: set[str], acts: set[str]) -> bool:
    return ending.id not in broken and all(one.name in acts for one in acts_used(ending))


def _is_sound(rule: RuleSpec, broken: set[str], acts: set[str], promised: set[str]) -> bool:
    if rule.id in broken or not all(one.name in acts for one in acts_used(rule)):
        return False
    parts = (one for condition in courses(rule) for one in every(condition))
    return all(one.deadline in promised for one in parts if isinstance(one, Promised))
