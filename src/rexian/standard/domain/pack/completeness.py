"""See what a pack could do better: what nothing uses, shows, carries out or says in English.

A pack loads in spite of it; only its author is told, and only of what is the pack's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from rexian.standard.domain.pack.checking import acts_used
from rexian.standard.domain.pack.conditions import Act, Condition, every
from rexian.standard.domain.pack.coverage import Work, worked
from rexian.standard.domain.pack.documents import Place
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.schema import (
    Clause,
    Means,
    RuleSpec,
    Scene,
    Scorecard,
    VoiceRule,
)
from rexian.standard.domain.pack.texts import Text
from rexian.standard.domain.pack.whole import Pack

WHOLE_WEIGHT = 100
_LANGUAGES = {"zh-Hans": "Chinese", "en": "English"}


def advise(pack: Pack, findings: Findings) -> None:
    """Add to the findings what is incomplete in a pack's own elements, each by itself."""
    own = pack.manifest.place.pack
    for rule in pack.rules():
        if rule.place.pack == own:
            _shown(rule, findings)
    card = pack.sections.scorecard
    if card is not None and card.place.pack == own:
        _weights(card, findings)
    for place, subject, missing in _texts_missing(pack, own):
        findings.warn(place, missing, subject)


def advise_as_a_whole(pack: Pack, findings: Findings) -> None:
    """Add what is missing between a pack's elements; only a pack read whole can be told so."""
    own, works = pack.manifest.place.pack, worked(pack)
    for clause in pack.sections.clauses:
        if clause.place.pack == own:
            judged = any(rule.clause == clause.id for rule in pack.rules())
            _carried_out(clause, findings, judged=judged or works.get(clause.id, Work()).is_done)
    _unused_acts(pack, own, findings)


def outcomes_to_show(rule: RuleSpec) -> tuple[str, ...]:
    """Return the outcomes of which a rule needs an example each."""
    match rule:
        case Scene(expect=None):
            return (rule.outcome,)
        case Scene() | VoiceRule():
            return ("met", rule.outcome)
        case _:
            return ("met", "missed")


def _shown(rule: RuleSpec, findings: Findings) -> None:
    wanted = outcomes_to_show(rule)
    if not rule.examples:
        findings.error(rule.place, f"no example shows it; wanted: {', '.join(wanted)}", rule.id)
        return
    shown = {one.outcome for one in rule.examples}
    for outcome in wanted:
        if outcome not in shown:
            findings.warn(rule.place, f"no example shows it {outcome}", rule.id)


def _carried_out(clause: Clause, findings: Findings, *, judged: bool) -> None:
    """See that a clause has a rule or a part in cases, or declares its means, and says how."""
    others = [one for one in clause.means if one is not Means.MACHINE]
    if not judged and not clause.means:
        reason = "nothing carries this clause out: no rule cites it, and it declares no means"
        findings.error(clause.place, reason, clause.id)
    elif not judged and not others:
        findings.warn(
            clause.place, "no rule cites this clause, though its means is machine", clause.id
        )
    if others and not clause.how:
        listed = ", ".join(others)
        findings.warn(clause.place, f"how {listed} carries this clause out is not said", clause.id)


def _unused_acts(pack: Pack, own: str, findings: Findings) -> None:
    sections = pack.sections
    used = {act.name for rule in (*pack.rules(), *sections.ending) for act in acts_used(rule)}
    used.update(one.act for one in sections.facts)
    used.update(name for one in sections.deadlines for name in (one.promised_by, one.retold_by))
    for act in sections.acts:
        parts = every(act.known_by)
        used.update(one.name for one in parts if isinstance(one, Act))
    for act in sections.acts:
        if act.id not in used and act.place.pack == own:
            findings.warn(act.place, "no rule and no other act uses this act", act.id)


def _weights(card: Scorecard, findings: Findings) -> None:
    total = sum(section.weight for section in card.sections)
    if abs(total - WHOLE_WEIGHT) > 1e-6:
        reason = f"the weights of the scorecard add up to {total:g}, not {WHOLE_WEIGHT}"
        findings.warn(card.place, reason)
    counts = Counter(clause for section in card.sections for clause in section.clauses)
    for clause, count in counts.items():
        if count > 1:
            findings.warn(card.place, f"the scorecard weighs {clause} {count} times")


def _texts_missing(pack: Pack, own: str) -> Iterator[tuple[Place, str, str]]:
    """Yield where an own element has a text in one language and not in the other."""
    elements: list[Any] = [pack.manifest]
    for section in fields(pack.sections):
        held = getattr(pack.sections, section.name)
        elements.extend(held if isinstance(held, tuple) else [held] if held else [])
    for element in elements:
        if element.place.pack == own:
            subject = getattr(element, "id", "")
            for name, text in _texts(element, ""):
                for language, spoken in _LANGUAGES.items():
                    if language not in text:
                        yield element.place, subject, f"{name} is not said in {spoken}"


def _texts(value: object, name: str) -> Iterator[tuple[str, Text]]:
    """Yield the texts in an element, with the name of the field that holds each."""
    if isinstance(value, Text):
        if value:
            yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _texts(one, f"{name}.{key}")
    elif isinstance(value, tuple):
        yield from _texts_of_all(value, name)
    elif is_dataclass(value) and not isinstance(value, Condition | Place):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), field.name)


def _texts_of_all(values: Iterable[object], name: str) -> Iterator[tuple[str, Text]]:
    for one in values:
        yield from _texts(one, name)
