"""The floor of a hotline as it is now: who is there, who waits, what is being said, and the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rexian.callbacks.queries import late_callback_count, open_callback_count
from rexian.contacts import queries
from rexian.contacts.domain.lifecycle import State
from rexian.contacts.domain.presence import BREAK_NAMES, THERE_NAMES, Break, There
from rexian.contacts.domain.routing import Priority
from rexian.contacts.queries import ContactShown, DayShown, HotlineShown, PresenceShown
from rexian.dialogue.queries.live import suspicions_of
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.shapes import Column, Tile, Tone

STEP = timedelta(minutes=30)

STATES: Mapping[State, tuple[str, Tone]] = {
    State.QUEUED: (mark("waits"), Tone.CAUTION),
    State.OFFERED: (mark("rings"), Tone.INFO),
    State.CONNECTED: (mark("in conversation"), Tone.GOOD),
    State.HELD: (mark("on hold"), Tone.CAUTION),
    State.AFTER: (mark("after-contact work"), Tone.QUIET),
    State.ENDED: (mark("ended"), Tone.QUIET),
}
_PRESENCES: Mapping[There, Tone] = {
    There.READY: Tone.GOOD,
    There.BREAK: Tone.QUIET,
    There.MISSED: Tone.BAD,
    There.OFFLINE: Tone.QUIET,
}
AGENT_COLUMNS = (
    Column(title=mark("Agent")),
    Column(title=mark("Does")),
    Column(title=mark("Since")),
    Column(title=mark("Contacts"), numeric=True),
)
CONTACT_COLUMNS = (
    Column(title=mark("Contact")),
    Column(title=mark("State")),
    Column(title=mark("Agent")),
    Column(title=mark("Since")),
    Column(title=mark("Suspicions"), numeric=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLine:
    """An agent as a line of the floor."""

    agent: PresenceShown
    does: str
    tone: Tone
    contacts: tuple[ContactShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """An open contact as a line of the floor; ``since`` is when its state began."""

    contact: ContactShown
    does: str
    tone: Tone
    agent: str
    since: datetime
    suspicions: int
    is_late: bool


def floor_now(hotline_id: int, *, at: datetime) -> Mapping[str, Any]:
    """Return the values of the fragment that all who watch a floor see alike."""
    watcher = Actor.system("live")  # who may watch was asked before
    hotline = queries.hotline(hotline_id, actor=watcher)
    agents = queries.agents_of(hotline_id, actor=watcher, at=at)
    contacts = queries.open_contacts(hotline_id, actor=watcher)
    names = {one.person: one.agent_number or one.name for one in agents}
    suspicions = suspicions_of([one.id for one in contacts])
    lines = [_contact_line(one, hotline, names, suspicions, at) for one in contacts]
    return {
        "hotline": hotline,
        "agents": [agent_line(one, contacts) for one in agents],
        "agent_columns": AGENT_COLUMNS,
        "waiting": [one for one in lines if one.contact.state in _WAITING],
        "talking": [one for one in lines if one.contact.state not in _WAITING],
        "contact_columns": CONTACT_COLUMNS,
        "tiles": (*_tiles(hotline, agents, contacts, at), *_callback_tiles(hotline, at)),
        "queue_names": {one.code: one.name for one in hotline.queues},
    }


def day_now(hotline: HotlineShown, *, actor: Actor, at: datetime) -> DayShown:
    """Return the day of a hotline up to its end, in its own time zone."""
    zone = ZoneInfo(hotline.time_zone)
    since = datetime.combine(at.astimezone(zone).date(), time.min, zone)
    return queries.day_of(
        hotline.id, since=since, until=since + timedelta(days=1), step=STEP, actor=actor
    )


_WAITING = frozenset({State.QUEUED, State.OFFERED})


def agent_line(agent: PresenceShown, contacts: Sequence[ContactShown]) -> AgentLine:
    """Return how an agent stands, with the contacts that are theirs."""
    does = BREAK_NAMES.get(Break(agent.reason)) if agent.reason else THERE_NAMES[agent.state]
    own = tuple(one for one in contacts if one.agent == agent.person)
    busy = agent.state is There.READY and agent.load >= agent.capacity
    return AgentLine(
        agent=agent,
        does=mark("busy") if busy else does or "",
        tone=Tone.INFO if busy else _PRESENCES[agent.state],
        contacts=own,
    )


def _contact_line(
    contact: ContactShown,
    hotline: HotlineShown,
    names: Mapping[int, str],
    suspicions: Mapping[int, int],
    at: datetime,
) -> ContactLine:
    does, tone = STATES[contact.state]
    since = _since(contact)
    late = contact.state in _WAITING and (at - since).total_seconds() > hotline.target_wait
    return ContactLine(
        contact=contact,
        does=does,
        tone=Tone.BAD if late else tone,
        agent=names.get(contact.agent or 0, ""),
        since=since,
        suspicions=suspicions.get(contact.id, 0),
        is_late=late,
    )


def _since(contact: ContactShown) -> datetime:
    if contact.state in _WAITING:
        return contact.queued_at or contact.arrived_at
    if contact.state is State.HELD and contact.held_at:
        return contact.held_at
    if contact.state is State.AFTER and contact.talked_until:
        return contact.talked_until
    return contact.connected_at or contact.arrived_at


def _tiles(
    hotline: HotlineShown,
    agents: Sequence[PresenceShown],
    contacts: Sequence[ContactShown],
    at: datetime,
) -> tuple[Tile, ...]:
    queued = [one for one in contacts if one.state in _WAITING]
    longest = max(((at - _since(one)).total_seconds() for one in queued), default=0.0)
    urgent = sum(one.priority == Priority.EMERGENCY for one in queued)
    ready = [one for one in agents if one.state is There.READY]
    free = sum(one.load < one.capacity for one in ready)
    late = longest > hotline.target_wait
    return (
        Tile(
            title=mark("Waiting"),
            figure=str(len(queued)),
            tone=Tone.BAD if urgent else Tone.QUIET,
            badge=mark("emergency") if urgent else "",
        ),
        Tile(
            title=mark("Longest wait"),
            figure=f"{longest:.0f}",
            unit=mark("s"),
            tone=Tone.BAD if late else Tone.GOOD,
            badge=mark("over the target") if late else mark("within the target"),
        ),
        Tile(title=mark("Agents ready"), figure=str(len(ready))),
        Tile(title=mark("With room"), figure=str(free)),
        Tile(
            title=mark("In conversation"),
            figure=str(sum(one.state in (State.CONNECTED, State.HELD) for one in contacts)),
        ),
    )


def _callback_tiles(hotline: HotlineShown, at: datetime) -> tuple[Tile, ...]:
    watcher = Actor.system("live")  # who may watch was asked before
    late = late_callback_count(watcher, at=at, hotline=hotline.id)
    return (
        Tile(
            title=mark("Callbacks to make"),
            figure=str(open_callback_count(watcher, hotline=hotline.id)),
        ),
        Tile(
            title=mark("Callbacks overdue"),
            figure=str(late),
            tone=Tone.BAD if late else Tone.GOOD,
            badge=mark("overdue") if late else mark("none overdue"),
        ),
    )
