"""What customers do with their cases by themselves, and what they are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid, Refused
from rexian.standard.domain.pack.casework import Effect

CUSTOMER = Actor("customer")
"""Whoever has shown the key of a case; the journal knows them by the case alone."""

TWICE_WITHIN = timedelta(minutes=10)
"""The same words from the same number within this time are one case, however often they come."""

MOST_STEPS, STEPS_WITHIN = 20, timedelta(hours=1)
"""So many steps of one case a customer makes in this time; the next has to wait."""

PRESSED_WITHIN = timedelta(minutes=10)
"""Who presses again within this time has pressed once."""

OFFERED: tuple[Effect, ...] = ("press", "add", "withdraw", "resume", "confirm", "reopen")
"""What the portal has a form for, where the flow offers it to the customer."""

FOR_CUSTOMER = frozenset({"customer", "agent", "taker", "callback"})
"""Whose pressing, adding and withdrawing is the customer's, by themselves or by the telephone."""

SOLVED_SATISFIED = 3
"""From this figure of five on somebody counts as satisfied."""


class WrongCase(Invalid):
    """A number and a telephone number that do not belong together; it is not said which (422)."""

    code = "no-such-case"


class NotOffered(Refused):
    """What the flow does not offer a customer now (403)."""

    code = "not-offered"


class TooManySteps(Refused):
    """More from one customer in an hour than anybody has to say (429)."""

    code = "too-many-steps"
    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a customer fills in for a case; ``sent_as`` is the name of the form they sent."""

    sent_as: str
    category: str
    matter: str
    name: str
    number: str
    place_text: str = ""
    wants_answer: bool = True
    hides_customer: bool = False
