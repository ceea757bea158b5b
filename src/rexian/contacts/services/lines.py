"""Add lines to a transcript: the one way in, and everybody who listens hears of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from rexian.contacts import events, models
from rexian.contacts.domain.lines import (
    SAME_AGAIN,
    Audience,
    Line,
    Signal,
    Speaker,
    TooMany,
)
from rexian.contacts.ports import Listener
from rexian.contacts.queries.lines import as_line
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, translate
from rexian.prepared import Prepared

_listeners: list[Listener] = []

BURST = 20
BURST_TIME = timedelta(seconds=10)
"""A customer takes at most so many turns in this time; nobody writes faster."""

_KEPT = ["lines", "last_line_at", "seen_by_agent", "seen_by_customer", "visitor_until"]
"""What is written down on the contact with every line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line that is about to be added; see ``Line``."""

    speaker: Speaker
    text: str = ""
    signal: Signal | None = None
    person: int | None = None
    audience: Audience = Audience.ALL
    automatic: bool = False
    attachment: int | None = None
    reason: str = ""
    sent_as: str = ""


def call_listener(listener: Listener) -> None:
    """Have a listener hear every line from now on; calling the same one twice changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def add_line(row: models.Contact, new: NewLine, *, actor: Actor, at: datetime) -> Line:
    """Add one line to a contact that is held."""
    return add_lines(row, (new,), actor=actor, at=at)[0]


def add_lines(
    row: models.Contact, new: Sequence[NewLine], *, actor: Actor, at: datetime
) -> tuple[Line, ...]:
    """Add lines in their order, journal the turns, and tell all who listen.

    What the caller has set on the contact of who has read how far is written too. A line is never
    dated before the one before it, also where the clock was set back in between.
    """
    at = max(at, row.last_line_at) if row.last_line_at else at
    rows = [
        models.Line(
            contact=row,
            seq=row.lines + number,
            at=at,
            speaker=one.speaker.value,
            text=one.text,
            signal=one.signal.value if one.signal else "",
            person_id=one.person,
            audience=one.audience.value,
            automatic=one.automatic,
            attachment_id=one.attachment,
            reason=one.reason,
            sent_as=one.sent_as,
        )
        for number, one in enumerate(new, 1)
    ]
    models.Line.objects.bulk_create(rows)
    row.lines, row.last_line_at = row.lines + len(rows), at
    row.save(update_fields=_KEPT)
    lines = tuple(map(as_line, rows))
    for line in lines:
        _journal(row, line, actor, at)
    for listener in _listeners:
        listener(row.pk, lines, at)
    return lines


def said_before(row: models.Contact, new: NewLine, at: datetime) -> Line | None:
    """Return the line that this one repeats: sent under the same name, or by a second click."""
    for one in _alike.all(row.pk, row.lines, new.sent_as, new.speaker.value):
        is_named = bool(new.sent_as) and (one.sent_as, one.speaker) == (new.sent_as, new.speaker)
        if is_named or _is_again(one, new, at):
            return as_line(one)
    return None


_alike = Prepared(
    lambda contact, last, sent_as, speaker: models.Line.objects.filter(
        Q(seq=last) | (Q(sent_as=sent_as, speaker=speaker) & ~Q(sent_as="")), contact=contact
    ).order_by("seq")
)


def _is_again(last: models.Line, new: NewLine, at: datetime) -> bool:
    """Tell whether the last line is the same words of the same side, a moment ago."""
    same = (last.speaker, last.person_id, last.text, last.audience) == (
        new.speaker.value,
        new.person,
        new.text,
        new.audience.value,
    )
    is_turn = not (last.signal or last.attachment_id or new.attachment)
    return same and is_turn and abs((at - last.at).total_seconds()) < SAME_AGAIN


def refuse_a_flood(row: models.Contact, at: datetime) -> None:
    """Raise ``TooMany`` where a customer has taken more turns in a moment than one can write."""
    back = _first_of_burst.first(row.pk)
    # A clock that was set back tells nothing: nobody is silenced until it has caught up.
    if back is not None and timedelta() <= at - back < BURST_TIME:
        raise TooMany(mark("That was very much at once. Please send it again in a moment."))


_first_of_burst: Prepared[datetime] = Prepared(
    lambda contact: (
        models.Line.objects.filter(contact=contact, speaker=Speaker.CUSTOMER.value)
        .order_by("-seq")
        .values_list("at", flat=True)[BURST - 1 : BURST]
    )
)


def automatic(row: models.Contact, message: str, **values: object) -> NewLine:
    """Return words of the hotline itself, in the customer's language."""
    text = translate(message, row.language, **values)
    return NewLine(speaker=Speaker.SYSTEM, text=text, automatic=True)


def _journal(row: models.Contact, line: Line, actor: Actor, at: datetime) -> None:
    if line.signal is not None:
        return  # what happened is an event of its own
    about: dict[str, Any] = {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "hotline": row.hotline_id,
        "agent": row.agent_id,
        "seq": line.seq,
    }
    event: events.ContactEvent = (
        events.WhisperSent(**about)
        if line.audience is Audience.AGENTS
        else events.TurnTaken(**about, speaker=line.speaker.value)
    )
    record(event, actor=actor, at=at)
