"""Read phrases: one's own, and those that are shared with a unit that one works in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.knowledge import models
from rexian.knowledge.domain.rights import SHARE, USE


@dataclass(frozen=True, slots=True)
class PhraseShown:
    """A phrase as one person sees it; ``unit`` is empty for one's own."""

    id: int
    shortcut: str
    text: str
    unit: int | None
    unit_name: str
    is_changeable: bool
    version: int


def phrases_of(actor: Actor) -> tuple[PhraseShown, ...]:
    """Return what the actor has at hand: own phrases first, each by its shortcut."""
    authorise(actor, USE)
    return tuple(_shown(one, actor) for one in _seen(actor).order_by("unit", "shortcut", "id"))


def phrase(phrase_id: int, *, actor: Actor) -> PhraseShown:
    """Return a phrase that the actor has at hand; raise ``NotFound``."""
    authorise(actor, USE)
    row = _seen(actor).filter(pk=phrase_id).first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"phrase:{phrase_id}")
    return _shown(row, actor)


def _seen(actor: Actor) -> QuerySet[models.Phrase]:
    rows = models.Phrase.objects.select_related("unit")
    above = {int(one) for path in actor.reach(USE) for one in path.split("/") if one}
    seen = Q(person=actor.person) | Q(unit__in=above)
    for path in actor.reach(SHARE):
        seen |= Q(unit__path__startswith=path)
    return rows.filter(seen, organisation=actor.organisation)


def _shown(row: models.Phrase, actor: Actor) -> PhraseShown:
    own = row.unit is None
    return PhraseShown(
        id=row.pk,
        shortcut=row.shortcut,
        text=row.text,
        unit=row.unit_id,
        unit_name=row.unit.name if row.unit else "",
        is_changeable=own or (row.unit is not None and actor.may(SHARE, row.unit.path)),
        version=row.version,
    )
