"""A standard at work: how often its clauses are met and missed, and how its rules stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from rexian.console import clause_tables as tables
from rexian.console.book import documents
from rexian.console.standard_periods import chosen_period
from rexian.console.standard_tabs import RULES, WORK, standard_tabs
from rexian.console.telling import instant, today_of
from rexian.dialogue.domain.honesty import ENOUGH, TRUSTED_FROM
from rexian.dialogue.domain.rights import READ
from rexian.dialogue.queries.clauses import (
    ClauseFigures,
    Sought,
    batches_with,
    contacts_with,
    figures_of,
)
from rexian.dialogue.queries.rules import rules_of
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.look.sorting import sorting_of
from rexian.reports.inspection.figures import percent
from rexian.reports.inspection.words import outcome_word
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries import published
from rexian.standard.queries.published import PublishedStandard

PAGE = 15
HOME = Crumb(mark("Standards"), "/standards/")


@require_safe
@with_right(READ)
def work(request: PageRequest, version_id: int) -> HttpResponse:
    """Show how the clauses of a standard were kept in a period."""
    read = _read(request, version_id)
    chosen, language = chosen_period(request), current_language()
    figures = figures_of(
        request.person.organisation_id, read.line.name, period=chosen.period, actor=request.actor
    )
    lines = tables.clause_lines(read, figures, chosen)
    document = request.GET.get("document", "")[:10]
    sorting = sorting_of(
        request.GET.get("sort"), tables.WORK, default="share", query=request.META["QUERY_STRING"]
    )
    arranged = tables.arranged(lines, document=document, sorting=sorting)
    values = {
        "read": read,
        "chosen": chosen,
        "columns": tables.WORK,
        "sorting": sorting,
        "lines": [one for one in arranged if one.came_up],
        "silent": [one for one in arranged if not one.came_up],
        "documents": documents(read, language),
        "document": document,
        "height": tables.PICTURE_HEIGHT,
        "tabs": standard_tabs(request, read.line, WORK),
        "trail": (HOME, _crumb(read), Crumb(mark("The standard at work"))),
    }
    return render(request, "console/clause_work.html", values)


@require_safe
@with_right(READ)
def rules(request: PageRequest, version_id: int) -> HttpResponse:
    """Show how often the rules of a standard spoke, and how far they are trusted."""
    read = _read(request, version_id)
    shown = rules_of(request.person.organisation_id, read.standard, actor=request.actor)
    lines = tables.rule_lines(shown, version=version_id, time_zone=request.person.time_zone)
    values = {
        "read": read,
        "columns": tables.RULES,
        "lines": [one for one in lines if one.has_spoken],
        "silent": [one for one in lines if not one.has_spoken],
        "attention": [one for one in lines if one.shown.needs_attention],
        "enough": ENOUGH,
        "trusted_from": percent(float(TRUSTED_FROM)),
        "tabs": standard_tabs(request, read.line, RULES),
        "trail": (HOME, _crumb(read), Crumb(mark("How far rules are trusted"))),
    }
    return render(request, "console/clause_rules.html", values)


def clause_part(request: PageRequest, read: PublishedStandard, clause: str) -> dict[str, Any]:
    """Return what the page of a clause shows of its figures: nothing to whom reads no conversation.

    The values of ``console/clause_figures.html``, and the standing of each rule by its id.
    """
    if not request.actor.may(READ):
        return {"figures": None, "standings": {}}
    organisation, chosen = request.person.organisation_id, chosen_period(request)
    found = figures_of(organisation, read.line.name, period=chosen.period, actor=request.actor)
    figures = found.get(clause, ClauseFigures(clause, {}, ()))
    rules = rules_of(organisation, read.standard, clause=clause, actor=request.actor)
    lines = tables.rule_lines(rules, version=read.line.id, time_zone=request.person.time_zone)
    outcome, language = _outcome(request), current_language()
    return {
        "figures": figures,
        "share": percent(figures.share),
        "chosen": chosen,
        "bars": tables.bars(figures, chosen),
        "height": tables.PICTURE_HEIGHT,
        "shown_outcome": outcome,
        "shown_word": outcome_word(outcome, language),
        "outcomes": [(one, outcome_word(one, language), figures[one]) for one in tables.SHOWN],
        **_conversations(
            request, Sought(organisation, read.line.name, clause, outcome, chosen.period)
        ),
        "standings": {one.shown.rule: one for one in lines},
    }


def _conversations(request: PageRequest, sought: Sought) -> dict[str, Any]:
    """Return a page of the contacts that one may read, and the batches."""
    actor, zone, query = request.actor, request.person.time_zone, request.META["QUERY_STRING"]
    _, total = contacts_with(sought, offset=0, size=0, actor=actor)
    page = page_of(request.GET.get("page"), size=PAGE, total=total, query=query)
    contacts, _ = contacts_with(sought, offset=page.offset, size=PAGE, actor=actor)
    return {
        "contacts": tables.contact_lines(contacts, zone),
        "contact_page": page,
        "batches": [
            (
                one,
                instant(one.uploaded_at, zone),
                tables.batch_address(one, sought.clause, sought.outcome),
            )
            for one in batches_with(sought, actor=actor)
        ],
    }


def _outcome(request: PageRequest) -> Outcome:
    asked = request.GET.get("outcome", "")
    return next((one for one in tables.SHOWN if one.value == asked), Outcome.MISSED)


def _read(request: PageRequest, version_id: int) -> PublishedStandard:
    return published.published_standard(request.actor, version_id, on=today_of(request.person))


def _crumb(read: PublishedStandard) -> Crumb:
    title = text_in(read.line.title, current_language())
    return Crumb(f"{title} {read.line.number}", reverse("console:standard", args=(read.line.id,)))


urlpatterns = [
    path("standards/<int:version_id>/work", work, name="standard-work"),
    path("standards/<int:version_id>/rules", rules, name="standard-rules"),
]
