"""Listen to the contacts of a sample, blind: take the next, answer, or give it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rexian.contacts.queries import contacts_by_id
from rexian.dialogue.queries.sampling import outcomes_by_clause, reviewed_by
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.quality import events, models
from rexian.quality.domain.answers import (
    LONGEST_NOTE,
    AnsweredMeanwhile,
    BadAnswer,
    Said,
    machine_says,
)
from rexian.quality.domain.rights import ANSWER
from rexian.quality.queries.rows import sample_row, sampled_row


@dataclass(frozen=True, slots=True)
class Given:
    """What an inspector says of one clause, and why."""

    said: Said
    note: str = ""


def take_next(sample_id: int, *, actor: Actor, at: datetime) -> int | None:
    """Return the contact to listen to now: one that the actor has begun, else the next free one.

    Nobody is given a contact that was their own or whose findings they have reviewed. ``None``
    where nothing is left for them.
    """
    authorise(actor, ANSWER)
    sample = sample_row(sample_id, actor)
    if sample.closed_at is not None or actor.person is None:
        return None
    rows = models.SampledContact.objects.filter(sample=sample_id, answered_at=None)
    begun = rows.filter(taken_by=actor.person).order_by("place").first()
    if begun is not None:
        return begun.contact_id
    free = list(rows.filter(taken_by=None).order_by("place"))
    ids = [one.contact_id for one in free]
    seen = reviewed_by(actor.person, ids)
    shown = contacts_by_id(ids)
    for one in free:
        own = one.contact_id not in shown or shown[one.contact_id].agent == actor.person
        if not own and one.contact_id not in seen and _take(one, sample, actor, at):
            return one.contact_id
    return None


@transaction.atomic
def give_back(sample_id: int, contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Leave a contact to others, with what was answered so far thrown away."""
    authorise(actor, ANSWER)
    row = sampled_row(sample_id, contact_id, actor)
    ours = models.SampledContact.objects.filter(pk=row.pk, answered_at=None, version=row.version)
    if not ours.update(taken_by=None, taken_at=None, version=row.version + 1):
        raise _meanwhile()
    row.answers.all().delete()
    back = events.SampledContactGivenBack(
        subject_id=sample_id, organisation=row.sample.organisation_id, contact=contact_id
    )
    record(back, actor=actor, at=at)


@transaction.atomic
def keep_answers(
    sample_id: int, contact_id: int, *, answers: Mapping[str, Given], actor: Actor
) -> None:
    """Keep what was answered so far, to go on later; nothing is compared yet."""
    authorise(actor, ANSWER)
    row = sampled_row(sample_id, contact_id, actor)
    _require_open(row)
    _write(row, answers)


@transaction.atomic
def answer_contact(
    sample_id: int,
    contact_id: int,
    *,
    answers: Mapping[str, Given],
    actor: Actor,
    at: datetime,
) -> None:
    """Say of every clause that the sample asks what it is; from now on the machine is shown.

    Raises ``BadAnswer`` where a clause is left out, ``AnsweredMeanwhile`` where it was answered.
    """
    authorise(actor, ANSWER)
    row = sampled_row(sample_id, contact_id, actor)
    _require_open(row)
    left = [clause for clause in row.sample.clauses if clause not in answers]
    if left:
        raise BadAnswer(mark("Not answered yet: {clauses}."), clauses="、".join(left[:8]))
    ours = models.SampledContact.objects.filter(pk=row.pk, answered_at=None, version=row.version)
    if not ours.update(answered_at=at, version=row.version + 1):
        raise _meanwhile()
    _write(row, answers)
    _set_against_machine(row)
    answered = events.SampledContactAnswered(
        subject_id=sample_id,
        organisation=row.sample.organisation_id,
        contact=contact_id,
        faults=sum(one.said is Said.BROKEN for one in answers.values()),
    )
    record(answered, actor=actor, at=at)


@transaction.atomic
def _take(row: models.SampledContact, sample: models.Sample, actor: Actor, at: datetime) -> bool:
    free = models.SampledContact.objects.filter(pk=row.pk, taken_by=None, version=row.version)
    if not free.update(taken_by=actor.person, taken_at=at, version=row.version + 1):
        return False
    taken = events.SampledContactTaken(
        subject_id=sample.pk, organisation=sample.organisation_id, contact=row.contact_id
    )
    record(taken, actor=actor, at=at)
    return True


def _write(row: models.SampledContact, answers: Mapping[str, Given]) -> None:
    asked = frozenset(row.sample.clauses)
    odd = next((clause for clause in answers if clause not in asked), None)
    if odd is not None:
        raise BadAnswer(mark("The sample does not ask about {clause}."), clause=odd[:40])
    row.answers.all().delete()
    models.Answer.objects.bulk_create(
        models.Answer(
            sampled=row, clause=clause, said=one.said.value, note=one.note.strip()[:LONGEST_NOTE]
        )
        for clause, one in answers.items()
    )


def _set_against_machine(row: models.SampledContact) -> None:
    """Write beside each answer what the machine said: findings may be others one day."""
    found = outcomes_by_clause(row.contact_id)
    answers = list(row.answers.all())
    for one in answers:
        one.machine = machine_says(found.get(one.clause, ())).value
    models.Answer.objects.bulk_update(answers, ["machine"])


def _require_open(row: models.SampledContact) -> None:
    if row.answered_at is not None:
        raise _meanwhile()
    if row.sample.closed_at is not None:
        raise AnsweredMeanwhile(mark("This sample is closed: nothing more is answered."))


def _meanwhile() -> AnsweredMeanwhile:
    return AnsweredMeanwhile(mark("This contact was answered, or given back, in the meantime."))
