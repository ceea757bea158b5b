"""What an inspector says of a clause in a contact, and how the machine's findings compare."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.verdicts import Outcome

LONGEST_NOTE = 500


class Said(StrEnum):
    """What an inspector who has listened says of one clause; no fault is also no occasion."""

    NO_FAULT = "no_fault"
    BROKEN = "broken"
    CANNOT_TELL = "cannot_tell"


class BadAnswer(Invalid):
    """An answer that cannot be one (422)."""

    code = "quality-bad-answer"


class AnsweredMeanwhile(Conflict):
    """The contact was finished, or answered elsewhere, in the meantime (409)."""

    code = "quality-answered-meanwhile"


class Machine(StrEnum):
    """What the machine says of one clause in one contact, all its verdicts taken together."""

    FAULT = "fault"
    NO_FAULT = "no_fault"
    LEFT_OPEN = "left_open"


def machine_says(outcomes: Collection[Outcome]) -> Machine:
    """Return what verdicts on one clause come to.

    One miss is a fault. Otherwise a suspicion, or what it could not decide, is left to a person.
    """
    if Outcome.MISSED in outcomes:
        return Machine.FAULT
    if Outcome.SUSPECT in outcomes or Outcome.UNDECIDED in outcomes:
        return Machine.LEFT_OPEN
    return Machine.NO_FAULT


def said_of(value: str) -> Said:
    """Return the answer that a form or a program names; raise ``BadAnswer``."""
    try:
        return Said(value)
    except ValueError:
        raise BadAnswer(
            mark("{value} is no answer: no_fault, broken or cannot_tell."),
            value=value[:40],
        ) from None
