"""The figures of a month: a page, a page of the rows of each, a workbook, and the closing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rexian.cases.domain.rights import EXPORT, SUPERVISE
from rexian.console import figure_tables as tables
from rexian.console.callback_tables import month_links
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted, translated
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Notice, Tone
from rexian.look.streaming import send_written
from rexian.org.queries import organisation
from rexian.reports.casework.figures import TITLES, FigureId
from rexian.reports.casework.months import MonthPage, close_month, month_page, read_month
from rexian.reports.casework.xlsx import write_month

TOLD = {"closed": mark("The month is closed. What changes later is shown.")}
SIZE = 50


@require_safe
@with_right(SUPERVISE)
def figures(request: PageRequest) -> HttpResponse:
    """Show the figures of a month, and what was frozen of them."""
    return _month(request, _asked(request, request.GET.get("month", "")),
                  told=notices_of(request, TOLD))  # fmt: skip


@require_safe
@with_right(SUPERVISE)
def rows(request: PageRequest, figure: str) -> HttpResponse:
    """Show the rows of a figure, each with its case."""
    page = _asked(request, request.GET.get("month", ""))
    found = page.figures[_known(figure)]
    query = request.GET.urlencode()
    part = page_of(request.GET.get("page"), size=SIZE, total=len(found.rows), query=query)
    shown = found.rows[part.offset : part.offset + part.size]
    has_credit = found.id in tables.CREDITED
    values = {
        "line": tables.figure_line(found, page, current_language()),
        "month": f"{page.first:%Y-%m}",
        "columns": tables.ROWS,
        "lines": [tables.row_line(one, request) for one in shown],
        "page": part,
        "credit_columns": tables.CREDIT,
        "people": tables.people_lines(found) if has_credit else (),
        "units": tables.unit_lines(found) if has_credit else (),
        "trail": (
            Crumb(mark("Figures"), f"{reverse('console:figures')}?month={page.first:%Y-%m}"),
            Crumb(TITLES[found.id]),
        ),
    }
    return render(request, "console/figure.html", values)


@require_safe
@with_right(EXPORT)
def month_file(request: PageRequest) -> HttpResponseBase:
    """Send the month as a workbook, with the rows of every figure."""
    page = _asked(request, request.GET.get("month", ""))
    title = translated(mark("Figures of {month}"), month=f"{page.first:%Y-%m}")
    zone = ZoneInfo(organisation(request.actor).time_zone)
    return send_written(
        request,
        lambda file: write_month(page, file, language=current_language(), zone=zone, title=title),
        name=f"figures-{page.first:%Y-%m}.xlsx",
    )


@require_POST
@with_right(SUPERVISE)
def close(request: PageRequest) -> HttpResponse:
    """Freeze the figures of a month."""
    at, zone = timezone.now(), ZoneInfo(organisation(request.actor).time_zone)
    first = read_month(request.POST.get("month", "")[:7] or "-", at=at, zone=zone)
    try:
        close_month(first, actor=request.actor, at=at)
    except RexianError as refused:
        page = month_page(first, actor=request.actor, at=at)
        told = (Notice(quoted(refused), Tone.CAUTION),)
        return _month(request, page, told=told, status=refused.status)
    return HttpResponseRedirect(f"{reverse('console:figures')}?month={first:%Y-%m}&done=closed")


def _asked(request: PageRequest, month: str) -> MonthPage:
    at, zone = timezone.now(), ZoneInfo(organisation(request.actor).time_zone)
    return month_page(read_month(month, at=at, zone=zone), actor=request.actor, at=at)


def _month(
    request: PageRequest, page: MonthPage, *, told: tuple[Notice, ...], status: int = 200
) -> HttpResponse:
    at, zone = timezone.now(), ZoneInfo(organisation(request.actor).time_zone)
    earlier, later = month_links(page.first, reverse("console:figures"), at=at, zone=zone)
    language = current_language()
    values = {
        "page": page,
        "month": f"{page.first:%Y-%m}",
        "earlier": earlier,
        "later": later,
        "columns": tables.COLUMNS if page.closed_at else tables.COLUMNS[:-1],
        "lines": [tables.figure_line(one, page, language) for one in page.figures.values()],
        "closed_at": tables.closed_text(page, request),
        "may_export": request.actor.may(EXPORT),
        "notices": told,
    }
    return render(request, "console/figures.html", values, status=status)


def _known(figure: str) -> FigureId:
    try:
        return FigureId(figure)
    except ValueError:
        code = f"figure:{figure[:20]}"
        raise NotFound(mark("There is nothing under {code}."), code=code) from None


urlpatterns = [
    path("figures/", figures, name="figures"),
    path("figures/close", close, name="close-month"),
    path("figures/month.xlsx", month_file, name="figures-file"),
    path("figures/<slug:figure>/", rows, name="figure"),
]
