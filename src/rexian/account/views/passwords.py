"""Passwords: forgotten, set by a link, changed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from rexian.account.entrance import client_of, stay, to
from rexian.account.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from rexian.account.pages import DONE, own_page
from rexian.kernel.authority import Actor
from rexian.kernel.errors import RexianError
from rexian.look.faults import show_refusal
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, signed_in
from rexian.org.queries import owner_of_link
from rexian.org.services import ask_password_link, change_password, set_password_by_link

_TOKEN = "password_link"  # noqa: S105 - where it is kept, not what it is
_DOOR = Actor.system("door")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a link to whoever has forgotten their password, as far as there is mail."""
    has_mail = settings.CONFIGURATION.mail is not None
    form = ForgottenForm(request.POST or None)
    if has_mail and form.is_valid():
        who = form.cleaned_data["who"]
        ask_password_link(who, client=client_of(request), actor=_DOOR, at=timezone.now())
        return to("account:forgotten", done="asked")
    values = {"form": form, "has_mail": has_mail, "notices": notices_of(request, DONE)}
    return render(request, "account/forgotten.html", values, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, so that no history and no log of a proxy spreads it."""
    owner_of_link(token, at=timezone.now())
    request.session[_TOKEN] = token
    return to("account:new-password")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Set the password of whoever the link was made for."""
    token = request.session.get(_TOKEN, "")
    at = timezone.now()
    owner = owner_of_link(token, at=at)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            new = form.cleaned_data["new"]
            set_password_by_link(token, password=new, actor=_DOOR, at=at)
        except RexianError as error:
            show_refusal(form, error)
        else:
            request.session.flush()
            return to("account:sign-in", done="password-set")
    values = {"form": form, "owner": owner}
    status = 422 if form.is_bound else 200
    return render(request, "account/new_password.html", values, status=status)


@never_cache
@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: PageRequest) -> HttpResponse:
    """Change one's own password."""
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid() and _changed(request, form):
        return to("account:password", done="password")
    values = {"form": form, "is_owed": request.person.owes is not None}
    status = 422 if form.is_bound else 200
    return own_page(request, "account/password.html", "account:password", values, status)


def _changed(request: PageRequest, form: ChangePasswordForm) -> bool:
    at = timezone.now()
    try:
        change_password(
            request.person.id,
            old=form.cleaned_data["old"],
            new=form.cleaned_data["new"],
            kept_key=request.session.session_key or "",
            actor=request.actor,
            at=at,
        )
    except RexianError as error:
        show_refusal(form, error)
        return False
    stay(request, request.person.id)
    return True
