"""How a standard is kept: how often each of its clauses was met and missed, and in what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum

from rexian.contacts.queries import ContactShown
from rexian.contacts.queries.lists import Wanted, contact_page
from rexian.dialogue import models
from rexian.dialogue.domain.rights import READ
from rexian.dialogue.queries.reading import reader
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.calendar.instants import day_begins_at, day_ends_at, local_day
from rexian.standard.domain.verdicts import Outcome

BUCKETS = 6
"""Into how many parts a period is cut to show how a clause comes along."""

TOLD = (Outcome.MET, Outcome.MISSED, Outcome.SUSPECT, Outcome.UNDECIDED)
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``since`` to ``until``, both of them included, in an organisation's zone."""

    since: date
    until: date
    zone: ZoneInfo

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.until - self.since).days + 1

    def bucket(self, day: date) -> int:
        """Return in which part of the period a day lies."""
        return (day - self.since).days * BUCKETS // self.days

    def first_of(self, bucket: int) -> date:
        """Return the first day of a part."""
        return self.since + timedelta(days=-(-bucket * self.days // BUCKETS))


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """How often a clause came out how; ``trend`` is met and missed in each part of the period."""

    clause: str
    outcomes: Mapping[Outcome, int]
    trend: tuple[tuple[int, int], ...]

    def __getitem__(self, outcome: Outcome) -> int:
        return self.outcomes.get(outcome, 0)

    @property
    def share(self) -> float | None:
        """Return the part met of what was met or missed, ``None`` where it was neither."""
        decided = self[Outcome.MET] + self[Outcome.MISSED]
        return self[Outcome.MET] / decided if decided else None


@dataclass(frozen=True, slots=True)
class Sought:
    """A clause of a standard that came out so, on these days, in an organisation."""

    organisation: int
    standard: str
    clause: str
    outcome: Outcome
    period: Period


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A contact in which a clause came out so: how often, and the words that show it."""

    contact: ContactShown
    count: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundInBatch:
    """A batch in which a clause came out so: how often."""

    batch: int
    title: str
    uploaded_at: datetime
    count: int


def figures_of(
    organisation_id: int, standard: str, *, period: Period, actor: Actor
) -> Mapping[str, ClauseFigures]:
    """Return how the clauses of a standard were kept in a period, whichever version judged.

    Contacts count on the day on which they ended, conversations of a batch on the day on which it
    was sent in. Two questions to the database, however much was said.
    """
    _authorise(organisation_id, actor)
    counted: dict[str, Counter[Outcome]] = {}
    trends: dict[str, list[tuple[int, int]]] = {}
    for clause, day, outcomes in _by_day(organisation_id, standard, period):
        counted.setdefault(clause, Counter()).update(outcomes)
        trend = trends.setdefault(clause, [(0, 0)] * BUCKETS)
        met, missed = trend[period.bucket(day)]
        trend[period.bucket(day)] = (met + outcomes[Outcome.MET], missed + outcomes[Outcome.MISSED])
    return {
        clause: ClauseFigures(clause, outcomes, tuple(trends[clause]))
        for clause, outcomes in counted.items()
    }


def contacts_with(
    sought: Sought, *, offset: int, size: int, actor: Actor
) -> tuple[tuple[FoundIn, ...], int]:
    """Return some of the contacts in which a clause came out so, and how many the actor sees."""
    _authorise(sought.organisation, actor)
    judged = models.ContactInspection.objects.filter(
        organisation=sought.organisation,
        day__range=(sought.period.since, sought.period.until),
        version__name=sought.standard,
    )
    found = models.Finding.objects.filter(
        organisation=sought.organisation,
        clause=sought.clause,
        outcome=sought.outcome.value,
    )
    on_these_days = found.filter(contact__in=judged.values_list("pk", flat=True))
    wanted = Wanted(among=on_these_days.values_list("contact", flat=True))
    page, total = contact_page(reader(actor), wanted=wanted, offset=offset, size=size)
    return tuple(_found_in(page, found)), total


def batches_with(sought: Sought, *, actor: Actor) -> tuple[FoundInBatch, ...]:
    """Return the batches in which a clause came out so, the latest first."""
    _authorise(sought.organisation, actor)
    found = []
    for row in _batches(sought.organisation, sought.period).order_by("-pk"):
        told = row.tally.get(sought.standard, {}).get(sought.clause, {})
        count = told.get(sought.outcome.value, 0)
        if count:
            found.append(FoundInBatch(row.pk, row.title, row.uploaded_at, count))
    return tuple(found)


def _found_in(page: Sequence[ContactShown], found: QuerySet[models.Finding]) -> Iterator[FoundIn]:
    quotes: dict[int, list[str]] = {}
    rows = found.filter(contact__in=[one.id for one in page])
    # Sorted here: asked to sort, a database walks all findings in the order of their keys.
    for _, contact, quote in sorted(rows.values_list("pk", "contact", "quote")):
        quotes.setdefault(contact, []).append(quote)
    for one in page:
        said = quotes.get(one.id, [])
        yield FoundIn(one, len(said), tuple(dict.fromkeys(filter(None, said)))[:_QUOTES])


def _by_day(
    organisation_id: int, standard: str, period: Period
) -> Iterator[tuple[str, date, Counter[Outcome]]]:
    rows = models.RuleDay.objects.filter(
        organisation=organisation_id,
        standard=standard,
        day__range=(period.since, period.until),
    )
    sums = [Sum(one.value) for one in TOLD]
    for clause, day, *counts in rows.values_list("clause", "day").annotate(*sums):
        told = zip(TOLD, counts, strict=True)
        yield clause, day, Counter({one: max(0, count) for one, count in told})
    for batch in _batches(organisation_id, period):
        day = local_day(batch.uploaded_at, period.zone)
        for clause, told in batch.tally.get(standard, {}).items():
            yield clause, day, Counter({one: told.get(one.value, 0) for one in TOLD})


def _batches(organisation_id: int, period: Period) -> QuerySet[models.Batch]:
    return models.Batch.objects.filter(
        organisation=organisation_id,
        deleted_at=None,
        uploaded_at__gte=day_begins_at(period.since, period.zone),
        uploaded_at__lt=day_ends_at(period.until, period.zone),
    ).only("title", "uploaded_at", "tally")


def _authorise(organisation_id: int, actor: Actor) -> None:
    authorise(actor, READ)
    belongs(actor, organisation_id, code=str(organisation_id))
