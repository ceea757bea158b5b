"""What becomes of somebody's contacts when they move to another unit, or leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import TALKING, WITH_AGENT, State
from rexian.contacts.services.holding_rows import turns_of
from rexian.contacts.services.there import give_back, hotlines_of, leave
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.queries import Held


class OpenContacts:
    """The contacts that somebody talks in or writes up, as something that they hold open.

    A customer in the middle of a conversation does not go to a successor who may not be there: they
    go to the front of the queue, where whoever is ready takes them at once.
    """

    kind = "contacts.contact"
    title = mark("Open contacts")

    def held_by(self, person_id: int) -> Sequence[Held]:
        """Return the contacts that somebody has; an offer is none yet."""
        states = [one.value for one in (*TALKING, State.AFTER)]
        rows = models.Contact.objects.filter(agent=person_id, state__in=states).order_by("pk")
        return [Held(f"contact:{row.pk}", row.name or row.number or f"{row.pk}") for row in rows]

    @in_one_transaction
    def hand_over(self, person_id: int, *, successor_id: int, actor: Actor, at: datetime) -> int:  # noqa: ARG002 - whoever is ready succeeds
        """Take them out of the queue, and give back all that they have."""
        served = models.Presence.objects.filter(pk=person_id)
        turns = turns_of([*served.values_list("hotline", flat=True), *hotlines_of(person_id)])
        count = len(self.held_by(person_id))
        presence = served.select_for_update(no_key=True).first()
        if presence is None:
            give_back(person_id, WITH_AGENT, actor=actor, at=at)
        else:
            leave(turns, presence, actor=actor, at=at)
        return count
