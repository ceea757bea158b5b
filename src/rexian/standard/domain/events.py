"""What the evaluator hears: turns and signals of one conversation, and the facts known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Speaker(StrEnum):
    """Who speaks or acts; ``UNKNOWN`` where a recording does not tell the two sides apart."""

    AGENT = "agent"
    CUSTOMER = "customer"
    SYSTEM = "system"
    UNKNOWN = "unknown"


class SignalName(StrEnum):
    """What can happen to a contact besides speech."""

    RING = "ring"
    ANSWER = "answer"
    HOLD_ON = "hold_on"
    HOLD_OFF = "hold_off"
    MUTE = "mute"
    UNMUTE = "unmute"
    TRANSFER = "transfer"
    HANG_UP = "hang_up"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a turn sounded, where it was heard and not written.

    ``doubtful`` are the pieces of its text, from and to, that recognition was not sure of;
    ``spoken`` is the seconds of speech in it, pauses taken out; ``loudness`` that of its speech in
    dB against full scale. A ``backchannel`` is a short sign of listening laid over the other side.
    """

    doubtful: tuple[tuple[int, int], ...] = ()
    spoken: float | None = None
    loudness: float | None = None
    backchannel: bool = False

    @classmethod
    def of_plain(cls, plain: Sequence[Any]) -> Voice:
        """Return how a turn sounded from its fields as plain values."""
        doubtful, *rest = plain
        return cls(tuple((start, end) for start, end in doubtful), *rest)


@dataclass(frozen=True, slots=True)
class Turn:
    """One uninterrupted utterance.

    ``start`` and ``end`` are seconds from the start of the contact (its first ring, or its
    acceptance), ``None`` where the source has no times; ``voice`` is there where it was heard.
    """

    index: int
    speaker: Speaker
    text: str
    start: float | None = None
    end: float | None = None
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that happened besides speech; ``at`` in seconds, ``None`` where unknown."""

    name: SignalName
    at: float | None = None
    by: Speaker = Speaker.SYSTEM


Event = Turn | Signal


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a contact besides its events; ``None`` is unknown, never "no".

    ``channel`` is phone, chat or counter; ``direction`` in or out; ``case_type`` enquiry, help,
    complaint, suggestion, nuisance or none; ``case_class`` simple or complex; ``day`` holiday or
    workday.

    ``waited`` is how many seconds the customer was queued before somebody answered; where nobody
    says, it is counted to the agent's ``answer``. An automatic greeting is no answer.

    ``signals`` tells whether the source records signals at all (a transcript from a text file
    does not): without it, rules about rings, holds and hanging up are undecided. ``signals_told``
    are those that the source can tell, where it cannot tell all of them: a recording alone tells
    rings and the answer, not who hung up.
    """

    channel: str | None = None
    direction: str | None = None
    case_type: str | None = None
    case_class: str | None = None
    day: str | None = None
    signals: bool = True
    parameters: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    waited: float | None = None
    signals_told: tuple[str, ...] | None = None

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Facts:
        """Return the facts that were written as plain values, by this program or an earlier one."""
        told = plain.get("signals_told")
        return cls(**{**plain, "signals_told": None if told is None else tuple(told)})

    def without(self, name: SignalName) -> Facts:
        """Return the facts of a source that does not tell such a signal, or not by whom it is."""
        told = SignalName if self.signals_told is None else self.signals_told
        return replace(self, signals_told=tuple(str(one) for one in told if one != name))

    def tells(self, names: Iterable[str]) -> bool:
        """Say whether the source would tell of all these signals if they came."""
        if not self.signals or self.signals_told is None:
            return self.signals
        return all(name in self.signals_told for name in names)
