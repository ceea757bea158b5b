"""How a batch stands: what its page shows first, and what its stream keeps up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rexian.clockwork.domain.work import State
from rexian.clockwork.queries import progress
from rexian.console.telling import STATES
from rexian.dialogue import queries
from rexian.dialogue.queries import BatchDetail
from rexian.kernel.authority import Actor
from rexian.reports.inspection.figures import percent, score
from rexian.reports.inspection.html.summary import columns, worst
from rexian.reports.inspection.tallies import ClauseTally, clause_order, share_met
from rexian.standard.domain.verdicts import Outcome


def progress_of(actor: Actor, batch_id: int) -> Mapping[str, Any]:
    """Return the values of the template that shows how a batch stands."""
    batch = queries.batch(actor, batch_id)
    bins, mean = queries.scores(actor, batch_id)
    tallies = _tallies(batch)
    together = sum((tally.outcomes for tally in tallies), Counter[Outcome]())
    return {
        "batch": batch.line,
        "state": STATES[batch.line.state],
        "is_parked": _is_parked(batch),
        "mean_score": score(mean),
        "share_met": percent(share_met(together)),
        "histogram": columns(bins),
        "worst": worst(_most_missed(tallies)),
    }


def tallied_clauses(batch: BatchDetail) -> list[str]:
    """Return the clauses that were judged in a batch, in their order."""
    return sorted({tally.clause for tally in _tallies(batch)}, key=clause_order)


def _tallies(batch: BatchDetail) -> list[ClauseTally]:
    return [
        ClauseTally(
            standard, clause, Counter({Outcome(one): count for one, count in outcomes.items()})
        )
        for standard, clauses in batch.tally.items()
        for clause, outcomes in clauses.items()
    ]


def _most_missed(tallies: list[ClauseTally]) -> list[ClauseTally]:
    """Return the clauses that were missed, most often first; one of several standards is one."""
    merged: dict[str, ClauseTally] = {}
    for tally in sorted(tallies, key=lambda one: one.standard):
        known = merged.setdefault(
            tally.clause, ClauseTally(tally.standard, tally.clause, Counter())
        )
        known.outcomes.update(tally.outcomes)
    missed = [tally for tally in merged.values() if tally[Outcome.MISSED]]
    return sorted(missed, key=lambda one: (-one[Outcome.MISSED], clause_order(one.clause)))


def _is_parked(batch: BatchDetail) -> bool:
    """Tell whether the work on a batch has failed for good, until somebody looks at it."""
    job = progress(batch.job) if batch.job and batch.line.is_unfinished else None
    return job is not None and job.state is State.PARKED
