"""Draw a whole call in one strip, however long it is: where to go is seen at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from rexian.reports.calls.findings import FAULTS, Arranged, Pinned
from rexian.reports.calls.lanes import Band, lanes_of
from rexian.reports.inspection.figures import minutes
from rexian.speech.domain.heard import HeardCall
from rexian.standard.domain.events import Speaker

_COLUMNS = 500
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS = 8
_MOST_PINS = 60


@dataclass(frozen=True, slots=True)
class OverviewLane:
    """One lane in small: its waves in a field of 1000 by 100, and its turns where it has none."""

    speaker: Speaker
    wave: str
    turns: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class OverviewPin:
    """A finding in the strip, in percent of the call."""

    finding: Pinned
    left: float


@dataclass(frozen=True, slots=True)
class Overview:
    """The strip: all measures in percent of the call's length."""

    lanes: tuple[OverviewLane, ...]
    pauses: tuple[Band, ...]
    pins: tuple[OverviewPin, ...]
    ticks: tuple[Band, ...]


def overview(heard: HeardCall, found: Arranged) -> Overview:
    """Return the strip of a call."""
    length = heard.format.duration or 1.0
    loudest = max((max(one, default=0) for one in heard.peaks), default=0) or 255
    return Overview(
        lanes=tuple(
            OverviewLane(
                lane.speaker,
                _wave(heard.peaks[lane.channel], loudest)
                if lane.channel < len(heard.peaks)
                else "",
                tuple(_turns(heard, lane.channel, length)),
            )
            for lane in lanes_of(heard)
        ),
        pauses=tuple(
            _band("held" if one.held else "silence", one.start, one.end, length)
            for one in heard.silences
        ),
        pins=tuple(
            OverviewPin(one, _percent(one.pin.seconds or 0.0, length)) for one in _worth(found)
        ),
        ticks=tuple(_ticks(length)),
    )


def _worth(found: Arranged) -> list[Pinned]:
    """Return what the strip has room for: of many findings the faults and suspicions alone."""
    pins = found.to_hear
    if len(pins) <= _MOST_PINS:
        return pins
    return [one for one in pins if one.shown.outcome in FAULTS]


def _wave(peaks: bytes, loudest: int) -> str:
    """Return strokes around the middle, at most as many as the strip has columns."""
    if not peaks:
        return ""
    each = max(1, ceil(len(peaks) / _COLUMNS))
    width = 1000 * each / len(peaks)
    strokes = []
    for place, first in enumerate(range(0, len(peaks), each)):
        height = round(48 * (max(peaks[first : first + each]) / loudest) ** 0.6)
        if height > 1:
            x = round((place + 0.5) * width, 1)
            strokes.append(f"M{x:g} {50 - height}v{2 * height}")
    return "".join(strokes)


def _turns(heard: HeardCall, channel: int, length: float) -> Iterator[Band]:
    for turn in heard.turns:
        if turn.channel == channel and not turn.backchannel:
            yield _band("speech", turn.start, turn.end, length)


def _band(kind: str, start: float, end: float, length: float) -> Band:
    left = _percent(start, length)
    return Band(kind, left, round(max(0.15, _percent(end, length) - left), 2), at=start)


def _ticks(length: float) -> Iterator[Band]:
    fitting = (step for step in _STEPS if length / step <= _MOST_TICKS)
    step = next(fitting, ceil(length / _MOST_TICKS))
    for number in range(1, int(length / step) + 1):
        if _percent(number * step, length) <= 97:
            yield Band("tick", _percent(number * step, length), 0.0, minutes(number * step))


def _percent(seconds: float, length: float) -> float:
    return round(min(100.0, max(0.0, 100 * seconds / length)), 2)
