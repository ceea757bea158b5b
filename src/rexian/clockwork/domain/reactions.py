"""What follows an entry of the journal: a function under a name, and the events that it follows.

::

    @reaction(CaseReturned, name="callbacks.reopen_promise")
    def reopen_promise(entry: Entry) -> None: ...


    @reaction(PasswordResetAsked, name="org.mail_reset_link", outside=timedelta(seconds=60))
    def mail_reset_link(entry: Entry) -> None: ...

The first kind writes to the database and nothing else: it runs in the transaction that marks it
done, so exactly once. The second kind leaves the process: it runs outside of any transaction, at
least once, and ``(its name, entry.id)`` is the key by which the other side knows a repetition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from rexian.clockwork.domain.handlers import Handler, errand, register
from rexian.clockwork.domain.retries import PROMPTLY
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Due, Kind, Lane
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import Event

React = Callable[[Entry], None]
Wrapper = TypeVar("Wrapper", bound=Callable[..., None])

_following: dict[str, dict[str, Handler]] = {}


def reaction(
    *events: type[Event], name: str, outside: timedelta | None = None, title: str = ""
) -> Callable[[React], React]:
    """Register what follows entries of ``events``.

    ``outside`` is given by what leaves the process (mail, a webhook): how soon another worker takes
    it up after its worker was killed.
    """

    def registered(react: React) -> React:
        handler = (
            _inside(name, react, title)
            if outside is None
            else errand(name, _outside(react), lease=outside, title=title)
        )
        register(handler)
        for event in events:
            _following.setdefault(event.name, {})[name] = handler
        return react

    return registered


def reactions_to(event_name: str) -> tuple[Handler, ...]:
    """Return whoever reacts to entries of that name."""
    return tuple(_following.get(event_name, {}).values())


def written_down(entry: Entry) -> dict[str, Any]:
    """Return what a reaction's row keeps of the entry, beside its own columns."""
    return {
        "entry": entry.id,
        "event": entry.name,
        "actor": entry.actor,
        "at": entry.at.isoformat(),
        "request": entry.request,
        "data": dict(entry.data),
    }


def read_back(subject: str, organisation: int | None, kept: Mapping[str, Any]) -> Entry:
    """Return the entry that ``written_down`` kept: it may long be archived in the journal."""
    return Entry(
        id=kept["entry"],
        at=datetime.fromisoformat(kept["at"]),
        actor=kept["actor"],
        name=kept["event"],
        subject=subject,
        organisation=organisation,
        request=kept["request"],
        data=kept["data"],
    )


def _inside(name: str, react: React, title: str) -> Handler:
    def fire(due: Due) -> None:
        react(read_back(due.subject, due.organisation, due.data))

    return Handler(
        name=name,
        kind=Kind.REACTION,
        lane=Lane.PROMPT,
        retry=PROMPTLY,
        title=title or name,
        fire=_named_after(fire, react),
    )


def _outside(react: React) -> Callable[[RunningJob], None]:
    def run(job: RunningJob) -> None:
        react(read_back(job.subject, job.organisation, job.data))

    return _named_after(run, react)


def _named_after(wrapper: Wrapper, react: React) -> Wrapper:
    """Let the wrapper say where the reaction is written, so that two of one name are noticed."""
    wrapper.__module__, wrapper.__qualname__ = react.__module__, react.__qualname__
    return wrapper
