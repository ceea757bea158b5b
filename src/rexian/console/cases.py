"""How cases are called at the console: standings, sources, findings, numbers, remaining time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from rexian.cases.domain.masking import masked_number
from rexian.cases.domain.standing import Finding, Source
from rexian.cases.queries import CaseShown
from rexian.cases.queries.seeing import may_identify
from rexian.contacts.domain.numbers import spaced
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.shapes import Tone
from rexian.standard.domain.flows import Flow
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version

STANDINGS: Mapping[str, tuple[str, Tone]] = {
    "open": (mark("in hand"), Tone.INFO),
    "waiting": (mark("standing still, waiting"), Tone.CAUTION),
    "answered": (mark("answered, to be closed"), Tone.GOOD),
    "resolved": (mark("done, to be confirmed"), Tone.GOOD),
    "closed": (mark("settled"), Tone.QUIET),
    "void": (mark("void case"), Tone.QUIET),
}
LIVE = ("open", "waiting", "answered", "resolved")
SOURCES: Mapping[str, str] = {
    Source.CONTACT: mark("from a contact"),
    Source.PORTAL: mark("from the web page"),
    Source.OUTSIDE: mark("passed on by an outside body"),
    Source.REST: mark("from another system"),
    Source.PERSON: mark("written down by hand"),
    Source.CALLBACK: mark("from a callback"),
}
FINDINGS: Mapping[str, str] = {
    Finding.TRUE: mark("true as complained"),
    Finding.PARTLY: mark("partly true"),
    Finding.UNTRUE: mark("not true"),
    Finding.UNVERIFIABLE: mark("cannot be verified"),
}
CLASSES: Mapping[str, str] = {"simple": mark("simple case"), "complex": mark("complex case")}
BODIES: Mapping[str, str] = {
    "12345": mark("12345 government hotline"),
    "12328": mark("12328 transport hotline"),
    "12315": mark("12315 consumer hotline"),
    "other": mark("another body"),
}
ALERTS: Mapping[str, tuple[str, Tone]] = {
    "warn": (mark("soon due"), Tone.CAUTION),
    "breach": (mark("run out"), Tone.BAD),
    "press": (mark("pressed for"), Tone.CAUTION),
    "supervise": (mark("under supervision"), Tone.BAD),
    "escalate": (mark("escalated"), Tone.BAD),
    "circulate": (mark("told to the whole house"), Tone.BAD),
    "callback-late": (mark("not called back in time"), Tone.BAD),
    "review": (mark("dissatisfied again, to be looked at"), Tone.CAUTION),
    "heard": (mark("urgent word in a callback"), Tone.BAD),
    "unanswered": (mark("a call for help is not taken"), Tone.BAD),
    "help-refused": (mark("a helper refuses, call the next"), Tone.BAD),
    "help-done": (mark("all help is done, to be finished"), Tone.GOOD),
}
"""What people are told of a case: 催办, 督办, 提级, 通报 and what comes before."""
FILTER_NAMES: Mapping[str, str] = {
    "view": mark("ready list"),
    "standing": mark("Standing"),
    "flow": mark("Kind of case"),
    "category": mark("Category"),
    "unit": mark("With the unit"),
    "handler": mark("Handled by"),
    "source": mark("Came in"),
    "late": mark("late only"),
    "today": mark("due today only"),
    "urgent": mark("urgent only"),
    "q": mark("words searched for"),
}
"""What the list of cases can be filtered by."""


def number_text(case: CaseShown, actor: Actor) -> str:
    """Return the number of a case's customer, masked for those who may not identify them."""
    if not case.number:
        return ""
    return spaced(case.number) if may_identify(case, actor) else masked_number(case.number)


def customer_of(case: CaseShown) -> str:
    """Return what the customer is called, or that this is kept from whoever looks."""
    if case.name:
        return f"{case.name}{case.form_of_address}"
    is_kept = case.hides_customer and not case.number
    return translated(mark("kept secret")) if is_kept else ""


def category_of(case: CaseShown, standard: Standard | None = None) -> str:
    """Return what the category of a case is called in its standard."""
    if not case.category:
        return ""
    taxonomy = (standard or load_version(case.standard)).taxonomy
    known = taxonomy.get(case.category)
    return taxonomy.full_name(case.category, current_language()) if known else case.category


def standards_of(versions: Iterable[int]) -> Mapping[int, Standard]:
    """Return the standards of some versions, each loaded once."""
    return {one: load_version(one) for one in set(versions)}


def flow_of(case: CaseShown) -> Flow:
    """Return the flow of a case."""
    return load_version(case.standard).casework.flows[case.flow]


def state_title(case: CaseShown, flow: Flow | None = None) -> str:
    """Return what the state of a case is called in its flow."""
    spec = (flow or flow_of(case)).states.get(case.state)
    return text_in(spec.title, current_language()) if spec else case.state


def standing_of(case: CaseShown) -> tuple[str, Tone]:
    """Return what the standing of a case is called, as a message, with its tone."""
    return STANDINGS[case.standing]


def is_late(case: CaseShown, at: datetime) -> bool:
    """Tell whether a clock of a case that is not at its end has run out."""
    return case.standing in LIVE and case.due_at is not None and case.due_at <= at


def left_until(due_at: datetime, at: datetime) -> str:
    """Return how long there is until an instant, or since when it is over."""
    if due_at > at:
        return translated(mark("{span} left"), span=span_text(due_at - at))
    return translated(mark("late by {span}"), span=span_text(at - due_at))


def span_text(span: timedelta) -> str:
    """Return a span as people say it: in minutes, in hours and minutes, in days and hours."""
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    told = []
    if days:
        told.append(translated(mark("{number} d"), number=days))
    if hours:
        told.append(translated(mark("{number} h"), number=hours))
    if not days and (minutes % 60 or not hours):
        told.append(translated(mark("{number} min"), number=minutes % 60))
    return " ".join(told)
