"""Tell a reading to a page, ready for JSON: what is understood, doubtful, wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rexian.kernel.language import translate
from rexian.places.domain.descriptions import describe
from rexian.places.domain.doubts import road_of
from rexian.places.domain.places import PART_NAMES, QUESTIONS, PlaceKind, to_json
from rexian.places.domain.reading import EDITABLE, Reading
from rexian.places.domain.roads import Road


def told(reading: Reading, roads: Sequence[Road], language: str) -> dict[str, Any]:
    """Return a reading in words: ``line`` is empty where nothing was recognised.

    ``parts`` are those that are known or wanted, each with what may be chosen for it.
    """
    place, wanted = reading.place, reading.missing
    is_read = place.kind is not PlaceKind.WORDS
    return {
        "place": to_json(place),
        "line": describe(place, language) if is_read else "",
        "parts": [
            {
                "part": part.value,
                "title": translate(PART_NAMES[part], language),
                "value": place.part(part),
                "choices": _choices(part.value, reading, roads),
            }
            for part in EDITABLE
            if place.part(part) or part in wanted
        ],
        "doubts": [
            {"part": one.part.value, "code": one.code, "sentence": one.sentence(language)}
            for one in reading.doubts
        ],
        "missing": [
            {"part": one.value, "question": translate(QUESTIONS[one], language)}
            for one in wanted
            if one in QUESTIONS
        ],
        "recognised": [
            {"part": one.part.value, "start": one.start, "end": one.end}
            for one in reading.recognised
        ],
    }


def _choices(part: str, reading: Reading, roads: Sequence[Road]) -> list[str]:
    road = road_of(reading.place, roads)
    if part == "road":
        return [one.code for one in roads]
    if part == "direction" and road:
        return [road.rising.name, road.falling.name]
    if part == "point" and road:
        return list(dict.fromkeys(one.name for one in road.points))
    return []
