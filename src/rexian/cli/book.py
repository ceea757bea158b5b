"""A standard as a book to read: its clauses, each with what carries it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rexian.kernel.errors import NotFound
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain import Standard
from rexian.standard.domain.pack.schema import Clause, Example, Means, RuleSpec


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause and the rules that cite it."""

    clause: Clause
    rules: tuple[RuleSpec, ...]

    @property
    def means(self) -> tuple[Means, ...]:
        """What carries the clause out: a machine where it has rules, and what it declares."""
        machine = (Means.MACHINE,) if self.rules else ()
        return tuple(dict.fromkeys((*machine, *self.clause.means)))

    @property
    def example(self) -> Example | None:
        """The example that shows the clause best: one of keeping it, else any."""
        examples = [each for rule in self.rules for each in rule.examples]
        kept = (each for each in examples if each.outcome == "met")
        return next(kept, next(iter(examples), None))


def entries(standard: Standard) -> Iterator[Entry]:
    """Yield every clause of a standard, in the order of the clauses."""
    rules = standard.pack.rules()
    for name in sorted(standard.clauses, key=clause_order):
        yield Entry(standard.clauses[name], tuple(rule for rule in rules if rule.clause == name))


def find(standard: Standard, name: str) -> Entry:
    """Return the clause called ``name``, or that of the rule called so with that rule alone."""
    rules = {rule.id: rule for rule in standard.pack.rules()}
    for entry in entries(standard):
        if entry.clause.id == name:
            return entry
    if name in rules:
        return Entry(standard.clauses[rules[name].clause], (rules[name],))
    raise NotFound(f"{standard.name} has no clause or rule {name!r}", name=name)


def names(standard: Standard) -> list[str]:
    """Return the names of all clauses and rules."""
    return [*standard.clauses, *(rule.id for rule in standard.pack.rules())]
