"""How the clockwork stands: the figures of its page, and what is in trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rexian.clockwork import queries
from rexian.clockwork.domain.work import Kind
from rexian.clockwork.queries import MOST, WorkInTrouble
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.environment import current_language
from rexian.look.instants import local_text
from rexian.look.pagination import page_of
from rexian.look.shapes import Column, Tile, Tone

SIZE = 25
SHOWN_RETRYING = 10
LATE = timedelta(seconds=60)

KINDS: Mapping[Kind, str] = {
    Kind.DEADLINE: mark("deadline"),
    Kind.REACTION: mark("follow-up"),
    Kind.JOB: mark("job"),
    Kind.PERIODIC: mark("periodic task"),
}
PARKED_COLUMNS = (
    Column(title=mark("Work")),
    Column(title=mark("Subject")),
    Column(title=mark("Why")),
    Column(title=mark("Attempts"), numeric=True),
    Column(title=mark("Parked")),
    Column(title=mark("What to do"), unseen=True),
)
RETRYING_COLUMNS = (*PARKED_COLUMNS[:4], Column(title=mark("Next attempt")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Work in trouble as a line of the page."""

    work: WorkInTrouble
    kind: str
    error: str
    failed_at: str
    next_at: str

    @property
    def why(self) -> str:
        """The reason in the language of whoever looks; asked for when the page is rendered."""
        return self.work.reason.sentence(current_language()) if self.work.reason else ""


def parked_part(
    actor: Actor, *, zone: str, number: str | None = None, query: str = ""
) -> Mapping[str, Any]:
    """Return the values of the fragment that shows a page of what is parked."""
    total = queries.parked_count(actor=actor)
    page = page_of(number, size=SIZE, total=total, query=query)
    parked = queries.parked(actor=actor, limit=SIZE, offset=page.offset)
    return {
        "parked": [_line(one, zone) for one in parked],
        "parked_columns": PARKED_COLUMNS,
        "page": page,
        "total": total,
    }


def standing(actor: Actor, *, zone: str, at: datetime) -> Mapping[str, Any]:
    """Return what the page shows as it is at an instant: figures, and what is tried again."""
    retrying = queries.retrying(actor=actor, limit=SHOWN_RETRYING)
    return {
        "tiles": _tiles(actor, at),
        "retrying": [_line(one, zone) for one in retrying],
        "retrying_columns": RETRYING_COLUMNS,
        "as_of": local_text(at, zone),
    }


def _tiles(actor: Actor, at: datetime) -> tuple[Tile, ...]:
    counts = queries.counts(at=at, actor=actor)
    lag = queries.lag(at=at)
    late = lag > LATE
    return (
        Tile(title=mark("Waiting for its time"), figure=_figure(counts.waiting)),
        Tile(title=mark("Due now"), figure=_figure(counts.due)),
        Tile(title=mark("Under way"), figure=_figure(counts.running)),
        Tile(title=mark("Tried again later"), figure=_figure(counts.retrying)),
        Tile(
            title=mark("Longest wait of what is due"),
            figure=_seconds(lag),
            unit=mark("s"),
            tone=Tone.BAD if late else Tone.GOOD,
            badge=mark("no worker keeps up") if late else mark("in time"),
        ),
    )


def _line(work: WorkInTrouble, zone: str) -> Line:
    return Line(
        work=work,
        kind=KINDS[work.kind],
        error=work.reason.error if work.reason else "",
        failed_at=local_text(work.failed_at, zone),
        next_at=local_text(work.next_at, zone) if work.next_at else "–",
    )


def _figure(count: int) -> str:
    return f"{count:,}+" if count >= MOST else f"{count:,}"


def _seconds(span: timedelta) -> str:
    seconds = span.total_seconds()
    return f"{seconds:,.0f}" if seconds >= 10 else f"{seconds:.1f}"
