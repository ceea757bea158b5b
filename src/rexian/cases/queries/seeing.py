"""Which cases somebody sees, as conditions on rows, and what of their customers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rexian.cases import models
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.rights import HANDLE, IDENTIFY, SEE
from rexian.cases.queries.rows import CaseShown, rows
from rexian.kernel.authority import EVERYWHERE, Actor
from rexian.org.queries import units_of


@dataclass(frozen=True, slots=True)
class Sight:
    """What an actor sees: ``all`` of their organisation, or of some ``homes`` and ``units``.

    Cases that were taken in one of ``homes`` are of their house; ``units`` are those in which they
    have the right, and whose part in a case lets them see it.
    """

    organisation: int | None
    person: int | None
    all: bool
    homes: tuple[int, ...] = ()
    units: tuple[int, ...] = ()

    def at_home(self) -> Q:
        """Return the condition that a case is of the actor's house."""
        return Q() if self.all else Q(home__in=self.homes)

    def elsewhere(self) -> Q:
        """Return the condition that a case is another house's, and seen for its own sake."""
        if self.all:
            return Q(pk__in=())
        parties = models.Party.objects.filter(unit__in=self.units).values("case")
        return ~Q(home__in=self.homes) & (Q(taken_by=self.person) | Q(pk__in=parties))


def sight_of(actor: Actor, right: str = SEE) -> Sight:
    """Return what an actor sees, by the units of their organisation."""
    if actor.is_system:
        return Sight(None, None, all=True)
    reach = actor.reach(right)
    if any(is_top(one) for one in reach):
        return Sight(actor.organisation, actor.person, all=True)
    units = units_of(actor.organisation) if actor.organisation is not None else ()
    return Sight(
        actor.organisation,
        actor.person,
        all=False,
        homes=tuple(one.id for one in units if is_at_home(one.path, actor, right)),
        units=tuple(one.id for one in units if any(one.path.startswith(each) for each in reach)),
    )


def seen(actor: Actor) -> QuerySet[models.Case]:
    """Return the cases that an actor sees: of their house, of their units, and their own."""
    sight = sight_of(actor)
    ours = rows() if sight.organisation is None else rows().filter(organisation=sight.organisation)
    return ours if sight.all else ours.filter(sight.at_home() | sight.elsewhere())


def identified(actor: Actor) -> Q:
    """Return the condition that an actor may know who the customer of a case is."""
    sight = sight_of(actor, IDENTIFY)
    if sight.all:
        return Q()
    return Q(hides_customer=False) | Q(home__in=sight.homes) | Q(taken_by=actor.person)


def may_identify(case: CaseShown, actor: Actor) -> bool:
    """Tell whether somebody is to see the whole number of a case's customer.

    Besides the house that took it, whoever signed for it or took it, and in an emergency whoever
    handles cases where it is: they have to call the customer.
    """
    if actor.is_system:
        return True
    if actor.person is not None and actor.person in (case.handler, case.taken_by):
        return True
    if case.urgent and actor.may(HANDLE, case.unit_path):
        return True
    return is_at_home(case.home_path, actor, IDENTIFY)


def is_top(path: str) -> bool:
    """Tell whether a path is that of a whole organisation, or of all."""
    return path == EVERYWHERE or path.count("/") == len("//")
