"""Read samples: what was drawn, how far it is listened to, who has what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.quality import models
from rexian.quality.domain.agreement import Agreement, Pair, agreements
from rexian.quality.domain.answers import Machine, Said
from rexian.quality.domain.rights import ANSWER, SAMPLE
from rexian.quality.domain.sampling import Method
from rexian.quality.queries.rows import sample_row


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleShown:
    """A sample: ``contacts`` were drawn of ``candidates``, of which so many are ``answered``."""

    id: int
    title: str
    standard: str
    since: date
    until: date
    method: Method
    seed: str
    candidates: int
    clauses: tuple[str, ...]
    trusted_from: float
    drawn_by: str
    drawn_at: datetime
    closed_at: datetime | None
    contacts: int
    taken: int
    answered: int

    @property
    def left(self) -> int:
        """How many nobody has taken yet."""
        return 0 if self.closed_at else self.contacts - self.taken - self.answered


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What was said of a clause, and by the machine where the contact is answered."""

    clause: str
    said: Said
    note: str
    machine: Machine | None


@dataclass(frozen=True, slots=True)
class SampledShown:
    """A contact of a sample, with the answers so far, for whoever listens to it."""

    sample: int
    contact: int
    place: int
    taken_by: int | None
    answered_at: datetime | None
    answers: Mapping[str, AnswerShown]


def samples_page(
    organisation_id: int, *, offset: int, size: int, actor: Actor
) -> tuple[tuple[SampleShown, ...], int]:
    """Return some of the organisation's samples, the latest first, and how many there are."""
    _authorise(actor)
    rows = models.Sample.objects.filter(organisation=organisation_id)
    if not actor.is_system:
        rows = rows.filter(organisation=actor.organisation)
    found = _counted(rows).order_by("-pk")[offset : offset + size]
    return tuple(map(_shown, found)), rows.count()


def sample(sample_id: int, *, actor: Actor) -> SampleShown:
    """Return a sample of the actor's organisation; raise ``NotFound``."""
    _authorise(actor)
    row = sample_row(sample_id, actor)
    return _shown(_counted(models.Sample.objects.filter(pk=row.pk)).get())


def sampled(sample_id: int, contact_id: int, *, actor: Actor) -> SampledShown:
    """Return a contact of a sample with its answers: one's own, or an answered one's.

    Raises ``NotFound`` for one that somebody else still listens to: that would not be blind.
    """
    _authorise(actor)
    sample_row(sample_id, actor)
    row = models.SampledContact.objects.filter(sample=sample_id, contact=contact_id).first()
    mine = row is not None and row.taken_by_id is not None and row.taken_by_id == actor.person
    if row is None or not (mine or (row.answered_at and actor.may(SAMPLE))):
        raise NotFound(mark("There is nothing under {code}."), code=f"contact:{contact_id}")
    return _sampled(row)


def sampled_contacts(sample_id: int, *, actor: Actor) -> tuple[SampledShown, ...]:
    """Return the contacts of a sample that are answered, in the order of the draw."""
    authorise(actor, SAMPLE)
    sample_row(sample_id, actor)
    rows = models.SampledContact.objects.filter(sample=sample_id).exclude(answered_at=None)
    return tuple(map(_sampled, rows.order_by("place").prefetch_related("answers")))


def agreement_on(sample_id: int, *, actor: Actor) -> tuple[Agreement, ...]:
    """Return how far machine and inspectors agree on each clause that the sample asks."""
    authorise(actor, SAMPLE)
    shown = sample_row(sample_id, actor)
    rows = models.Answer.objects.filter(sampled__sample=sample_id).exclude(machine="")
    columns = ("sampled__contact", "clause", "machine", "said")
    pairs = [
        Pair(contact, clause, Machine(machine), Said(said))
        for contact, clause, machine, said in rows.order_by("sampled__place").values_list(*columns)
    ]
    places = {clause: place for place, clause in enumerate(shown.clauses)}
    return tuple(sorted(agreements(pairs), key=lambda one: places.get(one.clause, len(places))))


def is_blind(contact_id: int, *, actor: Actor) -> bool:
    """Tell whether the actor listens to a contact for a sample, so that findings are hidden."""
    return contact_id in blind_among((contact_id,), actor=actor)


def blind_among(contact_ids: Collection[int], *, actor: Actor) -> frozenset[int]:
    """Return to which of some contacts the actor listens for a sample, blind for what was found."""
    if actor.person is None:
        return frozenset()
    rows = models.SampledContact.objects.filter(
        contact__in=contact_ids, taken_by=actor.person, answered_at=None, sample__closed_at=None
    )
    return frozenset(rows.values_list("contact", flat=True))


def _authorise(actor: Actor) -> None:
    if not actor.may(ANSWER):
        authorise(actor, SAMPLE)


def _counted(rows: QuerySet[models.Sample]) -> QuerySet[models.Sample]:
    taken = Q(contacts__answered_at=None) & ~Q(contacts__taken_by=None)
    return rows.annotate(
        drawn=Count("contacts"),
        taken=Count("contacts", filter=taken),
        answered=Count("contacts", filter=~Q(contacts__answered_at=None)),
    )


def _shown(row: models.Sample) -> SampleShown:
    counted: Any = row  # the query has counted
    return SampleShown(
        id=row.pk,
        title=row.title,
        standard=row.standard,
        since=row.since,
        until=row.until,
        method=Method(row.method),
        seed=row.seed,
        candidates=row.candidates,
        clauses=tuple(row.clauses),
        trusted_from=row.trusted_from,
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        closed_at=row.closed_at,
        contacts=counted.drawn,
        taken=counted.taken,
        answered=counted.answered,
    )


def _sampled(row: models.SampledContact) -> SampledShown:
    answers = {
        one.clause: AnswerShown(
            one.clause,
            Said(one.said),
            one.note,
            Machine(one.machine) if one.machine and row.answered_at else None,
        )
        for one in row.answers.all()
    }
    return SampledShown(
        row.sample_id, row.contact_id, row.place, row.taken_by_id, row.answered_at, answers
    )
