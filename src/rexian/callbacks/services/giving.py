"""Give calls on cases to those who call customers back, in fair shares (GH-4.4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rexian.callbacks import events, models
from rexian.callbacks.domain.case_calls import (
    OPEN_CALLS,
    BadCall,
    CallMovedOn,
    CallState,
    NotByHandler,
    SurveyState,
)
from rexian.callbacks.domain.shares import next_for
from rexian.callbacks.queries.shares import share_list
from rexian.cases.domain.rights import CALL, SUPERVISE
from rexian.contacts.queries import is_near
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.org.queries import signed_in


def give(
    call: models.CaseCall, *, besides: Collection[int], actor: Actor, at: datetime
) -> int | None:
    """Give a call that is held to whoever has the fewest; it stays with who may make it.

    ``besides`` are those who handled its cases. With nobody to give it to it is anybody's.
    """
    if call.given_to_id is not None and call.given_to_id not in besides:
        return call.given_to_id
    shares = share_list(call.home.path, zone=zone_of(call), at=at)
    person = next_for(shares, besides=besides)
    call.given_to_id, call.given_at = person, at if person is not None else None
    call.save(update_fields=["given_to", "given_at"])
    if person is not None:
        record(events.CaseCallGiven(**about_call(call), agent=person), actor=actor, at=at)
    return person


@in_one_transaction
def give_case_call(call_id: int, *, person: int, actor: Actor, at: datetime) -> None:
    """Give a call to somebody else: a supervisor's doing; given already, nothing happens.

    Raises ``NotByHandler`` for whoever handled a case of it, ``BadCall`` for who makes no calls.
    """
    call = held_call(call_id, actor)
    if not is_near(call.home.path, actor.reach(SUPERVISE)):
        authorise(actor, SUPERVISE, within=call.home.path)
    if CallState(call.state) not in OPEN_CALLS:
        raise CallMovedOn(mark("This callback has moved on meanwhile."))
    if person in handlers_of(call):
        raise NotByHandler(mark("Somebody else than the handler asks how it went."))
    if not _calls_there(person, call):
        raise BadCall(mark("Choose somebody who calls customers back."), field="person")
    if call.given_to_id == person:
        return
    call.given_to_id, call.given_at = person, at
    call.taken_by_id, call.taken_at = None, None
    call.save(update_fields=["given_to", "given_at", "taken_by", "taken_at"])
    record(events.CaseCallGiven(**about_call(call), agent=person), actor=actor, at=at)


def held_call(call_id: int, actor: Actor) -> models.CaseCall:
    """Return a call that the actor may work on, held until the transaction ends."""
    rows = models.CaseCall.objects.select_for_update(of=("self",), no_key=True)
    call = rows.select_related("home", "hotline__organisation").filter(pk=call_id).first()
    if call is None or not may_see(call.organisation_id, call.home.path, actor):
        raise NotFound(mark("There is nothing under {code}."), code=f"case_call:{call_id}")
    return call


def may_see(organisation: int, home_path: str, actor: Actor) -> bool:
    """Tell whether an actor calls customers back for the house that took the cases."""
    if actor.is_system:
        return True
    ours = actor.organisation == organisation
    return ours and is_near(home_path, actor.reach(CALL) | actor.reach(SUPERVISE))


def zone_of(call: models.CaseCall) -> ZoneInfo:
    """Return the time zone by which a call's days are told."""
    return ZoneInfo(call.hotline.organisation.time_zone)


def handlers_of(call: models.CaseCall) -> frozenset[int]:
    """Return who handled the cases of a call: they do not ask how it went."""
    rows = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    return frozenset(rows.exclude(handler=None).values_list("handler", flat=True))


def about_call(call: models.CaseCall) -> dict[str, Any]:
    """Return what every event of a call on cases begins with."""
    return {
        "subject_id": call.pk,
        "organisation": call.organisation_id,
        "hotline": call.hotline_id,
    }


def _calls_there(person: int, call: models.CaseCall) -> bool:
    found = signed_in(person)
    if found is None or found.actor.organisation != call.organisation_id:
        return False
    return is_near(call.home.path, found.actor.reach(CALL))
