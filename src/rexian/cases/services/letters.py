"""Take the letters of outside bodies (转办件): one by one, or a list of them, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from rexian.cases import models
from rexian.cases.adapters.letter_files import letter_template, read_letter_list
from rexian.cases.domain.details import OUTSIDE_BODIES, CaseDetails
from rexian.cases.domain.letters import BadLetters, Letter, LetterFault, LetterRow, read_letters
from rexian.cases.domain.rights import TAKE
from rexian.cases.domain.standing import Source
from rexian.cases.queries.standards import version_now
from rexian.cases.services.taking import take_case
from rexian.contacts.domain.words import one_line
from rexian.contacts.queries import HotlineShown, hotline_named
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version

__all__ = ["LetterPlan", "LetterTaken", "letter_template", "plan_letters", "read_letter_list",
           "take_letters"]  # fmt: skip

_FORM = "passed-on-form"


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """What a list comes to: its letters by row, what is wrong, which numbers are cases already."""

    letters: tuple[tuple[int, Letter], ...]
    faults: tuple[LetterFault, ...]
    known: Mapping[str, str]

    @property
    def new(self) -> int:
        """How many cases would be taken."""
        return sum(one.number not in self.known for _, one in self.letters)


@dataclass(frozen=True, slots=True)
class LetterTaken:
    """A letter as a case; ``is_new`` unless its number was one already."""

    number: str
    case: int
    is_new: bool


def plan_letters(
    hotline_code: str, *, body: str, rows: Sequence[LetterRow], actor: Actor, at: datetime
) -> LetterPlan:
    """Return what a list would come to; nothing is changed."""
    hotline = _hotline(hotline_code, body, actor)
    standard = load_version(version_now(hotline, at))
    zone = ZoneInfo(hotline.time_zone)
    known = _known(hotline, body, [_number(one) for one in rows])
    # A list is sent again and again: that a deadline is over is no fault of what is known already.
    asked = [_without_deadline(one) if _number(one) in known else one for one in rows]
    letters, faults = read_letters(asked, zone=zone, taxonomy=standard.taxonomy, at=at)
    return LetterPlan(letters, faults, {number: known[number][1] for number in known})


@in_one_transaction
def take_letters(
    hotline_code: str, *, body: str, rows: Sequence[LetterRow], actor: Actor, at: datetime
) -> tuple[LetterTaken, ...]:
    """Take a case for each letter of a list; the same number again is the same case.

    Raises ``BadLetters`` where anything is wrong with any of them: nothing is half done.
    """
    hotline = _hotline(hotline_code, body, actor)
    plan = plan_letters(hotline_code, body=body, rows=rows, actor=actor, at=at)
    if plan.faults:
        raise BadLetters.of(plan.faults)
    standard = load_version(version_now(hotline, at))
    known = _known(hotline, body, [one.number for _, one in plan.letters])
    return tuple(
        LetterTaken(
            one.number,
            known[one.number][0]
            if one.number in known
            else take_case(
                hotline_code,
                details=_details(one, body, standard, hotline),
                actor=actor,
                at=at,
            ),
            one.number not in known,
        )
        for _, one in plan.letters
    )


def _number(row: LetterRow) -> str:
    return one_line(row.cells.get("number", ""), most=40)


def _without_deadline(row: LetterRow) -> LetterRow:
    return replace(row, cells={**row.cells, "answer_by": ""})


def _hotline(hotline_code: str, body: str, actor: Actor) -> HotlineShown:
    """Return the hotline whose letters somebody may take."""
    hotline = hotline_named(hotline_code)
    belongs(actor, hotline.organisation, code=f"hotline:{hotline.code}")
    authorise(actor, TAKE)
    if body not in OUTSIDE_BODIES:
        raise BadLetters(mark("This body is not known."), field="body")
    return hotline


def _known(
    hotline: HotlineShown, body: str, numbers: Sequence[str]
) -> Mapping[str, tuple[int, str]]:
    """Return which of a body's numbers are cases already, with their ids and references."""
    rows = models.Case.objects.filter(
        organisation=hotline.organisation, outside_body=body, outside_number__in=numbers
    )
    columns = rows.values_list("outside_number", "pk", "reference")
    return {number: (pk, reference) for number, pk, reference in columns}


def _details(letter: Letter, body: str, standard: Standard, hotline: HotlineShown) -> CaseDetails:
    flow = standard.casework.flow_for(
        letter.case_type, letter.category, standard.taxonomy, source=Source.OUTSIDE.value
    )
    has_form = flow is not None and flow.spec.form == _FORM
    values, missing = _form(letter, body, hotline.time_zone) if has_form else ({}, {})
    return CaseDetails(
        source=Source.OUTSIDE,
        category=letter.category,
        case_type=letter.case_type,
        title=letter.title,
        matter=letter.matter,
        name=letter.name,
        number=letter.phone,
        place_text=letter.place,
        outside_body=body,
        outside_number=letter.number,
        due_at=letter.answer_by,
        values=values,
        missing=missing,
    )


def _form(letter: Letter, body: str, zone: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the slip of what was passed on, as far as the letter says it."""
    values = {
        "body": body,
        "body_number": letter.number,
        "received_at": _clock(letter.received_at, zone),
        "answer_by": _clock(letter.answer_by, zone) if letter.answer_by else "",
        "answer_way": letter.answer_way,
        "matter": letter.matter,
        "name": letter.name,
        "phone": letter.phone,
        "place": letter.place,
        "wish": letter.wish,
    }
    missing = {name: "refused" for name in ("name", "phone") if not values[name]}
    return {name: text for name, text in values.items() if text}, missing


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
