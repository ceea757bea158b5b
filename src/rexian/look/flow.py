"""A flow drawn from the top down: its stations, the way that was taken, where it stands now.

Everything is reckoned here, so that a template writes plain SVG that is readable at the width of a
telephone and on paper.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

WIDTH = 340
_NODE_X, _TEXT_X = 60, 82
_TOP, _LINE, _GAP = 18, 17, 17
_BAR = 8
_TITLE_UNITS, _LINE_UNITS = 34, 41
_FIRST_LANE, _LANE, _LANES = 20, 11, 4


class Place(StrEnum):
    """Where a station stands to the way that was taken."""

    BEEN = "been"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station of a flow: its title, a few lines under it, and how far its time has run.

    ``share`` (0 to 1) draws a bar; ``tone`` is the bar's. What is ``beside`` the main way stands
    apart, below it.
    """

    id: str
    title: str
    lines: Sequence[str] = ()
    place: Place = Place.AHEAD
    beside: bool = False
    share: float | None = None
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of words in the drawing."""

    text: str
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A station at its place; ``bar`` is how far the bar reaches, from ``text_x`` on."""

    station: Station
    y: int
    rows: tuple[Row, ...]
    bar_y: int = 0
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """A line from one station to another; one that was gone has an arrow."""

    path: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A flow as it is drawn."""

    stations: tuple[Drawn, ...]
    legs: tuple[Leg, ...]
    height: int
    width: int = WIDTH
    node_x: int = _NODE_X
    text_x: int = _TEXT_X
    bar_width: int = WIDTH - _TEXT_X - 4


def draw(stations: Sequence[Station], way: Sequence[tuple[str, str]]) -> Drawing:
    """Return stations drawn in their order, with the legs of the way that was gone."""
    placed, y = [], 0
    for number, one in enumerate(stations):
        if one.beside and number and not stations[number - 1].beside:
            y += _GAP // 2
        drawn, y = _placed(one, y)
        placed.append(drawn)
    return Drawing(tuple(placed), tuple(_legs(placed, list(dict.fromkeys(way)))), y)


def wrapped(text: str, most: int) -> list[str]:
    """Return words in lines of at most so many units, a Han character two."""
    lines, line, room = [], "", most
    for one in text:
        units = 2 if unicodedata.east_asian_width(one) in "WF" else 1
        if units > room:
            cut = line.rfind(" ") + 1 if one != " " and units == 1 else 0
            lines.append(line[:cut].rstrip() or line)
            line = line[cut:] if cut else ""
            room = most - _units(line)
        line, room = line + one, room - units
    return [*lines, line.strip()] if line.strip() else lines


def _units(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _placed(one: Station, top: int) -> tuple[Drawn, int]:
    """Return a station that begins at ``top``, and where the next begins."""
    y = top + _TOP
    rows = [
        *((text, "title") for text in wrapped(one.title, _TITLE_UNITS)),
        *((text, "line") for said in one.lines for text in wrapped(said, _LINE_UNITS)),
    ]
    told = tuple(Row(text, y + 5 + n * _LINE, kind) for n, (text, kind) in enumerate(rows))
    below = y + 5 + (len(rows) - 1) * _LINE
    if one.share is None:
        return Drawn(one, y, told), below + _GAP - 6
    bar = round(min(1.0, max(0.0, one.share)) * (WIDTH - _TEXT_X - 4), 1)
    return Drawn(one, y, told, below + 8, bar), below + _GAP + _BAR


def _legs(placed: Sequence[Drawn], way: Sequence[tuple[str, str]]) -> Iterator[Leg]:
    """Yield the spine of the main way, then what was gone besides it, each in a lane of its own."""
    at = {one.station.id: number for number, one in enumerate(placed)}
    gone = set(way)
    main = [one for one in placed if not one.station.beside]
    for one, following in itertools.pairwise(main):
        is_gone = (one.station.id, following.station.id) in gone
        yield Leg(f"M{_NODE_X} {one.y + 7}V{following.y - 8}", is_gone)
    lane = 0
    for begin, end in way:
        if begin not in at or end not in at:
            continue
        if at[end] - at[begin] == 1 and not placed[at[end]].station.beside:
            continue
        out = _FIRST_LANE + _LANE * (lane % _LANES)
        yield Leg(_arc(placed[at[begin]].y, placed[at[end]].y, out), True)
        lane += 1


def _arc(begin: int, end: int, out: int) -> str:
    x, near = _NODE_X - out, _NODE_X - 9
    turn = 7 if end > begin else -7
    return (
        f"M{near} {begin}H{x + 7}Q{x} {begin} {x} {begin + turn}"
        f"V{end - turn}Q{x} {end} {x + 7} {end}H{near}"
    )
