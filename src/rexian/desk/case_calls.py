"""Calls on cases as the desk shows them: whom to call, on what, what to ask, how it can end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from rexian.callbacks.domain.answers import Answers, Word, as_word_kind, yes_or_no
from rexian.callbacks.domain.case_calls import (
    CALL_RESULT_NAMES,
    CALL_STATE_NAMES,
    CallResult,
    CallState,
)
from rexian.callbacks.domain.windows import may_call
from rexian.callbacks.queries import CaseAttemptShown, CaseCallShown, SurveyShown, surveys_of_case
from rexian.cases.queries import CasePage, case_page
from rexian.contacts.domain.numbers import spaced
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, text_in
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Fact, Happening, Tone
from rexian.org.queries import people_by_id
from rexian.standard.domain.pack.recording import FieldSpec
from rexian.standard.queries.published import load_version

TONES = {
    CallState.DUE: Tone.INFO,
    CallState.TRIED: Tone.CAUTION,
    CallState.NUMBER: Tone.CAUTION,
    CallState.REACHED: Tone.GOOD,
    CallState.FAILED: Tone.BAD,
    CallState.WITHDRAWN: Tone.QUIET,
}
_READER = Actor.system("desk")
_OURS = (
    ("solved", mark("Is it solved"), "yes_no"),
    ("satisfied", mark("Is the customer satisfied"), "yes_no"),
    ("why", mark("Why not content"), "long"),
    ("opinion", mark("Opinion, suggestion, praise"), "long"),
)
"""What is asked where the standard has no form for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallLine:
    """A call on cases for whoever looks, as a line of the list."""

    call: CaseCallShown
    at: datetime
    customer: str
    number: str
    why: str
    note: str
    state: str
    tone: Tone
    call_by: str
    opens: str
    is_late: bool
    is_mine: bool
    is_hour: bool
    by: str
    href: str
    take_href: str

    @property
    def is_urgent(self) -> bool:
        """Tell whether it is about an emergency."""
        return self.call.urgent

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still to call."""
        return self.call.is_open

    @property
    def said(self) -> str:
        """Nothing was promised in words."""
        return ""

    @property
    def calls(self) -> int:
        """How many calls were made so far."""
        return self.call.attempts

    @property
    def given_to(self) -> str:
        """Whose share it is."""
        return self.call.given_to_name if self.call.is_open else ""

    @property
    def key(self) -> str:
        """What the line is called in the page."""
        return f"case-{self.call.id}"

    @property
    def is_free(self) -> bool:
        """Tell whether whoever looks may take it on just now."""
        may = self.call.state in (CallState.DUE, CallState.TRIED) and not self.opens
        return may and not (self.is_mine or self.by)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form: how it is asked, what was chosen or written so far."""

    name: str
    label: str
    type: str
    say: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A case of a call: its short story, and the questions on it."""

    survey: SurveyShown
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    prefix: str
    href: str


def case_call_line(one: CaseCallShown, request: PageRequest, *, at: datetime) -> CaseCallLine:
    """Return a call on cases as a line of the list, and as the head of its own page."""
    person, zone = request.person.id, request.person.time_zone
    others = one.is_open and one.is_taken_by_other(person, at=at)
    waits = one.is_open and one.next_at is not None and one.next_at > at
    asked = one.wanted or one.surveys
    return CaseCallLine(
        call=one,
        at=one.next_at or one.due_at,
        customer=one.name or spaced(one.number) or translated(mark("Name unknown")),
        number=spaced(one.number),
        why=translated(mark("case done: {title}"), title=asked[0].title) if asked else "",
        note=translated(mark("{count} cases in one call"), count=len(asked))
        if len(asked) > 1
        else "",
        state=CALL_STATE_NAMES[one.state],
        tone=TONES[one.state],
        call_by=local_text(one.due_at, zone),
        opens=_opens(one, zone, at) if waits else "",
        is_late=one.is_late(at),
        is_mine=one.is_open and one.taken_by == person,
        is_hour=may_call(one.windows, at, ZoneInfo(zone)),
        by=(one.taken_by_name if others or not one.is_open else ""),
        href=reverse("desk:case-call", args=(one.id,)),
        take_href=reverse("desk:take-case-call", args=(one.id,)),
    )


def _opens(one: CaseCallShown, zone: str, at: datetime) -> str:
    """Return from when the customer is called again: an hour of today, else the day too."""
    if one.next_at is None:
        return ""
    there = one.next_at.astimezone(ZoneInfo(zone))
    same_day = there.date() == at.astimezone(ZoneInfo(zone)).date()
    return f"{there:%H:%M}" if same_day else f"{there:%m-%d %H:%M}"


def results_of(one: CaseCallShown) -> list[tuple[str, str]]:
    """Return how a call in vain can end, as the standard names it or as we do."""
    spec = load_version(one.standard).casework.callbacks.get(one.rule)
    vain = [each for each in CallResult if each is not CallResult.REACHED]
    named = spec.reasons if spec else {}
    return [
        (each.value, translated(CALL_RESULT_NAMES[each]))
        for each in vain
        if not named or each.value in named
    ]


def asked_on(one: CaseCallShown, request: PageRequest, given: QueryDict) -> list[Asked]:
    """Return each case that a call asks about, with what was filled in so far."""
    return [_asked(each, request, given) for each in one.wanted]


def _asked(one: SurveyShown, request: PageRequest, given: QueryDict) -> Asked:
    page = case_page(one.case, actor=_READER)
    prefix = f"c{one.case}-"
    return Asked(
        one,
        _story(page, one, request),
        tuple(_questions(page, one, request.language, prefix, given)),
        prefix,
        reverse("console:case", args=(one.case,)),
    )


def _story(page: CasePage, one: SurveyShown, request: PageRequest) -> tuple[Fact, ...]:
    """Return a case in a few lines: what it was, what was done about it, by whom."""
    case, zone = page.case, request.person.time_zone
    people = people_by_id([one.handler] if one.handler else [], actor=_READER)
    handler = people.get(one.handler or 0)
    done = next((step.text for step in reversed(page.steps) if step.effect == "resolve"), "")
    before = [each for each in surveys_of_case(one.case) if each.round < one.round and each.told]
    found = (
        Fact(mark("Matter"), case.matter),
        Fact(mark("Place"), case.place_text),
        Fact(mark("What was answered"), case.answer),
        Fact(mark("What was done"), done if done != case.answer else ""),
        Fact(mark("Handled by"), handler.name if handler else ""),
        Fact(mark("Done at"), local_text(one.done_at, zone)),
        Fact(mark("Round"), str(one.round) if one.round > 1 else ""),
        Fact(mark("Said the last time"), before[-1].told if before else ""),
    )
    return tuple(each for each in found if each.value)


def _questions(
    page: CasePage, one: SurveyShown, language: str, prefix: str, given: QueryDict
) -> list[Question]:
    spec = page.standard.casework.callbacks.get(one.rule)
    form = page.standard.forms.get(spec.form) if spec and spec.form else None
    if form is None:
        return [
            Question(prefix + name, translated(label), kind, (), _choices(kind), given.get(
                prefix + name, ""))
            for name, label, kind in _OURS
        ]  # fmt: skip
    return [
        Question(
            prefix + each.id,
            text_in(each.label, language),
            each.type,
            each.asks.say if each.asks else (),
            _field_choices(each, language),
            given.get(prefix + each.id, ""),
        )
        for each in form.fields
    ]


def _choices(kind: str) -> tuple[tuple[str, str], ...]:
    if kind != "yes_no":
        return ()
    return ("yes", translated(mark("yes"))), ("no", translated(mark("no")))


def _field_choices(field: FieldSpec, language: str) -> tuple[tuple[str, str], ...]:
    if field.type == "choice":
        return tuple((code, text_in(text, language)) for code, text in field.choices.items())
    return _choices(field.type)


def answers_in(one: CaseCallShown, given: QueryDict) -> Mapping[int, Answers]:
    """Return what was filled in on each case of a call."""
    return {each.case: _answers(f"c{each.case}-", given) for each in one.wanted}


def _answers(prefix: str, given: QueryDict) -> Answers:
    values = {
        name.removeprefix(prefix): str(given[name]).strip()
        for name in given
        if name.startswith(prefix) and str(given[name]).strip()
    }
    heard, kind = values.pop("heard", ""), values.pop("kind", "")
    urgent = values.pop("urgent", "") == "yes"
    words = (Word(kind=as_word_kind(kind), text=heard, urgent=urgent),) if heard else ()
    return Answers(
        solved=yes_or_no(values.get("solved", "")),
        satisfied=yes_or_no(values.get("satisfied", "")),
        values=values,
        words=words,
    )


def case_calls_told(attempts: Sequence[CaseAttemptShown], time_zone: str) -> list[Happening]:
    """Return the calls made so far as a page tells them."""
    return [
        Happening(
            at=one.at,
            at_text=local_text(one.at, time_zone),
            sentence=translated(
                mark("Call {number}: {result}"),
                number=one.nth,
                result=translated(CALL_RESULT_NAMES[one.result]),
            ),
            who=one.person_name,
            note=one.note,
            tone=Tone.GOOD if one.result is CallResult.REACHED else Tone.QUIET,
        )
        for one in attempts
    ]
