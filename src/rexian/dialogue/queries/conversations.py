"""Read the conversations of a batch: sorted, filtered, one by one, or all of them in a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Avg, Count, F, QuerySet
from django.db.models.functions import Floor

from rexian.dialogue import models
from rexian.dialogue.domain.batches import mark_of
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.keeping import read
from rexian.dialogue.queries.batches import row_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.verdicts import Outcome

BINS = 10
_AT_ONCE = 100
_ORDERS = ("position", "name", "agent", "score", "missed", "suspect", "turns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which conversations of a batch, and in which order; nothing given wants all of them.

    ``score_from`` is the lower edge of a tenth of the scale (80: from 80 to under 90, and 90 with
    100); ``name`` is a part of the conversation's id.
    """

    clause: str = ""
    outcome: Outcome | None = None
    agent: str = ""
    name: str = ""
    score_from: int | None = None
    order: str = "position"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation as a list shows it."""

    position: int
    name: str
    agent: str
    score: float | None
    turns: int
    met: int
    missed: int
    suspect: int
    clauses_missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation with its inspection, as it was; and where it stands among those wanted.

    ``place`` counts from 1 and is 0 where it is not among them; ``previous`` and ``following`` are
    positions.
    """

    inspected: InspectedConversation
    version_id: int
    place: int
    total: int
    previous: int | None
    following: int | None


def conversation_page(
    actor: Actor, batch_id: int, *, wanted: Wanted, offset: int, size: int
) -> tuple[tuple[ConversationLine, ...], int]:
    """Return some of the conversations that are wanted, and how many are."""
    found = _wanted(row_of(actor, batch_id), wanted)
    rows = _ordered(found, wanted).defer("content")[offset : offset + size]
    return tuple(map(_line, rows)), found.count()


def conversation(actor: Actor, batch_id: int, position: int, *, wanted: Wanted) -> KeptConversation:
    """Return one conversation of a batch; raise ``NotFound``."""
    batch = row_of(actor, batch_id)
    row = batch.rows.filter(position=position).first()
    if row is None:
        raise NotFound(
            mark("There is no conversation number {number} in this inspection."), number=position
        )
    places = list(_ordered(_wanted(batch, wanted), wanted).values_list("position", flat=True))
    place = places.index(position) if position in places else None
    return KeptConversation(
        inspected=read(bytes(row.content)),
        version_id=row.version_id,
        place=0 if place is None else place + 1,
        total=len(places),
        previous=places[place - 1] if place else None,
        following=places[place + 1] if place is not None and place + 1 < len(places) else None,
    )


def inspected_conversations(
    actor: Actor, batch_id: int, *, wanted: Wanted
) -> Iterator[InspectedConversation]:
    """Yield the conversations that are wanted in the order of their records, some at a time."""
    found = _wanted(row_of(actor, batch_id), wanted).order_by("position")
    position = -1
    while rows := list(found.filter(position__gt=position)[:_AT_ONCE]):
        yield from (read(bytes(row.content)) for row in rows)
        position = rows[-1].position


def scores(actor: Actor, batch_id: int) -> tuple[list[int], float | None]:
    """Return how many scores fall into each tenth of the scale, and their mean."""
    scored = row_of(actor, batch_id).rows.filter(score__isnull=False)
    counted = scored.annotate(bin=Floor(F("score") / BINS)).values_list("bin")
    bins = [0] * BINS
    for low, count in counted.annotate(count=Count("id")).order_by("bin"):
        bins[min(BINS - 1, max(0, int(low)))] += count
    return bins, scored.aggregate(mean=Avg("score"))["mean"]


def agents(actor: Actor, batch_id: int) -> tuple[str, ...]:
    """Return the numbers of the agents in a batch."""
    rows = row_of(actor, batch_id).rows.exclude(agent="")
    return tuple(rows.order_by("agent").values_list("agent", flat=True).distinct())


def _wanted(batch: models.Batch, wanted: Wanted) -> QuerySet[models.InspectedRow]:
    rows = batch.rows.all()
    if wanted.clause:
        outcome = wanted.outcome.value if wanted.outcome else ""
        found = mark_of(outcome, wanted.clause)
        rows = rows.filter(marks__contains=found if outcome else found.lstrip())
    elif wanted.outcome:
        rows = rows.filter(**{f"{wanted.outcome.value}__gt": 0})
    if wanted.agent:
        rows = rows.filter(agent=wanted.agent)
    if wanted.name:
        rows = rows.filter(name__icontains=wanted.name)
    if wanted.score_from is not None:
        rows = rows.filter(score__gte=wanted.score_from)
        if wanted.score_from < 100 - 100 // BINS:
            rows = rows.filter(score__lt=wanted.score_from + 100 // BINS)
    return rows


def _ordered(rows: QuerySet[models.InspectedRow], wanted: Wanted) -> QuerySet[models.InspectedRow]:
    column = F(wanted.order if wanted.order in _ORDERS else "position")
    by = column.desc(nulls_last=True) if wanted.descending else column.asc(nulls_last=True)
    return rows.order_by(by, "position")


def _line(row: models.InspectedRow) -> ConversationLine:
    missed = mark_of(Outcome.MISSED, "").strip()
    return ConversationLine(
        position=row.position,
        name=row.name,
        agent=row.agent,
        score=row.score,
        turns=row.turns,
        met=row.met,
        missed=row.missed,
        suspect=row.suspect,
        clauses_missed=tuple(
            one.removeprefix(missed) for one in row.marks.split() if one.startswith(missed)
        ),
    )
