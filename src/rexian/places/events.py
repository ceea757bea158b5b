"""What happens to an organisation's list of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadAdded(Event):
    """A road was added to the list."""

    name: ClassVar[str] = "places.road_added"
    noun: ClassVar[str] = "road"

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadChanged(Event):
    """What the list says of a road was changed."""

    name: ClassVar[str] = "places.road_changed"
    noun: ClassVar[str] = "road"

    code: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRetired(Event):
    """A road was taken out of the list, with the points on it."""

    name: ClassVar[str] = "places.road_retired"
    noun: ClassVar[str] = "road"

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAdded(Event):
    """A point was added to a road."""

    name: ClassVar[str] = "places.point_added"
    noun: ClassVar[str] = "point"

    code: str
    kind: str
    stake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChanged(Event):
    """What the list says of a point was changed; ``code`` is its road's."""

    name: ClassVar[str] = "places.point_changed"
    noun: ClassVar[str] = "point"

    code: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRetired(Event):
    """A point was taken out of the list."""

    name: ClassVar[str] = "places.point_retired"
    noun: ClassVar[str] = "point"

    code: str
    kind: str
    stake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCarriedOut(Event):
    """A file with roads and points was carried out; the counts are of what it changed."""

    name: ClassVar[str] = "places.list_carried_out"
    noun: ClassVar[str] = "organisation"

    roads: int
    points: int
