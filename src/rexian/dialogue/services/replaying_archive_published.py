"""A version that an organisation has published, to be carried to whoever judges an archive."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from rexian.dialogue.domain.archive_standards import CarriedStandard
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.instants import local_day
from rexian.kernel.errors import Invalid, NotFound
from rexian.kernel.language import mark
from rexian.org.queries.organisations import OrganisationShown, all_organisations
from rexian.standard.queries.published import kept_sources, load_version, versions

_OPERATOR = Actor.system("command")


class WhichOrganisation(Invalid):
    """Several organisations are here, and none is named (422)."""

    code = "archive-which-organisation"


def carried_version(name: str, *, organisation: str, at: datetime) -> CarriedStandard:
    """Return the version of a standard that is in force, or the one that ``name@number`` says.

    ``organisation`` is a code; it may be left out where there is only one. Raises ``NotFound``.
    """
    wanted, _, number = name.partition("@")
    of = _organisation(organisation)
    today = local_day(at, ZoneInfo(of.time_zone))
    lines = [one for one in versions(_OPERATOR, of.id, on=today) if one.name == wanted]
    meant = [
        one for one in lines if (one.number == number if number else one.standing == "in_force")
    ]
    if not meant:
        raise NotFound(mark("No version of {name} is published here, or not that one."), name=name)
    return CarriedStandard.of(load_version(meant[0].id), kept_sources(meant[0].id))


def _organisation(code: str) -> OrganisationShown:
    found = [one for one in all_organisations() if code in {"", one.code}]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(mark("There is no such organisation."), organisation=code)
    raise WhichOrganisation(mark("Several organisations are here: name one, with --organisation."))
