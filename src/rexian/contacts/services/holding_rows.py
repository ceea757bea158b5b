"""Take hold of rows in one order (hotline, contact, presence): nobody waits in a circle.

Who has which contact is changed by whoever holds the hotline's turn; what is said in it, by whoever
holds the contact. Rows are locked without their keys, so that others may go on pointing at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import Move, State, moved
from rexian.contacts.domain.refusals import NotTheirs, nothing_there
from rexian.contacts.domain.rights import INTERVENE, SERVE
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.prepared import Prepared


def turn_of(hotline_id: int) -> models.Hotline:
    """Wait until nobody else routes for a hotline, and return it; ends with the transaction."""
    rows = models.Hotline.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit", "organisation").get(pk=hotline_id)


def turns_of(hotline_ids: Iterable[int]) -> dict[int, models.Hotline]:
    """Take the turns of several hotlines, in the order in which everybody takes them."""
    return {one: turn_of(one) for one in sorted(set(hotline_ids))}


def hotline_of(contact_id: int) -> int:
    """Return the hotline of a contact, which never changes; raise ``NotFound``."""
    found = models.Contact.objects.filter(pk=contact_id).values_list("hotline", flat=True).first()
    if found is None:
        raise nothing_there(f"contact:{contact_id}")
    return found


def held(contact_id: int) -> models.Contact:
    """Return a contact that nobody else changes until the transaction ends."""
    row = _held.first(contact_id)
    if row is None:
        raise nothing_there(f"contact:{contact_id}")
    return row


_held = Prepared(
    lambda contact: models.Contact.objects.select_for_update(no_key=True).filter(pk=contact)
)


def held_in_turn(contact_id: int) -> tuple[models.Hotline, models.Contact]:
    """Return a contact whose state is about to change, with its hotline."""
    hotline = turn_of(hotline_of(contact_id))
    return hotline, held(contact_id)


def as_own(row: models.Contact, actor: Actor) -> None:
    """Let the contact's own agent through; for others of the house it is not theirs to move."""
    as_colleague(row, actor)
    if actor.person is None or row.agent_id != actor.person:
        raise NotTheirs(mark("Somebody else has this contact now."))


def as_colleague(row: models.Contact, actor: Actor) -> None:
    """Let through whoever serves customers in the contact's organisation."""
    belongs(actor, row.organisation_id, code=f"contact:{row.pk}")
    authorise(actor, SERVE)


def as_supervisor(hotline: models.Hotline, row: models.Contact, actor: Actor) -> None:
    """Let through whoever may intervene in a hotline, or in what an agent of their unit does."""
    belongs(actor, hotline.organisation_id, code=f"contact:{row.pk}")
    if actor.may(INTERVENE, hotline.unit.path):
        return
    authorise(actor, INTERVENE, within=row.agent.unit.path if row.agent else hotline.unit.path)


def change(row: models.Contact, move: Move | None = None, **values: object) -> None:
    """Write a move and some values; the row is held, so nobody comes between."""
    if move is not None:
        values["state"] = moved(State(row.state), move).value
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])


def seconds(since: datetime | None, until: datetime) -> float:
    """Return how long something took, to the millisecond; never less than nothing."""
    return round(max(0.0, (until - since).total_seconds()), 3) if since else 0.0
