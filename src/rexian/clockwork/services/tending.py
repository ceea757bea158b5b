"""Release parked work, or give it up: an administrator's two answers to what failed for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from rexian.clockwork import models
from rexian.clockwork.domain.rights import TEND
from rexian.clockwork.domain.stewards import see_to_it
from rexian.clockwork.domain.work import Lane, State
from rexian.clockwork.events import WorkDropped, WorkReleased
from rexian.clockwork.services.claiming import forgotten_at
from rexian.clockwork.services.waking import wake_after_commit
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import Conflict, NotFound
from rexian.kernel.language import mark


class NoLongerParked(Conflict):
    """Somebody else has released or dropped it already (409)."""

    code = "no-longer-parked"


def release_parked(work_id: int, *, actor: Actor, at: datetime) -> None:
    """Have parked work tried anew at once, with all its attempts."""
    with transaction.atomic():
        work = _parked(work_id, actor)
        _change(
            work,
            state=State.OPEN,
            next_at=at,
            attempts=0,
            failed_at=None,
            done=0,
            total=0,
        )
        event = WorkReleased(
            subject_id=work.id, organisation=work.organisation, work=work.name, about=work.subject
        )
        record(event, actor=actor, at=at)
        wake_after_commit(Lane(work.lane), next_at=at, at=at)


def drop_parked(work_id: int, *, actor: Actor, at: datetime) -> None:
    """Give parked work up: it is never done, and the journal says who decided so."""
    with transaction.atomic():
        work = _parked(work_id, actor)
        _change(
            work,
            state=State.STOPPED,
            failed_at=None,
            ended_at=at,
            forget_at=forgotten_at(work, at),
            key=None,
        )
        event = WorkDropped(
            subject_id=work.id, organisation=work.organisation, work=work.name, about=work.subject
        )
        record(event, actor=actor, at=at)


def _parked(work_id: int, actor: Actor) -> models.Work:
    """Return the work as it stands, if the actor may tend to it."""
    authorise(actor, TEND)
    work = models.Work.objects.filter(pk=work_id).first()
    if work is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"work:{work_id}")
    see_to_it(actor, work.organisation, code=f"work:{work_id}")
    return work


def _change(work: models.Work, **changes: object) -> None:
    rows = models.Work.objects.filter(pk=work.pk, fence=work.fence, state=State.PARKED)
    if not rows.update(**changes, fence=F("fence") + 1):
        raise NoLongerParked(mark("Somebody else has released or dropped this already."))
