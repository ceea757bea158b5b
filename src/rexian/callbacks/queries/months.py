"""What customers were asked in a month, as figures and tables need it; asks for no right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from rexian.callbacks import models
from rexian.callbacks.queries.case_calls import SurveyShown, survey_shown


@dataclass(frozen=True, slots=True)
class MonthSurvey:
    """A survey with the names that a table shows; ``number`` is the customer's, whole."""

    survey: SurveyShown
    number: str
    handler_name: str
    unit_name: str
    asked_by_name: str
    home_path: str


@dataclass(frozen=True, slots=True)
class WordShown:
    """Something that was heard in a call, with the department's answer."""

    id: int
    case: int
    reference: str
    unit: int | None
    unit_name: str
    kind: str
    text: str
    urgent: bool
    heard_at: datetime
    heard_by_name: str
    feedback: str
    fed_back_at: datetime | None


def surveys_done(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> Iterator[SurveyShown]:
    """Yield what was to be asked on cases that were done in a time."""
    yield from _each(organisation, homes, Q(done_at__gte=begins, done_at__lt=ends))


def surveys_called(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> Iterator[SurveyShown]:
    """Yield the surveys whose customers were first called in a time."""
    yield from _each(organisation, homes, Q(called_at__gte=begins, called_at__lt=ends))


def surveys_answered(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> Iterator[SurveyShown]:
    """Yield what customers answered in a time."""
    yield from _each(organisation, homes, Q(answered_at__gte=begins, answered_at__lt=ends))


def dissatisfied(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> tuple[MonthSurvey, ...]:
    """Return what customers were not content with in a time (GH-4.10), in order."""
    unhappy = Q(satisfied=False) | Q(solved=False)
    rows = _rows(organisation, homes, unhappy & Q(answered_at__gte=begins, answered_at__lt=ends))
    named = rows.select_related("handler", "unit", "answered_by", "call", "home")
    return tuple(
        MonthSurvey(
            survey_shown(one),
            one.call.number if one.call else "",
            one.handler.name if one.handler else "",
            one.unit.name if one.unit else "",
            one.answered_by.name if one.answered_by else "",
            one.home.path,
        )
        for one in named.order_by("answered_at", "pk")
    )


def words_heard(
    organisation: int,
    *,
    begins: datetime,
    ends: datetime,
    homes: Collection[int] | None,
    units: Collection[str] = (),
) -> tuple[WordShown, ...]:
    """Return what was heard in a time; with ``units``, also what is about units at those paths."""
    rows = models.HeardWord.objects.filter(
        _of(homes, "survey__home") | _below(units),
        organisation=organisation,
        heard_at__gte=begins,
        heard_at__lt=ends,
    )
    named = rows.select_related("survey__case", "unit", "heard_by").order_by("heard_at", "pk")
    return tuple(
        WordShown(
            one.pk,
            one.survey.case_id,
            one.survey.case.reference,
            one.unit_id,
            one.unit.name if one.unit else "",
            one.kind,
            one.text,
            one.urgent,
            one.heard_at,
            one.heard_by.name if one.heard_by else "",
            one.feedback,
            one.fed_back_at,
        )
        for one in named
    )


def _each(organisation: int, homes: Collection[int] | None, asked: Q) -> Iterator[SurveyShown]:
    rows = _rows(organisation, homes, asked).order_by("pk")
    yield from map(survey_shown, rows.iterator(chunk_size=2000))


def _rows(organisation: int, homes: Collection[int] | None, asked: Q) -> QuerySet[models.Survey]:
    rows = models.Survey.objects.filter(_of(homes, "home") & asked, organisation=organisation)
    return rows.select_related("case")


def _of(homes: Collection[int] | None, unit: str) -> Q:
    """Return the condition that a unit is one of these; all are where none are named."""
    return Q() if homes is None else Q(**{f"{unit}__in": list(homes)})


def _below(paths: Collection[str]) -> Q:
    found = Q(pk__in=())
    for one in paths:
        found |= Q(unit__path__startswith=one)
    return found
