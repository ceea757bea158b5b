"""A case's page, and the lists of cases, hear that something has happened, and are fetched anew.

What one may see of a case is one's own, so there is no fragment that all who watch could be sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.cases.domain.rights import SEE
from rexian.cases.events import CaseEvent
from rexian.cases.queries import case, cases_by_id
from rexian.journal.domain.events import known_events
from rexian.journal.queries import newest_id
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic, by_organisation

_READER = Actor.system("live")
_EVENTS = frozenset(name for name, event in known_events().items() if issubclass(event, CaseEvent))


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    return int(key)


def _may_watch_case(actor: Actor, key: str) -> None:
    """Let through whoever may see the case."""
    case(_number(key), actor=actor)


def _may_watch_all(actor: Actor, key: str) -> None:
    """Let through whoever sees cases of the organisation; which, their own page asks again."""
    belongs(actor, _number(key), code=f"organisation:{key}")
    authorise(actor, SEE)


def _cases(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what tells that a case's page is no longer right, and nothing else of it."""
    found = cases_by_id([int(key) for key in keys], actor=_READER)
    return {str(one.id): {"version": one.version, "steps": one.steps} for one in found.values()}


def _lists(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return only that there is something new, for each organisation."""
    newest = newest_id()
    return {key: {"newest": newest} for key in keys}


add_topic(Topic(name="case", events=_EVENTS, may_watch=_may_watch_case, states=_cases))
add_topic(
    Topic(
        name="cases",
        events=_EVENTS,
        may_watch=_may_watch_all,
        states=_lists,
        keys=by_organisation,
        at_most_every=2.0,
    )
)
