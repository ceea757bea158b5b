"""The findings of one call: each with the instant to listen to and the words that were right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from rexian.dialogue.domain.conversations import Conversation
from rexian.reports.inspection.cleaning import visible
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.findings import FOLDED, SHOWN, Finding, span_of
from rexian.standard.domain.verdicts import Outcome

_GRAVITY = {outcome: place for place, outcome in enumerate((*SHOWN, *FOLDED))}
FAULTS = (Outcome.MISSED, Outcome.SUSPECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFinding:
    """What was found at one instant of a call, as the page around it tells it.

    ``seconds`` count from the beginning of the recording; ``turn`` is a turn's own index;
    ``words`` would have been right. ``address`` is where the clause can be read. ``id`` names the
    element, where the page wants one of its own; ``more`` is markup of the page's at its end.
    """

    outcome: Outcome
    clause: str
    reason: str
    asks: str = ""
    quote: str = ""
    seconds: float | None = None
    turn: int | None = None
    words: tuple[str, ...] = ()
    address: str = ""
    id: str = ""
    waits: bool = False
    more: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A finding with its place: ``pin`` is how its words are marked in what was said."""

    shown: CallFinding
    pin: Finding
    anchor: str

    @property
    def number(self) -> int:
        """The number of its pin, 0 where it is not about certain words."""
        return self.pin.number

    @property
    def wording(self) -> tuple[str, ...]:
        """The words that would have been right, where something was wrong."""
        return self.shown.words if self.shown.outcome in FAULTS else ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """The findings by where they are shown: on the whole call, pinned to words, folded away."""

    loose: tuple[Pinned, ...]
    pinned: tuple[Pinned, ...]
    folded: tuple[Pinned, ...]

    def pins_of(self, place: int) -> list[Finding]:
        """Return the pins of one turn, by its place in the conversation."""
        return [one.pin for one in self.pinned if one.pin.turn == place]

    @property
    def to_hear(self) -> list[Pinned]:
        """What has an instant and is worth a pin on the lanes, in the order of time."""
        timed = [one for one in (*self.loose, *self.pinned) if one.pin.seconds is not None]
        return sorted(timed, key=lambda one: (one.pin.seconds or 0.0, one.number))


def arranged(conversation: Conversation, findings: Sequence[CallFinding], number: int) -> Arranged:
    """Return the findings numbered in the order of their words, faults of the whole call first."""
    places = {turn.index: place for place, turn in enumerate(conversation.turns)}
    found = sorted(findings, key=lambda one: _GRAVITY[one.outcome])
    shown = [(one, _pin(one, conversation, places)) for one in found if one.outcome in SHOWN]
    folded = [(one, _pin(one, conversation, places)) for one in found if one.outcome in FOLDED]
    pinned = sorted(
        ((one, pin) for one, pin in shown if pin.turn is not None),
        key=lambda pair: (pair[1].turn or 0, pair[1].end, pair[1].begin),
    )
    counted = [(one, replace(pin, number=at)) for at, (one, pin) in enumerate(pinned, 1)]
    loose = [(one, pin) for one, pin in shown if pin.turn is None]
    return Arranged(
        loose=_named(loose, f"l{number}-"),
        pinned=_named(counted, f"n{number}-"),
        folded=_named(folded, f"f{number}-"),
    )


def _named(pairs: Sequence[tuple[CallFinding, Finding]], prefix: str) -> tuple[Pinned, ...]:
    return tuple(
        Pinned(one, pin, one.id or f"{prefix}{at}") for at, (one, pin) in enumerate(pairs, 1)
    )


def _pin(one: CallFinding, conversation: Conversation, places: Mapping[int, int]) -> Finding:
    place = places.get(one.turn) if one.turn is not None else None
    turn = conversation.turns[place] if place is not None else None
    seconds = one.seconds if one.seconds is not None or turn is None else turn.start
    begin, end = span_of(turn.text, one.quote) if turn else (0, 0)
    return Finding(
        outcome=one.outcome,
        clause=visible(one.clause),
        reason=visible(one.reason),
        quote=visible(one.quote),
        at="" if seconds is None else minutes(seconds),
        seconds=seconds,
        turn=place,
        begin=begin,
        end=end,
    )
