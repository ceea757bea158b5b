"""A day drawn: bars of what came in each half hour, for a picture made on the server."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rexian.contacts.queries import DayShown, Slot

WIDTH, HEIGHT = 720, 120
_GAP = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: what it counts, and where it stands in the picture."""

    kind: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A half hour: its place, its time as people read it, its parts from the ground up."""

    x: float
    width: float
    at: str
    slot: Slot
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A day of bars on a scale up to ``most``."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def curve_of(day: DayShown, time_zone: str) -> Curve:
    """Return a day as bars; what is still open stands on top of what is decided."""
    zone, wide = ZoneInfo(time_zone), WIDTH / max(1, len(day.slots))
    most = max((one.arrived for one in day.slots), default=0)
    bars = []
    for number, slot in enumerate(day.slots):
        at = slot.start.astimezone(zone).strftime("%H:%M")
        bars.append(Bar(number * wide, wide - _GAP, at, slot, _parts(slot, most)))
    return Curve(tuple(bars), most)


def _parts(slot: Slot, most: int) -> tuple[Part, ...]:
    waiting = slot.arrived - slot.in_time - slot.late - slot.abandoned
    counts = (
        ("in-time", slot.in_time),
        ("late", slot.late),
        ("abandoned", slot.abandoned),
        ("open", max(0, waiting)),
    )
    parts, ground = [], float(HEIGHT)
    for kind, count in counts:
        height = HEIGHT * count / most if most else 0.0
        ground -= height
        if count:
            parts.append(Part(kind, count, round(ground, 2), round(height, 2)))
    return tuple(parts)
