"""How somebody wants to be shown things: their own choice and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import Language, mark
from rexian.org import events, models
from rexian.org.domain.refusals import WrongField
from rexian.org.services.loading import themselves

THEMES = ("auto", "light", "dark")
DENSITIES = ("comfortable", "compact")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """A language (``zh-Hans``), a theme (``auto``, ``light``, ``dark``), a density."""

    language: str
    theme: str
    density: str


@transaction.atomic
def change_own_settings(
    person_id: int, *, settings: OwnSettings, actor: Actor, at: datetime
) -> None:
    """Change how the interface looks to oneself."""
    person = themselves(person_id, actor=actor)
    wanted = {
        "language": _one_of(set(Language), settings.language, "language"),
        "theme": _one_of(THEMES, settings.theme, "theme"),
        "density": _one_of(DENSITIES, settings.density, "density"),
    }
    changed = tuple(sorted(name for name in wanted if wanted[name] != getattr(person, name)))
    if not changed:
        return
    models.Person.objects.filter(pk=person_id).update(**wanted)
    told = events.PersonChanged(
        subject_id=person_id, organisation=person.organisation_id, changed=changed
    )
    record(told, actor=actor, at=at)


def _one_of(known: set[Language] | tuple[str, ...], value: str, field: str) -> str:
    if value not in known:
        raise WrongField(mark("This is none of the choices."), field=field)
    return str(value)
