"""What comes back every few seconds or hours: who is gone, what nobody needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from rexian.clockwork.domain.handlers import periodic
from rexian.clockwork.domain.running import RunningJob
from rexian.contacts.services import abandon_if_gone, end_lapsed, remove_orphans, restart_offer
from rexian.contacts.services.ending import gone, shorten_visits
from rexian.contacts.services.offers import offers_ahead
from rexian.contacts.services.routing import hotlines_waiting, route_hotline
from rexian.contacts.services.there import lapsed, shorten_leases
from rexian.kernel.language import mark

OFTEN = timedelta(seconds=5)


@periodic("contacts.end_lapsed", every=OFTEN, title=mark("Notice who is gone"))
def end_all_lapsed(job: RunningJob) -> None:
    """Take agents and waiting customers for gone whose pages are no longer heard of.

    Each is a transaction of its own: one that fails keeps no others from being noticed.
    """
    at = job.now()
    shorten_leases(at)
    shorten_visits(at)
    deeds: list[Callable[[], object]] = [
        *(partial(end_lapsed, one, at=at) for one in lapsed(at)),
        *(partial(abandon_if_gone, one, at=at) for one in gone(at)),
        *(partial(restart_offer, one, at=at) for one in offers_ahead(at)),
        *(partial(route_hotline, one, at=at) for one in hotlines_waiting(at)),
    ]
    failed = [error for deed in deeds if (error := _failure_of(deed))]
    if failed:
        raise failed[0]


@periodic(
    "contacts.remove_orphans",
    every=timedelta(hours=1),
    title=mark("Remove files that belong to no contact"),
)
def remove_all_orphans(job: RunningJob) -> None:
    """Remove files that were stored and never sent, since somebody was killed in between."""
    remove_orphans(before=job.now() - timedelta(days=1))


def _failure_of(deed: Callable[[], object]) -> Exception | None:
    try:
        deed()
    except Exception as error:  # noqa: BLE001 - it is raised when the others are through
        return error
    return None
