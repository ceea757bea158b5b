"""What falls due: an offer that nobody takes goes on."""

from __future__ import annotations

from datetime import datetime

from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.contacts.services import expire_offer
from rexian.contacts.services.routing import OFFER_EXPIRES
from rexian.kernel.language import mark


@deadline(OFFER_EXPIRES, title=mark("Let an offer go on"))
def expire(due: Due) -> None:
    """Offer the contact to the next, now, and have the offer missed when it ran out."""
    until = datetime.fromisoformat(due.data["until"])
    expire_offer(due.data["contact"], agent=due.data["agent"], until=until, at=due.at)
