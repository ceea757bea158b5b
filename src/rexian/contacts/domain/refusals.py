"""What contacts refuse, each with a code of its own."""

from __future__ import annotations

from rexian.kernel.errors import Invalid, NotFound, Refused
from rexian.kernel.language import mark


class NotTheirs(Refused):
    """The contact is another agent's now (403)."""

    code = "not-your-contact"


class NobodyThere(Refused):
    """Whoever should take the contact is not ready, or has no room (403)."""

    code = "agent-not-available"


class NobodyServes(Refused):
    """Nobody who serves the queue is there now; the customer would wait for nobody (403)."""

    code = "queue-not-served"


class Closed(Refused):
    """The hotline is closed; a message can be left (403)."""

    code = "hotline-closed"


class NoSuchQueue(Invalid):
    """A queue that the hotline does not have (422)."""

    code = "no-such-queue"


class NoReason(Invalid):
    """What needs a reason has none (422)."""

    code = "reason-needed"


class RecordMissing(Refused):
    """After-contact work does not end before the record is saved (403)."""

    code = "record-not-saved"


def nothing_there(code: str) -> NotFound:
    """Return the error for what is not there, or not to be seen."""
    return NotFound(mark("There is nothing under {code}."), code=code)
