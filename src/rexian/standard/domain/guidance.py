"""What the guide tells an agent while a contact lasts: the next words, the step due, the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from rexian.standard.domain.events import Speaker


class SlotKind(StrEnum):
    """What a mark in prescribed wording stands for."""

    COMPANY = "company"
    AGENT_NUMBER = "agent_number"
    CUSTOMER = "customer"
    FORM_OF_ADDRESS = "form_of_address"
    PART_OF_DAY = "part_of_day"
    HOLIDAY = "holiday"
    PROMISED = "promised"
    NUMBER = "number"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Names:
    """What is filled into prescribed wording; what is empty stays a blank.

    ``form_of_address`` is 先生, 女士, 小姐 or any title (老师), empty where the sex is unknown;
    ``part_of_day`` is morning, noon, afternoon or evening; ``holiday`` the name of today's public
    holiday (春节); ``promised`` the time of an answer as it is said (2小时); ``number`` the number
    to read back; ``more`` fills other slots by their id.
    """

    company: str = ""
    agent_number: str = ""
    customer_surname: str = ""
    form_of_address: str = ""
    part_of_day: str = ""
    holiday: str = ""
    promised: str = ""
    number: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of wording: words as they stand, or a slot that is filled or still a blank."""

    text: str
    slot: SlotKind | None = None
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to say, piece by piece; a blank shows its title in brackets: 【公司名称】."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence, its blanks visible."""
        return "".join(one.text for one in self.pieces)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is still to be filled in by the agent, in order."""
        return tuple(one.text for one in self.pieces if one.is_blank)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Advice:
    """What the standard wants said now: the clause behind it, the words, and why now.

    ``words`` are alternatives, the best first, never none; ``is_ours`` where the clause prescribes
    none for this channel and the pack has words of its own.
    """

    clause: str
    rule: str
    title: str
    words: tuple[Words, ...]
    why_now: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """The step of a running protocol that comes next.

    ``number`` of ``of`` counts the ending too; ``due_at`` is in seconds from the start of the
    contact; ``then`` tells whether words are due or the contact may be ended.
    """

    clause: str
    rule: str
    title: str
    number: int
    of: int
    say: tuple[Words, ...]
    due_at: float
    then: Literal["say", "hang_up"]
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """What to show beside a conversation: one piece of advice, the others, the protocol's step."""

    next: Advice | None = None
    more: tuple[Advice, ...] = ()
    step: ProtocolStep | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether the agent may end the contact now, by which clause, and what speaks for it.

    ``farewells`` are the sides that have said goodbye since the matter was last spoken of;
    ``reason_needed`` tells that ending now is possible only with a reason.
    """

    is_allowed: bool
    farewells: frozenset[Speaker]
    is_protocol_done: bool
    clause: str = ""
    title: str = ""

    @property
    def reason_needed(self) -> bool:
        """Whether the agent who ends now has to say why."""
        return not self.is_allowed


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the clock that is named as a limit.

    ``day`` counts from today, ``weekday`` from Monday (0), ``weeks`` to the week that is meant;
    with neither it is the next time that the clock shows it. A time ``of_either_half`` (三点之前)
    may be before noon or after. ``month_day`` is a day of this month, or of the next where it is
    over; where a month is shorter, its last (月底).
    """

    at: time
    day: int | None = None
    weekday: int | None = None
    weeks: int = 0
    of_either_half: bool = False
    month_day: int | None = None

    def after(self, instant: datetime) -> datetime:
        """Return when the clock shows it, for words said at a local ``instant``."""
        if self.month_day is not None:
            return self._in_a_month(instant, self.month_day)
        due = datetime.combine(instant.date(), self.at, instant.tzinfo) + self._days(instant)
        later = due + timedelta(hours=12)
        if self.of_either_half and due <= instant < later:
            return later
        if due > instant or self.day is not None:
            return due
        return due + timedelta(days=1 if self.weekday is None else 7)

    def _in_a_month(self, instant: datetime, day: int) -> datetime:
        first = datetime.combine(instant.date().replace(day=1), self.at, instant.tzinfo)
        for month in (first, (first + timedelta(days=31)).replace(day=1)):
            last = ((month + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
            due = month.replace(day=min(day, last))
            if due > instant:
                return due
        return due

    def _days(self, instant: datetime) -> timedelta:
        if self.weekday is None:
            return timedelta(days=self.day or 0)
        return timedelta(days=self.weekday - instant.weekday(), weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in words: where it stands, the words, when it falls due, by which clause."""

    span: tuple[int, int]
    quote: str
    due: timedelta | Clock
    clause: str

    def due_at(self, said_at: datetime) -> datetime:
        """Return the instant at which it falls due; ``said_at`` is local where a clock is named."""
        return self.due.after(said_at) if isinstance(self.due, Clock) else said_at + self.due


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A telephone number or a plate that somebody said: where, what kind, and as it is read back.

    ``value`` has digits (and the plate's letters) alone; ``shown`` is grouped: 138 1234 5678.
    """

    span: tuple[int, int]
    kind: Literal["phone", "plate"]
    value: str
    shown: str
