"""Contacts: who reached us and how it came out, one by one with what was said and found."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console import contact_lists
from rexian.console.asking import Question, ask
from rexian.console.contact_forms import ChangeForm
from rexian.console.contact_parts import contact_part, next_waiting
from rexian.contacts.queries import attachment_content
from rexian.contacts.queries.lists import contact_page
from rexian.dialogue.domain.reviewing import ReviewedMeanwhile
from rexian.dialogue.domain.rights import READ, REVIEW
from rexian.dialogue.queries.findings import inspection_of
from rexian.dialogue.queries.reading import contact_to_read, reader
from rexian.dialogue.services.reviewing import change_finding, confirm_finding, reject_finding
from rexian.kernel.errors import Invalid, NotFound
from rexian.kernel.language import mark
from rexian.look.environment import current_language
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, signed_in, with_right
from rexian.look.shapes import Crumb, Notice, Tone

SIZE = 25
HOME = Crumb(mark("Calls and chats"), "/contacts/")
TOLD = {
    "late": Notice(mark("Somebody else has reviewed this finding meanwhile."), Tone.CAUTION),
}


@require_safe
@with_right(READ)
def contacts(request: PageRequest) -> HttpResponse:
    """List the contacts that one may see, the latest first."""
    asked = contact_lists.Asked.of(request.GET)
    wanted = asked.wanted(request.actor)
    _, total = contact_page(reader(request.actor), wanted=wanted, offset=0, size=0)
    query = request.META["QUERY_STRING"]
    page = page_of(request.GET.get("page"), size=SIZE, total=total, query=query)
    shown, _ = contact_page(reader(request.actor), wanted=wanted, offset=page.offset, size=SIZE)
    values = {
        "columns": contact_lists.COLUMNS,
        "lines": contact_lists.lines_of(shown, request),
        "page": page,
        "asked": asked,
        "query": asked.query(),
        **contact_lists.choices(request),
    }
    return render(request, "console/contacts.html", values)


@require_safe
@with_right(READ)
def export(request: PageRequest) -> HttpResponse:
    """Send the contacts that are asked for as a table, the latest first."""
    wanted = contact_lists.Asked.of(request.GET).wanted(request.actor)
    content = contact_lists.table_of(wanted, request)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="contacts.csv"'
    return answer


@require_safe
@signed_in
def contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show a contact that one has had or may watch: what was said, found, written down."""
    values = contact_part(request, contact_id)
    may_list = request.actor.may(READ)
    title = values["customer"]
    told = TOLD.get(request.GET.get("done", ""))
    values |= {
        "trail": (*((HOME,) if may_list else ()), Crumb(title)),
        "notices": (told,) if told else (),
    }
    return render(request, "console/contact.html", values)


@require_safe
@signed_in
def part(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show a contact, and nothing around it."""
    return render(request, "console/contact_part.html", contact_part(request, contact_id))


@require_safe
@signed_in
def file(request: PageRequest, contact_id: int, attachment_id: int) -> HttpResponse:
    """Show a picture of a contact, or give any other file to be kept; it may do nothing."""
    contact_to_read(contact_id, actor=request.actor)
    shown, content = attachment_content(attachment_id, contact_id)
    kind = shown.media_type if shown.is_picture else "application/octet-stream"
    answer = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(not shown.is_picture, shown.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@signed_in
def review(request: PageRequest, contact_id: int, finding_id: int) -> HttpResponse:
    """Confirm or reject a finding, and go on to the next that waits."""
    _of_contact(request, contact_id, finding_id)
    version = _version(request)
    review_it = _REVIEWS.get(request.POST.get("review", ""))
    if review_it is None:
        raise Invalid(mark("Choose what it is instead."), field="review")
    try:
        review_it(finding_id, version=version, actor=request.actor, at=timezone.now())
    except ReviewedMeanwhile:
        return HttpResponseRedirect(_address(contact_id, finding_id, "?done=late"))
    waiting = next_waiting(request.actor, contact_id, finding_id, current_language())
    return HttpResponseRedirect(_address(contact_id, waiting or finding_id, _listening(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(REVIEW)
def change(request: PageRequest, contact_id: int, finding_id: int) -> HttpResponse:
    """Ask what a finding is instead, and why, and say so."""
    shown, standard = _of_contact(request, contact_id, finding_id)
    back = _address(contact_id, finding_id)

    def carry_out(given: dict[str, Any]) -> str:
        change_finding(
            finding_id,
            outcome=given["outcome"],
            clause=given["clause"],
            note=given["note"],
            version=given["version"],
            actor=request.actor,
            at=timezone.now(),
        )
        waiting = next_waiting(request.actor, contact_id, finding_id, current_language())
        return _address(contact_id, waiting or finding_id)

    question = Question(
        title=mark("What is it instead?"),
        button=mark("Say so"),
        back=back,
        trail=(HOME, Crumb(f"{shown.clause} {shown.title}", back)),
    )
    initial = {
        "outcome": shown.said_outcome.value if shown.said_outcome else "",
        "clause": shown.said_clause or shown.clause,
        "note": shown.note,
        "version": shown.version,
    }
    form = ChangeForm(request.POST or None, clauses=standard, initial=initial)
    return ask(request, form, question, carry_out)


_REVIEWS = {"confirm": confirm_finding, "reject": reject_finding}


def _of_contact(request: PageRequest, contact_id: int, finding_id: int) -> tuple[Any, int]:
    """Return a finding of this contact and the version that judged it; raise ``NotFound``."""
    found = inspection_of(contact_id, actor=request.actor, language=current_language())
    for one in found.findings if found else ():
        if one.id == finding_id and found:
            return one, found.version_id
    raise NotFound(mark("There is nothing under {code}."), code=f"finding:{finding_id}")


def _listening(request: PageRequest) -> str:
    """Return what keeps the player open for whoever listens while they review."""
    text = request.POST.get("listening", "")
    return f"?listening={text}" if text.isascii() and text.isdigit() else ""


def _version(request: PageRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _address(contact_id: int, finding_id: int, query: str = "") -> str:
    return f"{reverse('console:contact', args=(contact_id,))}{query}#f{finding_id}"


urlpatterns = [
    path("contacts/", contacts, name="contacts"),
    path("contacts/export.csv", export, name="contacts-export"),
    path("contacts/<int:contact_id>/", contact, name="contact"),
    path("contacts/<int:contact_id>/part", part, name="contact-part"),
    path("contacts/<int:contact_id>/files/<int:attachment_id>", file, name="contact-file"),
    path(
        "contacts/<int:contact_id>/findings/<int:finding_id>/review",
        review,
        name="review-finding",
    ),
    path(
        "contacts/<int:contact_id>/findings/<int:finding_id>/change",
        change,
        name="change-finding",
    ),
]
