"""Filters of the list of cases that people keep under a name."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark

FILTERS = (
    "view", "standing", "flow", "category", "unit", "handler", "source", "late", "today", "urgent",
    "q",
)  # fmt: skip
"""What the list can be filtered by, by the names that stand in its address."""

LONGEST_NAME = 40
LONGEST_PART = 80
MOST = 30
"""So many views one person keeps for themselves, and a unit for its people."""


class BadView(Invalid):
    """A filter cannot be kept under a name: ``field`` names what is wrong (422)."""

    code = "bad-view"


class ViewChanged(Conflict):
    """Somebody else has changed the view meanwhile (409)."""

    code = "view-changed"


def keepable_filter(given: Mapping[str, str]) -> dict[str, str]:
    """Return what of a filter is kept; raise ``BadView`` for one that filters nothing."""
    kept = {name: text for name, text in given.items() if text}
    if not kept:
        raise BadView(mark("Filter the list first: this is all there is."), field="name")
    if kept.keys() - set(FILTERS) or any(len(one) > LONGEST_PART for one in kept.values()):
        raise BadView(mark("This cannot be filtered by."), field="name")
    return kept
