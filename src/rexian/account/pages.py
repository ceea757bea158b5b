"""What the pages of one's own settings have in common: tabs, and what was done just now."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rexian.kernel.language import mark
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tab

_TABS = (
    (mark("Profile"), "account:profile"),
    (mark("Password"), "account:password"),
    (mark("Second factor"), "account:second-factor"),
    (mark("Sessions"), "account:sessions"),
    (mark("Tokens"), "account:tokens"),
)

DONE: Mapping[str, str] = {
    "profile": mark("Saved."),
    "password": mark("Your password is changed. You are signed out everywhere else."),
    "password-set": mark("Your password is set. Sign in with it."),
    "session": mark("The session is ended."),
    "others": mark("All other sessions are ended."),
    "second-factor-removed": mark("The second factor is removed."),
    "token-revoked": mark("The token is revoked."),
    "asked": mark(
        "If there is somebody of this name or address, a mail is on its way to them. "
        "Its link is good for two hours."
    ),
}


def own_page(
    request: PageRequest,
    template: str,
    page: str,
    values: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    """Return one of the pages of one's own settings."""
    tabs = [Tab(title, reverse(name), current=name == page) for title, name in _TABS]
    shown = {"tabs": tabs, "notices": notices_of(request, DONE), **values}
    return render(request, template, shown, status=status)
