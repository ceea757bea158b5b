"""Import units and people from a workbook: read it, look at the plan, carry it out or drop it.

All of a roster is carried out in one transaction, or nothing of it. That is more rows than a
transaction usually writes (up to some thousands); readers of the journal wait so long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.org import events, models
from rexian.org.adapters.workbooks import read_roster, write_slips, write_template
from rexian.org.domain import rights
from rexian.org.domain.refusals import Changed, nothing_there
from rexian.org.domain.roster import Change, Kind, Slip, plan_roster
from rexian.org.queries.rosters import present_for, rows_of
from rexian.org.services.departures import move_person
from rexian.org.services.loading import hold_organisation
from rexian.org.services.passwords import PasswordLink, give_password_link
from rexian.org.services.people import change_person, join_person
from rexian.org.services.posts import appoint_person
from rexian.org.services.units import change_unit, move_unit, open_unit

_OF_UNITS = frozenset({Kind.OPEN_UNIT, Kind.CHANGE_UNIT, Kind.MOVE_UNIT})


@transaction.atomic
def draft_roster(content: bytes, *, file_name: str, actor: Actor, at: datetime) -> None:
    """Read a workbook and keep its rows for whoever uploaded it; an earlier draft is dropped.

    Nothing is changed yet: ``queries.roster_draft`` shows what would be.
    """
    authorise(actor, rights.MANAGE)
    rows = read_roster(content)
    present_for(actor, rows)
    kept = [[row.sheet.value, row.number, dict(row.cells)] for row in rows]
    values = {"file_name": file_name[:120], "rows": kept, "made_at": at}
    models.RosterDraft.objects.update_or_create(person_id=actor.person or 0, defaults=values)


def drop_roster(*, actor: Actor) -> None:
    """Forget the draft."""
    models.RosterDraft.objects.filter(person=actor.person).delete()


@transaction.atomic
def carry_out_roster(*, digest: str, actor: Actor, at: datetime) -> tuple[PasswordLink, ...]:
    """Carry out one's draft, all or nothing, and return a password link for everybody new.

    ``digest`` names the plan that was looked at: where another one has become of it meanwhile,
    ``Changed`` is raised.
    """
    authorise(actor, rights.MANAGE)
    hold_organisation(actor.organisation or 0)
    draft = models.RosterDraft.objects.filter(person=actor.person).first()
    if draft is None:
        raise nothing_there("roster")
    rows = rows_of(draft)
    plan = plan_roster(rows, present_for(actor, rows))
    if plan.digest != digest or not plan.can_be_carried_out:
        raise Changed
    work = _Work.begin(actor, at)
    links = [link for change in plan.changes if (link := _DEEDS[change.kind](work, change))]
    draft.delete()
    of_units = sum(change.kind in _OF_UNITS for change in plan.changes)
    told = events.RosterCarriedOut(
        subject_id=actor.organisation or 0,
        organisation=actor.organisation,
        units=of_units,
        people=len(plan.changes) - of_units,
    )
    record(told, actor=actor, at=at)
    return tuple(links)


@dataclass(frozen=True, slots=True)
class _Work:
    """What carrying out needs at hand: ids by code and by sign-in name, who and when."""

    actor: Actor
    at: datetime
    units: dict[str, int]
    people: Mapping[str, int]

    @classmethod
    def begin(cls, actor: Actor, at: datetime) -> _Work:
        ours = models.Unit.objects.filter(organisation=actor.organisation)
        people = models.Person.objects.filter(organisation=actor.organisation, left_at=None)
        return cls(
            actor,
            at,
            dict(ours.values_list("code", "pk")),
            dict(people.values_list("sign_in", "pk")),
        )


def _open_unit(work: _Work, change: Change) -> None:
    assert change.unit  # noqa: S101 - a plan's change of a unit has its details
    work.units[change.subject] = open_unit(
        work.units[change.to_unit], details=change.unit, actor=work.actor, at=work.at
    )


def _change_unit(work: _Work, change: Change) -> None:
    assert change.unit  # noqa: S101 - a plan's change of a unit has its details
    unit = models.Unit.objects.get(pk=work.units[change.subject])
    change_unit(unit.pk, details=change.unit, version=unit.version, actor=work.actor, at=work.at)


def _move_unit(work: _Work, change: Change) -> None:
    parent = work.units[change.to_unit]
    move_unit(work.units[change.subject], parent_id=parent, actor=work.actor, at=work.at)


def _join(work: _Work, change: Change) -> PasswordLink:
    assert change.person  # noqa: S101 - a plan's change of a person has their details
    person = join_person(
        work.units[change.to_unit],
        details=change.person,
        roles=change.roles,
        actor=work.actor,
        at=work.at,
    )
    return give_password_link(person, actor=work.actor, at=work.at)


def _change_person(work: _Work, change: Change) -> None:
    assert change.person  # noqa: S101 - a plan's change of a person has their details
    person = models.Person.objects.get(pk=work.people[change.subject])
    change_person(
        person.pk, details=change.person, version=person.version, actor=work.actor, at=work.at
    )


def _move_person(work: _Work, change: Change) -> None:
    unit = work.units[change.to_unit]
    move_person(work.people[change.subject], unit_id=unit, actor=work.actor, at=work.at)


def _appoint(work: _Work, change: Change) -> None:
    unit = work.units[change.to_unit]
    for role in change.roles:
        appoint_person(
            work.people[change.subject], role=role, unit_id=unit, actor=work.actor, at=work.at
        )


_DEEDS: Mapping[Kind, Callable[[_Work, Change], PasswordLink | None]] = {
    Kind.OPEN_UNIT: _open_unit,
    Kind.CHANGE_UNIT: _change_unit,
    Kind.MOVE_UNIT: _move_unit,
    Kind.JOIN: _join,
    Kind.CHANGE_PERSON: _change_person,
    Kind.MOVE_PERSON: _move_person,
    Kind.APPOINT: _appoint,
}


def roster_template(*, language: str) -> bytes:
    """Return the workbook that people fill in, with its titles in ``language``."""
    return write_template(language)


def slips_workbook(slips: Sequence[Slip], *, language: str) -> bytes:
    """Return a workbook with the links that people set their passwords by."""
    return write_slips(slips, language)
