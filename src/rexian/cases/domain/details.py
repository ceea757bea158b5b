"""What a case is taken with, as it can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rexian.cases.domain.refusals import BadCase
from rexian.cases.domain.standing import Source
from rexian.kernel.language import mark
from rexian.places.domain.places import from_json

LONGEST_MATTER = 10_000
OUTSIDE_BODIES = ("12345", "12328", "12315", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetails:
    """What is known when a case is taken.

    ``sent_as`` is the name of the request: the same one again is the same case. ``place`` is a
    place of ``rexian.places`` as JSON, ``place_text`` how it reads. ``due_at`` is the instant that
    an outside body, or the customer, names. ``unit`` takes the case where that is not the
    hotline's own (a counter); ``parent`` is the event that it is part of.
    """

    source: Source = Source.CONTACT
    sent_as: str = ""
    category: str = ""
    case_type: str = ""
    case_class: str = ""
    customer_class: str = ""
    title: str = ""
    matter: str = ""
    name: str = ""
    form_of_address: str = ""
    number: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)
    place_text: str = ""
    contact: int | None = None
    unit: int | None = None
    parent: int | None = None
    split_from: int | None = None
    hides_customer: bool = False
    wants_answer: bool = True
    outside_body: str = ""
    outside_number: str = ""
    due_at: datetime | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)


def see_that_it_makes_sense(details: CaseDetails, *, at: datetime) -> None:
    """Raise ``BadCase``, which names the field, for a case that nobody could work on."""
    if not (details.title.strip() or details.matter.strip()):
        raise BadCase(mark("Say what it is about."), field="matter")
    if len(details.matter) > LONGEST_MATTER:
        raise BadCase(mark("This is too long."), field="matter")
    if details.source is Source.OUTSIDE and not details.outside_number.strip():
        raise BadCase(mark("A case that is passed on has a number of the other body."),
                      field="outside_number")  # fmt: skip
    if details.outside_body and details.outside_body not in OUTSIDE_BODIES:
        raise BadCase(mark("This body is not known."), field="outside_body")
    if details.due_at is not None and details.due_at <= at:
        raise BadCase(mark("The time that was named is over already."), field="due_at")


def place_key(place: Mapping[str, Any], text: str) -> str:
    """Return what two cases at one place have in common: road and kilometre, address, meter."""
    for name in ("meter_no", "customer_no", "address"):
        if place.get(name):
            return f"{name}:{place[name]}"[:80]
    if place.get("road"):
        stake = from_json(place).stake
        spot = stake.metres // 1000 if stake else place.get("point", "")
        return f"{place['road']}:{place.get('direction', '')}:{spot}"[:80]
    return "".join(text.split())[:80]
