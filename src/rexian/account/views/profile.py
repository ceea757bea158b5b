"""Who one is here, and how the interface looks to oneself."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rexian.account.entrance import to
from rexian.account.forms import ProfileForm
from rexian.account.pages import own_page
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.requests import PageRequest, signed_in
from rexian.look.shapes import Fact
from rexian.org.domain.roles import ROLE_NAMES
from rexian.org.queries import SignedIn
from rexian.org.services import OwnSettings, change_own_settings


@require_safe
@signed_in
def settings(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """Lead to the first page of one's own settings."""
    return HttpResponseRedirect(reverse("account:profile"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PageRequest) -> HttpResponse:
    """Show who one is, and let one choose a language, colours and a density."""
    person = request.person
    now = {"language": person.language, "theme": person.theme, "density": person.density}
    form = ProfileForm(request.POST or None, initial=now)
    if form.is_valid():
        wanted = OwnSettings(**form.cleaned_data)
        at = timezone.now()
        change_own_settings(person.id, settings=wanted, actor=request.actor, at=at)
        return to("account:profile", done="profile")
    values = {"form": form, "facts": _facts(person)}
    status = 422 if form.is_bound else 200
    return own_page(request, "account/profile.html", "account:profile", values, status)


def _facts(person: SignedIn) -> tuple[Fact, ...]:
    return (
        Fact(translated(mark("Name")), person.name),
        Fact(translated(mark("Sign-in name")), person.sign_in),
        Fact(translated(mark("Agent number")), person.agent_number or "—"),
        Fact(translated(mark("Organisation")), person.organisation_name),
        Fact(translated(mark("Unit")), person.unit_name),
        Fact(
            translated(mark("Roles")),
            "、".join(translated(ROLE_NAMES[one]) for one in person.roles),
        ),
    )
