"""Measure out the time line of a conversation: who spoke when, and what happened in between.

Everything is in percent of the whole length, so that the drawing fits any width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from rexian.dialogue.domain.conversations import Conversation
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.findings import Finding
from rexian.standard.domain.events import Signal, SignalName, Speaker
from rexian.standard.domain.verdicts import Outcome

DRAWN_SILENCE = 3.0
"""Seconds without speech from which a gap is drawn; what counts as too long is for the standard."""

_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS = 8
_PIN_WIDTH = 1.2
_PAUSES = {
    SignalName.HOLD_ON: SignalName.HOLD_OFF,
    SignalName.MUTE: SignalName.UNMUTE,
}

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: its kind, its left edge and its width in percent."""

    kind: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Point:
    """A moment: its kind, its place in percent, and what stands beside it."""

    kind: str
    left: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that is drawn, and the figures that say it in words."""

    seconds: float
    speech: tuple[Bar, ...]
    pauses: tuple[Bar, ...]
    points: tuple[Point, ...]
    ticks: tuple[Point, ...]
    rings: int
    held: float
    longest_silence: float
    hung_up_by: Speaker | None


def timeline(conversation: Conversation, findings: Sequence[Finding]) -> Timeline | None:
    """Return the drawing, or nothing where the source has no times."""
    spoken = list(_spoken(conversation))
    timed = [signal for signal in conversation.signals if _is_known(signal.at)]
    ends = [end for _, end, _ in spoken] + [signal.at or 0.0 for signal in timed]
    length = max(ends, default=0.0)
    if not spoken or length <= 0:
        return None
    held = list(pauses(timed, length))
    occupied = [(start, end) for start, end, _ in spoken] + [span for _, span in held]
    quiet = list(silences(occupied)) if heard(conversation) else []
    hang_up = next((s for s in timed if s.name is SignalName.HANG_UP), None)
    return Timeline(
        seconds=length,
        speech=tuple(_bar(speaker.value, (start, end), length) for start, end, speaker in spoken),
        pauses=tuple(
            [_bar(name.value, span, length) for name, span in held]
            + [_bar("silence", span, length) for span in quiet]
        ),
        points=(*_happenings(timed, length), *_pins(findings, length)),
        ticks=tuple(_ticks(length)),
        rings=sum(signal.name is SignalName.RING for signal in timed),
        held=sum(end - start for _, (start, end) in held),
        longest_silence=max((end - start for start, end in quiet), default=0.0),
        hung_up_by=hang_up.by if hang_up else None,
    )


def heard(conversation: Conversation) -> bool:
    """Tell whether a gap is a silence: between typed messages it is only the time of writing."""
    return conversation.facts.channel != "chat"


def _spoken(conversation: Conversation) -> Iterator[tuple[float, float, Speaker]]:
    for turn in conversation.turns:
        if turn.start is not None and turn.end is not None and isfinite(turn.start + turn.end):
            yield turn.start, max(turn.start, turn.end), turn.speaker


def _is_known(seconds: float | None) -> bool:
    return seconds is not None and isfinite(seconds)


def pauses(signals: Sequence[Signal], length: float) -> Iterator[tuple[SignalName, Span]]:
    """Yield each hold and each mute, one that never ends until the end of the conversation."""
    for begin, end in _PAUSES.items():
        started: float | None = None
        for signal in signals:
            if signal.name is begin and started is None:
                started = signal.at
            elif signal.name is end and started is not None and signal.at is not None:
                yield begin, (started, max(started, signal.at))
                started = None
        if started is not None:
            yield begin, (started, length)


def silences(occupied: Iterable[Span]) -> Iterator[Span]:
    """Yield the gaps between stretches of speech or hold that are long enough to be drawn."""
    ordered = sorted(occupied)
    quiet_from = ordered[0][1] if ordered else 0.0
    for start, end in ordered:
        if start - quiet_from >= DRAWN_SILENCE:
            yield quiet_from, start
        quiet_from = max(quiet_from, end)


def _happenings(signals: Iterable[Signal], length: float) -> Iterator[Point]:
    for signal in signals:
        if signal.name in (SignalName.RING, SignalName.ANSWER, SignalName.TRANSFER):
            yield Point(signal.name.value, _percent(signal.at or 0.0, length))
        elif signal.name is SignalName.HANG_UP:
            yield Point(f"hang_up {signal.by.value}", _percent(signal.at or 0.0, length))


def _pins(findings: Sequence[Finding], length: float) -> Iterator[Point]:
    """Yield a pin for each fault, then for each suspicion; where two would overlap, the first."""
    taken: list[float] = []
    for outcome in (Outcome.MISSED, Outcome.SUSPECT):
        for finding in findings:
            if finding.outcome is not outcome or not _is_known(finding.seconds):
                continue
            left = _percent(finding.seconds or 0.0, length)
            if all(abs(left - other) >= _PIN_WIDTH for other in taken):
                taken.append(left)
                yield Point(f"pin {outcome.value}", left, str(finding.number or ""))


def _ticks(length: float) -> Iterator[Point]:
    fitting = (step for step in _STEPS if length / step <= _MOST_TICKS)
    step = next(fitting, ceil(length / _MOST_TICKS))
    for number in range(1, int(length / step) + 1):
        left = _percent(number * step, length)
        if left <= 97:
            yield Point("tick", left, minutes(number * step))


def _bar(kind: str, span: Span, length: float) -> Bar:
    left, right = _percent(span[0], length), _percent(span[1], length)
    return Bar(kind, left, round(max(0.15, right - left), 2))


def _percent(seconds: float, length: float) -> float:
    return round(min(100.0, max(0.0, 100 * seconds / length)), 2)
