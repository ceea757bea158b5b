"""The way of one case, told by the hands of those who have to do with it.

Instants are written as people say them here: ``12:05`` of Monday 23 November 2026, or with the day,
``11-24 12:05``, in Chinese time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from rexian.cases.domain.customers import CUSTOMER
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.queries import CasePage, CaseShown, SlipShown, alerts_for, case, case_page
from rexian.cases.queries.public import PublicCase, public_case
from rexian.cases.services import Given, approve_move, move_case, refuse_move, take_case
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.contacts.services import (
    Arrival,
    RecordDetails,
    accept_offer,
    arrive,
    become_ready,
    end_contact,
    finish_contact,
    leave_desk,
    save_record,
)
from rexian.kernel.authority import Actor
from tests.cases.organisations import MACHINE, Organisation
from tests.cast import recorded

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = "11-23"
_requests = count(1)


def instant(said: str) -> datetime:
    """Return an instant as it is said."""
    day, _, hour = said.rpartition(" ")
    return datetime.strptime(f"2026-{day or FIRST_DAY} {hour}", "%Y-%m-%d %H:%M").replace(
        tzinfo=ZONE
    )


def said(at: datetime) -> str:
    """Return an instant as one says it."""
    return f"{at.astimezone(ZONE):%m-%d %H:%M}".removeprefix(f"{FIRST_DAY} ")


def take(
    organisation: Organisation, at: str, *, by: str = "agent", words: str = "", **told: Any
) -> Story:
    """Have a case be taken; with ``words`` from a contact that begins with them."""
    actor, now = organisation.actor(by), instant(at)
    contact = _contact(organisation, words, actor, now) if words else None
    if "unit" in told:
        told["unit"] = organisation.units[told["unit"]]
    if "due" in told:
        told["due_at"] = instant(told.pop("due"))
    known = {
        "source": Source.CONTACT if words else Source.PERSON,
        "matter": words,
        "name": "赵先生",
        "number": "13800138000",
        "sent_as": f"scenario-{next(_requests)}",
        **told,
    }
    made = take_case(
        organisation.hotline, details=CaseDetails(contact=contact, **known), actor=actor, at=now
    )
    if contact is not None:
        _end(contact, known.get("category", ""), actor, now)
    return Story(organisation, made)


def _contact(organisation: Organisation, words: str, agent: Actor, at: datetime) -> int:
    become_ready(actor=agent, at=at)
    arrival = Arrival(sent_as=f"words-{next(_requests)}", text=words, number="13800138000")
    contact = arrive(organisation.hotline, arrival=arrival, at=at)
    accept_offer(contact, actor=agent, at=at)
    return contact


def _end(contact: int, category: str, agent: Actor, at: datetime) -> None:
    end_contact(contact, actor=agent, at=at)
    save_record(contact, details=RecordDetails(category=category), actor=agent, at=at)
    finish_contact(contact, actor=agent, at=at)
    leave_desk(actor=agent, at=at)


@dataclass(frozen=True)
class Story:
    """A case on its way; people are named by what they do, units by their codes."""

    organisation: Organisation
    case: int

    def move(self, who: str, move: str, at: str, **given: Any) -> None:
        """Have somebody make a move; units and people are named, instants said."""
        actor = self._actor(who)
        move_case(
            self.case,
            move=move,
            given=self._given(given),
            version=self.shown.version,
            actor=actor,
            at=instant(at),
        )

    def approve(self, who: str, at: str) -> None:
        """Have somebody approve what was asked for."""
        actor = self._actor(who)
        approve_move(self.case, version=self.shown.version, actor=actor, at=instant(at))

    def refuse(self, who: str, at: str, *, reason: str) -> None:
        """Have somebody refuse what was asked for."""
        actor, version = self._actor(who), self.shown.version
        refuse_move(self.case, version=version, reason=reason, actor=actor, at=instant(at))

    def work(self, until: str) -> None:
        """Have the worker do what is due by an instant."""
        while fire_some(SetClock(instant(until)), worker="tests"):
            pass

    @property
    def shown(self) -> CaseShown:
        """The case as it stands."""
        return case(self.case, actor=MACHINE)

    @property
    def page(self) -> CasePage:
        """The case with all that belongs to it."""
        return case_page(self.case, actor=MACHINE)

    @property
    def state(self) -> str:
        """The state that it is in."""
        return self.shown.state

    @property
    def unit(self) -> str:
        """The code of the unit that has it."""
        return next(code for code, id_ in self.organisation.units.items() if id_ == self.shown.unit)

    @property
    def clocks(self) -> Mapping[str, str]:
        """The clocks that run, with when each is due."""
        return {one.clock: said(one.due_at) for one in self.page.clocks if one.is_running}

    @property
    def breaches(self) -> list[tuple[str, str]]:
        """What was late, and when it became so, as the journal tells it."""
        entries = recorded("cases.case_breached")
        mine = [one for one in entries if one.subject == f"case:{self.case}"]
        return [(one.data["clock"], said(one.at)) for one in mine]

    def offered(self, who: str) -> set[str]:
        """Return the moves that somebody's page offers."""
        page = case_page(self.case, actor=self._actor(who))
        return {one.move.id for one in page.offers}

    def asked_to_approve(self, who: str) -> set[str]:
        """Return the moves that somebody's page asks to approve."""
        page = case_page(self.case, actor=self._actor(who))
        return {one.move.id for one in page.offers if one.approves}

    def sees(self, who: str) -> CaseShown:
        """Return the case as somebody sees it; raise ``NotFound``."""
        return case(self.case, actor=self._actor(who))

    def told(self, what: str, clock: str, at: str) -> set[str]:
        """Return who is told of something by an instant."""
        return {
            who
            for who in self.organisation.people
            for one in alerts_for(self.organisation.actor(who), at=instant(at))
            if (one.case, one.what, one.clock) == (self.case, what, clock)
        }

    def slip(self, form: str) -> SlipShown:
        """Return a form of the case as it stands in the latest round."""
        return [one for one in self.page.slips if one.form == form][-1]

    def by_customer(self, at: str) -> PublicCase:
        """Return the case as its customer sees it."""
        return public_case(self.case, at=instant(at))

    def reads(self, at: str) -> str:
        """Return what its customer reads of where it stands."""
        return self.by_customer(at).where.words["zh-Hans"]

    def heard(self, at: str) -> list[str]:
        """Return what its customer has been told, step by step."""
        return [one.words["zh-Hans"] for one in self.by_customer(at).steps if one.words]

    def _actor(self, who: str) -> Actor:
        if who == "customer":
            return CUSTOMER
        return MACHINE if who == "machine" else self.organisation.actor(who)

    def _given(self, given: dict[str, Any]) -> Given:
        if "unit" in given:
            given["unit"] = self.organisation.units[given["unit"]]
        if "person" in given:
            given["person"] = self.organisation.people[given["person"]]
        if "due" in given:
            given["due_at"] = instant(given.pop("due"))
        return Given(**given)
