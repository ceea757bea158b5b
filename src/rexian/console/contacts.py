"""A contact as its page shows it: what was said, with what was found pinned to the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rexian.contacts.domain.lifecycle import Ending, State
from rexian.contacts.domain.lines import Audience, Line, Speaker
from rexian.contacts.queries import ContactShown
from rexian.dialogue.domain.reviewing import Review
from rexian.dialogue.queries.findings import FindingShown
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.shapes import Tone
from rexian.reports.inspection.cleaning import one_line, visible
from rexian.reports.inspection.findings import FOLDED, SHOWN, Finding
from rexian.reports.inspection.pieces import Piece, pieces
from rexian.reports.inspection.words import signal_words
from rexian.standard.domain.events import SignalName
from rexian.standard.domain.events import Speaker as Side
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome

STATES: Mapping[str, tuple[str, Tone]] = {
    State.QUEUED.value: (mark("waits"), Tone.CAUTION),
    State.OFFERED.value: (mark("rings"), Tone.INFO),
    State.CONNECTED.value: (mark("in conversation"), Tone.GOOD),
    State.HELD.value: (mark("on hold"), Tone.CAUTION),
    State.AFTER.value: (mark("after-contact work"), Tone.QUIET),
    Ending.SERVED.value: (mark("served"), Tone.QUIET),
    Ending.ABANDONED.value: (mark("abandoned"), Tone.CAUTION),
    Ending.MESSAGE.value: (mark("left a message"), Tone.INFO),
    State.ENDED.value: (mark("ended"), Tone.QUIET),
}
REVIEWS: Mapping[Review, tuple[str, Tone]] = {
    Review.CONFIRMED: (mark("confirmed"), Tone.GOOD),
    Review.REJECTED: (mark("rejected"), Tone.QUIET),
    Review.CHANGED: (mark("changed"), Tone.INFO),
}
CHANNELS = {"chat": mark("Chat"), "phone": mark("Phone")}
_GRAVITY = {outcome: place for place, outcome in enumerate((*SHOWN, *FOLDED))}


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it: a turn in ``pieces``, or a happening in ``text``."""

    seq: int
    time: str
    kind: str
    who: str = ""
    text: str = ""
    pieces: Sequence[Piece] = ()
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A finding with its place on the page; ``number`` is 0 where it has none among the words."""

    shown: FindingShown
    pin: Finding
    asks: str
    at: str
    person: str
    reviewer: str

    @property
    def number(self) -> int:
        """The number of its pin."""
        return self.pin.number


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was found, by where the page shows it."""

    loose: tuple[Pinned, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    folded: tuple[Pinned, ...] = ()

    @property
    def waiting(self) -> tuple[FindingShown, ...]:
        """What a person has to look at, in the order of the page."""
        return tuple(one.shown for one in (*self.loose, *self.pinned) if one.shown.waits)


def state_of(contact: ContactShown) -> tuple[str, Tone]:
    """Return what the state of a contact is called; one that is over by how it came to its end."""
    ending = contact.ending.value if contact.ending else State.ENDED.value
    return STATES[ending if contact.state is State.ENDED else contact.state.value]


def customer_text(contact: ContactShown) -> str:
    """Return what a customer is called in a list: by name, by number, or as somebody unknown."""
    return one_line(contact.name) or contact.number or translated(mark("Unknown customer"))


def clock_time(at: datetime, time_zone: str) -> str:
    """Return the time of day, to the second."""
    return f"{at.astimezone(ZoneInfo(time_zone)):%H:%M:%S}"


def arranged(
    findings: Sequence[FindingShown],
    lines: Sequence[Line],
    *,
    contact: ContactShown,
    standard: Standard | None,
    names: Mapping[str, str],
    time_zone: str,
) -> Arranged:
    """Return findings by where they are shown: on the whole, pinned to words, folded away."""
    said = {one.seq: one for one in lines if one.signal is None}
    found = []
    for one in findings:
        at = _instant(one, contact)
        found.append(
            Pinned(
                one,
                _placed(one, said),
                _asks(one, standard),
                clock_time(at, time_zone) if at else "",
                names.get(f"person:{one.person}", ""),
                names.get(f"person:{one.reviewed_by}", ""),
            )
        )
    found.sort(key=lambda one: _GRAVITY[one.shown.outcome])
    shown = [one for one in found if one.shown.outcome in SHOWN]
    pinned = [one for one in shown if one.pin.turn is not None]
    pinned.sort(key=lambda one: (one.pin.turn or 0, one.pin.end, one.pin.begin))
    return Arranged(
        loose=tuple(one for one in shown if one.pin.turn is None),
        pinned=tuple(
            replace(one, pin=replace(one.pin, number=number))
            for number, one in enumerate(pinned, 1)
        ),
        folded=tuple(one for one in found if one.shown.outcome in FOLDED),
    )


def rows(
    lines: Sequence[Line], found: Arranged, *, names: Mapping[str, str], time_zone: str
) -> Iterator[Row]:
    """Yield the lines of a transcript in their order."""
    pins: dict[int, list[Finding]] = {}
    for one in found.pinned:
        pins.setdefault(one.pin.turn or 0, []).append(one.pin)
    for line in lines:
        time = clock_time(line.at, time_zone)
        if line.signal is not None:
            yield Row(line.seq, time, "happening", text=_happening(line))
            continue
        yield Row(
            line.seq,
            time,
            _kind(line),
            who=_speaker(line, names),
            pieces=pieces(line.text, pins.get(line.seq, [])),
            file=line.attachment,
        )


def _placed(one: FindingShown, said: Mapping[int, Line]) -> Finding:
    line = said.get(one.turns[-1]) if one.turns else None
    text = visible(line.text) if line else ""
    quote = visible(one.quote)
    begin = text.find(quote) if quote else -1
    span = (begin, begin + len(quote)) if begin >= 0 else (len(text), len(text))
    return Finding(
        outcome=one.outcome,
        clause=visible(one.clause),
        reason=visible(one.why),
        quote=quote,
        turn=line.seq if line else None,
        begin=span[0],
        end=span[1],
    )


def _asks(one: FindingShown, standard: Standard | None) -> str:
    clause = standard.clauses.get(one.clause) if standard else None
    return visible(text_in(clause.text, current_language())) if clause else ""


def _instant(one: FindingShown, contact: ContactShown) -> datetime | None:
    if one.at_seconds is None:
        return None
    return contact.arrived_at + timedelta(seconds=one.at_seconds)


def _kind(line: Line) -> str:
    if line.audience is Audience.AGENTS:
        return "agent whisper"
    return "system" if line.automatic else line.speaker.value


def _speaker(line: Line, names: Mapping[str, str]) -> str:
    if line.automatic or line.speaker is Speaker.SYSTEM:
        return translated(mark("System"))
    if line.speaker is Speaker.CUSTOMER:
        return translated(mark("Customer"))
    name = names.get(f"person:{line.person}") or translated(mark("Agent"))
    if line.audience is Audience.AGENTS:
        return translated(mark("{name}, not to the customer"), name=name)
    return name


def _happening(line: Line) -> str:
    by = Side(line.speaker.value)
    known = {one.value: one for one in SignalName}
    name = known.get(line.signal.value) if line.signal else None
    return signal_words(name, by, current_language()) if name else str(line.signal)


def counted(findings: Sequence[FindingShown], outcome: Outcome) -> int:
    """Return how many findings have an outcome."""
    return sum(one.outcome is outcome for one in findings)
