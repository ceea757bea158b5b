"""Organisations as a whole, and what somebody may let a machine do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rexian.kernel.authority import Actor
from rexian.org import models
from rexian.org.domain.refusals import nothing_there


@dataclass(frozen=True, slots=True)
class OrganisationShown:
    """An organisation with what holds for the whole of it."""

    id: int
    code: str
    name: str
    time_zone: str
    language: str
    administrators_need_codes: bool
    version: int

    def day(self, at: datetime) -> date:
        """Return the day that it is there at an instant."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


def organisation(actor: Actor) -> OrganisationShown:
    """Return the organisation that the actor belongs to."""
    row = models.Organisation.objects.filter(pk=actor.organisation or 0).first()
    if row is None:
        raise nothing_there(f"organisation:{actor.organisation}")
    return _shown(row)


def all_organisations() -> tuple[OrganisationShown, ...]:
    """Return every organisation of this installation; asks for no right."""
    return tuple(_shown(row) for row in models.Organisation.objects.order_by("pk"))


def _shown(row: models.Organisation) -> OrganisationShown:
    return OrganisationShown(
        id=row.pk,
        code=row.code,
        name=row.name,
        time_zone=row.time_zone,
        language=row.language,
        administrators_need_codes=row.administrators_need_codes,
        version=row.version,
    )


def organisation_count() -> int:
    """Return how many organisations there are; with none, a server has just been set up."""
    return models.Organisation.objects.count()
