"""Who was called in for a case, as its page shows them: how far they are, what can be said next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from rexian.cases.domain.helping import STATE_NAMES, WAY_NAMES, Press, presses_from
from rexian.cases.queries import CasePage
from rexian.cases.queries.notifications import (
    NotificationShown,
    field_key,
    known_of,
    may_dispatch,
    notifications_of,
)
from rexian.cases.queries.slips import forms_of
from rexian.console.cases import span_text
from rexian.console.telling import instant
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Fact, Tone
from rexian.standard.domain.forms import check_form
from rexian.standard.domain.pack.recording import FieldSpec

_TONES = {
    "told": Tone.INFO, "taken": Tone.INFO, "on-way": Tone.INFO, "arrived": Tone.GOOD,
    "done": Tone.GOOD, "refused": Tone.BAD,
}  # fmt: skip
_LONGEST_ASKED = 6


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somebody who was called in, as a line; ``next`` is what they will say next."""

    shown: NotificationShown
    state: str
    tone: Tone
    way: str
    facts: tuple[Fact, ...]
    spans: tuple[str, ...]
    next: Press | None
    next_word: str
    is_missed: bool


@dataclass(frozen=True, slots=True)
class StillToAsk:
    """Something that whoever was sent has to know still, with the words to ask it."""

    label: str
    words: str


def help_values(page: CasePage, request: PageRequest) -> dict[str, Any]:
    """Return what the page of a case shows of those who were called in, and of its slips."""
    shown, zone = page.case, request.person.time_zone
    lines = [help_line(one, zone) for one in notifications_of(shown.id, actor=request.actor)]
    may = may_dispatch(shown.id, actor=request.actor)
    ours = [one.shown for one in lines if one.shown.round == shown.round]
    return {
        "help": lines,
        "may_call": may,
        "to_ask": list(_to_ask(page)) if ours and may else [],
        "all_done": bool(ours) and all(one.is_settled for one in ours) and shown.standing == "open",
        "slip_links": _slip_links(page),
    }


def help_line(one: NotificationShown, zone: str) -> HelpLine:
    """Return somebody who was called in as a line."""
    ahead = [each for each in presses_from(one.state) if each is not Press.REFUSED]
    coming = ahead[0] if ahead else None
    return HelpLine(
        one,
        STATE_NAMES[one.state],
        _TONES[one.state],
        WAY_NAMES[one.way],
        tuple(_facts(one, zone)),
        tuple(_spans(one)),
        coming,
        STATE_NAMES[coming] if coming else "",
        one.alerted_at is not None and one.state == "told",
    )


def field_address(notification_id: int) -> str:
    """Return the address of the page for a telephone in the field."""
    public = settings.CONFIGURATION.public_url.geturl().rstrip("/")
    return str(public) + reverse("field:work", kwargs={"field_key": field_key(notification_id)})


def _facts(one: NotificationShown, zone: str) -> Iterator[Fact]:
    by = f" · {one.taken_by}" if one.taken_by else ""
    for name, at, more in (
        (mark("Called at"), one.told_at, ""),
        (mark("Call taken"), one.taken_at, by),
        (mark("Set out"), one.on_way_at, ""),
        (mark("Arrived there"), one.arrived_at, ""),
        (mark("Work done at"), one.done_at, ""),
        (mark("Refused at"), one.refused_at, f" · {one.reason}" if one.reason else ""),
    ):
        if at is not None:
            yield Fact(name, instant(at, zone) + more)
    if one.result:
        yield Fact(mark("What was done there"), one.result)


def _spans(one: NotificationShown) -> Iterator[str]:
    """Yield how long each part took, reckoned from the instants."""
    for message, span in (
        (mark("taken after {span}"), one.until_taken),
        (mark("there after {span}"), one.until_arrived),
        (mark("worked for {span}"), one.until_done),
    ):
        if span is not None:
            yield translated(message, span=_short(span))


def _short(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return translated(mark("{count} s"), count=seconds) if seconds < 60 else span_text(span)


def _to_ask(page: CasePage) -> Iterator[StillToAsk]:
    """Yield what the form of the case asks for and nobody knows yet, in the order of the form."""
    form = page.standard.forms.get(page.flow.spec.form)
    if form is None:
        return
    slip = next((one for one in reversed(page.slips) if one.form == form.id), None)
    values = {**known_of(page.case), **(slip.values if slip else {})}
    known = {name: value for name, value in values.items() if form.find(name)}
    faults = check_form(form, known, slip.missing if slip else {})
    lacking = [field for one in faults if (field := form.find(one.field)) is not None]
    for one in lacking[:_LONGEST_ASKED]:
        yield _asked(one)


def _asked(one: FieldSpec) -> StillToAsk:
    words = one.asks.say[0] if one.asks and one.asks.say else ""
    return StillToAsk(text_in(one.label, current_language()), words)


def _slip_links(page: CasePage) -> list[tuple[str, str, bool]]:
    """Return the forms that a case can have: title, address, whether it is filled in this round."""
    language = current_language()
    filled = {one.form for one in page.slips if one.round == page.case.round}
    return [
        (
            text_in(one.title, language),
            reverse("console:case-slip", args=(page.case.id, one.id)),
            one.id in filled,
        )
        for one in forms_of(page)
    ]
