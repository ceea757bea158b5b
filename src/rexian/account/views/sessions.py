"""Where one is signed in, and to sign out there."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rexian.account.entrance import to
from rexian.account.pages import own_page
from rexian.kernel.language import mark
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest, signed_in
from rexian.look.shapes import Column
from rexian.org.queries import sessions_of
from rexian.org.services import end_other_sessions, end_session

_COLUMNS = (
    Column(title=mark("Browser")),
    Column(title=mark("Address")),
    Column(title=mark("Signed in")),
    Column(title=mark("Last seen")),
    Column(title=mark("Actions"), unseen=True),
)


@signed_in
@require_safe
def sessions(request: PageRequest) -> HttpResponse:
    """List the sessions, this one first."""
    person = request.person
    found = sessions_of(person.id, key=request.session.session_key or "", at=timezone.now())
    rows = [
        (one, local_text(one.began_at, person.time_zone), local_text(one.seen_at, person.time_zone))
        for one in found
    ]
    values = {"rows": rows, "columns": _COLUMNS}
    return own_page(request, "account/sessions.html", "account:sessions", values)


@signed_in
@require_POST
def end_one(request: PageRequest, session: int) -> HttpResponse:
    """End one session."""
    end_session(session, actor=request.actor, at=timezone.now())
    return to("account:sessions", done="session")


@signed_in
@require_POST
def end_others(request: PageRequest) -> HttpResponse:
    """End all sessions but this one."""
    end_other_sessions(
        request.person.id,
        kept_key=request.session.session_key or "",
        actor=request.actor,
        at=timezone.now(),
    )
    return to("account:sessions", done="others")
