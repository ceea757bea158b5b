"""One conversation of an inspection: what was said, beside what was found in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from rexian.console.downloads import judging
from rexian.console.filtering import COLUMNS, Asked
from rexian.console.views.inspections import HOME
from rexian.dialogue import queries
from rexian.dialogue.domain.rights import READ
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.look.sorting import sorting_of
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.html import conversation_part
from rexian.standard.domain.rights import READ as READ_STANDARDS


@require_GET
@with_right(READ)
def conversation(request: PageRequest, batch_id: int, position: int) -> HttpResponse:
    """Show a conversation with its findings, each with its clause in the version that judged."""
    batch = queries.batch(request.actor, batch_id)
    asked = Asked.of(request.GET)
    sorting = sorting_of(request.GET.get("sort"), COLUMNS, default="position")
    kept = queries.conversation(request.actor, batch_id, position, wanted=asked.wanted(sorting))
    may_read = request.actor.may(READ_STANDARDS)

    def clause_address(standard: str, clause: str) -> str:
        del standard
        return reverse("console:clause", args=(kept.version_id, clause)) if may_read else ""

    part = conversation_part(
        kept.inspected,
        language=current_language(),
        standards=judging(batch),
        clause_address=clause_address,
    )
    query = asked.query(sorting)
    title = one_line(kept.inspected.conversation.id)
    list_address = reverse("console:inspection", args=(batch_id,)) + query
    values = {
        "title": title,
        "part": part,
        "kept": kept,
        "agent": kept.inspected.conversation.agent,
        "batch_id": batch_id,
        "query": query,
        "is_filtered": not asked.is_everything,
        "list_address": list_address,
        "trail": (HOME, Crumb(batch.line.title, list_address), Crumb(title)),
    }
    return render(request, "console/conversation.html", values)


urlpatterns = [
    path(
        "inspections/<int:batch_id>/conversations/<int:position>",
        conversation,
        name="conversation",
    ),
]
