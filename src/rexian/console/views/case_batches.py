"""Give the cases that are ticked on the list to somebody else, and tell of each what became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries import CaseShown, cases_by_id
from rexian.cases.services import Reassigned, reassign_many
from rexian.console.case_batches import ReassignForm
from rexian.console.case_lists import EVERYTHING, Asked, choices
from rexian.console.case_page import HOME
from rexian.console.views.cases import show_list
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.look.faults import show_refusal
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Tone

COLUMNS = (Column(title=mark("Case")), Column(title=mark("What became of it")))
_OUTCOMES = {
    "done": (mark("given away"), Tone.GOOD),
    "asked": (mark("asked for approval"), Tone.CAUTION),
    "refused": (mark("stays as it was"), Tone.BAD),
}


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What became of a case, and why it stays as it was."""

    number: int
    case: CaseShown | None
    word: str
    tone: Tone
    why: str


@require_POST
@with_right(SUPERVISE)
def reassign(request: PageRequest) -> HttpResponse:
    """Give the ticked cases to a person or a unit; each goes whole, or stays as it was."""
    at, seen = timezone.now(), _ticked(request.POST)
    form = ReassignForm(choices(request, at), request.POST)
    if form.is_valid():
        try:
            results = reassign_many(seen, **form.goal(), actor=request.actor, at=at)
        except RexianError as error:
            show_refusal(form, error)
        else:
            return _told(request, results)
    return show_list(request, form=form, ticked=frozenset(seen), status=422)


def _ticked(sent: QueryDict) -> dict[int, int]:
    """Return the cases that are ticked, or all of the page, with their versions."""
    found = sent.getlist("page") if sent.get("all") == "yes" else sent.getlist("case")
    pairs = [one.split(":") for one in found]
    return {
        int(one[0]): int(one[1])
        for one in pairs
        if len(one) == 2 and all(n.isascii() and n.isdigit() and len(n) < 19 for n in one)
    }


def _told(request: PageRequest, results: Sequence[Reassigned]) -> HttpResponse:
    shown = cases_by_id([one.case for one in results], actor=request.actor)
    lines = [
        ResultLine(
            one.case,
            shown.get(one.case),
            *_OUTCOMES[one.outcome],
            quoted(one.why) if one.why else "",
        )
        for one in results
    ]
    values = {
        "columns": COLUMNS,
        "lines": lines,
        "done": sum(one.outcome != "refused" for one in results),
        "count": len(results),
        "back": reverse("console:cases") + (Asked.of(request.GET).query() or EVERYTHING),
        "trail": (HOME, Crumb(translated(mark("Give cases to somebody else")))),
    }
    return render(request, "console/case_batch.html", values)


urlpatterns = [path("cases/reassign", reassign, name="reassign-cases")]
