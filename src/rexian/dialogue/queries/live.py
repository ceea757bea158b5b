"""What stands beside a contact while it lasts: its agent's guide, suspicions for the floor."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from rexian.callbacks.queries import promises_kept
from rexian.contacts.domain.lifecycle import TALKING
from rexian.contacts.queries import ContactShown, HotlineShown, contact
from rexian.contacts.queries import hotline as hotline_of
from rexian.dialogue import models
from rexian.dialogue.domain.facts import holiday_name
from rexian.dialogue.domain.live import Session, instant_of, seconds_of
from rexian.dialogue.domain.wording_names import part_of_day, surname_of
from rexian.dialogue.queries.calendars import calendar_of
from rexian.dialogue.queries.sessions import READER, kept_session, known_contact, session_now
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, translate
from rexian.org.queries import agent_numbers_of
from rexian.standard.domain.evaluator.guide import guide, may_end, promises
from rexian.standard.domain.evaluator.numbers import unconfirmed_number
from rexian.standard.domain.events import Facts, Speaker
from rexian.standard.domain.guidance import (
    Advice,
    Ending,
    Guide,
    Names,
    Promised,
    ProtocolStep,
    SaidNumber,
)
from rexian.standard.domain.language.digits import numbers_said
from rexian.standard.domain.standards import Standard


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """What the standard wants said: alternatives, the clause behind them, and why now.

    ``words`` are filled in; a blank stands in them as 【its title】. ``is_ours`` where the clause
    prescribes no words of its own.
    """

    clause: str
    rule: str
    title: str
    words: tuple[str, ...]
    why: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class StepShown:
    """The step of a protocol that comes next, with the instant at which it is due.

    ``then`` is ``say``, or ``hang_up`` where the contact may be ended once it is due.
    """

    clause: str
    title: str
    number: int
    of: int
    say: tuple[str, ...]
    due_at: datetime
    then: Literal["say", "hang_up"]


@dataclass(frozen=True, slots=True)
class EndingShown:
    """Whether the contact may be ended now without giving a reason, and what speaks for it."""

    allowed: bool
    reason_needed: bool
    why: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NumberShown:
    """The number that the customer said last, and the words that read it back."""

    number: str
    read_back: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """A promise in the agent's words; ``kept_as`` is the callback that it has become."""

    quote: str
    due_at: datetime
    clause: str
    kept_as: int | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class GuideShown:
    """Everything beside a conversation; while ``signature`` is the same, nothing has changed."""

    next: AdviceShown | None = None
    more: tuple[AdviceShown, ...] = ()
    step: StepShown | None = None
    ending: EndingShown = EndingShown(allowed=True, reason_needed=False, why="")
    number: NumberShown | None = None
    promises: tuple[PromiseShown, ...] = ()
    signature: str = ""


def guide_of(contact_id: int, *, actor: Actor, at: datetime, language: str) -> GuideShown:
    """Return what stands beside a contact that the actor has or watches; raise ``NotFound``.

    Nothing, and no refusal, where no standard was in force, where nobody talks, or while the
    evaluator fails: whoever serves a customer goes on without it.
    """
    return guide_beside(contact(contact_id, actor=actor), at=at, language=language)


def guide_beside(
    shown: ContactShown,
    *,
    at: datetime,
    language: str,
    hotline: HotlineShown | None = None,
    agent_number: str | None = None,
) -> GuideShown:
    """Return the same for a contact that was read already; asks for no right.

    Its hotline and its agent's number are looked up where they are not given.
    """
    if shown.standard is None or shown.state not in TALKING:
        return _signed(GuideShown())
    kept = kept_session(shown.id)
    known = kept.known if kept else known_contact(shown.id)
    if known is None or (kept and kept.is_broken(at)):
        return _signed(GuideShown())
    standard = known.standard
    session = session_now(kept, known, standard, lines=shown.lines)
    hotline = hotline or hotline_of(shown.hotline, actor=READER)
    names = names_of_contact(shown, standard, hotline, at, agent_number=agent_number)
    return _signed(_Beside(shown, standard, session, hotline, names, at, language).shown())


def suspicions_of(contact_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many misses and suspicions there are in contacts that last; asks for no right."""
    rows = models.LiveSession.objects.filter(pk__in=contact_ids, suspicions__gt=0)
    return dict(rows.values_list("pk", "suspicions"))


@dataclass(frozen=True, slots=True)
class _Beside:
    """A conversation at an instant, about to be shown with what stands beside it."""

    contact: ContactShown
    standard: Standard
    session: Session
    hotline: HotlineShown
    names: Names
    at: datetime
    language: str

    def shown(self) -> GuideShown:
        """Return all of it."""
        seconds = seconds_of(self.at, begun_at=self.contact.arrived_at)
        state, language = self.session.state, self.language
        found = guide(self.standard, state, at=seconds, names=self.names, language=language)
        promised = tuple(self._promises(ZoneInfo(self.hotline.time_zone)))
        return GuideShown(
            next=_advice(found.next) if found.next else None,
            more=tuple(map(_advice, found.more)),
            step=self._step(found.step) if found.step else None,
            ending=_ending(may_end(self.standard, state, seconds, language), language),
            number=self._number(found),
            promises=_kept(self.contact.id, promised),
        )

    def _step(self, step: ProtocolStep) -> StepShown:
        due_at = instant_of(step.due_at, begun_at=self.contact.arrived_at)
        say = tuple(one.text for one in step.say)
        return StepShown(step.clause, step.title, step.number, step.of, say, due_at, step.then)

    def _number(self, found: Guide) -> NumberShown | None:
        state = self.session.state
        missing = unconfirmed_number(state)
        if missing is not None:
            rules = {one.id for one in self.standard.pack.sections.read_back}
            advice = (found.next, *found.more)
            words = [one.words for one in advice if one is not None and one.rule in rules]
            return NumberShown(missing.shown, False, tuple(map(str, words[0] if words else ())))
        said = _last_number(self.session)
        return NumberShown(said.shown, True) if said else None

    def _promises(self, zone: ZoneInfo) -> Iterator[PromiseShown]:
        state = self.session.state
        for item in state.recent:
            if item.by is not Speaker.AGENT or item.turn < 0 or item.start is None:
                continue
            said_at = instant_of(item.start, begun_at=self.contact.arrived_at).astimezone(zone)
            for one in _promised(self.standard, item.text, _hashable(state.facts)):
                yield PromiseShown(one.quote, one.due_at(said_at), one.clause, None, item.turn)


def names_of_contact(
    shown: ContactShown,
    standard: Standard,
    hotline: HotlineShown,
    at: datetime,
    *,
    agent_number: str | None = None,
) -> Names:
    """Return who calls whom what in a contact, at an instant."""
    if agent_number is None:
        agent_number = agent_numbers_of([shown.agent])[shown.agent] if shown.agent else ""
    return Names(
        company=hotline.company,
        agent_number=agent_number,
        customer_surname=surname_of(shown.name, standard),
        form_of_address=shown.form,
        part_of_day=part_of_day(at.astimezone(ZoneInfo(hotline.time_zone))),
        holiday=holiday_name(calendar_of(hotline), at),
        number=shown.number,
    )


def _advice(one: Advice) -> AdviceShown:
    words = tuple(each.text for each in one.words)
    return AdviceShown(one.clause, one.rule, one.title, words, one.why_now, one.is_ours)


def _ending(one: Ending, language: str) -> EndingShown:
    return EndingShown(one.is_allowed, one.reason_needed, _why(one, language), one.clause)


def _why(one: Ending, language: str) -> str:
    if one.is_protocol_done:
        return translate(mark("All steps are done."), language)
    missing = {Speaker.AGENT, Speaker.CUSTOMER} - one.farewells
    if not missing:
        return translate(mark("Both sides have said goodbye."), language)
    if one.is_allowed:
        return ""
    if missing == {Speaker.CUSTOMER}:
        return translate(mark("The customer has not said goodbye yet."), language)
    if missing == {Speaker.AGENT}:
        return translate(mark("You have not said goodbye yet."), language)
    return translate(mark("Nobody has said goodbye yet."), language)


def _kept(contact_id: int, found: tuple[PromiseShown, ...]) -> tuple[PromiseShown, ...]:
    """Return promises with the callbacks that they have become."""
    if not found:
        return ()
    kept = promises_kept(contact_id)
    return tuple(replace(one, kept_as=kept.get((one.quote, one.due_at))) for one in found)


_FactValues = tuple[str | None, str | None, str | None, str | None, str | None]


def _hashable(facts: Facts) -> _FactValues:
    return facts.channel, facts.direction, facts.case_type, facts.case_class, facts.day


@lru_cache(maxsize=4096)
def _promised(standard: Standard, text: str, facts: _FactValues) -> tuple[Promised, ...]:
    """Find the promises in an utterance, once: a guide is asked for after each line."""
    return promises(standard, text, Speaker.AGENT, Facts(*facts))


def _last_number(session: Session) -> SaidNumber | None:
    """Return the number that the customer said last."""
    for item in reversed(session.state.recent):
        if item.by is Speaker.CUSTOMER and (said := numbers_said(item.text)):
            return said[-1]
    return None


def _signed(shown: GuideShown) -> GuideShown:
    return replace(shown, signature=hashlib.sha256(repr(shown).encode()).hexdigest()[:16])
