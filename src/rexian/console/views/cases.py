"""Cases: the lists, what one is told of them, one case whole, its files."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from rexian.cases.domain.rights import DISPATCH, SEE, SUPERVISE, TAKE
from rexian.cases.queries import (
    PAGE,
    CaseShown,
    alert_count,
    cases,
    counts,
    due_cases,
    open_cases,
)
from rexian.cases.queries.files import file_content
from rexian.cases.queries.views import ViewShown, views_for
from rexian.cases.services import see_alert
from rexian.console import case_lists
from rexian.console.case_alerts import alert_lines, approvable
from rexian.console.case_batches import ReassignForm
from rexian.console.case_lists import (
    APPROVE,
    BY_DEADLINE,
    COLUMNS,
    EVERYTHING,
    TICKS,
    TO_DO,
    VIEWS,
    Asked,
)
from rexian.console.case_page import case_values
from rexian.console.case_views import gone_from, view_address
from rexian.console.cases import STANDINGS, standards_of
from rexian.journal.queries import newest_id
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Notice, Tab, Tone

TOLD = {"taken": Notice(mark("The case is taken."), Tone.GOOD)}


@require_safe
@with_right(SEE)
def case_list(request: PageRequest) -> HttpResponse:
    """List the cases that one may see, the newest first, or by what is due.

    A bare address opens with the view that one has chosen, if any.
    """
    if not request.META["QUERY_STRING"]:
        default = next((one for one in views_for(request.actor) if one.is_default), None)
        if default is not None:
            return HttpResponseRedirect(view_address(default))
    return show_list(request)


def show_list(
    request: PageRequest,
    *,
    form: ReassignForm | None = None,
    ticked: Container[int] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the list that the address asks for, with what was ticked for the ``form``."""
    choices = case_lists.choices(request, timezone.now())
    asked, found = Asked.of(request.GET), views_for(request.actor)
    values = {
        **_list_values(request),
        **choices,
        "may_take": request.actor.may(TAKE),
        "tabs": _tabs(request, asked.view),
        "saved_views": [(one, view_address(one), _is_here(one, asked)) for one in found],
        "gone": list(gone_from(asked.filter_by, choices)),
        "reassign": form or ReassignForm(choices),
        "ticked": ticked,
    }
    return render(request, "console/cases.html", values, status=status)


def _is_here(view: ViewShown, asked: Asked) -> bool:
    """Tell whether a view is what is shown: the one that was opened, and not changed since."""
    return asked.saved == str(view.id) and dict(view.filter_by) == asked.filter_by


@require_safe
@with_right(SEE)
def list_part(request: PageRequest) -> HttpResponse:
    """Show the list that an address asks for, and nothing around it."""
    return render(request, "console/cases_part.html", _list_values(request))


@require_safe
@with_right(SEE)
def alerts(request: PageRequest) -> HttpResponse:
    """Show what one is told of cases and nobody has seen yet."""
    after = newest_id()
    values = {
        "after": after,
        "alerts": alert_lines(request, timezone.now()),
        "tabs": _tabs(request, "alerts"),
        "may_take": request.actor.may(TAKE),
        "organisation": request.actor.organisation,
    }
    return render(request, "console/case_alerts.html", values)


@require_safe
@with_right(SEE)
def alerts_part(request: PageRequest) -> HttpResponse:
    """Show what one is told, and nothing around it."""
    values = {"alerts": alert_lines(request, timezone.now())}
    return render(request, "console/case_alerts_part.html", values)


@require_POST
@with_right(SEE)
def alert_seen(request: PageRequest, alert_id: int) -> HttpResponse:
    """Say that one knows."""
    see_alert(alert_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(reverse("console:case-alerts"))


@require_safe
@with_right(SEE)
def one_case(request: PageRequest, case_id: int) -> HttpResponse:
    """Show a case whole, with the moves that are legal now."""
    told = TOLD.get(request.GET.get("done", ""))
    values = {**case_values(request, case_id), "notices": (told,) if told else ()}
    return render(request, "console/case.html", values)


@require_safe
@with_right(SEE)
def part(request: PageRequest, case_id: int) -> HttpResponse:
    """Show a case, and nothing around it."""
    return render(request, "console/case_part.html", case_values(request, case_id))


@require_safe
@with_right(SEE)
def file(request: PageRequest, case_id: int, file_id: int) -> HttpResponse:
    """Show a picture of a case, or give any other file to be kept; it may do nothing."""
    shown, content = file_content(case_id, file_id, actor=request.actor)
    is_picture = shown.media_type.startswith("image/")
    kind = shown.media_type if is_picture else "application/octet-stream"
    answer = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(not is_picture, shown.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _list_values(request: PageRequest) -> dict[str, Any]:
    after, at = newest_id(), timezone.now()
    asked = Asked.of(request.GET)
    wanted = asked.wanted(request, at)
    before = request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    by_deadline = asked.view in BY_DEADLINE and not asked.q
    if by_deadline:
        listed = open_cases if asked.view in TO_DO else due_cases
        shown = listed(wanted, actor=request.actor, limit=PAGE)
    else:
        shown = cases(wanted, actor=request.actor, before=start, limit=PAGE)
    has_more = len(shown) == PAGE and not by_deadline
    may_reassign = request.actor.may(SUPERVISE)
    return {
        "after": after,
        "asked": asked,
        "organisation": request.actor.organisation,
        "columns": (TICKS, *COLUMNS) if may_reassign else COLUMNS,
        "may_reassign": may_reassign,
        "ticked": (),
        "lines": case_lists.lines_of(_for_view(shown, asked, request), request, at),
        "counts": _counts(asked, wanted, request),
        "query": request.META["QUERY_STRING"],
        "newer": asked.query() or EVERYTHING if start is not None else "",
        "older": _with_before(asked, shown[-1].id) if has_more else "",
        "is_cut": by_deadline and len(shown) == PAGE,
    }


def _for_view(shown: tuple[CaseShown, ...], asked: Asked, request: PageRequest) -> list[CaseShown]:
    """Return what belongs on a ready list: of approvals, those that one may give."""
    if asked.view != APPROVE:
        return list(shown)
    standards = standards_of(one.standard for one in shown)
    return [one for one in shown if approvable(one, standards[one.standard], request.actor)]


def _counts(asked: Asked, wanted: Any, request: PageRequest) -> list[tuple[str, str, int, bool]]:
    """Return for each standing its address, its word, how many cases; none beside a search."""
    if asked.q or asked.view == APPROVE:
        return []
    found = counts(wanted, actor=request.actor)
    here = asked.standing
    return [
        (
            asked.query(standing="" if code == here else code) or EVERYTHING,
            word,
            found[code],
            code == here,
        )
        for code, (word, _) in STANDINGS.items()
        if found.get(code)
    ]


def _with_before(asked: Asked, number: int) -> str:
    query = asked.query()
    return f"{query}&before={number}" if query else f"?before={number}"


def _tabs(request: PageRequest, here: str) -> list[Tab]:
    home = reverse("console:cases")
    told = alert_count(request.actor, at=timezone.now())
    found = [
        Tab(title, home + (f"?view={view}" if view else EVERYTHING), view == here)
        for view, title in VIEWS.items()
        if view != APPROVE or request.actor.may(SUPERVISE)
    ]
    alerts_tab = Tab(mark("Alerts"), reverse("console:case-alerts"), here == "alerts", told or None)
    more = []
    if request.actor.may(SUPERVISE):
        more.append(Tab(mark("Workload"), reverse("console:case-workload")))
    if request.actor.may(DISPATCH):
        more += [
            Tab(mark("Duty roster"), reverse("console:case-duty")),
            Tab(mark("Directory of helpers"), reverse("console:case-directory")),
        ]
    return [*found, alerts_tab, *more]


urlpatterns = [
    path("cases/", case_list, name="cases"),
    path("cases/part", list_part, name="cases-part"),
    path("cases/alerts/", alerts, name="case-alerts"),
    path("cases/alerts/part", alerts_part, name="case-alerts-part"),
    path("cases/alerts/<int:alert_id>/seen", alert_seen, name="see-case-alert"),
    path("cases/<int:case_id>/", one_case, name="case"),
    path("cases/<int:case_id>/part", part, name="case-part"),
    path("cases/<int:case_id>/files/<int:file_id>", file, name="case-file"),
]
