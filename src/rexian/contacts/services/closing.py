"""The end of after-contact work, as it is when the agent is done, or gone."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import Ending, Move
from rexian.contacts.services.holding_rows import change, seconds
from rexian.contacts.services.routing import about
from rexian.journal.services import record
from rexian.kernel.authority import Actor


def is_recorded(row: models.Contact) -> bool:
    """Tell whether the contact record says at least what the contact was about."""
    return models.Record.objects.filter(contact=row).exclude(category="").exists()


def close_contact(row: models.Contact, *, actor: Actor, at: datetime) -> None:
    """Close a contact that is written up, or whose agent is gone; its record may still be saved."""
    worked = seconds(row.talked_until, at)
    change(row, Move.FINISH, ended_at=at, ending=Ending.SERVED.value)
    models.Presence.objects.filter(pk=row.agent_id).update(idle_since=at)
    finished = events.ContactFinished(**about(row), worked=worked, recorded=is_recorded(row))
    record(finished, actor=actor, at=at)
