"""The list of cases as a file to keep: one row a case, as much as the list is filtered to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from rexian.cases.domain.rights import EXPORT
from rexian.cases.queries.exporting import FORMS
from rexian.cases.services.exporting import take_out_lines, take_out_workbook
from rexian.console.case_lists import Asked
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest, with_right
from rexian.look.streaming import send_lines, send_written


@require_safe
@with_right(EXPORT)
def export(request: PageRequest, form: str) -> HttpResponseBase:
    """Send the cases that the list is filtered to, all of them, newest first."""
    if form not in FORMS:
        raise Http404
    at = timezone.now()
    wanted = Asked.of(request.GET).wanted(request, at)
    who: Mapping[str, Any] = {
        "language": current_language(),
        "zone": request.person.time_zone,
        "actor": request.actor,
        "at": at,
    }
    if form == "csv":
        return send_lines(request, take_out_lines(wanted, **who), name="cases.csv")
    return send_written(
        request, lambda file: take_out_workbook(wanted, file, **who), name="cases.xlsx"
    )


urlpatterns = [path("cases/export.<str:form>", export, name="cases-export")]
