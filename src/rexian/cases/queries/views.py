"""The filters that somebody finds under names on the list of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from rexian.cases import models
from rexian.cases.domain.rights import SEE, SUPERVISE
from rexian.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class ViewShown:
    """A view: a ``unit``'s or, without one, one's own; ``is_theirs`` that the reader may change it.

    ``is_default`` tells that the list of cases opens with it for the reader.
    """

    id: int
    name: str
    unit: int | None
    unit_name: str
    filter_by: Mapping[str, str]
    is_default: bool
    is_theirs: bool
    version: int


def views_for(actor: Actor) -> tuple[ViewShown, ...]:
    """Return the views that somebody finds: their own, then those of their units, by name."""
    if actor.person is None:
        return ()
    default = models.View.objects.filter(opens_for=actor.person, pk=OuterRef("pk"))
    rows = models.View.objects.filter(shown_to(actor)).annotate(is_default=Exists(default))
    found = [_shown(one, actor, is_default=one.is_default) for one in rows.select_related("unit")]
    return tuple(sorted(found, key=lambda one: (one.unit is not None, one.unit_name, one.name)))


def shown_to(actor: Actor) -> Q:
    """Return the condition that a view is found by somebody: their own, or of where they work.

    A unit's are for its people and those of the units below it, and for whoever made them.
    """
    own = Q(person=actor.person)
    above = {int(one) for path in actor.reach(SEE) for one in path.split("/") if one}
    return Q(organisation=actor.organisation) & (own | Q(unit__in=above))


def is_theirs(row: models.View, actor: Actor) -> bool:
    """Tell whether somebody may rename and delete a view that they see."""
    if row.unit is None:
        return row.person_id == actor.person
    return actor.may(SUPERVISE, row.unit.path)


def _shown(row: models.View, actor: Actor, *, is_default: bool) -> ViewShown:
    return ViewShown(
        row.pk,
        row.name,
        row.unit_id,
        row.unit.name if row.unit else "",
        row.filter,
        is_default,
        is_theirs(row, actor),
        row.version,
    )
