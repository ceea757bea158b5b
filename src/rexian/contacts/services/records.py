"""Save the contact record, and hear how the customer found it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import State
from rexian.contacts.domain.lines import LONGEST
from rexian.contacts.domain.numbers import read_number
from rexian.contacts.domain.ratings import checked_rating
from rexian.contacts.domain.refusals import nothing_there
from rexian.contacts.domain.words import keepable, one_line, several_lines
from rexian.contacts.services.customers import recognise
from rexian.contacts.services.holding_rows import as_own, held
from rexian.contacts.services.routing import about
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import CUSTOMER
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark


class RecordChanged(Conflict):
    """The record was saved elsewhere meanwhile, as in another tab (409)."""

    code = "record-changed"


class RecordTooLong(Invalid):
    """A record of more than anybody writes (422)."""

    code = "record-too-long"


_TALKED = frozenset({State.AFTER, State.ENDED})
_LARGEST = 60_000
"""Characters of all that a form's fields hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetails:
    """What an agent writes down; ``complete`` where the form has all that it asks for.

    ``missing`` gives each field that could not be had its reason (未获取). ``version`` is that of
    the record which was changed, 0 for the first.
    """

    category: str
    case_type: str = ""
    urgent: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, Any] = field(default_factory=dict)
    result: str = ""
    summary: str = ""
    name: str = ""
    number: str = ""
    form: str = ""
    complete: bool = True
    version: int = 0


@in_one_transaction
def save_record(contact_id: int, *, details: RecordDetails, actor: Actor, at: datetime) -> int:
    """Save the record of one's own contact, and return its version; also a draft, at any time.

    Also after its end: whoever was gone writes it up when they are back. Raises ``RecordChanged``
    where another tab was faster, ``RecordTooLong`` for more than anybody writes.
    """
    written = _written(details)
    row = held(contact_id)
    as_own(row, actor)
    before = models.Record.objects.filter(contact=row).first()
    version = before.version if before else 0
    if before and version == details.version + 1 and _is_same(before, written):
        return version
    if version != details.version:
        raise RecordChanged(mark("This record was saved meanwhile in another window."))
    values = {**written, "saved_at": at, "version": version + 1}
    models.Record.objects.update_or_create(contact=row, defaults=values)
    _know(row, details, at)
    saved = events.RecordSaved(
        **about(row),
        category=written["category"],
        version=version + 1,
        urgent=details.urgent,
        complete=details.complete,
    )
    record(saved, actor=actor, at=at)
    return version + 1


@in_one_transaction
def rate_contact(
    contact_id: int, *, solved: bool, satisfied: int, why: str = "", at: datetime
) -> None:
    """Take the customer's word for how it went; said again, it takes the place of the first."""
    checked_rating(satisfied)
    row = held(contact_id)
    if State(row.state) not in _TALKED or row.connected_at is None:
        raise nothing_there(f"rating:{contact_id}")
    told = {"solved": solved, "satisfied": satisfied, "why": several_lines(why[:4000])[:500]}
    if models.Rating.objects.filter(contact=row, **told).exists():
        return
    models.Rating.objects.update_or_create(contact=row, defaults={**told, "rated_at": at})
    rated = events.ContactRated(**about(row), solved=solved, satisfied=satisfied)
    record(rated, actor=CUSTOMER, at=at)


def _written(details: RecordDetails) -> dict[str, Any]:
    """Return the columns of a record as they can be kept."""
    free = {"values": dict(details.values), "missing": dict(details.missing)}
    free |= {"place": dict(details.place)}
    if len(details.summary) > LONGEST or len(json.dumps(free, default=str)) > _LARGEST:
        raise RecordTooLong(mark("This record is too long."), field="summary")
    return {
        **keepable(free),
        "category": one_line(details.category, most=60),
        "case_type": one_line(details.case_type, most=20),
        "urgent": details.urgent,
        "result": one_line(details.result, most=40),
        "summary": several_lines(details.summary),
        "complete": details.complete,
    }


def _is_same(before: models.Record, written: Mapping[str, Any]) -> bool:
    """Tell whether this is the record as it stands, sent again by somebody who heard no answer."""
    return all(getattr(before, column) == value for column, value in written.items())


def _know(row: models.Contact, details: RecordDetails, at: datetime) -> None:
    """Write down on the contact who it is, as far as the record says so."""
    number = read_number(details.number) if details.number.strip() else row.number
    told = {"name": one_line(details.name, most=80), "form": one_line(details.form, most=20)}
    given = {column: text for column, text in told.items() if text}
    known = (row.name, row.form, row.number)
    row.name, row.form = given.get("name", row.name), given.get("form", row.form)
    row.number = number
    if (row.name, row.form, row.number) == known:
        return
    row.save(update_fields=["name", "form", "number"])
    recognise(row, at=at)
    if given:
        models.Customer.objects.filter(pk=row.customer_id or 0).update(**given)
