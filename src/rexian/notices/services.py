"""Put up, read and take down notices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rexian.clockwork.services import start_deadline, stop_deadlines
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.notices import events, models, queries
from rexian.notices.domain.notices import (
    Importance,
    NoLongerUp,
    NotForThem,
    notice_end,
    notice_text,
)
from rexian.notices.domain.rights import POST
from rexian.org.queries import unit

TAKE_DOWN = "notices.take_down"


@transaction.atomic
def post_notice(
    unit_id: int,
    *,
    text: str,
    until_at: datetime,
    importance: Importance = Importance.ORDINARY,
    actor: Actor,
    at: datetime,
) -> int:
    """Put up a notice for a unit and all below it, and return its id; its writer has read it.

    Raises ``Invalid`` for a text or an end that cannot be, ``NotFound`` for a unit that the actor
    does not see or that is closed.
    """
    shown = unit(unit_id, actor=actor)
    authorise(actor, POST, within=shown.path)
    if shown.closed_at is not None:
        raise NotFound(mark("There is nothing under {code}."), code=f"unit:{unit_id}")
    row = models.Notice.objects.create(
        organisation_id=shown.organisation,
        unit_id=unit_id,
        text=notice_text(text),
        importance=importance,
        posted_by=actor.code,
        posted_at=at,
        until_at=notice_end(until_at, at=at),
    )
    posted = events.NoticePosted(
        subject_id=row.pk, organisation=shown.organisation, unit=unit_id, importance=importance
    )
    record(posted, actor=actor, at=at)
    if actor.person is not None and unit_id in queries.units_concerning(actor):
        models.Reading.objects.create(notice=row, person_id=actor.person, read_at=at)
    start_deadline(
        TAKE_DOWN,
        subject=posted.subject,
        due_at=until_at,
        organisation=shown.organisation,
        data={"notice": row.pk},
        at=at,
    )
    return row.pk


@transaction.atomic
def read_notice(notice_id: int, *, actor: Actor, at: datetime) -> None:
    """Note that the actor has read a notice; a second time nothing happens."""
    shown = queries.notice(notice_id, actor=actor)
    if not shown.concerns or actor.person is None:
        raise NotForThem(mark("This notice is put up for others."))
    if shown.read_at is not None:
        return
    if not shown.is_up(at):
        raise _no_longer_up()
    _, is_new = models.Reading.objects.get_or_create(
        notice_id=notice_id, person_id=actor.person, defaults={"read_at": at}
    )
    if is_new:
        read = events.NoticeRead(
            subject_id=notice_id, organisation=actor.organisation, unit=shown.unit
        )
        record(read, actor=actor, at=at)


@transaction.atomic
def take_down_notice(notice_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a notice down before its end; whoever comes second is told so by ``NoLongerUp``."""
    queries.notice(notice_id, actor=actor)
    row = models.Notice.objects.select_related("unit").get(pk=notice_id)
    authorise(actor, POST, within=row.unit.path)
    up = models.Notice.objects.filter(pk=notice_id, down_at=None, until_at__gt=at)
    if not up.update(down_at=at):
        raise _no_longer_up()
    down = events.NoticeTakenDown(
        subject_id=notice_id, organisation=row.organisation_id, unit=row.unit_id
    )
    record(down, actor=actor, at=at)
    stop_deadlines(down.subject, at=at, name=TAKE_DOWN)


@transaction.atomic
def expire_notice(notice_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a notice down at its end ``at``; one that is down already stays as it is."""
    row = models.Notice.objects.select_related("unit").filter(pk=notice_id).first()
    if row is None:
        return
    authorise(actor, POST, within=row.unit.path)
    if models.Notice.objects.filter(pk=notice_id, down_at=None).update(down_at=at):
        expired = events.NoticeExpired(
            subject_id=notice_id, organisation=row.organisation_id, unit=row.unit_id
        )
        record(expired, actor=actor, at=at)


def _no_longer_up() -> NoLongerUp:
    return NoLongerUp(mark("This notice has come down meanwhile."))
