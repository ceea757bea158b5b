"""Draw a sample of inspected contacts, and close one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from rexian.dialogue.queries.sampling import clauses_found, inspected_between
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.quality import events, models
from rexian.quality.domain.rights import SAMPLE
from rexian.quality.domain.sampling import Candidate, EmptySample, Method, draw
from rexian.quality.queries.rows import sample_row

LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to draw: contacts that ``standard`` judged on the days from ``since`` to ``until``.

    ``clauses`` are asked of each; none given asks those on which the machine said anything in the
    contacts drawn. ``trusted_from`` is the kappa from which the organisation trusts the machine.
    """

    title: str
    standard: str
    since: date
    until: date
    method: Method
    size: int
    seed: str
    clauses: Sequence[str] = ()
    trusted_from: float


def draw_sample(
    organisation_id: int, plan: Plan, *, sent_as: str = "", actor: Actor, at: datetime
) -> int:
    """Draw a sample and return its id; what was ``sent_as`` the same before is not drawn again.

    Raises ``EmptySample``, and ``Invalid`` for a plan that cannot be carried out.
    """
    authorise(actor, SAMPLE)
    belongs(actor, organisation_id, code=str(organisation_id))
    if (earlier := _sent_before(actor, sent_as)) is not None:
        return earlier
    _require_sense(plan)
    found = inspected_between(
        organisation_id, standard=plan.standard, since=plan.since, until=plan.until
    )
    candidates = [
        Candidate(one.contact, one.agent, one.missed, one.suspect, one.undecided, one.score)
        for one in found
    ]
    drawn = draw(candidates, method=plan.method, size=plan.size, seed=plan.seed)
    clauses = tuple(plan.clauses) or clauses_found([one.contact for one in drawn])
    if not clauses:
        raise EmptySample(mark("The machine has judged nothing there: there is nothing to ask."))
    sample = models.Sample(
        organisation_id=organisation_id,
        title=plan.title.strip()[:100],
        standard=plan.standard,
        since=plan.since,
        until=plan.until,
        method=plan.method.value,
        seed=plan.seed,
        candidates=len(candidates),
        clauses=list(clauses),
        trusted_from=plan.trusted_from,
        sent_as=sent_as or None,
        drawn_by=actor.code,
        drawn_at=at,
    )
    try:
        _keep(sample, drawn, actor, at)
    except IntegrityError:
        earlier = _sent_before(actor, sent_as)
        if earlier is None:
            raise
        return earlier
    return sample.pk


@transaction.atomic
def close_sample(sample_id: int, *, actor: Actor, at: datetime) -> None:
    """Let nobody listen to more of a sample; closing it again changes nothing."""
    authorise(actor, SAMPLE)
    row = sample_row(sample_id, actor)
    if models.Sample.objects.filter(pk=sample_id, closed_at=None).update(closed_at=at):
        closed = events.SampleClosed(subject_id=sample_id, organisation=row.organisation_id)
        record(closed, actor=actor, at=at)


def _sent_before(actor: Actor, sent_as: str) -> int | None:
    if not sent_as:
        return None
    rows = models.Sample.objects.filter(drawn_by=actor.code, sent_as=sent_as)
    return rows.values_list("pk", flat=True).first()


def _require_sense(plan: Plan) -> None:
    if not plan.title.strip():
        raise Invalid(mark("Give it a name."), field="title")
    if plan.until < plan.since:
        raise Invalid(mark("Choose a first day, and a last day that is not before it."))
    if (plan.until - plan.since).days >= LONGEST_DAYS:
        raise Invalid(mark("Choose at most {days} days."), days=LONGEST_DAYS)
    if not 0 < plan.trusted_from <= 1:
        raise Invalid(mark("A kappa to trust from lies above 0, and is 1 at most."))


@transaction.atomic
def _keep(sample: models.Sample, drawn: Sequence[Candidate], actor: Actor, at: datetime) -> None:
    sample.save(force_insert=True)
    models.SampledContact.objects.bulk_create(
        models.SampledContact(sample=sample, contact_id=one.contact, place=place)
        for place, one in enumerate(drawn, start=1)
    )
    made = events.SampleDrawn(
        subject_id=sample.pk,
        organisation=sample.organisation_id,
        method=sample.method,
        contacts=len(drawn),
        candidates=sample.candidates,
    )
    record(made, actor=actor, at=at)
