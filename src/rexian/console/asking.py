"""A page that asks for something and does it: one form, and what a service says to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from rexian.kernel.errors import NotFound, RexianError
from rexian.look.faults import show_refusal
from rexian.look.requests import PageRequest
from rexian.look.shapes import Crumb


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, in words: messages, but for the trail; ``back`` is where one came from."""

    title: str
    button: str
    back: str
    trail: tuple[Crumb, ...] = ()
    explanation: str = ""
    is_grave: bool = False
    values: dict[str, object] = field(default_factory=dict)


def ask(
    request: PageRequest,
    form: Form,
    question: Question,
    carry_out: Callable[[dict[str, Any]], str],
    template: str = "console/organisation_question.html",
) -> HttpResponse:
    """Show the form, or carry out what was filled in and go to the address that it returns.

    What is refused is said in the form; what is not found is no matter of the form.
    """
    if form.is_valid():
        try:
            return HttpResponseRedirect(carry_out(form.cleaned_data))
        except NotFound:
            raise
        except RexianError as error:
            show_refusal(form, error)
    values = {
        "form": form,
        "question": question,
        "trail": (*question.trail, Crumb(question.title)),
        **question.values,
    }
    status = 422 if form.is_bound else 200
    return render(request, template, values, status=status)
