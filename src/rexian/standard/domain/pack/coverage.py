"""What carries out each clause of a standard: rules, people, records, workflows, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rexian.standard.domain.pack.recording import CategorySpec, FormSpec
from rexian.standard.domain.pack.schema import Clause, Example, Means, RuleSpec
from rexian.standard.domain.pack.whole import Override, Pack


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """A clause, the rules that judge it, and the override by which another clause rules instead.

    ``categories`` and ``forms`` are those of records that cite it.
    """

    clause: Clause
    rules: tuple[RuleSpec, ...] = ()
    override: Override | None = None
    categories: tuple[CategorySpec, ...] = ()
    forms: tuple[FormSpec, ...] = ()

    @property
    def means(self) -> tuple[Means, ...]:
        """What carries the clause out: a machine where it has rules, and what else it declares."""
        machine = (Means.MACHINE,) if self.rules else ()
        return (*machine, *(one for one in self.clause.means if one is not Means.MACHINE))

    @property
    def waiting_for(self) -> str:
        """The context that is still to come for this clause; empty where it waits for none."""
        return self.clause.waiting_for

    @property
    def example(self) -> Example | None:
        """The example that shows the clause best: one of keeping it, else any."""
        examples = [each for rule in self.rules for each in rule.examples]
        kept = (each for each in examples if each.outcome == "met")
        return next(kept, next(iter(examples), None))


def cover(pack: Pack) -> Iterator[ClauseCoverage]:
    """Yield every clause of a pack, in its order, with what carries it out."""
    overrides = {clause: one for one in pack.overrides for clause in one.clauses}
    for clause in pack.sections.clauses:
        rules = tuple(rule for rule in pack.rules() if rule.clause == clause.id)
        categories, forms = recorded(pack, clause.id)
        yield ClauseCoverage(clause, rules, overrides.get(clause.id), categories, forms)


def recorded(pack: Pack, clause: str) -> tuple[tuple[CategorySpec, ...], tuple[FormSpec, ...]]:
    """Return the categories and the forms of a pack that cite a clause."""
    sections = pack.sections
    kept = (one for one in sections.taxonomy if not one.left_out)
    forms = (one for one in sections.forms if clause in one.clauses())
    return tuple(one for one in kept if one.clause == clause), tuple(forms)
