"""Cases at the desk: what a contact makes one of, and what a customer has open already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from rexian.cases.domain.details import CaseDetails, place_key
from rexian.cases.domain.standing import Source
from rexian.cases.queries import LIVE, CaseShown, Wanted, cases, likely_duplicates
from rexian.contacts.queries import ContactShown, RecordShown, hotline
from rexian.desk.records import PLACE, sheet_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, text_in, translate
from rexian.look.instants import local_text
from rexian.places.domain.places import to_json
from rexian.places.queries import read
from rexian.standard.domain import check_form
from rexian.standard.domain.forms import FaultCode
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import in_force, load_version

MOST = 6
_READER = Actor.system("desk")
_PLACE_PARTS = ("road", "direction", "stake", "point", "ramp", "district", "address", "plate")


class NothingToTake(Invalid):
    """The record does not say yet what a case would be about (422)."""

    code = "nothing-to-take"


@dataclass(frozen=True, slots=True)
class CaseAtDesk:
    """A case as the desk shows it, with the clock on it."""

    case: CaseShown
    state: str
    due: str
    left: str
    is_late: bool


def cases_of(shown: ContactShown, actor: Actor) -> tuple[CaseShown, ...]:
    """Return the cases that were taken from a contact, the newest first."""
    return cases(Wanted(contact=shown.id), actor=actor, limit=MOST)


def open_cases_of_customer(shown: ContactShown, actor: Actor) -> tuple[CaseShown, ...]:
    """Return what the customer of a contact has open from earlier contacts, the newest first."""
    if shown.customer is None:
        return ()
    wanted = Wanted(customer=shown.customer, standings=LIVE)
    found = cases(wanted, actor=actor, limit=MOST)
    return tuple(one for one in found if one.contact != shown.id)


def at_desk(one: CaseShown, *, at: datetime, zone: str, language: str) -> CaseAtDesk:
    """Return a case with its state in words and what is left of its time."""
    spec = load_version(one.standard).casework.flows[one.flow].states.get(one.state)
    due = one.due_at if one.standing in LIVE else None
    is_late = due is not None and due <= at
    return CaseAtDesk(
        one,
        text_in(spec.title, language) if spec else one.state,
        local_text(due, zone)[5:] if due else "",
        _left(due, at, language) if due else "",
        is_late,
    )


def details_of(
    shown: ContactShown, kept: RecordShown | None, *, sent_as: str, actor: Actor, at: datetime
) -> CaseDetails:
    """Return what a contact and its record know of the case; raise ``NothingToTake``."""
    if kept is None or not (kept.category or kept.urgent):
        raise NothingToTake(mark("Choose the category in the record first."), field="category")
    sheet = sheet_of(shown, category=kept.category, urgent=kept.urgent)
    values = {name: str(one) for name, one in kept.values.items()}
    words = str(kept.place.get("words") or values.get(PLACE, ""))
    matter = kept.summary or values.get("matter", "") or shown.matter
    title = "" if matter else sheet.form.title.say("zh-Hans")
    parts = {one: str(kept.place[one]) for one in _PLACE_PARTS if kept.place.get(one)}
    details = CaseDetails(
        source=Source.CONTACT,
        contact=shown.id,
        sent_as=sent_as,
        category=kept.category,
        case_type=kept.case_type or ("help" if kept.urgent else ""),
        matter=matter,
        title=title,
        name=shown.name or values.get("name", ""),
        number=shown.number or values.get("phone", ""),
        form_of_address=shown.form,
        place=to_json(read(actor, words, parts).place) if words or parts else {},
        place_text=words,
    )
    return _with_form(details, values, dict(kept.missing), shown, at)


def alike(
    shown: ContactShown, details: CaseDetails, *, actor: Actor, at: datetime
) -> tuple[CaseShown, ...]:
    """Return open cases of the same person or place that look like the one to be taken."""
    return likely_duplicates(
        hotline(shown.hotline, actor=_READER),
        number=details.number,
        place_key=place_key(details.place, details.place_text),
        case_type=details.case_type,
        actor=actor,
        at=at,
    )


def _with_form(
    details: CaseDetails,
    values: dict[str, str],
    missing: dict[str, str],
    shown: ContactShown,
    at: datetime,
) -> CaseDetails:
    """Return the details with what the record filled in of the flow's own form.

    What the form would not take stays in the record: nobody waits for help because of it.
    """
    standard = _standard(shown, at)
    if standard is None:
        return details
    flow = standard.casework.flow_for(
        details.case_type, details.category, standard.taxonomy, source=details.source.value
    )
    form = standard.forms.get(flow.spec.form) if flow else None
    if form is None:
        return details
    known = {name: one for name, one in values.items() if form.find(name) and one}
    lacks = {name: why for name, why in missing.items() if form.find(name) and name not in known}
    faults = check_form(form, known, lacks)
    if any(one.code is not FaultCode.NEEDED for one in faults):
        return details
    return replace(details, values=known, missing=lacks)


def _standard(shown: ContactShown, at: datetime) -> Standard | None:
    line = hotline(shown.hotline, actor=_READER)
    day = at.astimezone(ZoneInfo(line.time_zone)).date()
    ruling = in_force(line.organisation, line.standard, day)
    return load_version(ruling.id) if ruling else None


def _left(due: datetime, at: datetime, language: str) -> str:
    """Return how long there is, in hours and minutes: the script does not count this down."""
    minutes = int(abs((due - at).total_seconds())) // 60
    span = f"{minutes // 60}:{minutes % 60:02d}"
    message = mark("{span} left") if due > at else mark("late by {span}")
    return translate(message, language, span=span)
