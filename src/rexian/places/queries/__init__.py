"""Reads about the list of places, as frozen values; and the reading of words against it."""

from rexian.places.queries.drafts import Draft, list_draft
from rexian.places.queries.listed import (
    PointShown,
    RoadShown,
    Wanted,
    point,
    point_count,
    points,
    road,
    road_count,
    roads,
)
from rexian.places.queries.reading import (
    PublicPoint,
    points_for_public,
    read,
    read_for_public,
    read_told,
    roads_of,
    suggestions,
)

__all__ = [
    "Draft",
    "PointShown",
    "PublicPoint",
    "RoadShown",
    "Wanted",
    "list_draft",
    "point",
    "point_count",
    "points",
    "points_for_public",
    "read",
    "read_for_public",
    "read_told",
    "road",
    "road_count",
    "roads",
    "roads_of",
    "suggestions",
]
