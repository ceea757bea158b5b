"""Callbacks as the desk shows them: who is to be called, why, by when, and who does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rexian.callbacks.domain.lifecycle import CAUSE_NAMES, RESULT_NAMES, STATE_NAMES, State
from rexian.callbacks.queries import AttemptShown, CallbackShown
from rexian.contacts.domain.numbers import spaced
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Happening, Tone

COLUMNS = (
    Column(title=mark("Customer")),
    Column(title=mark("Why")),
    Column(title=mark("Call by")),
    Column(title=mark("Calls so far"), numeric=True),
    Column(title=mark("Who calls")),
    Column(title=mark("Take it on"), unseen=True),
)
TONES = {
    State.PROMISED: Tone.INFO,
    State.ATTEMPTED: Tone.CAUTION,
    State.REACHED: Tone.GOOD,
    State.FAILED: Tone.BAD,
    State.WITHDRAWN: Tone.QUIET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackLine:
    """A callback for whoever looks; ``is_mine`` while they have taken it, ``by`` who else has."""

    callback: CallbackShown
    customer: str
    number: str
    cause: str
    state: str
    tone: Tone
    call_by: str
    is_late: bool
    is_mine: bool
    by: str
    at: datetime
    href: str
    take_href: str
    opens: str = ""
    note: str = ""

    @property
    def is_urgent(self) -> bool:
        """Tell whether it is about an emergency."""
        return self.callback.is_urgent

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still to call."""
        return self.callback.is_open

    @property
    def why(self) -> str:
        """Why the customer is called."""
        return translated(self.cause)

    @property
    def said(self) -> str:
        """The words of the promise, or of the message."""
        return self.callback.quote

    @property
    def calls(self) -> int:
        """How many calls were made so far."""
        return self.callback.attempts

    @property
    def given_to(self) -> str:
        """Whose share it is: a promise is whoever's is free."""
        return ""

    @property
    def key(self) -> str:
        """What the line is called in the page."""
        return str(self.callback.id)

    @property
    def is_free(self) -> bool:
        """Tell whether whoever looks may take it on."""
        return self.callback.is_open and not (self.is_mine or self.by or not self.number)


def callback_line(one: CallbackShown, request: PageRequest, *, at: datetime) -> CallbackLine:
    """Return a callback as a line of the list, and as the head of its own page."""
    person = request.person.id
    is_others = one.is_open and one.is_taken_by_other(person, at=at)
    return CallbackLine(
        callback=one,
        customer=_called(one),
        number=spaced(one.number),
        cause=CAUSE_NAMES[one.cause],
        state=STATE_NAMES[one.state],
        tone=TONES[one.state],
        call_by=local_text(one.next_at or one.due_at, request.person.time_zone),
        is_late=one.is_late(at),
        is_mine=one.is_open and one.taken_by == person,
        by=one.taken_by_name if is_others or not one.is_open else "",
        at=one.next_at or one.due_at,
        href=reverse("desk:callback", args=(one.id,)),
        take_href=reverse("desk:take-callback", args=(one.id,)),
    )


def _called(one: CallbackShown) -> str:
    """Return what the customer is called: by their number where nobody knows a name."""
    if one.customer_name:
        return one.customer_name + one.form
    return spaced(one.number) or translated(mark("Name unknown"))


def calls_told(attempts: Sequence[AttemptShown], time_zone: str) -> list[Happening]:
    """Return the calls of a callback as a page tells them."""
    return [
        Happening(
            at=one.at,
            at_text=local_text(one.at, time_zone),
            sentence=translated(
                mark("Call {number}: {result}"),
                number=one.nth,
                result=translated(RESULT_NAMES[one.result]),
            ),
            who=one.person_name,
            note=one.note,
            tone=Tone.GOOD if one.result.value == "reached" else Tone.QUIET,
        )
        for one in attempts
    ]
