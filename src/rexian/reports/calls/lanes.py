"""Draw the two lanes of a call: waves, words at their times, what nobody said, and the pins.

A lane is cut into segments of the same length, each a drawing of its own whose horizontal measures
are in percent: on a screen they stand in a row that scrolls and grows, on paper they are broken
into rows, and no style has to be written into the page. Vertical measures are in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rexian.dialogue.domain.conversations import Conversation
from rexian.reports.calls.findings import Arranged, Pinned
from rexian.reports.calls.words import doubtful_words
from rexian.reports.inspection.cleaning import visible
from rexian.reports.inspection.figures import minutes
from rexian.speech.domain.heard import PEAKS_A_SECOND, HeardCall, HeardTurn, Kind, Stretch
from rexian.standard.domain.events import Signal, SignalName, Speaker

SEGMENT = 30
"""Seconds in a segment."""

TICK = 5
LEVELS = 3
"""How many pins can stand above each other where they come close."""

_WIDE, _NARROW = 0.185, 0.11  # seconds that a character takes, as wide as lanes are drawn at first
_SPILL = 1.5  # seconds that a word of the segment before may reach into this one
_MARKS = "，。！？；：、,.!?;:… "
_CLOSE = 0.45  # seconds within which two pins would touch
_LOWEST, _HIGHEST = 0.04, 0.96  # the least and the most of its lane that a wave takes

_SOUNDS = {Kind.RING_BACK: "ring", Kind.MUSIC: "music", Kind.TONE: "tone"}

Doubtful = Mapping[int, frozenset[float]]

_ENDS = {SignalName.HOLD_ON: SignalName.HOLD_OFF, SignalName.MUTE: SignalName.UNMUTE}


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time in a segment: what it is, and its left edge and width in percent."""

    kind: str
    left: float
    width: float
    label: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class LaidWord:
    """A word at its time: ``left`` in percent, ``at`` and ``end`` in seconds."""

    text: str
    left: float
    at: float
    end: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class LanePart:
    """What one lane holds in one segment; ``wave`` is a path in a field of 600 by 100."""

    speaker: Speaker
    wave: str
    turns: tuple[Band, ...]
    words: tuple[LaidWord, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """A finding at its instant: ``level`` keeps pins apart that stand close together."""

    finding: Pinned
    left: float
    level: int

    @property
    def width(self) -> int:
        """How many pixels its sign and its number take."""
        return 13 + 7 * len(str(self.finding.number or ""))


@dataclass(frozen=True, slots=True)
class Segment:
    """So many seconds of the call; ``bands`` lie behind both lanes, ``over`` is after its end."""

    start: int
    lanes: tuple[LanePart, ...]
    bands: tuple[Band, ...]
    pins: tuple[Pin, ...]
    ticks: tuple[Band, ...]
    over: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One channel: who speaks on it."""

    channel: int
    speaker: Speaker


def lanes_of(heard: HeardCall) -> tuple[Lane, ...]:
    """Return the lanes from top to bottom: the agent's above, the customer's below."""
    order = [Speaker.AGENT, Speaker.CUSTOMER, Speaker.UNKNOWN, Speaker.SYSTEM]
    lanes = [Lane(channel, role) for channel, role in enumerate(heard.roles)]
    return tuple(sorted(lanes, key=lambda lane: (order.index(lane.speaker), lane.channel)))


def segments(heard: HeardCall, conversation: Conversation, found: Arranged) -> Iterator[Segment]:
    """Yield the segments of a call."""
    length = heard.format.duration
    lanes = lanes_of(heard)
    doubtful = doubtful_words(heard, conversation)
    bands = list(_bands(heard, conversation.signals))
    pins = list(_levelled(found.to_hear))
    scale = _scale(heard.peaks)
    for start in range(0, max(SEGMENT, ceil(length)), SEGMENT):
        yield Segment(
            start=start,
            lanes=tuple(_part(heard, lane, start, scale, doubtful) for lane in lanes),
            bands=tuple(_within(bands, start)),
            pins=tuple(_pins_in(pins, start)),
            ticks=tuple(_ticks(start, length)),
            over=_percent(length - start) if length < start + SEGMENT else None,
        )


def _part(heard: HeardCall, lane: Lane, start: int, scale: float, doubtful: Doubtful) -> LanePart:
    end = start + SEGMENT
    turns = [turn for turn in heard.turns if turn.channel == lane.channel]
    near = [turn for turn in turns if turn.start < end and turn.end > start - _SPILL]
    bands = [Band(_kind(turn), turn.start, turn.end - turn.start, at=turn.start) for turn in near]
    peaks = heard.peaks[lane.channel] if lane.channel < len(heard.peaks) else b""
    return LanePart(
        speaker=lane.speaker,
        wave=wave(peaks[start * PEAKS_A_SECOND : end * PEAKS_A_SECOND], scale),
        turns=tuple(_within(bands, start)),
        words=tuple(_words(near, start, doubtful)),
    )


def _kind(turn: HeardTurn) -> str:
    return "backchannel" if turn.backchannel else "speech"


def _words(turns: Iterable[HeardTurn], start: int, doubtful: Doubtful) -> Iterator[LaidWord]:
    """Yield the words that show in a segment, each at its time, or where the one before ends.

    Engines crowd words together that were spoken apart; nobody could read them on one another.
    """
    free = -_SPILL
    for turn in turns:
        for word in turn.words:
            text = visible(word.text).rstrip(_MARKS)
            if not (text and start - _SPILL <= word.start < start + SEGMENT):
                continue
            at = max(word.start - start, free)
            free = at + sum(_WIDE if letter > "\u2e80" else _NARROW for letter in text)
            if free <= 0:
                continue
            yield LaidWord(
                text=text,
                left=_percent(at),
                at=round(word.start, 2),
                end=round(word.end, 2),
                doubtful=word.start in doubtful.get(turn.index, ()),
            )


def wave(peaks: bytes, scale: float) -> str:
    """Return strokes around the middle, one for each peak, as a path in a field of 600 by 100.

    ``scale`` is what the loudest of all lanes is divided by. What is as good as silent is left
    out: the middle line of the lane stands for it.
    """
    strokes = []
    for place, peak in enumerate(peaks):
        part = min(_HIGHEST, (peak / 255 / scale) ** 0.6 if peak else 0.0)
        if part < _LOWEST:
            continue
        height = round(50 * part)
        strokes.append(f"M{place}.5 {50 - height}v{2 * height}")
    return "".join(strokes)


def _scale(peaks: Sequence[bytes]) -> float:
    return max((max(one, default=0) for one in peaks), default=0) / 255 or 1.0


def _bands(heard: HeardCall, signals: Sequence[Signal]) -> Iterator[Band]:
    """Yield what is behind both lanes: overlaps, silences, holds, rings and music."""
    held = list(_held(signals, heard.format.duration))
    for silence in heard.silences:
        if not (silence.held and held):
            yield _span("held" if silence.held else "silence", silence.start, silence.end)
    for kind, start, end in held:
        yield _span(kind, start, end)
    for stretch in heard.stretches:
        if stretch.kind is not Kind.SPEECH:
            yield _stretch(stretch)
    for one in heard.interruptions:
        yield _span("overlap", one.start, one.end)


def _stretch(stretch: Stretch) -> Band:
    return _span(_SOUNDS[stretch.kind], stretch.start, stretch.end)


def _span(kind: str, start: float, end: float) -> Band:
    return Band(kind, start, end - start, at=round(start, 2), label=f"{end - start:.1f}")


def _held(signals: Sequence[Signal], length: float) -> Iterator[tuple[str, float, float]]:
    for begin, end in _ENDS.items():
        started: float | None = None
        for signal in signals:
            if signal.at is None:
                continue
            if signal.name is begin and started is None:
                started = signal.at
            elif signal.name in (end, SignalName.HOLD_OFF) and started is not None:
                yield begin.value, started, signal.at
                started = None
        if started is not None:
            yield begin.value, started, length


def _within(bands: Iterable[Band], start: int) -> Iterator[Band]:
    """Yield what of ``bands`` (in seconds) lies in a segment, in percent of it.

    A label stands once, in the segment where its band begins.
    """
    for band in bands:
        left, right = max(band.left, start), min(band.left + band.width, start + SEGMENT)
        if right > left:
            label = band.label if band.left >= start else ""
            width = max(0.1, _percent(right - left))
            yield Band(band.kind, _percent(left - start), width, label, band.at)


def _levelled(found: Iterable[Pinned]) -> Iterator[tuple[float, int, Pinned]]:
    last = [-10.0] * LEVELS
    for one in found:
        seconds = one.pin.seconds or 0.0
        free = [level for level in range(LEVELS) if seconds - last[level] >= _CLOSE]
        level = free[0] if free else min(range(LEVELS), key=last.__getitem__)
        last[level] = max(seconds, last[level] + _CLOSE)
        yield last[level], level, one


def _pins_in(pins: Iterable[tuple[float, int, Pinned]], start: int) -> Iterator[Pin]:
    for seconds, level, one in pins:
        if start <= seconds < start + SEGMENT:
            yield Pin(one, _percent(seconds - start), level)


def _ticks(start: int, length: float) -> Iterator[Band]:
    for seconds in range(start, min(start + SEGMENT, ceil(length)), TICK):
        yield Band("tick", _percent(seconds - start), 0.0, minutes(seconds), float(seconds))


def _percent(seconds: float) -> float:
    return round(100 * seconds / SEGMENT, 2)
