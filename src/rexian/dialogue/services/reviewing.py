"""Say what a finding is: confirm it, reject it, or change it; said again, it is something else."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction

from rexian.dialogue import events, models
from rexian.dialogue.domain.reviewing import (
    BadReview,
    Review,
    ReviewedMeanwhile,
    checked_note,
    checked_outcome,
)
from rexian.dialogue.domain.rights import REVIEW
from rexian.dialogue.queries.reading import contact_to_read
from rexian.dialogue.services.counting import Counted, count_review
from rexian.dialogue.services.doubting import weigh_rule
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import load_version


@transaction.atomic
def confirm_finding(finding_id: int, *, version: int, actor: Actor, at: datetime) -> None:
    """Confirm that it is as the machine says; only now a miss or a suspicion counts."""
    row = _to_review(finding_id, actor)
    values = {"said_clause": "", "said_outcome": "", "note": ""}
    if _reviewed(row, Review.CONFIRMED, version, actor, at, **values):
        record(events.FindingConfirmed(**_about(row)), actor=actor, at=at)


@transaction.atomic
def reject_finding(
    finding_id: int, *, note: str = "", version: int, actor: Actor, at: datetime
) -> None:
    """Say that there is nothing in it, so that it counts for nobody."""
    row = _to_review(finding_id, actor)
    values = {"said_clause": "", "said_outcome": "", "note": note.strip()[:500]}
    if _reviewed(row, Review.REJECTED, version, actor, at, **values):
        record(events.FindingRejected(**_about(row)), actor=actor, at=at)


@transaction.atomic
def change_finding(
    finding_id: int,
    *,
    outcome: str,
    clause: str,
    note: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Say what it is instead, by which clause of the same standard, and why."""
    row = _to_review(finding_id, actor)
    said = checked_outcome(outcome)
    about = clause.strip() or row.clause
    if about not in _clauses(row):
        raise BadReview(mark("The standard has no clause {clause}."), clause=about, field="clause")
    values = {"said_clause": about, "said_outcome": said.value, "note": checked_note(note)}
    if _reviewed(row, Review.CHANGED, version, actor, at, **values):
        changed = events.FindingChanged(**_about(row), said_clause=about, said_outcome=said.value)
        record(changed, actor=actor, at=at)


def _to_review(finding_id: int, actor: Actor) -> models.Finding:
    """Return a finding that the actor may review; raise ``NotFound`` or ``RightMissing``."""
    row = models.Finding.objects.select_related("contact").filter(pk=finding_id).first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"finding:{finding_id}")
    contact_to_read(row.contact_id, actor=actor)
    authorise(actor, REVIEW)
    return row


def _reviewed(
    row: models.Finding,
    review: Review,
    version: int,
    actor: Actor,
    at: datetime,
    **values: str,
) -> bool:
    """Write a review, and tell whether it says anything new; raise ``ReviewedMeanwhile``."""
    if row.review == review.value and all(getattr(row, name) == it for name, it in values.items()):
        return False
    ours = models.Finding.objects.filter(pk=row.pk, version=version)
    if not ours.update(
        review=review.value,
        reviewed_by_id=actor.person,
        reviewed_at=at,
        version=version + 1,
        **values,
    ):
        raise ReviewedMeanwhile(mark("Somebody else has reviewed this finding meanwhile."))
    _weigh(row, review, at, values)
    return True


def _weigh(row: models.Finding, review: Review, at: datetime, values: dict[str, str]) -> None:
    """Count a review for the rule that it is about, and see whether that is still trusted."""
    after = copy(row)
    after.review, after.said_clause = review.value, values["said_clause"]
    after.said_outcome = values["said_outcome"]
    # Whoever weighs a rule sees all reviews of it: those of one standard come one after the other.
    judged = (
        models.ContactInspection.objects.select_related("version")
        .select_for_update(of=("version",), no_key=True)
        .get(pk=row.contact_id)
    )
    where = Counted(row.organisation_id, load_version(judged.version_id), judged.day)
    if count_review(where, before=row, after=after):
        weigh_rule(where.key(row.rule, row.clause), where.standard, at=at)


def _about(row: models.Finding) -> dict[str, Any]:
    return {
        "subject_id": row.contact_id,
        "organisation": row.organisation_id,
        "hotline": row.contact.hotline_id,
        "agent": row.contact.agent_id,
        "finding": row.pk,
        "clause": row.clause,
        "rule": row.rule,
        "outcome": Outcome(row.outcome).value,
        "person": row.person_id,
    }


def _clauses(row: models.Finding) -> frozenset[str]:
    judged = models.ContactInspection.objects.filter(pk=row.contact_id)
    version = judged.values_list("version", flat=True).get()
    return frozenset(load_version(version).clauses)
