"""Letters of outside bodies and our answers to them, in the form in which a body takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from rexian.cases import models
from rexian.cases.adapters.tables import Row, write_workbook
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.rights import EXPORT
from rexian.cases.queries.exporting import FINDINGS, as_taken_out
from rexian.cases.queries.lists import Wanted, cases, masked
from rexian.cases.queries.rows import CaseShown, shown
from rexian.cases.queries.seeing import seen
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark, translate

_FORM, _ANSWER = "passed-on-form", "passed-on-answer"
_DEADLINE = "outside-deadline"
_AT_ONCE = 400

COLUMNS: Sequence[str] = (
    mark("Their number"),
    mark("Number of the case"),
    mark("Received at"),
    mark("To be answered by"),
    mark("Customer"),
    mark("Telephone number"),
    mark("Matter"),
    mark("Finding"),
    mark("What was found"),
    mark("What was done"),
    mark("Answer"),
    mark("Customer contacted"),
    mark("Customer satisfied"),
    mark("Explanation"),
    mark("Unit"),
    mark("Answered at"),
    mark("In time"),
    mark("Sent back, and why"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which answers: of a body, answered or sent back from an instant until another."""

    body: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAnswer:
    """A letter that has been answered, or sent back with a reason; all that the body wants."""

    case: CaseShown
    received_at: str
    answer_by: datetime | None
    values: Mapping[str, str]
    is_late: bool
    sent_back: str

    @property
    def over_at(self) -> datetime | None:
        """When it was answered, or sent back."""
        return self.case.answered_at or self.case.closed_at


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter in a list, with the body's deadline."""

    case: CaseShown
    answer_by: datetime | None


def letters_of(body: str, *, actor: Actor, limit: int = 50) -> tuple[LetterShown, ...]:
    """Return the latest letters of a body that the actor sees, answered or not."""
    found = cases(Wanted(source="outside", outside_body=body), actor=actor, limit=limit)
    clocks = models.Clock.objects.filter(case__in=[one.id for one in found], clock=_DEADLINE)
    due = dict(clocks.order_by("pk").values_list("case", "due_at"))
    return tuple(LetterShown(one, due.get(one.id)) for one in found)


def answers(asked: Asked, *, actor: Actor) -> Iterator[LetterAnswer]:
    """Yield the answers to a body, in the order of their cases, however many there are."""
    authorise(actor, EXPORT)
    return _answers(_rows(asked, actor), actor)


def answers_workbook(
    asked: Asked, file: IO[bytes], *, actor: Actor, language: str, zone: str
) -> None:
    """Write the answers to a body as the workbook that it takes back."""
    found = answers(asked, actor=actor)
    told = (answer_row(one, language, zone) for one in found)
    title = translate(mark("Answers"), language)
    write_workbook(_with_titles(told, language), file, title=title)


def answer_row(one: LetterAnswer, language: str, zone: str) -> Row:
    """Return an answer as a row below ``COLUMNS``."""
    case, values = one.case, one.values
    return (
        case.outside_number,
        case.reference,
        one.received_at or _local(case.taken_at, zone),
        _local(one.answer_by, zone),
        case.name,
        case.number,
        case.matter,
        translate(FINDINGS[case.finding], language) if case.finding else "",
        values.get("facts", ""),
        values.get("result", ""),
        case.answer,
        _yes_no(values.get("contacted", ""), language),
        _yes_no(values.get("satisfied", ""), language),
        values.get("explanation", ""),
        case.unit_name,
        _local(one.over_at, zone),
        _yes_no("no" if one.is_late else "yes", language),
        one.sent_back,
    )


def _with_titles(rows: Iterable[Row], language: str) -> Iterator[Row]:
    yield [translate(one, language) for one in COLUMNS]
    yield from rows


def _rows(asked: Asked, actor: Actor) -> QuerySet[models.Case]:
    """Return what was answered in the time, or sent back to the body without an answer."""
    answered = Q(answered_at__gte=asked.begins_at, answered_at__lt=asked.ends_at)
    sent_back = Q(
        answered_at=None,
        state="sent-back",
        closed_at__gte=asked.begins_at,
        closed_at__lt=asked.ends_at,
    )
    found = seen(actor).filter(source="outside", outside_body=asked.body)
    return found.filter(answered | sent_back).order_by("pk")


def _answers(rows: QuerySet[models.Case], actor: Actor) -> Iterator[LetterAnswer]:
    last = 0
    while some := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1].pk
        near = [
            one
            for one in some
            if any(is_at_home(unit.path, actor, EXPORT) for unit in (one.home, one.unit))
        ]
        yield from _told(near, actor)


def _told(rows: Sequence[models.Case], actor: Actor) -> Iterator[LetterAnswer]:
    slips, clocks, reasons = _slips(rows), _clocks(rows), _reasons(rows)
    for row in rows:
        clock = clocks.get(row.pk)
        filled = slips.get((row.pk, _FORM), {})
        yield LetterAnswer(
            case=as_taken_out(masked(shown(row), actor), actor),
            received_at=filled.get("received_at", ""),
            answer_by=clock.due_at if clock else None,
            values=slips.get((row.pk, _ANSWER), {}),
            is_late=bool(clock and (clock.stopped_at or row.moved_at) > clock.due_at),
            sent_back=reasons.get(row.pk, "") if row.state == "sent-back" else "",
        )


def _slips(rows: Sequence[models.Case]) -> Mapping[tuple[int, str], Mapping[str, str]]:
    found = models.Slip.objects.filter(case__in=rows, form__in=(_FORM, _ANSWER)).order_by("round")
    return {(one.case_id, one.form): one.values for one in found}


def _clocks(rows: Sequence[models.Case]) -> Mapping[int, models.Clock]:
    found = models.Clock.objects.filter(case__in=rows, clock=_DEADLINE).order_by("pk")
    return {one.case_id: one for one in found}


def _reasons(rows: Sequence[models.Case]) -> Mapping[int, str]:
    found = models.Step.objects.filter(case__in=rows, kind="move", state="sent-back")
    columns = found.order_by("seq").values_list("case", "reason")
    return dict(columns)


def _yes_no(code: str, language: str) -> str:
    words = {"yes": mark("yes"), "no": mark("no")}
    return translate(words[code], language) if code in words else ""


def _local(at: datetime | None, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if at else ""
