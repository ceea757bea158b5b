"""Who has how many calls on cases, and what the month comes to if it goes on so (GH-4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from rexian.callbacks import models
from rexian.callbacks.domain.case_calls import OPEN_CALLS, CallResult, SurveyState
from rexian.callbacks.domain.months import month_of, month_span
from rexian.callbacks.domain.shares import Forecast, MonthSoFar, Rates, Share, forecast
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.instants import local_day
from rexian.org.domain.roles import Role
from rexian.org.queries import Wanted, people

_READER = Actor.system("callbacks")
_MOST = 200
_OPEN = [one.value for one in OPEN_CALLS]


@dataclass(frozen=True, slots=True)
class ShareShown:
    """What somebody has to call, with their name."""

    share: Share
    name: str


def share_list(home_path: str, *, zone: ZoneInfo, at: datetime) -> tuple[Share, ...]:
    """Return for each callback agent of a house what they have to call; asks for no right."""
    return tuple(one.share for one in named_shares(home_path, zone=zone, at=at))


def named_shares(home_path: str, *, zone: ZoneInfo, at: datetime) -> tuple[ShareShown, ...]:
    """Return the same with their names, by name; asks for no right."""
    agents = people(
        _READER, Wanted(role=Role.CALLBACK_AGENT, within=home_path), offset=0, limit=_MOST
    )
    ids = [one.id for one in agents]
    began = month_span(month_of(at, zone), zone)[0]
    calls = models.CaseCall.objects.filter(given_to__in=ids).order_by()
    counted = calls.values_list("given_to").annotate(
        open=Count("pk", filter=Q(state__in=_OPEN)),
        month=Count("pk", filter=Q(given_at__gte=began)),
    )
    given = {person: (open_, month) for person, open_, month in counted}
    reached = _reached(ids, began)
    return tuple(
        ShareShown(Share(one.id, *given.get(one.id, (0, 0)), reached.get(one.id, 0)), one.name)
        for one in agents
    )


def _reached(ids: list[int], began: datetime) -> dict[int, int]:
    made = models.CaseAttempt.objects.filter(person__in=ids, at__gte=began)
    counted = made.filter(result=CallResult.REACHED.value).order_by().values_list("person")
    return dict(counted.annotate(Count("pk")))


def month_forecast(
    home_path: str, *, target: float, zone: ZoneInfo, at: datetime
) -> tuple[MonthSoFar, Forecast]:
    """Return the month so far and what it comes to; every day of it is one for calling."""
    begins, ends = month_span(month_of(at, zone), zone)
    days = local_day(at, zone).day
    done = _surveys(home_path).filter(done_at__gte=begins, done_at__lt=ends)
    called = done.filter(called_at__isnull=False).count()
    made = models.CaseAttempt.objects.filter(
        call__home__path__startswith=home_path, at__gte=begins, at__lt=ends
    )
    calls = list(made.order_by().values_list("person", "at"))
    so_far = MonthSoFar(
        days=days,
        days_left=(local_day(ends - timedelta(seconds=1), zone).day - days),
        done=done.exclude(state=SurveyState.WITHDRAWN.value).count(),
        called=called,
        calls=len(calls),
        people=len({person for person, _ in calls}),
        shifts=len({(person, local_day(one, zone)) for person, one in calls}),
        target=target,
    )
    return so_far, forecast(so_far)


def rates_between(home_path: str, *, begins: datetime, ends: datetime) -> Rates:
    """Return the rates of those who were called in a time; asks for no right."""
    called = _surveys(home_path).filter(called_at__gte=begins, called_at__lt=ends)
    counted = called.aggregate(
        of_called=Count("pk"),
        of_reached=Count("pk", filter=Q(answered_at__isnull=False)),
        of_solved=Count("pk", filter=Q(solved=True)),
        of_satisfied=Count("pk", filter=Q(satisfied=True)),
        of_said_solved=Count("pk", filter=Q(solved__isnull=False)),
        of_said_satisfied=Count("pk", filter=Q(satisfied__isnull=False)),
    )
    return Rates(**{name.removeprefix("of_"): found for name, found in counted.items()})


def _surveys(home_path: str) -> QuerySet[models.Survey]:
    return models.Survey.objects.filter(home__path__startswith=home_path)
