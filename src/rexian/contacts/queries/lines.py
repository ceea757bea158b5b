"""Read transcripts."""

from __future__ import annotations

from rexian.contacts import models
from rexian.contacts.domain.lines import Audience, Line, Signal, Speaker
from rexian.prepared import Prepared

HEARD = "heard-"
"""What the lines of a recording are sent as, with the number of the turn in it behind."""


def is_heard(line: Line) -> bool:
    """Tell whether a line was heard in a recording, and not written when it happened."""
    return line.sent_as.startswith(HEARD)


def turn_heard(line: Line) -> int | None:
    """Return the number of the turn in its recording, ``None`` for a line that is none."""
    number = line.sent_as.removeprefix(HEARD)
    return int(number) if is_heard(line) and number.isdecimal() else None


def as_line(row: models.Line) -> Line:
    """Return a row as the value that everybody works with."""
    return Line(
        seq=row.seq,
        at=row.at,
        speaker=Speaker(row.speaker),
        text=row.text,
        signal=Signal(row.signal) if row.signal else None,
        person=row.person_id,
        audience=Audience(row.audience),
        automatic=row.automatic,
        attachment=row.attachment_id,
        reason=row.reason,
        sent_as=row.sent_as,
    )


def transcript(contact_id: int, *, after: int = 0, newest: int | None = None) -> tuple[Line, ...]:
    """Return the lines after ``after``, or of those the ``newest`` so many, in their order."""
    if newest is None:
        return tuple(map(as_line, _after.all(contact_id, after)))
    rows = models.Line.objects.filter(contact=contact_id, seq__gt=after)
    return tuple(map(as_line, reversed(rows.order_by("-seq")[:newest])))


_after = Prepared(
    lambda contact, after: models.Line.objects.filter(contact=contact, seq__gt=after).order_by(
        "seq"
    )
)


def for_customer(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return those that the customer may see."""
    return tuple(one for one in lines if one.audience is Audience.ALL)
