"""What is known of a recorded call before anybody has heard it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rexian.dialogue.domain.conversations import Label
from rexian.standard.domain.events import Signal, Speaker, Turn


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The facts of one call; ``None`` and "" are unknown, never "no".

    ``number`` is the telephone number of the customer; ``direction`` in or out; ``rings`` how
    often it rang and ``ring_seconds`` for how long, before somebody answered; ``waited`` how many
    seconds the customer was queued. ``roles`` says who speaks on each channel of the recording,
    and is empty where nobody says.

    ``signals`` tells whether the telephone system's own ``events`` are there, in seconds from the
    beginning of the recording. ``labels`` and ``true_turns`` are what people found in the call:
    they are for measuring, and nothing that is heard is ever taken from them. Where they have been
    written down, ``labelled`` is true though the call have none.
    """

    id: str
    agent: str = ""
    number: str = ""
    channel: str | None = "phone"
    direction: str | None = None
    rings: int | None = None
    ring_seconds: float | None = None
    queue: str = ""
    start: datetime | None = None
    waited: float | None = None
    hung_up_by: Speaker | None = None
    standard: str | None = None
    case_type: str | None = None
    case_class: str | None = None
    roles: tuple[Speaker, ...] = ()
    signals: bool = False
    events: tuple[Signal, ...] = ()
    labelled: bool = False
    assessable: bool | None = None
    labels: tuple[Label, ...] = ()
    true_turns: tuple[Turn, ...] = ()

    def roles_of(self, channels: int) -> tuple[Speaker, ...]:
        """Return who speaks on each of the ``channels`` that a recording turns out to have."""
        return roles_of(self.roles, channels)


def roles_of(roles: Sequence[Speaker], channels: int) -> tuple[Speaker, ...]:
    """Return ``roles`` where they are those of so many ``channels``, else nobody known.

    What was said of two channels says nothing of their mix, and the other way round: a guess would
    put one's words into the other's mouth.
    """
    if len(roles) == channels:
        return tuple(roles)
    return (Speaker.UNKNOWN,) * channels
