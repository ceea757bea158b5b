"""Read calls on cases, as far as somebody may see them: whoever calls back for the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Prefetch, Q, QuerySet, When

from rexian.callbacks import models
from rexian.callbacks.domain.case_calls import (
    OPEN_CALLS,
    TO_CALL,
    CallResult,
    CallState,
    SurveyState,
)
from rexian.callbacks.domain.lifecycle import is_taken
from rexian.cases.domain.rights import CALL, SUPERVISE
from rexian.contacts.queries import is_near
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.org.queries import units_of


@dataclass(frozen=True, slots=True)
class SurveyShown:
    """What is asked on one round of one case, with what was answered."""

    id: int
    call: int | None
    case: int
    reference: str
    title: str
    name: str
    form_of_address: str
    round: int
    rule: str
    share: float
    state: SurveyState
    why: str
    handler: int | None
    unit: int | None
    done_at: datetime
    called_at: datetime | None
    answered_at: datetime | None
    answered_by: int | None
    solved: bool | None
    satisfied: bool | None
    told: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseCallShown:
    """A call on cases as pages show it; ``surveys`` are what it asks about, or asked."""

    id: int
    organisation: int
    hotline: int
    home_path: str
    number: str
    state: CallState
    urgent: bool
    rule: str
    standard: int
    windows: tuple[str, ...]
    soft: bool
    due_at: datetime
    explanation: Mapping[str, object]
    next_at: datetime | None
    given_to: int | None
    given_to_name: str
    taken_by: int | None
    taken_by_name: str
    taken_at: datetime | None
    attempts: int
    closed_at: datetime | None
    close_reason: str
    breached_at: datetime | None
    version: int
    surveys: tuple[SurveyShown, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still to call, or to find the number."""
        return self.state in OPEN_CALLS

    @property
    def name(self) -> str:
        """Return what the customer is called, if anybody knows."""
        return next((f"{one.name}{one.form_of_address}" for one in self.surveys if one.name), "")

    @property
    def wanted(self) -> tuple[SurveyShown, ...]:
        """What is still to be asked."""
        return tuple(one for one in self.surveys if one.state is SurveyState.WANTED)

    def is_late(self, at: datetime) -> bool:
        """Tell whether somebody should have called by now."""
        return self.is_open and self.due_at <= at

    def is_taken_by_other(self, person: int | None, *, at: datetime) -> bool:
        """Tell whether somebody else is calling just now."""
        return is_taken(self.taken_by, self.taken_at, person=person, at=at)


@dataclass(frozen=True, slots=True)
class CaseAttemptShown:
    """A call that was made, by whom and how it ended."""

    nth: int
    person: int | None
    person_name: str
    at: datetime
    result: CallResult
    note: str


def open_case_calls(
    actor: Actor, *, own: int | None = None, hotline: int | None = None, limit: int = 50
) -> tuple[CaseCallShown, ...]:
    """Return the calls to make: emergencies, then what is to be made first.

    ``own`` are those given to that person, and those given to nobody.
    """
    rows = to_call(actor, own=own, hotline=hotline)
    return _shown(rows.order_by(_urgent_first(), "next_at", "due_at", "pk")[:limit])


def open_case_call_count(
    actor: Actor, *, own: int | None = None, hotline: int | None = None
) -> int:
    """Return how many calls on cases are to be made."""
    return to_call(actor, own=own, hotline=hotline).count()


def late_case_call_count(actor: Actor, *, at: datetime, hotline: int | None = None) -> int:
    """Return for how many of them the time is over."""
    return to_call(actor, hotline=hotline).filter(due_at__lte=at).count()


def calls_without_number(actor: Actor, *, limit: int = 50) -> tuple[CaseCallShown, ...]:
    """Return the calls whose number asks to be corrected, what is due first."""
    rows = _seen(actor).filter(state=CallState.NUMBER.value)
    return _shown(rows.order_by("due_at", "pk")[:limit])


def latest_case_calls(
    actor: Actor, *, offset: int, limit: int
) -> tuple[tuple[CaseCallShown, ...], int]:
    """Return some of all calls on cases, the latest first, and how many there are."""
    rows = _seen(actor)
    return _shown(rows.order_by("-pk")[offset : offset + limit]), rows.count()


def case_call(call_id: int, *, actor: Actor) -> CaseCallShown:
    """Return a call that the actor may work on; raise ``NotFound``."""
    found = _shown(_seen(actor).filter(pk=call_id))
    if not found:
        raise NotFound(mark("There is nothing under {code}."), code=f"case_call:{call_id}")
    return found[0]


def case_attempts(call_id: int) -> tuple[CaseAttemptShown, ...]:
    """Return the calls made so far, in their order, for who may see the call."""
    rows = models.CaseAttempt.objects.filter(call=call_id).select_related("person")
    return tuple(
        CaseAttemptShown(
            row.nth,
            row.person_id,
            row.person.name if row.person else "",
            row.at,
            CallResult(row.result),
            row.note,
        )
        for row in rows.order_by("nth")
    )


def surveys_of_case(case_id: int) -> tuple[SurveyShown, ...]:
    """Return what was asked on each round of a case, for who may see the case."""
    rows = models.Survey.objects.filter(case=case_id).select_related("case")
    return tuple(survey_shown(one) for one in rows.order_by("round"))


def to_call(
    actor: Actor, *, own: int | None = None, hotline: int | None = None
) -> QuerySet[models.CaseCall]:
    """Return the rows of the calls to make."""
    rows = _seen(actor).filter(state__in=[one.value for one in TO_CALL])
    if own is not None:
        rows = rows.filter(Q(given_to=own) | Q(given_to=None) | Q(taken_by=own))
    return rows if hotline is None else rows.filter(hotline=hotline)


def homes_near(actor: Actor, *rights: str) -> list[int]:
    """Return the units for which somebody holds one of the rights, there or in a team."""
    reach = frozenset().union(*(actor.reach(one) for one in rights))
    units = units_of(actor.organisation) if actor.organisation is not None else ()
    return [one.id for one in units if is_near(one.path, reach)]


def survey_shown(row: models.Survey) -> SurveyShown:
    """Return a survey as a value."""
    return SurveyShown(
        id=row.pk,
        call=row.call_id,
        case=row.case_id,
        reference=row.case.reference or "",
        title=row.case.title,
        name=row.case.name,
        form_of_address=row.case.form_of_address,
        round=row.round,
        rule=row.rule,
        share=row.share,
        state=SurveyState(row.state),
        why=row.why,
        handler=row.handler_id,
        unit=row.unit_id,
        done_at=row.done_at,
        called_at=row.called_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by_id,
        solved=row.solved,
        satisfied=row.satisfied,
        told=row.told,
        outcome=row.outcome,
    )


def _seen(actor: Actor) -> QuerySet[models.CaseCall]:
    surveys = models.Survey.objects.select_related("case").order_by("pk")
    rows = models.CaseCall.objects.select_related("home", "given_to", "taken_by").prefetch_related(
        Prefetch("surveys", queryset=surveys, to_attr="asked")
    )
    if actor.is_system:
        return rows
    homes = homes_near(actor, CALL, SUPERVISE)
    return rows.filter(organisation=actor.organisation, home__in=homes)


def _urgent_first() -> Case:
    return Case(When(urgent=True, then=0), default=1)


def _shown(rows: Iterable[models.CaseCall]) -> tuple[CaseCallShown, ...]:
    return tuple(_call_shown(one) for one in rows)


def _call_shown(row: models.CaseCall) -> CaseCallShown:
    asked: list[models.Survey] = getattr(row, "asked", [])
    return CaseCallShown(
        id=row.pk,
        organisation=row.organisation_id,
        hotline=row.hotline_id,
        home_path=row.home.path,
        number=row.number,
        state=CallState(row.state),
        urgent=row.urgent,
        rule=row.rule,
        standard=row.standard,
        windows=tuple(filter(None, row.windows.split(","))),
        soft=row.soft,
        due_at=row.due_at,
        explanation=row.explanation,
        next_at=row.next_at,
        given_to=row.given_to_id,
        given_to_name=row.given_to.name if row.given_to else "",
        taken_by=row.taken_by_id,
        taken_by_name=row.taken_by.name if row.taken_by else "",
        taken_at=row.taken_at,
        attempts=row.attempts,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        breached_at=row.breached_at,
        version=row.version,
        surveys=tuple(survey_shown(one) for one in asked),
    )
