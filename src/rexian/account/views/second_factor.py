"""A second factor: the code at the door, and setting it up."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rexian.account.entrance import enter, half_entered, safe_next, to
from rexian.account.forms import CodeForm, FirstCodeForm, OwnPasswordForm
from rexian.account.pages import own_page
from rexian.kernel.errors import RexianError
from rexian.look.faults import show_refusal
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest, signed_in
from rexian.org.queries import second_factor_of
from rexian.org.services import (
    begin_second_factor,
    confirm_second_factor,
    make_backup_codes,
    recognise_code,
    remove_own_second_factor,
)

_PAGE = "account:second-factor"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask whose password was right for the code, and let them in."""
    at = timezone.now()
    person = half_entered(request, at)
    if person is None:
        return to("account:sign-in", next=safe_next(request))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            recognise_code(person, code=form.cleaned_data["code"], at=at)
        except RexianError as error:
            show_refusal(form, error)
        else:
            wanted = safe_next(request)
            enter(request, person, at)
            return HttpResponseRedirect(wanted)
    values = {"form": form, "next": safe_next(request)}
    return render(request, "account/code.html", values, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: PageRequest) -> HttpResponse:
    """Show one's second factor, or begin one and take the telephone's first code."""
    shown = second_factor_of(request.person.id)
    if shown and shown.confirmed_at:
        return _confirmed_page(request, OwnPasswordForm())
    if request.method == "POST" and "begin" in request.POST:
        begin_second_factor(request.person.id, actor=request.actor, at=timezone.now())
        return to(_PAGE)
    form = FirstCodeForm(request.POST or None)
    if shown and form.is_valid():
        try:
            codes = confirm_second_factor(
                request.person.id,
                code=form.cleaned_data["code"],
                actor=request.actor,
                at=timezone.now(),
            )
        except RexianError as error:
            show_refusal(form, error)
        else:
            return _codes_page(request, codes)
    values = {
        "form": form,
        "shown": shown,
        "picture": picture_of(shown.address) if shown else "",
        "is_owed": request.person.owes is not None,
    }
    status = 422 if form.is_bound else 200
    return own_page(request, "account/second_factor.html", _PAGE, values, status)


@never_cache
@signed_in
@require_POST
def backup_codes(request: PageRequest) -> HttpResponse:
    """Make new backup codes and show them, once."""
    codes = make_backup_codes(request.person.id, actor=request.actor, at=timezone.now())
    return _codes_page(request, codes)


@sensitive_post_parameters()
@signed_in
@require_POST
def remove(request: PageRequest) -> HttpResponse:
    """Sign in without a code again."""
    shown = second_factor_of(request.person.id)
    if shown is None or shown.confirmed_at is None:
        return to(_PAGE)  # another tab has removed it meanwhile
    form = OwnPasswordForm(request.POST)
    if form.is_valid():
        try:
            remove_own_second_factor(
                request.person.id,
                password=form.cleaned_data["password"],
                actor=request.actor,
                at=timezone.now(),
            )
        except RexianError as error:
            show_refusal(form, error)
        else:
            return to(_PAGE, done="second-factor-removed")
    return _confirmed_page(request, form)


def picture_of(address: str) -> str:
    """Return the QR code of an address as the address of an image."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2)


def _confirmed_page(request: PageRequest, form: OwnPasswordForm) -> HttpResponse:
    shown = second_factor_of(request.person.id)
    since = shown.confirmed_at if shown else None
    values = {
        "form": form,
        "shown": shown,
        "since": local_text(since, request.person.time_zone) if since else "",
    }
    status = 422 if form.is_bound else 200
    return own_page(request, "account/second_factor_confirmed.html", _PAGE, values, status)


def _codes_page(request: PageRequest, codes: tuple[str, ...]) -> HttpResponse:
    return own_page(request, "account/backup_codes.html", _PAGE, {"codes": codes})
