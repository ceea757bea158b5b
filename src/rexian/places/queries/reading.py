"""Read words against an organisation's list, and suggest how they go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rexian.kernel.authority import Actor, authorise
from rexian.places.domain.reading import Reading, read_parts
from rexian.places.domain.rights import READ
from rexian.places.domain.roads import PointKind, Road
from rexian.places.domain.suggesting import Suggestion, suggest
from rexian.places.domain.telling import told
from rexian.places.queries.rows import list_of, road_value


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A point as a customer picks it, with the directions that it can be reached in."""

    road: str
    road_name: str
    kind: PointKind
    name: str
    stake: str
    directions: tuple[str, ...]


def roads_of(actor: Actor) -> tuple[Road, ...]:
    """Return the list of the actor's organisation: roads by code, each with its points."""
    authorise(actor, READ)
    return _roads_of(actor.organisation or 0)


def read(actor: Actor, text: str, parts: Mapping[str, str] | None = None) -> Reading:
    """Return the place that words tell; ``parts`` by name, which a person picked, prevail."""
    return read_parts(text, parts or {}, roads_of(actor))


def read_told(
    actor: Actor, text: str, parts: Mapping[str, str] | None = None, *, language: str
) -> dict[str, Any]:
    """Return a reading in words, ready for JSON, as the place picker shows it."""
    roads = roads_of(actor)
    return told(read_parts(text, parts or {}, roads), roads, language)


def suggestions(actor: Actor, text: str, *, limit: int) -> tuple[Suggestion, ...]:
    """Return what the end of a line of words may become, the best first."""
    return suggest(text, roads_of(actor), limit=limit)


def read_for_public(organisation: int, text: str) -> Reading:
    """Return the place that a customer's words tell, by the list of the organisation asked."""
    return read_parts(text, {}, _roads_of(organisation))


def points_for_public(organisation: int) -> tuple[PublicPoint, ...]:
    """Return the points that customers pick from, along each road: the list is no secret."""
    return tuple(
        PublicPoint(
            road=road.code,
            road_name=road.name,
            kind=one.kind,
            name=one.name,
            stake=str(one.stake),
            directions=(
                (road.direction(one.way).name,)
                if one.way
                else (road.rising.name, road.falling.name)
            ),
        )
        for road in _roads_of(organisation)
        for one in road.points
    )


def _roads_of(organisation: int) -> tuple[Road, ...]:
    return tuple(road_value(row, points) for row, points in list_of(organisation))
