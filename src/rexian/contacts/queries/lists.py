"""Look through the contacts that somebody sees, the latest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import OPEN, Ending, State
from rexian.contacts.queries.contacts import ContactShown, _seen, shown
from rexian.kernel.authority import Actor

OPEN_ONES = "open"
"""Whatever is not over, for a filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which contacts; nothing given wants all.

    ``state`` is a state, an ending, or ``open``; ``among`` are ids, as a collection or a query.
    """

    state: str = ""
    hotline: int | None = None
    agent: int | None = None
    words: str = ""
    among: Collection[int] | QuerySet[Any, int] | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What a list tells of a contact beside itself: its category, and how it was rated."""

    category: str = ""
    solved: bool | None = None
    satisfied: int | None = None
    why: str = ""


def contact_page(
    actor: Actor, *, wanted: Wanted, offset: int, size: int
) -> tuple[tuple[ContactShown, ...], int]:
    """Return some of the contacts that are wanted and that the actor sees, and how many are."""
    rows = _wanted(_seen(actor), wanted)
    return tuple(map(shown, rows.order_by("-id")[offset : offset + size])), rows.count()


def noted_of(contact_ids: Collection[int]) -> Mapping[int, Noted]:
    """Return what a list tells beside contacts that the caller may see; asks for no right."""
    rows = models.Contact.objects.filter(pk__in=contact_ids)
    columns = ("record__category", "rating__solved", "rating__satisfied", "rating__why")
    return {
        contact: Noted(category or "", solved, satisfied, why or "")
        for contact, category, solved, satisfied, why in rows.values_list("pk", *columns)
    }


def agents_seen(actor: Actor) -> tuple[int, ...]:
    """Return the people who have had contacts that the actor sees."""
    rows = _seen(actor).exclude(agent=None).order_by("agent")
    return tuple(one for one in rows.values_list("agent", flat=True).distinct() if one)


def _wanted(rows: QuerySet[models.Contact], wanted: Wanted) -> QuerySet[models.Contact]:
    if wanted.state == OPEN_ONES:
        rows = rows.filter(state__in=[one.value for one in OPEN])
    elif wanted.state in {one.value for one in Ending}:
        rows = rows.filter(ending=wanted.state)
    elif wanted.state in {one.value for one in State}:
        rows = rows.filter(state=wanted.state)
    if wanted.hotline is not None:
        rows = rows.filter(hotline=wanted.hotline)
    if wanted.agent is not None:
        rows = rows.filter(agent=wanted.agent)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(number__contains=wanted.words))
    if wanted.among is not None:
        rows = rows.filter(pk__in=wanted.among)
    return rows


def neighbours(actor: Actor, contact_id: int, *, wanted: Wanted) -> tuple[int | None, int | None]:
    """Return those above and below a contact in the list of what is wanted, the latest first."""
    rows = _wanted(_seen(actor), wanted).values_list("id", flat=True)
    later = rows.filter(id__gt=contact_id).order_by("id").first()
    earlier = rows.filter(id__lt=contact_id).order_by("-id").first()
    return later, earlier
