"""A standard as a book to read: its clauses, each with what carries it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rexian.cli.misuse import Misuse, alternatives
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Category, FormSpec, Standard, installed, load
from rexian.standard.domain.pack.checking_practice import PracticeSpec, practices
from rexian.standard.domain.pack.coverage import Work, means_of, overriding, recorded, worked
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.recording import CategorySpec
from rexian.standard.domain.pack.schema import Clause, Example, Means, RuleSpec
from rexian.standard.domain.pack.whole import Override


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause, the rules that cite it, and the override by which another clause rules here.

    ``categories`` and ``forms`` are those of records that cite it, ``work`` what cases do by it.
    """

    clause: Clause
    rules: tuple[RuleSpec, ...]
    override: Override | None = None
    categories: tuple[CategorySpec, ...] = ()
    forms: tuple[FormSpec, ...] = ()
    work: Work = field(default_factory=Work)

    @property
    def ruled_by(self) -> str:
        """The clause that rules in its place here, if any."""
        return self.override.by if self.override else ""

    @property
    def means(self) -> tuple[Means, ...]:
        """What carries the clause out: rules, what it declares, the work of cases."""
        return means_of(self.clause, self.rules, self.work)

    @property
    def example(self) -> Example | None:
        """The example that shows the clause best: one of keeping it, else any."""
        examples = [each for rule in self.rules for each in rule.examples]
        kept = (each for each in examples if each.outcome == "met")
        return next(kept, next(iter(examples), None))


def open_standard(name: str, parameters: Mapping[str, Any] | None = None) -> Standard:
    """Load a standard, or say which standards or parameters there are."""
    try:
        found = load(name)
    except NotFound as error:
        raise Misuse(
            mark("There is no standard {name}. {alternatives}"),
            name=name,
            alternatives=alternatives(name, installed()),
        ) from error
    for parameter in parameters or ():
        if parameter not in found.pack.manifest.parameters:
            raise Misuse(
                mark("{standard} has no parameter {name}. {alternatives}"),
                standard=name,
                name=parameter,
                alternatives=alternatives(parameter, found.pack.manifest.parameters),
            )
    return load(name, parameters) if parameters else found


def open_to_lint(name: str) -> Standard | None:
    """Load a standard, or say which there are; ``None`` where it is there and not sound."""
    try:
        return open_standard(name)
    except Fault:
        return None


def entries(standard: Standard) -> Iterator[Entry]:
    """Yield every clause of a standard, in the order of the clauses."""
    rules, works = standard.pack.rules(), worked(standard.pack)
    overrides = overriding(standard.pack)
    for name in sorted(standard.clauses, key=clause_order):
        citing = tuple(rule for rule in rules if rule.clause == name)
        categories, forms = recorded(standard.pack, name)
        clause, other = standard.clauses[name], overrides.get(name)
        yield Entry(clause, citing, other, categories, forms, works.get(name, Work()))


def all_entries() -> list[Entry]:
    """Return the clauses of all standards that are installed, each as the pack that has it.

    How another pack carries it out, or what rules there in its place, is shown with that pack.
    """
    found: dict[str, Entry] = {}
    for name in installed():
        for entry in entries(open_standard(name)):
            if entry.clause.place.pack == name:
                found.setdefault(entry.clause.id, entry)
    return [found[name] for name in sorted(found, key=clause_order)]


def find(standard: Standard, name: str) -> Entry | FormSpec | Category | PracticeSpec:
    """Return the clause of this name, or the one of the rule with that rule alone.

    A form, a category, conduct, a checklist or a curriculum of this name is found too.
    """
    rules = {rule.id: rule for rule in standard.pack.rules()}
    for entry in entries(standard):
        if entry.clause.id == name:
            return entry
    if name in rules:
        return Entry(standard.clauses[rules[name].clause], (rules[name],))
    found = standard.forms.get(name) or standard.taxonomy.get(name)
    if found is not None:
        return found
    held = {one.id: one for one in practices(standard.pack.sections)}
    if name in held:
        return held[name]
    raise Misuse(
        mark("{standard} has no clause or rule {name}. {alternatives}"),
        standard=standard.name,
        name=name,
        alternatives=alternatives(name, [*standard.clauses, *rules, *standard.forms, *held]),
    )
