"""Which cases somebody sees, as conditions on rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from rexian.cases import models
from rexian.cases.domain.rights import IDENTIFY, SEE
from rexian.cases.queries.rows import rows
from rexian.kernel.authority import EVERYWHERE, Actor
from rexian.org.queries import units_of


def seen(actor: Actor) -> QuerySet[models.Case]:
    """Return the cases that an actor sees: of their house, of their units, and their own."""
    if actor.is_system:
        return rows()
    ours = rows().filter(organisation=actor.organisation)
    reach = actor.reach(SEE)
    if any(is_top(one) for one in reach):
        return ours
    units = units_of(actor.organisation) if actor.organisation is not None else ()
    homes = [one.id for one in units if is_near(one.path, reach)]
    within = [one.id for one in units if any(one.path.startswith(each) for each in reach)]
    parties = models.Party.objects.filter(case=OuterRef("pk"), unit__in=within)
    return ours.filter(Q(home__in=homes) | Q(taken_by=actor.person) | Exists(parties))


def identified(actor: Actor) -> Q:
    """Return the condition that an actor may know who the customer of a case is."""
    if actor.is_system:
        return Q()
    reach = actor.reach(IDENTIFY)
    if any(is_top(one) for one in reach):
        return Q()
    units = units_of(actor.organisation) if actor.organisation is not None else ()
    homes = [one.id for one in units if is_near(one.path, reach)]
    return Q(hides_customer=False) | Q(home__in=homes) | Q(taken_by=actor.person)


def is_top(path: str) -> bool:
    """Tell whether a path is that of a whole organisation, or of all."""
    return path == EVERYWHERE or path.count("/") == 2


def is_near(path: str, reach: Iterable[str]) -> bool:
    """Tell whether a unit lies where a right is held, or is the house of such a team."""
    return any(path.startswith(one) or one.startswith(path) for one in reach)
