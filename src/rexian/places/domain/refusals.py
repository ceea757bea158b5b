"""What the services of places refuse, besides what the organisation's own do.

RexianError
├── Invalid    422
│   └── NotAList            a file that cannot be read as a list of roads and points
├── Conflict   409
│   └── Listed              a code or a name that stands in the list already
└── Refused    403
    └── PointsOutside       a road made so short that points of it lie outside
"""

from __future__ import annotations

from rexian.kernel.errors import Conflict, Invalid, NotFound, Refused
from rexian.kernel.language import mark


class NotAList(Invalid):
    """A file that cannot be read as a list of places, with the reason (422)."""

    code = "not-a-list"


class Listed(Conflict):
    """A code or a name that stands in the list already; ``details["field"]`` says which (409)."""

    code = "listed"


class PointsOutside(Refused):
    """Points of a road would lie outside it; ``details["points"]`` names some (403)."""

    code = "points-outside"


def nothing_there(code: str) -> NotFound:
    """Return what is raised for something that is not there, or not for this actor to see."""
    return NotFound(mark("There is nothing under {code}."), code=code)
