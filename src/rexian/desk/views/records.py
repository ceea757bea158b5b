"""The contact record: shown as its category asks, saved as it is written, looked up by category."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rexian.contacts.domain.lines import Speaker
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import ContactShown, contact, record_of, transcript
from rexian.contacts.services import finish_contact, save_record
from rexian.desk.answers import deed_on_contact, told
from rexian.desk.records import (
    RESULTS,
    Sheet,
    details_of,
    faults_of,
    progress_of,
    says_miss,
    sheet_of,
)
from rexian.desk.states import desk_states
from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.requests import PageRequest, with_right
from rexian.standard.domain import Standard, suggest_category

WORDS_OF_CUSTOMER = 12
"""So many of the customer's turns are read for what the contact may be about."""


class RecordLacks(Refused):
    """The record lacks what its form asks for (403)."""

    code = "record-lacks"


@with_right(SERVE)
@never_cache
@require_safe
def record(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show the record as a form, for the category and urgency that are asked for."""
    shown = contact(contact_id, actor=request.actor)
    kept = record_of(contact_id)
    code = request.GET.get("category", kept.category if kept else "")
    urgent = request.GET.get("urgent", "yes" if kept and kept.urgent else "") == "yes"
    sheet = sheet_of(shown, category=code, urgent=urgent)
    values = {
        "contact": shown,
        "kept": kept,
        "code": code,
        "sheet": sheet,
        "category_name": _full_name(sheet, request.language) or code,
        "suggested": _suggested(shown, sheet, request.language),
        "results": RESULTS,
        "forms": ("先生", "小姐" if says_miss(sheet.standard) else "女士"),
        "language": request.language,
    }
    return render(request, "desk/record.html", values)


@deed_on_contact
def save(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Save the record as far as it is written."""
    shown = contact(contact_id, actor=request.actor)
    sent = request.POST.dict()
    sheet = sheet_of(
        shown,
        category=str(sent.get("category", "")),
        urgent=sent.get("urgent") == "yes",
    )
    details = details_of({name: str(one) for name, one in sent.items()}, sheet)
    at = timezone.now()
    version = save_record(contact_id, details=details, actor=request.actor, at=at)
    progress = progress_of(sheet, details, request.language)
    number = str(sent.get("number", ""))
    if number.strip() and not details.number:
        sentence = translated(mark("This is no telephone number that can be called back."))
        progress["faults"].append({"field": "number", "sentence": sentence})
    return {**progress, "version": version, "saved_at": at.isoformat()}


@deed_on_contact
def finish(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """End after-contact work, once the record has what its form asks for."""
    shown, kept = contact(contact_id, actor=request.actor), record_of(contact_id)
    if kept is not None and kept.category:
        sheet = sheet_of(shown, category=kept.category, urgent=kept.urgent)
        for one in faults_of(sheet, kept, request.language):
            raise RecordLacks(one["sentence"], field=one["field"])
    at = timezone.now()
    finish_contact(contact_id, actor=request.actor, at=at)
    return {"desk": desk_states([request.person.id], at=at).get(request.person.id)}


@told
def categories(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Return the categories that what is typed may mean: name, synonym, initials in pinyin."""
    shown = contact(contact_id, actor=request.actor)
    sheet = sheet_of(shown, category="", urgent=False)
    typed = request.GET.get("q", "").strip()[:40]
    if sheet.standard is None or not sheet.standard.taxonomy:
        return {"found": [], "free": True}
    if not typed:
        return {"found": _roots(sheet.standard, request.language), "free": False}
    return {"found": _found(sheet.standard, typed, request.language, 12), "free": False}


def _found(standard: Standard, text: str, language: str, limit: int) -> list[dict[str, Any]]:
    """Return the categories that words suggest, with the words that did."""
    return [
        {
            "code": one.code,
            "name": standard.taxonomy.full_name(one.code, language),
            "because": list(one.because),
            "urgent": standard.taxonomy.categories[one.code].urgency == "emergency",
        }
        for one in suggest_category(standard, text, limit)
    ]


def _roots(standard: Standard, language: str) -> list[dict[str, Any]]:
    """Return every category in the order of the standard, for whoever looks instead of typing."""
    taxonomy = standard.taxonomy
    return [
        {
            "code": code,
            "name": taxonomy.full_name(code, language),
            "because": [],
            "urgent": one.urgency == "emergency",
        }
        for code, one in taxonomy.categories.items()
        if one.is_leaf
    ]


def _suggested(shown: ContactShown, sheet: Sheet, language: str) -> list[dict[str, Any]]:
    """Return what the customer's own words suggest."""
    if sheet.standard is None or not sheet.standard.taxonomy:
        return []
    said = [one.text for one in transcript(shown.id) if one.speaker is Speaker.CUSTOMER]
    return _found(sheet.standard, "。".join(filter(None, said[:WORDS_OF_CUSTOMER])), language, 3)


def _full_name(sheet: Sheet, language: str) -> str:
    if sheet.standard is None or sheet.category is None:
        return ""
    return sheet.standard.taxonomy.full_name(sheet.category.code, language)


urlpatterns = [
    path("contacts/<int:contact_id>/record", record, name="record"),
    path("contacts/<int:contact_id>/record/save", save, name="save-record"),
    path("contacts/<int:contact_id>/finish", finish, name="finish"),
    path("contacts/<int:contact_id>/categories", categories, name="categories"),
]
