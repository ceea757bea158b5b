"""Lists of cases: filtered, newest first, page by page, with what they come to by standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from rexian.cases import models
from rexian.cases.adapters.words import find_words
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.numbers import read_case_number
from rexian.cases.domain.rights import IDENTIFY
from rexian.cases.domain.searching import query_phrases
from rexian.cases.queries.rows import CaseShown, shown
from rexian.cases.queries.seeing import Sight, identified, seen, sight_of
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.kernel.authority import Actor

LIVE = ("open", "waiting", "answered", "resolved")
PAGE = 50
_CHUNK = 400
_WALKED = (200, 2_000)
_BEYOND = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is filtered by; empty fields filter nothing.

    ``late`` asks for what was breached, ``due_before`` for what runs and is due by then, and from
    ``due_from`` on.
    ``assisting`` are cases that a unit assists with; ``asks_approval`` those in which something
    waits for one. ``taken_from`` and ``taken_until`` bound the instant of taking.
    """

    text: str = ""
    standings: tuple[str, ...] = ()
    flow: str = ""
    case_type: str = ""
    category: str = ""
    unit: int | None = None
    home: int | None = None
    assisting: int | None = None
    handler: int | None = None
    taker: int | None = None
    source: str = ""
    urgent: bool | None = None
    late: bool | None = None
    due_before: datetime | None = None
    due_from: datetime | None = None
    taken_from: datetime | None = None
    taken_until: datetime | None = None
    finding: str = ""
    outside_body: str = ""
    parent: int | None = None
    customer: int | None = None
    contact: int | None = None
    asks_approval: bool | None = None


def cases(
    wanted: Wanted, *, actor: Actor, before: int | None = None, limit: int = PAGE
) -> tuple[CaseShown, ...]:
    """Return the newest cases that fit and that the actor sees, below the id ``before``."""
    found = _rows(wanted, actor)
    if wanted.text.strip():
        return tuple(_searched(wanted.text, found, actor, before, limit))
    if before is not None:
        found = found.filter(pk__lt=before)
    newest = _newest_of_units(found, sight_of(actor), before, limit)
    return _shown(newest or found.order_by("-pk")[:limit], actor)


def due_cases(wanted: Wanted, *, actor: Actor, limit: int = PAGE) -> tuple[CaseShown, ...]:
    """Return the cases that fit and whose clocks run, what is due first."""
    found = _rows(wanted, actor).filter(due_at__isnull=False)
    return _shown(found.order_by("due_at", "pk")[:limit], actor)


def open_cases(wanted: Wanted, *, actor: Actor, limit: int = PAGE) -> tuple[CaseShown, ...]:
    """Return the cases that fit and are not over, what is due first, then what has no clock."""
    found = _rows(wanted, actor).filter(standing__in=LIVE)
    return _shown(found.order_by(F("due_at").asc(nulls_last=True), "pk")[:limit], actor)


def counts(wanted: Wanted, *, actor: Actor) -> Mapping[str, int]:
    """Return how many of the cases that fit are of each standing; texts are not counted by."""
    asked = replace(wanted, standings=())
    sight = sight_of(actor)
    every = models.Case.objects.all()
    if sight.organisation is not None:
        every = every.filter(organisation=sight.organisation)
    counted: Counter[str] = Counter()
    # House and others each by itself: the one is counted from an index, the other is a few.
    for part in (sight.at_home(), sight.elsewhere()):
        rows = _filtered(every.filter(part), asked).order_by()
        counted.update(dict(rows.values_list("standing").annotate(Count("pk"))))
    return counted


def each_case(wanted: Wanted, *, actor: Actor) -> Iterator[CaseShown]:
    """Yield every case that fits, newest first, however many there are."""
    before = None
    while page := cases(wanted, actor=actor, before=before, limit=_CHUNK):
        yield from page
        before = page[-1].id


def case_count(wanted: Wanted, condition: Q, *, actor: Actor) -> int:
    """Return how many cases fit, texts included, that the actor sees and that meet a condition."""
    found = _rows(wanted, actor).filter(condition).order_by()
    if not wanted.text.strip():
        return found.count()
    exact = _exact(wanted.text, actor)
    if exact is not None:
        return found.filter(exact).count()
    return sum(found.filter(pk__in=ids).count() for ids in _ids_with(wanted.text, actor))


def cases_by_id(ids: Iterable[int], *, actor: Actor) -> dict[int, CaseShown]:
    """Return those of some cases that the actor sees, by their ids."""
    return {one.id: one for one in _shown(seen(actor).filter(pk__in=list(ids)), actor)}


def _rows(wanted: Wanted, actor: Actor) -> QuerySet[models.Case]:
    return _filtered(seen(actor), wanted)


def _filtered(rows: QuerySet[models.Case], wanted: Wanted) -> QuerySet[models.Case]:
    found = rows
    for column in ("flow", "case_type", "category", "source", "finding", "outside_body"):
        if value := getattr(wanted, column):
            found = found.filter(**{column: value})
    for column in ("unit", "home", "handler", "parent", "customer", "contact", "urgent"):
        if (value := getattr(wanted, column)) is not None:
            found = found.filter(**{column: value})
    return found.filter(_conditions(wanted))


def _conditions(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.standings:
        asked &= Q(standing__in=wanted.standings)
    if wanted.taker is not None:
        asked &= Q(taken_by=wanted.taker)
    if wanted.late is not None:
        asked &= Q(breached_at__isnull=not wanted.late)
    if wanted.due_before is not None:
        asked &= Q(due_at__isnull=False, due_at__lt=wanted.due_before)
    if wanted.due_from is not None:
        asked &= Q(due_at__isnull=False, due_at__gt=wanted.due_from)
    if wanted.taken_from is not None:
        asked &= Q(taken_at__gte=wanted.taken_from)
    if wanted.taken_until is not None:
        asked &= Q(taken_at__lt=wanted.taken_until)
    if wanted.asks_approval is not None:
        asked &= Q(asked={}) if not wanted.asks_approval else ~Q(asked={})
    if wanted.assisting is not None:
        parties = models.Party.objects.filter(unit=wanted.assisting, part="assisting")
        asked &= Q(Exists(parties.filter(case=OuterRef("pk"))))
    return asked


def _newest_of_units(
    found: QuerySet[models.Case], sight: Sight, before: int | None, limit: int
) -> list[models.Case]:
    """Return a page for somebody who sees the cases of some units; nothing where it is not filled.

    Their cases are looked up by the parts that the units have (the one that took a case always has
    one), a few of the newest at a time; what is rare among them is left to the database.
    """
    if sight.all:
        return []
    upper, page = before, list[models.Case]()
    for size in _WALKED:
        ids = _parts_below(sight, upper, size)
        page += found.filter(pk__in=ids).order_by("-pk")[: limit - len(page)]
        if len(page) == limit:
            return page
        if len(ids) < size:
            break
        upper = ids[-1]
    return []


def _parts_below(sight: Sight, before: int | None, size: int) -> list[int]:
    """Return the newest cases in which the units have a part, or that the person took."""
    upper = before if before is not None else _BEYOND
    units = {*sight.units, *sight.homes}
    parties = models.Party.objects.filter(unit__in=units, case__lt=upper)
    taken = models.Case.objects.filter(taken_by=sight.person, pk__lt=upper)
    ids = {
        *parties.order_by("-case").values_list("case", flat=True)[:size],
        *taken.order_by("-pk").values_list("pk", flat=True)[:size],
    }
    return sorted(ids, reverse=True)[:size]


def _searched(
    text: str, found: QuerySet[models.Case], actor: Actor, before: int | None, limit: int
) -> Iterator[CaseShown]:
    """Yield the cases with a number, a reference or words, as many as are asked for."""
    exact = _exact(text, actor)
    if exact is not None:
        rows = found.filter(exact)
        rows = rows if before is None else rows.filter(pk__lt=before)
        yield from _shown(rows.order_by("-pk")[:limit], actor)
        return
    left = limit
    for ids in _ids_with(text, actor, before):
        page = _shown(found.filter(pk__in=ids).order_by("-pk")[:left], actor)
        yield from page
        left -= len(page)
        if left <= 0:
            return


def _ids_with(text: str, actor: Actor, before: int | None = None) -> Iterator[Sequence[int]]:
    """Yield the ids of the cases of an organisation that have words, chunk by chunk."""
    phrases, with_who = query_phrases(text), _may_ask_who(actor)
    while True:
        ids = find_words(
            phrases,
            organisation=actor.organisation or 0,
            with_who=with_who,
            before=before,
            limit=_CHUNK,
        )
        if ids:
            yield ids
        if len(ids) < _CHUNK:
            return
        before = ids[-1]


def _exact(text: str, actor: Actor) -> Q | None:
    """Return the condition for a case's own number, or for a customer's that may be asked by."""
    reference = read_case_number(text.strip())
    if reference is not None:
        return Q(reference=reference)
    try:
        return Q(number=read_number(text.strip())) & identified(actor)
    except NoNumber:
        return None


def _may_ask_who(actor: Actor) -> bool:
    """Tell whether an actor may look for customers by their names: whoever takes cases.

    Cases whose customer is hidden from them are then shown without, and found by their words alone.
    """
    return actor.is_system or bool(actor.reach(IDENTIFY))


def _shown(found: Iterable[models.Case], actor: Actor) -> tuple[CaseShown, ...]:
    return tuple(masked(shown(row), actor) for row in found)


def masked(one: CaseShown, actor: Actor) -> CaseShown:
    """Return a case without its customer where the actor is not to know them."""
    if not one.hides_customer or actor.is_system or one.taken_by == actor.person:
        return one
    if is_at_home(one.home_path, actor, IDENTIFY):
        return one
    return replace(one, name="", number="", form_of_address="", contact=None, customer=None)
