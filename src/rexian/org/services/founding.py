"""Found an organisation, and change what holds for the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.db import IntegrityError, transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import DEFAULT, Language, mark
from rexian.org import events, models
from rexian.org.domain import rights
from rexian.org.domain.people import PersonDetails, UnitDetails, checked_unit
from rexian.org.domain.refusals import Taken, WrongField, nothing_there
from rexian.org.domain.roles import Role
from rexian.org.domain.tree import path_below
from rexian.org.services.loading import change_row, only_the_machine
from rexian.org.services.people import join_person


@dataclass(frozen=True, slots=True)
class Founded:
    """The ids of a new organisation, of its top unit and of its first administrator."""

    organisation: int
    unit: int
    administrator: int


@transaction.atomic
def found_organisation(
    top: UnitDetails,
    *,
    administrator: PersonDetails,
    time_zone: str = "Asia/Shanghai",
    language: str = DEFAULT,
    actor: Actor,
    at: datetime,
) -> Founded:
    """Found an organisation with its top unit, and somebody who can manage it.

    The top unit's code and name are the organisation's own. The administrator has no password
    yet (``give_password_link``). Only the machine may do this.
    """
    only_the_machine(actor)
    top = checked_unit(top)
    organisation = _new_organisation(top, _checked_zone(time_zone), _checked_language(language), at)
    unit = models.Unit.objects.create(
        organisation=organisation, tier=top.tier, code=top.code, name=top.name, opened_at=at
    )
    models.Unit.objects.filter(pk=unit.pk).update(path=path_below("/", unit.pk))
    told = events.OrganisationFounded(subject_id=organisation.pk, organisation=organisation.pk)
    record(told, actor=actor, at=at)
    opened = events.TopUnitOpened(subject_id=unit.pk, organisation=organisation.pk)
    record(opened, actor=actor, at=at)
    person = join_person(
        unit.pk, details=administrator, roles=(Role.ADMINISTRATOR,), actor=actor, at=at
    )
    return Founded(organisation.pk, unit.pk, person)


def _new_organisation(
    top: UnitDetails, time_zone: str, language: str, at: datetime
) -> models.Organisation:
    try:
        with transaction.atomic():
            return models.Organisation.objects.create(
                code=top.code, name=top.name, time_zone=time_zone, language=language, founded_at=at
            )
    except IntegrityError:
        raise Taken(
            mark("There is an organisation {code} already."), code=top.code, field="code"
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSettings:
    """What holds for a whole organisation.

    ``administrators_need_codes``: administrators sign in with a code from their telephone.
    """

    name: str
    time_zone: str
    language: str
    administrators_need_codes: bool


@transaction.atomic
def change_organisation(
    organisation_id: int,
    *,
    settings: OrganisationSettings,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Change the settings of an organisation; for whoever manages its top unit."""
    top = models.Unit.objects.filter(organisation=organisation_id, parent=None).first()
    if top is None or not (actor.is_system or actor.organisation == organisation_id):
        raise nothing_there(f"organisation:{organisation_id}")
    authorise(actor, rights.MANAGE, within=top.path)
    wanted = _checked_settings(settings)
    rows = models.Organisation.objects.filter(pk=organisation_id)
    before = rows.values(*wanted).get()
    changed = tuple(sorted(name for name in wanted if wanted[name] != before[name]))
    if not changed:
        return
    change_row(rows, version=version, **wanted)
    told = events.OrganisationChanged(
        subject_id=organisation_id, organisation=organisation_id, changed=changed
    )
    record(told, actor=actor, at=at)


def _checked_settings(settings: OrganisationSettings) -> Mapping[str, object]:
    name = " ".join(settings.name.split())
    if not 1 <= len(name) <= 200:
        raise WrongField(mark("A unit's name has 1 to 200 characters."), field="name")
    return {
        "name": name,
        "time_zone": _checked_zone(settings.time_zone),
        "language": _checked_language(settings.language),
        "administrators_need_codes": settings.administrators_need_codes,
    }


def _checked_zone(name: str) -> str:
    if name not in available_timezones():
        raise WrongField(mark("There is no time zone {name}."), name=name, field="time_zone")
    return ZoneInfo(name).key


def _checked_language(name: str) -> str:
    if name not in set(Language):
        raise WrongField(mark("There is no language {name}."), name=name, field="language")
    return str(name)
