"""Answers to the desk's script: what was done, or why not, as JSON and in the agent's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import contact
from rexian.kernel.errors import RexianError
from rexian.look.environment import quoted
from rexian.look.requests import Door, PageRequest, with_right

Rest = ParamSpec("Rest")
Told = Mapping[str, Any]
Act = Callable[Concatenate[PageRequest, Rest], Told]


def refusal(error: RexianError) -> JsonResponse:
    """Return why something was not done: a code, a sentence, the field if it is about one."""
    told = {
        "code": error.code,
        "sentence": quoted(error),
        "field": str(error.details.get("field", "")),
    }
    return JsonResponse({"refused": told}, status=error.status)


def deed(act: Act[Rest]) -> Door[Rest]:
    """Return the view of an act: sent by whoever serves, answered in JSON."""
    return with_right(SERVE)(require_POST(_answered(act)))


def deed_on_contact(act: Act[[int]]) -> Door[[int]]:
    """Return the view of an act on a contact, which is not found for those who do not see it."""

    @wraps(act)
    def seen(request: PageRequest, /, contact_id: int) -> Told:
        contact(contact_id, actor=request.actor)
        return act(request, contact_id)

    return deed(seen)


def told(act: Act[Rest]) -> Door[Rest]:
    """Return the view of what is only asked for, answered in JSON and kept by nobody."""
    return with_right(SERVE)(never_cache(require_safe(_answered(act))))


def _answered(act: Act[Rest]) -> Callable[Concatenate[PageRequest, Rest], HttpResponseBase]:
    @wraps(act)
    def view(request: PageRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        try:
            return JsonResponse(act(request, *args, **kwargs))
        except RexianError as error:
            return refusal(error)

    return view
