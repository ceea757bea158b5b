"""Customers, agents, supervisors, clocks and crashes in any order: nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.contacts import models, services
from rexian.contacts.domain.lifecycle import WAITING, WITH_AGENT, State
from rexian.contacts.domain.presence import BEAT, There
from rexian.contacts.queries.waiting import ready
from rexian.contacts.services import Arrival, RecordDetails
from rexian.journal.models import Entry as EntryRow
from rexian.journal.queries.rows import entry_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import RexianError
from rexian.org.domain.roles import Role
from tests.contacts.conftest import DETAILS, NOON, House, sweep
from tests.contacts.story import Story

AGENTS = (Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_AGENT)
SKILLS = {
    Role.AGENT: ["complaints", "emergency", "general"],
    Role.TEAM_LEADER: ["general"],
    Role.CALLBACK_AGENT: ["complaints", "emergency"],
}
QUEUES = ("emergency", "general", "complaints")
OPEN = [one.value for one in State if one is not State.ENDED]
_words = count(1)

agents = st.sampled_from(AGENTS)
queues = st.sampled_from(QUEUES)
picks = st.integers(min_value=0, max_value=50)


class Hotline(RuleBasedStateMachine):
    """A hotline with three agents of different skills, a duty leader, and many customers."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOON + timedelta(minutes=1)
        self.arrived: list[int] = []
        self.requests: list[tuple[Arrival, int]] = []
        self.said: list[str] = []
        self.desks: set[Role] = set()
        self.pages: set[int] = set()
        self.most: dict[int, int] = {}
        self.clock_was_set = False
        self.after_tick = False
        self.actors = {one: self.house.actor(one) for one in (*AGENTS, Role.DUTY_LEADER)}
        self.story = Story()
        self.heard = 0

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # What everybody needs

    def do(self, deed: Callable[[], object]) -> object:
        """Do something that may be refused; the clock goes on a little."""
        self.after_tick = False
        self.now += timedelta(milliseconds=300)
        try:
            return deed()
        except RexianError:
            return None

    def picked(self, pick: int, *states: str) -> int | None:
        """Return one of the contacts in some states."""
        rows = models.Contact.objects.filter(state__in=states or OPEN).order_by("pk")
        found = list(rows.values_list("pk", flat=True))
        return found[pick % len(found)] if found else None

    def owner(self, contact: int | None) -> Actor | None:
        """Return the agent of a contact, if it is one of the three or the duty leader."""
        agent = (
            models.Contact.objects.filter(pk=contact or 0).values_list("agent", flat=True).first()
        )
        return next((one for one in self.actors.values() if one.person == agent), None)

    def words(self) -> str:
        """Return words that nobody else says."""
        return f"第{next(_words)}句"

    # Customers

    @rule(queue=queues, page=st.sampled_from([True, True, True, False]))
    def arrive(self, queue: str, page: bool) -> None:
        """Have a customer arrive, with something to say."""
        text = self.words()
        asked = Arrival(
            sent_as=f"r{text}", queue=queue, visitor=f"v{text}", text=text, number="13800000001"
        )
        made = self.do(lambda: services.arrive(self.house.code, arrival=asked, at=self.now))
        if isinstance(made, int):
            assert made not in self.arrived
            self.arrived.append(made)
            self.requests.append((asked, made))
            self.said.append(text)
            if page:
                self.pages.add(made)

    @precondition(lambda self: self.requests)
    @rule(pick=picks)
    def arrive_with_the_same_request(self, pick: int) -> None:
        """Send a request again that was answered already."""
        asked, made = self.requests[pick % len(self.requests)]
        again = self.do(lambda: services.arrive(self.house.code, arrival=asked, at=self.now))
        assert again == made

    @precondition(lambda self: self.arrived)
    @rule(pick=picks, twice=st.booleans())
    def write(self, pick: int, twice: bool) -> None:
        """Have a customer write, in whatever state; the same twice is one."""
        contact, text = self.arrived[pick % len(self.arrived)], self.words()
        places = [
            self.do(lambda: services.say_as_customer(contact, text=text, sent_as=text, at=self.now))
            for _ in range(1 + twice)
        ]
        taken = {one for one in places if isinstance(one, services.Said)}
        for place in taken:  # one at most: the first may have been one too many in a moment
            assert len(taken) == 1
            self.said.append(text)
            if place.contact not in self.arrived:
                self.arrived.append(place.contact)
                self.pages.add(place.contact)

    @rule(pick=picks)
    def leave(self, pick: int) -> None:
        """Have a customer leave."""
        contact = self.picked(pick)
        if contact:
            self.do(lambda: services.leave_as_customer(contact, at=self.now))

    @rule(pick=picks)
    def fall_silent(self, pick: int) -> None:
        """Close a customer's page without a word."""
        if contact := self.picked(pick):
            self.pages.discard(contact)

    @rule(pick=picks)
    def come_back(self, pick: int) -> None:
        """Open the page of a contact again."""
        if contact := self.picked(pick):
            self.pages.add(contact)
            self.do(lambda: services.keep_visit(contact, at=self.now))

    @rule(pick=picks)
    def ask_to_be_called(self, pick: int) -> None:
        """Have a customer who waits ask to be called."""
        if contact := self.picked(pick):
            self.do(lambda: services.ask_to_be_called(contact, number="13800000001", at=self.now))

    # Agents

    @rule(role=agents)
    def become_ready(self, role: Role) -> None:
        """Have an agent be ready: at the beginning of the day, after a break, after a crash."""
        self.do(lambda: services.become_ready(actor=self.actors[role], at=self.now))
        self.desks.add(role)

    @rule(role=agents, reason=st.sampled_from(["rest", "meal"]))
    def take_break(self, role: Role, reason: str) -> None:
        """Have an agent take a break."""
        self.do(lambda: services.take_break(reason=reason, actor=self.actors[role], at=self.now))
        self.desks.add(role)

    @rule(role=agents)
    def leave_desk(self, role: Role) -> None:
        """Have an agent leave."""
        self.do(lambda: services.leave_desk(actor=self.actors[role], at=self.now))
        self.desks.discard(role)

    @rule(role=st.sampled_from([*AGENTS, Role.DUTY_LEADER]))
    def crash(self, role: Role) -> None:
        """Have a desk be heard of no more."""
        self.desks.discard(role)

    @rule(pick=picks)
    def accept(self, pick: int) -> None:
        """Have an agent take an offer, twice."""
        contact = self.picked(pick, "offered")
        if contact and (actor := self.owner(contact)):
            for _ in range(2):
                self.do(lambda: services.accept_offer(contact, actor=actor, at=self.now))

    @rule()
    def accept_all(self) -> None:
        """Have everybody take what they are offered."""
        for contact in models.Contact.objects.filter(state="offered"):
            if actor := self.owner(contact.pk):
                self.do(partial(services.accept_offer, contact.pk, actor=actor, at=self.now))

    @rule(role=agents, pick=picks)
    def accept_what_is_not_theirs(self, role: Role, pick: int) -> None:
        """Have somebody accept any contact at all."""
        if contact := self.picked(pick):
            actor = self.actors[role]
            self.do(lambda: services.accept_offer(contact, actor=actor, at=self.now))

    @rule(pick=picks)
    def decline(self, pick: int) -> None:
        """Have an agent decline an offer."""
        contact = self.picked(pick, "offered")
        if contact and (actor := self.owner(contact)):
            self.do(lambda: services.decline_offer(contact, actor=actor, at=self.now))

    @rule(pick=picks)
    def say(self, pick: int) -> None:
        """Have an agent say something."""
        contact, text = self.picked(pick), self.words()
        if contact and (actor := self.owner(contact)):
            line = self.do(
                lambda: services.say_to_customer(
                    contact, text=text, sent_as=text, actor=actor, at=self.now
                )
            )
            if line:
                self.said.append(text)

    @rule(pick=picks, deed=st.sampled_from(["hold", "retrieve", "end", "finish", "record"]))
    def handle(self, pick: int, deed: str) -> None:
        """Have an agent do something with a contact of their own, whether it can be done or not."""
        contact = self.picked(pick, "connected", "held", "after")
        if contact and (actor := self.owner(contact)):
            deeds: dict[str, Callable[[], object]] = {
                "hold": lambda: services.hold_contact(contact, actor=actor, at=self.now),
                "retrieve": lambda: services.retrieve_contact(contact, actor=actor, at=self.now),
                "end": lambda: services.end_contact(contact, actor=actor, at=self.now),
                "finish": lambda: services.finish_contact(contact, actor=actor, at=self.now),
                "record": lambda: services.save_record(
                    contact, details=RecordDetails(category="road"), actor=actor, at=self.now
                ),
            }
            self.do(deeds[deed])

    @rule(pick=picks, queue=queues)
    def transfer_to_queue(self, pick: int, queue: str) -> None:
        """Have an agent give a contact to a queue."""
        contact = self.picked(pick, "connected", "held")
        if contact and (actor := self.owner(contact)):
            self.do(
                lambda: services.transfer_to_queue(contact, queue=queue, actor=actor, at=self.now)
            )

    @rule(pick=picks, role=agents)
    def transfer_to_agent(self, pick: int, role: Role) -> None:
        """Have an agent give a contact to a colleague."""
        contact, agent = self.picked(pick, "connected", "held"), self.actors[role].person or 0
        if contact and (actor := self.owner(contact)):
            newest = EntryRow.objects.count()
            self.do(
                lambda: services.transfer_to_agent(contact, agent=agent, actor=actor, at=self.now)
            )
            if EntryRow.objects.count() > newest:
                self.story.direct(contact)

    # Supervisors

    @rule(pick=picks)
    def take_over(self, pick: int) -> None:
        """Have the duty leader take a contact over, however many they have."""
        if contact := self.picked(pick):
            leader = self.actors[Role.DUTY_LEADER]
            self.do(lambda: services.take_over(contact, actor=leader, at=self.now))
            self.desks.add(Role.DUTY_LEADER)
            self.most[leader.person or 0] = 99

    @rule(role=agents, reason=st.sampled_from(["", "meeting"]))
    def set_agent_state(self, role: Role, reason: str) -> None:
        """Have the duty leader put an agent on a break, or out."""
        leader, person = self.actors[Role.DUTY_LEADER], self.actors[role].person or 0
        self.do(lambda: services.set_agent_state(person, reason=reason, actor=leader, at=self.now))

    @rule(role=agents, capacity=st.integers(min_value=1, max_value=3))
    def change_capacity(self, role: Role, capacity: int) -> None:
        """Have somebody have more or less room than before."""
        person = self.actors[role].person or 0
        self.most[person] = self.loads().get(person, 0)
        self.do(
            lambda: services.assign_agent(
                person,
                hotline=self.house.hotline,
                queues=SKILLS[role],
                capacity=capacity,
                actor=self.house.actor(Role.MANAGER),
                at=self.now,
            )
        )

    # The clock

    @rule(beats=st.integers(min_value=1, max_value=8))
    def time_passes(self, beats: int) -> None:
        """Let time pass without a worker; whatever is open says so."""
        for _ in range(beats):
            self.now += BEAT
            for role in self.desks:
                services.renew_lease(actor=self.actors[role], at=self.now)
            for contact in self.pages:
                services.keep_visit(contact, at=self.now)
        self.after_tick = False

    @rule()
    def tick(self) -> None:
        """Have a worker do all that is due, however late."""
        while fire_some(SetClock(self.now), worker="tests"):
            pass
        sweep(self.now)
        self.clock_was_set, self.after_tick = False, True

    @rule(seconds=st.sampled_from([1, 40, 3600]))
    def set_the_clock_back(self, seconds: int) -> None:
        """Set the server's clock back."""
        self.now -= timedelta(seconds=seconds)
        self.clock_was_set, self.after_tick = True, False

    # What always holds

    @initialize(there=st.lists(agents, unique=True), waiting=st.lists(queues, max_size=3))
    def a_day_begins(self, there: list[Role], waiting: list[str]) -> None:
        """Begin with the skills of the three, with some of them ready, and some who wait."""
        manager = self.house.actor(Role.MANAGER)
        for role in AGENTS:
            services.assign_agent(
                self.actors[role].person or 0,
                hotline=self.house.hotline,
                queues=SKILLS[role],
                capacity=1 + (role is Role.AGENT),
                actor=manager,
                at=self.now,
            )
        for role in there:
            self.become_ready(role)
        for queue in waiting:
            self.arrive(queue, page=True)

    def loads(self) -> dict[int, int]:
        """Return how many contacts everybody has."""
        have: dict[int, int] = {}
        rows = models.Contact.objects.filter(state__in=[one.value for one in WITH_AGENT])
        for agent in rows.values_list("agent", flat=True):
            assert agent is not None
            have[agent] = have.get(agent, 0) + 1
        return have

    @invariant()
    def every_contact_is_in_exactly_one_place(self) -> None:
        rows = {row.pk: row for row in models.Contact.objects.all()}
        assert set(self.arrived) == set(rows)
        for row in rows.values():
            state = State(row.state)
            assert (row.agent_id is not None) == (state in WITH_AGENT or row.ending == "served")
            assert bool(row.ending) == (state is State.ENDED)
            assert bool(row.offer_until) == (state is State.OFFERED)

    @invariant()
    def nobody_has_more_than_they_have_room_for(self) -> None:
        have = self.loads()
        for row in models.Presence.objects.all():
            most = max(row.capacity, self.most.get(row.pk, 0))
            assert have.get(row.pk, 0) <= most
            if self.most.get(row.pk, 0) < 99:
                self.most[row.pk] = min(self.most.get(row.pk, 0), have.get(row.pk, 0))

    @invariant()
    def nobody_waits_while_a_fitting_agent_is_ready_with_room(self) -> None:
        if self.clock_was_set:
            return
        waits = models.Contact.objects.filter(state="queued").values_list("queue", flat=True)
        for one in ready(self.house.hotline, self.now):
            assert one.load >= one.capacity or not one.skills & set(waits)

    @invariant()
    def transcripts_have_no_gaps_and_go_forward(self) -> None:
        for row in models.Contact.objects.all():
            lines = list(row.transcript.order_by("seq").values_list("seq", "at"))
            assert [seq for seq, _ in lines] == list(range(1, row.lines + 1))
            assert sorted(at for _, at in lines) == [at for _, at in lines]

    @invariant()
    def every_word_is_there_once(self) -> None:
        kept = models.Line.objects.exclude(text="").filter(automatic=False)
        assert sorted(kept.values_list("text", flat=True)) == sorted(self.said)

    @invariant()
    def the_journal_tells_the_same_story(self) -> None:
        rows = EntryRow.objects.filter(pk__gt=self.heard).order_by("pk")
        entries = [entry_of(row) for row in rows]
        self.story.hear(entries)
        self.heard = entries[-1].id if entries else self.heard
        assert self.story.wrongs == []
        for row in models.Contact.objects.all():
            told = self.story.contacts[row.pk]
            is_over = row.state == "ended"
            assert (told.state, told.ending) == (row.state, row.ending)
            assert told.agent == row.agent_id
            assert is_over or (told.queue, told.priority) == (row.queue, row.priority)

    @invariant()
    def after_a_worker_nobody_is_stuck(self) -> None:
        if not self.after_tick:
            return
        have = self.loads()
        for row in models.Presence.objects.all():
            is_gone = row.lease_until is None or row.lease_until <= self.now
            assert not is_gone or row.state == There.OFFLINE.value
            assert not is_gone or row.pk not in have
        waits = [one.value for one in WAITING]
        for contact in models.Contact.objects.filter(state__in=waits):
            assert contact.visitor_until is None or contact.visitor_until > self.now
            assert contact.offer_until is None or contact.offer_until > self.now


@pytest.mark.django_db
def test_nothing_is_lost_doubled_or_starved_whatever_happens(house: House) -> None:
    assert house.code == DETAILS.code
    few = max(3, settings.default.max_examples // 10) if settings.default else 10
    run_state_machine_as_test(
        type("Here", (Hotline,), {"house": house}),
        settings=settings(
            max_examples=few,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
