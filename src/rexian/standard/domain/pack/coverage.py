"""What carries out each clause of a standard: rules, people, records, workflows, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rexian.standard.domain.flows import Flow, whole_flow
from rexian.standard.domain.pack.casework import CallbackSpec, ClockSpec, TargetSpec
from rexian.standard.domain.pack.checking_practice import practices
from rexian.standard.domain.pack.checklists import ChecklistSpec
from rexian.standard.domain.pack.conduct import ConductSpec
from rexian.standard.domain.pack.curriculum import CurriculumSpec
from rexian.standard.domain.pack.recording import CategorySpec, FormSpec
from rexian.standard.domain.pack.schema import Clause, Example, Means, RuleSpec
from rexian.standard.domain.pack.whole import Override, Pack


@dataclass(frozen=True, slots=True)
class Work:
    """What cites a clause besides rules: what cases do by it, and what else holds its figures."""

    clause: str = ""
    flows: tuple[Flow, ...] = ()
    clocks: tuple[tuple[Flow, ClockSpec], ...] = ()
    callbacks: tuple[CallbackSpec, ...] = ()
    targets: tuple[TargetSpec, ...] = ()
    conduct: tuple[ConductSpec, ...] = ()
    checklists: tuple[ChecklistSpec, ...] = ()
    curricula: tuple[CurriculumSpec, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything cites it."""
        return bool(self.is_done or self.conduct or self.checklists or self.curricula)

    @property
    def is_done(self) -> bool:
        """Whether cases work by it; conduct, checks and curricula only hold its figures so far."""
        return bool(self.flows or self.clocks or self.callbacks or self.targets)


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """A clause, the rules that judge it, and the override by which another clause rules instead.

    ``categories`` and ``forms`` are those of records that cite it, ``work`` what cases do by it.
    """

    clause: Clause
    rules: tuple[RuleSpec, ...] = ()
    override: Override | None = None
    categories: tuple[CategorySpec, ...] = ()
    forms: tuple[FormSpec, ...] = ()
    work: Work = field(default_factory=Work)

    @property
    def means(self) -> tuple[Means, ...]:
        """What carries it out: a machine where it has rules, a workflow where cases work by it.

        Whatever else the clause declares comes between.
        """
        return means_of(self.clause, self.rules, self.work)

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


def means_of(clause: Clause, rules: tuple[RuleSpec, ...], work: Work) -> tuple[Means, ...]:
    """Return what carries a clause out, in the order machine, what it declares, workflow."""
    machine = (Means.MACHINE,) if rules else ()
    declared = (one for one in clause.means if one is not Means.MACHINE)
    workflow = (Means.WORKFLOW,) if work.is_done else ()
    return tuple(dict.fromkeys((*machine, *declared, *workflow)))


def cover(pack: Pack) -> Iterator[ClauseCoverage]:
    """Yield every clause of a pack, in its order, with what carries it out."""
    works = worked(pack)
    overrides = overriding(pack)
    for clause in pack.sections.clauses:
        rules = tuple(rule for rule in pack.rules() if rule.clause == clause.id)
        categories, forms = recorded(pack, clause.id)
        override, work = overrides.get(clause.id), works.get(clause.id, Work())
        yield ClauseCoverage(clause, rules, override, categories, forms, work)


def overriding(pack: Pack) -> dict[str, Override]:
    """Return by clause the override that rules over it; one over the whole of it goes first."""
    partly = sorted(pack.overrides, key=lambda one: not one.binds)
    return {clause: one for one in partly for clause in one.clauses}


def worked(pack: Pack) -> dict[str, Work]:
    """Return by clause what cites it; a flow that is only built upon does nothing."""
    sections = pack.sections
    known = {one.id: one for one in sections.flows}
    flows = [whole_flow(one, known) for one in sections.flows if not one.abstract]
    clocks = [(flow, clock) for flow in flows for clock in flow.clocks.values()]
    cited = {clause for flow in flows for clause in flow.clauses()}
    cited.update(clause for one in sections.callbacks for clause in one.clauses())
    cited.update(one.clause for one in sections.targets)
    cited.update(clause for one in practices(sections) for clause in one.clauses())
    return {
        clause: Work(
            clause,
            tuple(one for one in flows if clause in one.clauses()),
            tuple((flow, one) for flow, one in clocks if one.clause == clause),
            tuple(one for one in sections.callbacks if clause in one.clauses()),
            tuple(one for one in sections.targets if one.clause == clause),
            tuple(one for one in sections.conduct if clause in one.clauses()),
            tuple(one for one in sections.checklists if clause in one.clauses()),
            tuple(one for one in sections.curriculum if clause in one.clauses()),
        )
        for clause in cited
    }


def recorded(pack: Pack, clause: str) -> tuple[tuple[CategorySpec, ...], tuple[FormSpec, ...]]:
    """Return the categories and the forms of a pack that cite a clause."""
    sections = pack.sections
    kept = (one for one in sections.taxonomy if not one.left_out)
    forms = (one for one in sections.forms if clause in one.clauses())
    return tuple(one for one in kept if one.clause == clause), tuple(forms)
