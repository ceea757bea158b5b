"""Everything that the page of a case shows, for whoever looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from rexian.cases.domain.rights import DISPATCH, SUPERVISE, TAKE
from rexian.cases.queries import CasePage, CaseShown, ClockShown, SlipShown, case_page, cases_by_id
from rexian.console.case_choices import move_form
from rexian.console.case_flow import clock_title, flow_shown
from rexian.console.case_forms import ApproveForm, MoveForm, RefuseForm
from rexian.console.case_help import help_values
from rexian.console.case_steps import cases_of, step_lines, subjects_of
from rexian.console.cases import (
    BODIES,
    CLASSES,
    FINDINGS,
    SOURCES,
    category_of,
    customer_of,
    is_late,
    left_until,
    number_text,
    standing_of,
    state_title,
)
from rexian.console.telling import instant, size, who
from rexian.contacts.queries import is_near
from rexian.dialogue.queries.reading import contact_to_read
from rexian.journal.queries import newest_id
from rexian.kernel.calendar.explanations import DueAt, from_records
from rexian.kernel.calendar.sentences import sentences
from rexian.kernel.errors import NotFound, Refused
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Crumb, Fact, Tone
from rexian.standard.domain.flows import OVER
from rexian.standard.domain.pack.casework import MoveSpec
from rexian.standard.domain.rights import READ as READ_STANDARDS

HOME = Crumb(mark("Cases"), "/cases/")


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock as the page shows it, with how its instant was reached in sentences."""

    title: str
    clause: str
    state: str
    tone: Tone
    due: str
    left: str
    started: str
    is_soft: bool
    because: tuple[str, ...]
    provisional: str


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A slip as the page shows it: what was filled in under its labels, who signed it."""

    id: int
    title: str
    clause: str
    facts: tuple[Fact, ...]
    filled: str
    signed: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A legal move with its form; ``approves`` one that somebody else has asked for."""

    spec: MoveSpec
    title: str
    hint: str
    form: MoveForm
    approval: str
    is_open: bool = False


def case_values(
    request: PageRequest, case_id: int, *, bound: MoveForm | None = None
) -> dict[str, Any]:
    """Return the values of a case's page; raise ``NotFound`` where one may not see it."""
    after, at = newest_id(), timezone.now()
    page = case_page(case_id, actor=request.actor)
    shown, zone = page.case, request.person.time_zone
    others = _others(page, request)
    references = {f"case:{number}": one.reference for number, one in others.items()}
    names = {**who(_subjects(page), request), **references}
    running = running_clock(page)
    language = current_language()
    return {
        "page": page,
        "lost": None,
        "case": shown,
        "after": after,
        "standing": standing_of(shown),
        "state": state_title(shown, page.flow),
        "is_over": shown.standing in OVER,
        "is_late": is_late(shown, at),
        "facts": _facts(page, request, names),
        "flow": flow_shown(page, names, clock=running, at=at, zone=zone),
        "flow_title": text_in(page.flow.spec.title, language),
        "running": _clock_line(running, page, at, zone) if running else None,
        "clocks": [_clock_line(one, page, at, zone) for one in _ordered(page)],
        "steps": step_lines(page, names, zone),
        "slips": [_slip_line(one, page, names, zone) for one in page.slips],
        "files": page.files,
        "size": size,
        "moves": _moves(page, request, bound),
        "approval": _approval(page, names, zone),
        "approve_form": ApproveForm(initial={"version": shown.version}, auto_id="approve-%s"),
        "refuse_form": RefuseForm(initial={"version": shown.version}, auto_id="refuse-%s"),
        "kin": _kin(page, others),
        "may_bring_together": _may_bring_together(shown, request),
        **help_values(page, request),
        "principles": [text_in(one, language) for one in page.flow.spec.principles],
        "clause_address": _clause_address(page, request),
        "trail": (HOME, Crumb(shown.reference)),
    }


def running_clock(page: CasePage) -> ClockShown | None:
    """Return the clock that matters now: the first due of those that are no mere targets."""
    running = [one for one in page.clocks if one.is_running]
    hard = [one for one in running if not one.soft] or running
    return min(hard, key=lambda one: one.due_at, default=None)


def _ordered(page: CasePage) -> list[ClockShown]:
    """Return the clocks: what runs and is due first, then what is over, the latest first."""
    running = sorted((one for one in page.clocks if one.is_running), key=lambda one: one.due_at)
    return [*running, *(one for one in reversed(page.clocks) if not one.is_running)]


def _subjects(page: CasePage) -> set[str]:
    shown = page.case
    people = {shown.taken_by, shown.handler, shown.asked.get("person")}
    people |= {one.filled_by for one in page.slips}
    units = {shown.unit, shown.home, *page.assisting}
    return (
        {f"person:{one}" for one in people if one}
        | {f"unit:{one}" for one in units}
        | set(subjects_of(page))
    )


def _facts(page: CasePage, request: PageRequest, names: Mapping[str, str]) -> list[Fact]:
    shown, zone = page.case, request.person.time_zone
    contact = _contact_address(shown, request)
    assisting = "、".join(names.get(f"unit:{one}", "") for one in page.assisting)
    known = (
        Fact(mark("Customer"), customer_of(shown)),
        Fact(mark("Telephone number"), number_text(shown, request.actor)),
        Fact(mark("Place"), shown.place_text),
        Fact(mark("Category"), category_of(shown, page.standard)),
        Fact(mark("Class of the case"), translated(CLASSES.get(shown.case_class, ""))),
        Fact(mark("With the unit"), shown.unit_name),
        Fact(mark("Handled by"), names.get(f"person:{shown.handler}", "")),
        Fact(mark("Assisting unit"), assisting),
        Fact(mark("Taken"), _taken(shown, names, zone)),
        Fact(mark("Came in"), translated(SOURCES.get(shown.source, shown.source)), contact),
        Fact(mark("Outside body"), _outside(shown)),
        Fact(mark("Finding of the investigation"), _finding(shown)),
        Fact(mark("Answer to the customer"), shown.answer),
        Fact(mark("Answered at"), instant(shown.answered_at, zone) if shown.answered_at else ""),
        Fact(mark("Done at"), instant(shown.resolved_at, zone) if shown.resolved_at else ""),
        Fact(mark("Settled at"), instant(shown.closed_at, zone) if shown.closed_at else ""),
        Fact(mark("Customer's word"), _counted(shown)),
    )
    return [one for one in known if one.value]


def _taken(shown: CaseShown, names: Mapping[str, str], zone: str) -> str:
    taker = names.get(f"person:{shown.taken_by}", "")
    return " · ".join(filter(None, (instant(shown.taken_at, zone), shown.home_name, taker)))


def _outside(shown: CaseShown) -> str:
    if not shown.outside_body:
        return ""
    body = translated(BODIES.get(shown.outside_body, shown.outside_body))
    return f"{body} {shown.outside_number}".strip()


def _finding(shown: CaseShown) -> str:
    if not shown.finding:
        return ""
    told = translated(FINDINGS[shown.finding])
    if shown.responsible is None:
        return told
    word = mark("responsible") if shown.responsible else mark("not responsible")
    return f"{told} · {translated(word)}"


def _counted(shown: CaseShown) -> str:
    """Return how often the customer pressed and added, and how it was sent back."""
    told = (
        (mark("pressed {count} times"), shown.pressed),
        (mark("added {count} times"), shown.added),
        (mark("returned {count} times"), shown.returned),
        (mark("round {count}"), shown.round if shown.round > 1 else 0),
    )
    return " · ".join(translated(text, count=count) for text, count in told if count)


def _contact_address(shown: CaseShown, request: PageRequest) -> str:
    """Return where the contact is that a case was taken from, for those who may see that too."""
    if shown.contact is None:
        return ""
    try:
        contact_to_read(shown.contact, actor=request.actor)
    except (NotFound, Refused):
        return ""
    return reverse("console:contact", args=(shown.contact,))


def _clock_line(one: ClockShown, page: CasePage, at: datetime, zone: str) -> ClockLine:
    spec = page.flow.clocks.get(one.clock)
    state, tone = _clock_state(one, at)
    left = left_until(one.due_at, at) if one.is_running and one.paused_at is None else ""
    return ClockLine(
        clock_title(page.flow, one.clock),
        spec.clause if spec else "",
        state,
        tone,
        instant(one.due_at, zone),
        left,
        instant(one.started_at, zone),
        one.soft,
        tuple(_because(one, zone)),
        _provisional(one),
    )


def _provisional(one: ClockShown) -> str:
    """Return the years whose holidays may still move a clock, nothing where none can."""
    if not one.is_running or one.extended_to or one.asked_for:
        return ""
    return translated(", ").join(map(str, one.explanation.get("unpublished", ())))


def _clock_state(one: ClockShown, at: datetime) -> tuple[str, Tone]:
    if one.stopped_at is not None:
        is_met = one.stopped_at <= one.due_at
        return (mark("met"), Tone.GOOD) if is_met else (mark("met late"), Tone.CAUTION)
    if one.paused_at is not None:
        return mark("stands still"), Tone.CAUTION
    return (mark("run out"), Tone.BAD) if one.due_at <= at else (mark("runs"), Tone.INFO)


def _because(one: ClockShown, zone: str) -> list[str]:
    """Return how the instant was reached, a sentence a step."""
    told = [translated(mark("It runs from {instant}."), instant=instant(one.started_at, zone))]
    kept = one.explanation
    if kept.get("steps"):
        reached = DueAt(
            one.due_at,
            date.fromisoformat(kept["day"]),
            tuple(kept.get("unpublished", ())),
            from_records(kept["steps"]),
        )
        told += sentences(reached, current_language())
    if one.asked_for:
        told.append(translated(mark("The instant was named by whoever asked.")))
    if one.extended_to is not None:
        until = instant(one.extended_to, zone)
        told.append(translated(mark("It was extended to {instant}, with approval."), instant=until))
    told.append(translated(mark("So it is due at {instant}."), instant=instant(one.due_at, zone)))
    return told


def _slip_line(one: SlipShown, page: CasePage, names: Mapping[str, str], zone: str) -> SlipLine:
    language, spec = current_language(), page.standard.forms.get(one.form)
    facts = []
    for field in spec.fields if spec else ():
        value = one.values.get(field.id, "")
        if field.type == "yes_no" and value:
            value = translated(mark("yes") if value == "yes" else mark("no"))
        elif value in field.choices:
            value = text_in(field.choices[value], language)
        elif not value and field.id in one.missing and spec:
            why = spec.lacking.get(one.missing[field.id])
            reason = text_in(why, language) if why else one.missing[field.id]
            value = translated(mark("not obtained: {reason}"), reason=reason)
        if value:
            facts.append(Fact(text_in(field.label, language), value))
    filled = (names.get(f"person:{one.filled_by}", ""), instant(one.filled_at, zone))
    return SlipLine(
        one.id,
        text_in(spec.title, language) if spec else one.form,
        spec.clause if spec else "",
        tuple(facts),
        " · ".join(filter(None, filled)),
        f"{one.signer} · {instant(one.signed_at, zone)}" if one.signed_at else "",
        text_in(spec.signed_by, language) if spec else "",
    )


def _moves(page: CasePage, request: PageRequest, bound: MoveForm | None) -> list[MoveLine]:
    """Return the legal moves, each with its form; the one that was tried keeps what was typed."""
    language, found = current_language(), []
    for one in page.offers:
        if one.approves:
            continue
        is_tried = bound is not None and bound.move.id == one.move.id
        form = bound if is_tried and bound else move_form(one.move, page, request)
        found.append(
            MoveLine(
                one.move,
                text_in(one.move.title, language),
                text_in(one.move.hint, language),
                form,
                one.move.approved_by or "",
                is_tried,
            )
        )
    return found


def _approval(page: CasePage, names: Mapping[str, str], zone: str) -> dict[str, Any] | None:
    """Return what waits for an approval, and whether whoever looks may give it."""
    asked = page.case.asked
    if not asked:
        return None
    spec, given = page.flow.moves.get(asked["move"]), asked.get("given", {})
    until = given.get("due_at")
    return {
        "title": text_in(spec.title, current_language()) if spec else asked["move"],
        "who": names.get(f"person:{asked.get('person')}", ""),
        "at": instant(datetime.fromisoformat(asked["at"]), zone),
        "until": instant(datetime.fromisoformat(until), zone) if until else "",
        "reason": given.get("reason", ""),
        "text": given.get("text", ""),
        "is_mine": any(one.approves for one in page.offers),
    }


def _others(page: CasePage, request: PageRequest) -> Mapping[int, CaseShown]:
    """Return the cases that this one has to do with, as far as one sees them."""
    shown = page.case
    ids = {shown.parent, shown.merged_into, shown.split_from, *(one for _, one in cases_of(page))}
    wanted = [one for one in ids if one]
    return cases_by_id(wanted, actor=request.actor) if wanted else {}


def _kin(page: CasePage, others: Mapping[int, CaseShown]) -> list[tuple[str, CaseShown]]:
    """Return the cases that this one belongs together with, and how."""
    shown, told = page.case, list(cases_of(page))
    named = [
        (mark("The event that it is part of"), shown.parent),
        (mark("Goes on as"), shown.merged_into),
        (mark("Split from"), shown.split_from),
        *((mark("Merged into this one"), number) for how, number in told if how == "merged from"),
        *((mark("Taken out of this one"), number) for how, number in told if how == "split into"),
    ]
    found = [(word, others[number]) for word, number in named if number and number in others]
    part = mark("Part of the same event") if shown.parent else mark("Part of this event")
    return [*found, *((part, one) for one in page.parts)]


def _may_bring_together(shown: CaseShown, request: PageRequest) -> bool:
    """Tell whether somebody may merge a case or take it apart: where it was taken."""
    if shown.standing in OVER:
        return False
    reach = [path for right in (TAKE, DISPATCH, SUPERVISE) for path in request.actor.reach(right)]
    return is_near(shown.home_path, reach)


def _clause_address(page: CasePage, request: PageRequest) -> Any:
    may = request.actor.may(READ_STANDARDS)

    def address(clause: str) -> str:
        known = clause in page.standard.clauses
        args = (page.case.standard, clause)
        return reverse("console:clause", args=args) if may and known else ""

    return address
