"""Bring cases together: one that goes on as another, parts of one event; or take one apart."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rexian.cases.domain.rights import SEE
from rexian.cases.queries import CaseShown, Wanted, case, cases
from rexian.cases.services import join_event, leave_event, merge_case, split_case
from rexian.console.asking import Question, ask
from rexian.console.case_page import HOME
from rexian.console.case_taking import categories
from rexian.console.organisation_forms import offer
from rexian.contacts.queries import hotline
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb

_READER = Actor.system("console")


class NoSuchCase(Invalid):
    """A number under which there is no case, or none that one may see (422)."""

    code = "no-such-case"


class MergeForm(forms.Form):
    """As which other case one goes on, and why."""

    reference = forms.CharField(
        label=mark("Number of the other case"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=mark("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class JoinForm(forms.Form):
    """Of which event a case is part."""

    reference = forms.CharField(
        label=mark("Number of the event's first case"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SplitForm(forms.Form):
    """What of a case is another matter."""

    sent_as = forms.CharField(widget=forms.HiddenInput, max_length=64)
    category = forms.ChoiceField(label=mark("Category"))
    matter = forms.CharField(
        label=mark("What it is about"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    title = forms.CharField(label=mark("In a few words"), max_length=120, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def merge(request: PageRequest, case_id: int) -> HttpResponse:
    """Ask as which other case this one goes on, and have it do so."""
    shown = case(case_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        into = _named(given["reference"], request)
        merge_case(
            case_id, into=into, reason=given["reason"], actor=request.actor, at=timezone.now()
        )
        return _address(into)

    form = MergeForm(request.POST or None, initial={"reference": request.GET.get("into", "")})
    question = _question(
        shown,
        title=mark("Merge this case into another"),
        button=mark("Merge it"),
        explanation=mark("Nothing of it is lost; it goes on as the other, by the other's clocks."),
    )
    return ask(request, form, question, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def join(request: PageRequest, case_id: int) -> HttpResponse:
    """Ask of which event a case is part: one accident, one outage."""
    shown = case(case_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        parent = _named(given["reference"], request)
        join_event(case_id, parent=parent, actor=request.actor, at=timezone.now())
        return _address(case_id)

    question = _question(
        shown,
        title=mark("Make it part of an event"),
        button=mark("Make it part"),
        explanation=mark("One dispatch and one answer are for all cases of an event."),
    )
    return ask(request, JoinForm(request.POST or None), question, carry_out)


@require_POST
@with_right(SEE)
def leave(request: PageRequest, case_id: int) -> HttpResponse:
    """Have a case stand by itself again."""
    leave_event(case_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(_address(case_id))


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def split(request: PageRequest, case_id: int) -> HttpResponse:
    """Ask what of a case is another matter, and take it out as a case of its own."""
    shown = case(case_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        parts = {name: given[name] for name in ("category", "matter", "title") if given[name]}
        made = split_case(
            case_id,
            parts=parts,
            sent_as=given["sent_as"],
            actor=request.actor,
            at=timezone.now(),
        )
        return _address(made)

    form = SplitForm(request.POST or None, initial={"sent_as": uuid4().hex})
    line = hotline(shown.hotline, actor=_READER)
    known = categories([line], timezone.now())
    offer(form, "category", [("", translated(mark("choose"))), *known])
    question = _question(
        shown, title=mark("Take another matter out of it"), button=mark("Take it out")
    )
    return ask(request, form, question, carry_out)


def _named(reference: str, request: PageRequest) -> int:
    """Return the case of a number that the reader sees; raise ``NoSuchCase``."""
    found = cases(Wanted(text=reference), actor=request.actor, limit=2)
    same = [one for one in found if _bare(one.reference) == _bare(reference)]
    if not same:
        raise NoSuchCase(mark("There is no case with this number."), field="reference")
    return same[0].id


def _bare(reference: str) -> str:
    return "".join(one for one in reference if one.isdigit())


def _question(shown: CaseShown, **words: str) -> Question:
    back = _address(shown.id)
    return Question(back=back, trail=(HOME, Crumb(shown.reference, back)), **words)  # type: ignore[arg-type]  # all words are texts


def _address(case_id: int) -> str:
    return reverse("console:case", args=(case_id,))


urlpatterns = [
    path("cases/<int:case_id>/merge", merge, name="merge-case"),
    path("cases/<int:case_id>/join", join, name="join-event"),
    path("cases/<int:case_id>/leave", leave, name="leave-event"),
    path("cases/<int:case_id>/split", split, name="split-case"),
]
