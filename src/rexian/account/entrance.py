"""Come in and go out: the browser's session, and who is asking from where."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import load_backend, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rexian.kernel.authority import Actor
from rexian.org.domain.clients import Client, browser_of, client_address, is_this_computer
from rexian.org.services import begin_session, sign_out

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF = "half_signed_in"
_HALF_LASTS = timedelta(minutes=10)


def client_of(request: HttpRequest) -> Client:
    """Return from where somebody asks, as far as it can be believed."""
    remote = request.META.get("REMOTE_ADDR", "")
    forwarded_for = request.headers.get("X-Forwarded-For", "")
    configuration = settings.CONFIGURATION
    was_forwarded = any(
        name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
    )
    return Client(
        address=client_address(remote, forwarded_for, configuration.proxies),
        browser=browser_of(request.headers.get("User-Agent", "")),
        is_here=is_this_computer(
            remote,
            public_host=configuration.public_url.hostname or "",
            was_forwarded=was_forwarded,
        ),
    )


def enter(request: HttpRequest, person_id: int, at: datetime) -> None:
    """Give the browser a new session in which this person is signed in."""
    user = load_backend(_BACKEND).get_user(person_id)
    login(request, user, backend=_BACKEND)
    request.session.pop(_HALF, None)
    request.session["seen_at"] = at.timestamp()
    request.session.save()
    key = request.session.session_key or ""
    begin_session(person_id, key=key, client=client_of(request), at=at)


def leave(request: HttpRequest, *, actor: Actor, at: datetime) -> None:
    """End the browser's session."""
    sign_out(request.session.session_key or "", actor=actor, at=at)
    logout(request)


def enter_half(request: HttpRequest, person_id: int, at: datetime) -> None:
    """Remember whose password was right, until the code has come too."""
    request.session.flush()
    request.session[_HALF] = {"person": person_id, "at": at.timestamp()}


def half_entered(request: HttpRequest, at: datetime) -> int | None:
    """Return whose password was right in this browser within the last ten minutes."""
    half = request.session.get(_HALF)
    if not half or at.timestamp() - half["at"] > _HALF_LASTS.total_seconds():
        return None
    return int(half["person"])


def safe_next(request: HttpRequest) -> str:
    """Return where somebody wanted to go, if it is here; else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


def to(page: str, **query: str) -> HttpResponseRedirect:
    """Send the browser to one of this face's pages."""
    return HttpResponseRedirect(reverse(page) + (f"?{urlencode(query)}" if query else ""))


def stay(request: HttpRequest, person_id: int) -> None:
    """Keep this session alive after its person's password has changed."""
    user = load_backend(_BACKEND).get_user(person_id)
    if user is not None:
        update_session_auth_hash(request, user)
        request.session.save()
