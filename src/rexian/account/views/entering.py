"""Sign in and out, in whichever language."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rexian.account.entrance import client_of, enter, enter_half, leave, safe_next, to
from rexian.account.forms import SignInForm
from rexian.account.pages import DONE
from rexian.kernel.errors import RexianError
from rexian.kernel.language import recognise
from rexian.look.faults import show_refusal
from rexian.look.notices import notices_of
from rexian.org.queries import SignedIn
from rexian.org.services import OwnSettings, change_own_settings, recognise_person

_YEAR = timedelta(days=365)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password, and let in whoever has them."""
    if getattr(request, "person", None):
        return HttpResponseRedirect(safe_next(request))
    form = SignInForm(request.POST or None)
    if form.is_valid() and (answer := _let_in(request, form)):
        return answer
    status = 422 if form.is_bound else 200
    values = {"form": form, "next": safe_next(request), "notices": notices_of(request, DONE)}
    return render(request, "account/sign_in.html", values, status=status)


def _let_in(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    at = timezone.now()
    given = form.cleaned_data
    try:
        found = recognise_person(
            given["sign_in"], password=given["password"], client=client_of(request), at=at
        )
    except RexianError as error:
        show_refusal(form, error)
        return None
    wanted = safe_next(request)
    if found.needs_code:
        enter_half(request, found.person, at)
        return to("account:code", next=wanted)
    enter(request, found.person, at)
    return HttpResponseRedirect(wanted)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let go whoever is here."""
    person: SignedIn | None = getattr(request, "person", None)
    if person:
        leave(request, actor=person.actor, at=timezone.now())
    return to("account:sign-in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: to this browser, and to the person everywhere."""
    response = HttpResponseRedirect(safe_next(request))
    chosen = recognise(request.POST.get("language", ""))
    if chosen is None:
        return response
    person: SignedIn | None = getattr(request, "person", None)
    if person:
        wanted = OwnSettings(language=chosen, theme=person.theme, density=person.density)
        at = timezone.now()
        change_own_settings(person.id, settings=wanted, actor=person.actor, at=at)
    response.set_cookie(
        "rexian_language",
        chosen,
        max_age=_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
