"""The few lines in which an example tells a conversation, laid out in time.

``客服：…`` and ``客户：…`` are turns of the agent and the customer, four characters a second, with
0.8 s between one and the next. In brackets stands what happens besides: ``[静默 5]`` (so many
seconds pass before what comes next), ``[插话 1]`` (what comes next begins so many seconds before
the last words end), ``[响铃 3]`` (so many rings, then the answer), ``[语速 300]``
(characters a minute from here on), ``[响度 30]`` (what comes next is heard, so many dB below full
scale), ``[听错 投诉]`` (recognition is unsure of these words in what comes next), ``[静音]``,
``[取消静音]``, ``[保持]``, ``[取消保持]``, ``[转接]``, ``[客服挂机]`` and ``[客户挂机]``;
``[等候 45]`` (so many seconds in the queue, then an agent answers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn, Voice
from rexian.standard.domain.pack.documents import Fault, Written
from rexian.standard.domain.pack.facts import NOT, UNKNOWN

CHARACTERS_A_MINUTE = 240.0
BETWEEN_TURNS = 0.8
BETWEEN_RINGS = 5.0
RING_TO_ANSWER = 2.0
SHORTEST_TURN = 0.25

_SPOKEN = re.compile(r"^(客服|客户)\s*[：:]\s*(\S.*)$", re.DOTALL)
_HAPPENED = re.compile(r"^[\[［【]\s*(\S+?)(?:\s+([0-9]+(?:\.[0-9]+)?))?\s*[\]］】]$")
_MISHEARD = re.compile(r"^[\[［【]\s*听错\s+(\S+)\s*[\]］】]$")
_SPEAKERS = {"客服": Speaker.AGENT, "客户": Speaker.CUSTOMER}
_COUNTED = {"静默", "插话", "响铃", "语速", "等候", "响度"}
_SIGNALS = {
    "静音": (SignalName.MUTE, Speaker.AGENT),
    "取消静音": (SignalName.UNMUTE, Speaker.AGENT),
    "保持": (SignalName.HOLD_ON, Speaker.AGENT),
    "取消保持": (SignalName.HOLD_OFF, Speaker.AGENT),
    "转接": (SignalName.TRANSFER, Speaker.AGENT),
    "客服挂机": (SignalName.HANG_UP, Speaker.AGENT),
    "客户挂机": (SignalName.HANG_UP, Speaker.CUSTOMER),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that somebody says."""

    by: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A line in brackets: the word in it, and the number that some words have."""

    what: str
    count: float = 0.0
    words: str = ""


def read_line(line: Written) -> Spoken | Happened:
    """Read one line; raise ``Fault`` where it is neither somebody's words nor a known bracket."""
    spoken = _SPOKEN.match(line.strip())
    if spoken:
        return Spoken(_SPEAKERS[spoken[1]], spoken[2])
    misheard = _MISHEARD.match(line.strip())
    if misheard:
        return Happened("听错", words=misheard[1])
    happened = _HAPPENED.match(line.strip())
    if not happened:
        raise Fault(
            line.place, f"a line of an example begins with 客服： or 客户： or [, not {line!r}"
        )
    what, count = happened.groups()
    if what not in _SIGNALS and what not in _COUNTED:
        known = ", ".join((*sorted(_COUNTED), *_SIGNALS))
        raise Fault(line.place, f"in brackets stands one of {known}, not {what!r}")
    if (count is None) == (what in _COUNTED):
        needs = "needs" if count is None else "takes no"
        raise Fault(line.place, f"[{what}] {needs} number")
    return Happened(what, float(count or 0))


def lay_out(talk: Iterable[Written]) -> tuple[Event, ...]:
    """Return the events that the lines of an example tell, with their times."""
    layout = _Layout()
    for line in talk:
        one = read_line(line)
        if isinstance(one, Spoken):
            layout.speak(one)
        else:
            layout.happen(one)
    return tuple(layout.events)


def facts_of(bound: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> Facts:
    """Return an example's facts: those given, else what its rule is bound to, else phone and in."""
    known = {"channel": "phone", "direction": "in"}
    known.update({name: one[0] for name, one in bound.items() if not one[0].startswith(NOT)})
    known.update(given)
    values = {name: value for name, value in known.items() if value != UNKNOWN}
    return Facts(
        channel=values.get("channel"),
        direction=values.get("direction"),
        case_type=values.get("case_type"),
        case_class=values.get("case_class"),
        day=values.get("day"),
    )


@dataclass(slots=True)
class _Layout:
    """The clock of an example, in seconds, and what has happened so far."""

    events: list[Event] = field(default_factory=list)
    clock: float = 0.0
    pause: float = 0.0
    turns: int = 0
    rate: float = CHARACTERS_A_MINUTE
    loudness: float | None = None
    misheard: str = ""

    def speak(self, line: Spoken) -> None:
        """Lay out a turn."""
        start = self._next()
        characters = sum(character.isalnum() for character in line.text)
        self.clock = round(start + max(SHORTEST_TURN, characters * 60 / self.rate), 3)
        voice = self._voice(line.text)
        self.events.append(Turn(self.turns, line.by, line.text, start, self.clock, voice))
        self.turns += 1
        self.pause = BETWEEN_TURNS

    def _voice(self, text: str) -> Voice | None:
        """Return how a turn sounded, where the example says that it was heard."""
        if self.loudness is None and not self.misheard:
            return None
        at, words = text.find(self.misheard), self.misheard
        self.misheard = ""
        pieces = ((at, at + len(words)),) if words and at >= 0 else ()
        return Voice(doubtful=pieces, loudness=self.loudness)

    def happen(self, line: Happened) -> None:
        """Lay out what happens besides speech."""
        if line.what == "静默":
            self.pause = line.count
        elif line.what == "插话":
            self.pause = -line.count
        elif line.what == "语速":
            self.rate = max(1.0, line.count)
        elif line.what == "响度":
            self.loudness = -line.count
        elif line.what == "听错":
            self.misheard = line.words
        elif line.what == "响铃":
            self._ring(int(line.count))
        elif line.what == "等候":
            self.clock = round(self.clock + line.count, 3)
            self._signal(SignalName.ANSWER, Speaker.AGENT)
        else:
            self.clock = self._next()
            self._signal(*_SIGNALS[line.what])

    def _signal(self, name: SignalName, by: Speaker) -> None:
        self.events.append(Signal(name, self.clock, by))
        self.pause = BETWEEN_TURNS

    def _ring(self, times: int) -> None:
        for _ in range(times):
            self.clock = self._next()
            self.events.append(Signal(SignalName.RING, self.clock))
            self.pause = BETWEEN_RINGS
        self.clock += RING_TO_ANSWER
        self.events.append(Signal(SignalName.ANSWER, self.clock))
        self.pause = BETWEEN_TURNS

    def _next(self) -> float:
        return round(self.clock + self.pause, 3)
