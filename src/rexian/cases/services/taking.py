"""Take a case: once, under the standard in force, with the clocks that begin with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import IntegrityError, transaction

from rexian.cases import events, models
from rexian.cases.domain.details import CaseDetails, place_key, see_that_it_makes_sense
from rexian.cases.domain.moving import is_customer
from rexian.cases.domain.numbers import case_number
from rexian.cases.domain.refusals import BadCase, NoFlow, nothing_there
from rexian.cases.domain.rights import TAKE
from rexian.cases.domain.standing import Source
from rexian.cases.queries.keys import number_key
from rexian.cases.queries.standards import calendar_of, day_of, version_now
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.indexing import index_new_case
from rexian.cases.services.slips import write_slip
from rexian.cases.services.stepping import NewStep, about, add_step
from rexian.contacts.domain.numbers import read_number
from rexian.contacts.domain.words import keepable, one_line, request_name, several_lines
from rexian.contacts.queries import HotlineShown, contacts_by_id, hotline_named
from rexian.contacts.services import know_customer
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.org.queries import units_by_id
from rexian.prepared import Prepared, insert
from rexian.standard.domain.flows import Flow
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a case comes to under its standard."""

    version: int
    flow: Flow
    case_type: str
    case_class: str
    urgent: bool


@in_one_transaction
def take_case(hotline_code: str, *, details: CaseDetails, actor: Actor, at: datetime) -> int:
    """Take a case for a hotline, and return its id; the same request again is the same case.

    Its flow is that of its category, or the one for its type and way in; raises ``NoFlow`` where
    the standard has none, ``BadCase`` for what makes no sense.
    """
    hotline = hotline_named(hotline_code)
    _see_that_they_may(hotline, details, actor)
    sent_as = request_name(details.sent_as)
    before = _sent_before(hotline, sent_as, details)
    if before is not None:
        return before
    see_that_it_makes_sense(details, at=at)
    given = _tidied(details, hotline)
    meant = _meant(hotline, given, at)
    try:
        with transaction.atomic():
            row = _written(hotline, given, meant, sent_as=sent_as, actor=actor, at=at)
    except IntegrityError:  # the same request came at the same moment, and was faster
        first = _sent_before(hotline, sent_as, details)
        if first is None:
            raise
        return first
    _begin(row, hotline, given, meant.flow, actor, at)
    return row.pk


def _begin(
    row: models.Case,
    hotline: HotlineShown,
    given: CaseDetails,
    flow: Flow,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the first step, start the first clocks, and tell the journal."""
    row.reference = case_number(day_of(hotline, at), row.pk, number_key())
    insert(models.Party(case=row, unit_id=row.unit_id, part="holder", since_at=at))
    add_step(row, NewStep(kind="taken", person=actor.person, to_unit=row.unit_id), at)
    clocks = Clocks(row, flow, calendar_of(hotline), actor, at)
    clocks.begin(due_at=given.due_at)
    taken = events.CaseTaken(
        **about(row),
        flow=row.flow,
        source=row.source,
        category=row.category,
        case_class=row.case_class,
        contact=row.contact_id,
        parent=row.parent_id,
        clocks={one.clock: one.due_at.isoformat() for one in clocks.running},
    )
    record(taken, actor=actor, at=at)
    clocks.settle()
    if flow.spec.form and (given.values or given.missing):
        write_slip(
            row, flow.spec.form, values=given.values, missing=given.missing, actor=actor, at=at
        )
    row.save(update_fields=["reference", "steps", "due_at", "work"])
    index_new_case(row)


def _see_that_they_may(hotline: HotlineShown, details: CaseDetails, actor: Actor) -> None:
    if is_customer(actor) and details.source in (Source.PORTAL, Source.CONTACT):
        return
    belongs(actor, hotline.organisation, code=f"hotline:{hotline.code}")
    authorise(actor, TAKE)


def _sent_before(hotline: HotlineShown, sent_as: str, details: CaseDetails) -> int | None:
    """Return the case that the same request, or the same outside number, has become already."""
    if sent_as and (found := _sent.first(hotline.organisation, sent_as)) is not None:
        return found
    if details.source is Source.OUTSIDE and details.outside_number.strip():
        number = one_line(details.outside_number, most=40)
        same = models.Case.objects.filter(
            organisation=hotline.organisation,
            outside_body=details.outside_body or "other",
            outside_number=number,
        )
        return same.values_list("pk", flat=True).first()
    return None


_sent = Prepared(
    lambda organisation, sent_as: models.Case.objects.filter(
        organisation=organisation, sent_as=sent_as
    ).values_list("pk", flat=True)
)


def _tidied(details: CaseDetails, hotline: HotlineShown) -> CaseDetails:
    """Return the details as they can be kept; what the contact knows already is taken from it."""
    given = details
    if details.contact is not None:
        contact = contacts_by_id([details.contact]).get(details.contact)
        if contact is None or contact.organisation != hotline.organisation:
            raise nothing_there(f"contact:{details.contact}")
        given = replace(
            details,
            name=details.name or contact.name,
            number=details.number or contact.number,
            form_of_address=details.form_of_address or contact.form,
        )
    matter = several_lines(given.matter)
    return replace(
        given,
        title=one_line(given.title, most=120) or one_line(matter, most=60),
        matter=matter,
        name=one_line(given.name, most=80),
        form_of_address=one_line(given.form_of_address, most=20),
        number=read_number(given.number) if given.number.strip() else "",
        place=keepable(dict(given.place)),
        place_text=one_line(given.place_text, most=200),
        outside_number=one_line(given.outside_number, most=40),
    )


def _meant(hotline: HotlineShown, given: CaseDetails, at: datetime) -> _Meant:
    version = version_now(hotline, at)
    standard = load_version(version)
    category = standard.taxonomy.get(given.category)
    if given.category and category is None:
        raise BadCase(mark("There is no such category."), field="category")
    case_type = category.case_type if category else given.case_type
    source = given.source.value
    flow = standard.casework.flow_for(case_type, given.category, standard.taxonomy, source=source)
    if flow is None:
        raise NoFlow(mark("The standard has no way for this kind of case."), field="category")
    return _Meant(
        version,
        flow,
        case_type,
        _class_of(given, standard, flow),
        flow.spec.urgent or bool(category and category.urgency == "emergency"),
    )


def _class_of(given: CaseDetails, standard: Standard, flow: Flow) -> str:
    """Return whether the case is simple or complex, as was said or as its category is."""
    category = standard.taxonomy.get(given.category)
    chosen = given.case_class or (category.case_class if category else "")
    if chosen and flow.spec.classes and chosen not in flow.spec.classes:
        raise BadCase(mark("There is no such class of cases."), field="case_class")
    return chosen if flow.spec.classes else ""


def _written(
    hotline: HotlineShown,
    given: CaseDetails,
    meant: _Meant,
    *,
    sent_as: str,
    actor: Actor,
    at: datetime,
) -> models.Case:
    customer = know_customer(
        hotline.organisation,
        number=given.number,
        name=given.name,
        form=given.form_of_address,
        at=at,
    )
    unit = _home(hotline, given)
    columns: dict[str, Any] = {
        "reference": token_hex(10),  # until it has an id, from which its number is made
        "organisation_id": hotline.organisation,
        "hotline_id": hotline.id,
        "source": given.source.value,
        "sent_as": sent_as or None,
        "standard": meant.version,
        "flow": meant.flow.id,
        "state": meant.flow.first.id,
        "standing": meant.flow.first.standing,
        "case_type": meant.case_type,
        "case_class": meant.case_class,
        "urgent": meant.urgent,
        "unit_id": unit,
        "home_id": unit,
        "taken_by_id": actor.person,
        "contact_id": given.contact,
        "customer_id": customer,
        "parent_id": _parent(hotline, given),
        "split_from_id": given.split_from,
        "place_key": place_key(given.place, given.place_text),
        "outside_body": given.outside_body or ("other" if given.outside_number else ""),
        "taken_at": at,
        "moved_at": at,
    }
    for name in ("category", "customer_class", "name", "form_of_address", "number", "title",
                 "matter", "hides_customer", "wants_answer", "place", "place_text",
                 "outside_number"):  # fmt: skip
        columns[name] = getattr(given, name)
    return insert(models.Case(**columns))


def _home(hotline: HotlineShown, given: CaseDetails) -> int:
    """Return the unit that takes the case."""
    if given.unit is None:
        return hotline.unit
    unit = units_by_id([given.unit]).get(given.unit)
    if unit is None or unit.organisation != hotline.organisation or unit.closed_at is not None:
        raise BadCase(mark("There is no such unit."), field="unit")
    return unit.id


def _parent(hotline: HotlineShown, given: CaseDetails) -> int | None:
    if given.parent is None:
        return None
    found = models.Case.objects.filter(pk=given.parent, organisation=hotline.organisation).first()
    if found is None:
        raise nothing_there(f"case:{given.parent}")
    return found.parent_id or found.pk
