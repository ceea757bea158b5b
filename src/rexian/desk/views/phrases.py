"""Phrases: at hand while one writes, and a page to keep them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rexian.desk.answers import told
from rexian.desk.asking import whole_number
from rexian.desk.phrase_forms import PhraseForm
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.knowledge.domain.rights import SHARE, USE
from rexian.knowledge.queries import phrase, phrases_of
from rexian.knowledge.services import change_phrase, forget_phrase, keep_phrase, share_phrase
from rexian.look.faults import show_refusal
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.org.queries import units_for

DONE = {
    "kept": mark("The phrase is kept."),
    "changed": mark("The phrase is changed."),
    "forgotten": mark("The phrase is removed."),
}


@told
def at_hand(request: PageRequest) -> dict[str, Any]:
    """Return the phrases that can be inserted."""
    found = phrases_of(request.actor) if request.actor.may(USE) else ()
    return {
        "phrases": [
            {"shortcut": one.shortcut, "text": one.text, "unit": one.unit_name} for one in found
        ]
    }


@with_right(USE)
@require_http_methods(["GET", "HEAD", "POST"])
def phrases(request: PageRequest) -> HttpResponse:
    """Show the phrases that one has, and keep another."""
    units = units_for(request.actor, SHARE) if request.actor.may(SHARE) else ()
    form = PhraseForm(request.POST or None, units=units)
    if form.is_valid():
        try:
            _keep(form.cleaned_data, request)
        except NotFound:
            raise
        except RexianError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(f"{reverse('desk:phrases')}?done=kept")
    values = {
        "form": form,
        "phrases": phrases_of(request.actor),
        "notices": notices_of(request, DONE),
        "trail": _trail(mark("Phrases")),
    }
    return render(request, "desk/phrases.html", values, status=422 if form.is_bound else 200)


@with_right(USE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, phrase_id: int) -> HttpResponse:
    """Change a phrase of one's own, or of a unit that one leads."""
    shown = phrase(phrase_id, actor=request.actor)
    initial = {"shortcut": shown.shortcut, "text": shown.text}
    form = PhraseForm(request.POST or None, units=(), initial=initial)
    if form.is_valid():
        try:
            change_phrase(
                phrase_id,
                shortcut=form.cleaned_data["shortcut"],
                text=form.cleaned_data["text"],
                version=whole_number(request.POST.get("version", "0")),
                actor=request.actor,
                at=timezone.now(),
            )
        except RexianError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(f"{reverse('desk:phrases')}?done=changed")
    values = {"form": form, "phrase": shown, "trail": _trail(mark("Change a phrase"))}
    return render(request, "desk/phrase.html", values, status=422 if form.is_bound else 200)


@with_right(USE)
@require_POST
def forget(request: PageRequest, phrase_id: int) -> HttpResponse:
    """Remove a phrase."""
    forget_phrase(phrase_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('desk:phrases')}?done=forgotten")


def _keep(given: dict[str, Any], request: PageRequest) -> None:
    shortcut, text, at = given["shortcut"], given["text"], timezone.now()
    if given.get("unit"):
        share_phrase(given["unit"], shortcut=shortcut, text=text, actor=request.actor, at=at)
    else:
        keep_phrase(shortcut=shortcut, text=text, actor=request.actor, at=at)


def _trail(here: str) -> tuple[Crumb, ...]:
    return (Crumb(mark("Desk"), reverse("desk:desk")), Crumb(here))


urlpatterns = [
    path("phrases/at-hand", at_hand, name="phrases-at-hand"),
    path("phrases/", phrases, name="phrases"),
    path("phrases/<int:phrase_id>/", change, name="phrase"),
    path("phrases/<int:phrase_id>/forget", forget, name="forget-phrase"),
]
