"""Publish versions of a standard from a day on, withdraw them, remove what was never published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark
from rexian.standard import events, models
from rexian.standard.adapters.offered import SHIPPED
from rexian.standard.adapters.versions import one_of
from rexian.standard.domain.publishing import (
    AlreadyPublished,
    DayTaken,
    Publication,
    require_free_day,
    require_withdrawable,
)
from rexian.standard.domain.rights import PUBLISH
from rexian.standard.services.importing import import_folder


class InUse(Conflict):
    """A version that has judged conversations stays, so that they can be explained (409)."""

    code = "standard-in-use"


@transaction.atomic
def publish_version(version_id: int, *, effective_on: date, actor: Actor, at: datetime) -> None:
    """Publish a version from a day of the organisation's own on: today or later.

    Raises ``DayOver``, ``DayTaken``, and ``AlreadyPublished`` for whoever comes second.
    """
    authorise(actor, PUBLISH)
    version = one_of(version_id, actor)
    require_free_day(effective_on, today=_today(version, at), publications=_publications(version))
    _publish(version, effective_on, actor, at)


@transaction.atomic
def withdraw_version(version_id: int, *, actor: Actor, at: datetime) -> None:
    """Withdraw a version that is published and has not come into force."""
    authorise(actor, PUBLISH)
    version = one_of(version_id, actor)
    require_withdrawable(version.effective_on, today=_today(version, at))
    withdrawn = models.Version.objects.filter(
        pk=version.id, effective_on=version.effective_on
    ).update(effective_on=None, published_by="", published_at=None)
    if not withdrawn:
        raise AlreadyPublished(mark("Somebody else has changed this version meanwhile."))
    record(
        events.VersionWithdrawn(**_of(version)),
        actor=actor,
        at=at,
    )


@transaction.atomic
def discard_version(version_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove a version that is not published and has judged nothing.

    The contents of its files stay: another import may count on them at this very moment.
    """
    authorise(actor, PUBLISH)
    version = one_of(version_id, actor)
    try:
        with transaction.atomic():
            removed, _ = models.Version.objects.filter(pk=version.id, effective_on=None).delete()
    except ProtectedError:
        raise InUse(
            mark("This version has judged conversations and stays, to explain them.")
        ) from None
    if not removed:
        raise AlreadyPublished(mark("A published version cannot be removed."))
    record(events.VersionDiscarded(**_of(version)), actor=actor, at=at)


@transaction.atomic
def publish_shipped(
    organisation_id: int, *, names: Iterable[str], actor: Actor, at: datetime
) -> tuple[int, ...]:
    """Import standards that ship and put them in force at once, as at the founding.

    They count from the day before, so that the first day is free for a version of one's own.
    """
    published = []
    for name in names:
        version_id = import_folder(organisation_id, key=f"{SHIPPED}:{name}", actor=actor, at=at)
        version = one_of(version_id, actor)
        _publish(version, _today(version, at) - timedelta(days=1), actor, at)
        published.append(version_id)
    return tuple(published)


def _publish(version: models.Version, effective_on: date, actor: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            published = models.Version.objects.filter(pk=version.id, effective_on=None).update(
                effective_on=effective_on, published_by=actor.code, published_at=at
            )
    except IntegrityError:
        raise DayTaken(
            mark("Another version of this standard comes into force on {day}: choose another day."),
            day=effective_on.isoformat(),
        ) from None
    if not published:
        raise AlreadyPublished(mark("This version has been published already."))
    event = events.VersionPublished(**_of(version), effective_on=effective_on.isoformat())
    record(event, actor=actor, at=at)


def _of(version: models.Version) -> events.Particulars:
    return {
        "subject_id": version.id,
        "organisation": version.organisation_id,
        "standard": version.name,
        "number": version.number,
    }


def _publications(version: models.Version) -> list[Publication]:
    rows = models.Version.objects.filter(
        organisation_id=version.organisation_id, name=version.name, effective_on__isnull=False
    )
    return [Publication(row.id, row.effective_on) for row in rows if row.effective_on]


def _today(version: models.Version, at: datetime) -> date:
    return at.astimezone(ZoneInfo(version.organisation.time_zone)).date()
