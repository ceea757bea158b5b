"""A form laid out as the organisation's slip on paper: boxes in two columns, long ones across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.standard.domain.pack.recording import FieldSpec, FormSpec

_LONG = frozenset({"long", "place"})
WIDE = 20
"""Longer values than this need the whole breadth."""


@dataclass(frozen=True, slots=True)
class Box:
    """A label with its value; ``is_tall`` is a box to write in, also where it is empty."""

    label: str
    value: str
    is_wide: bool = False
    is_tall: bool = False


Row = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed in which part: a picture, or the word that the password confirmed it."""

    label: str
    name: str
    at: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A slip ready to be printed: rows of one broad or two narrow boxes."""

    company: str
    title: str
    number: str
    rows: tuple[Row, ...]
    signed: Signed | None
    notes: tuple[str, ...]


def boxes_of(
    spec: FormSpec, values: Mapping[str, str], missing: Mapping[str, str]
) -> Iterable[Box]:
    """Yield the boxes of a form, empty ones too: what is not filled in is written by hand."""
    for one in spec.fields:
        value = said(one, values.get(one.id, ""), missing.get(one.id, ""), spec)
        is_long = one.type == "long"
        is_wide = one.type in _LONG or len(value) > WIDE
        yield Box(text_in(one.label, current_language()), value, is_wide, is_long)


def said(one: FieldSpec, value: str, reason: str, spec: FormSpec) -> str:
    """Return what stands in a field, in words: a choice by its name, why it could not be had."""
    language = current_language()
    if one.type == "yes_no" and value:
        return translated(mark("yes") if value == "yes" else mark("no"))
    if value in one.choices:
        return text_in(one.choices[value], language)
    if not value and reason:
        why = spec.lacking.get(reason)
        told = text_in(why, language) if why else reason
        return translated(mark("not obtained: {reason}"), reason=told)
    return value


def rows_of(boxes: Iterable[Box]) -> tuple[Row, ...]:
    """Return boxes as rows: two narrow ones side by side, a broad one by itself."""
    rows: list[Row] = []
    waiting: list[Box] = []
    for one in boxes:
        if one.is_wide:
            rows += _paired(waiting)
            waiting = []
            rows.append((one,))
        else:
            waiting.append(one)
    rows += _paired(waiting)
    return tuple(rows)


def _paired(boxes: Sequence[Box]) -> list[Row]:
    return [tuple(boxes[at : at + 2]) for at in range(0, len(boxes), 2)]
