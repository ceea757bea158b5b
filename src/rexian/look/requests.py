"""A request as our views receive it, and the doors that a view can have."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import Language
from rexian.org.queries import SignedIn

Rest = ParamSpec("Rest")


class PageRequest(HttpRequest):
    """A request of somebody who is signed in; the middleware of the site fills it in."""

    id: str
    language: Language
    actor: Actor
    person: SignedIn


View = Callable[Concatenate[PageRequest, Rest], HttpResponseBase]
Door = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def signed_in(view: View[Rest]) -> Door[Rest]:
    """Let through whoever is signed in, and send others to the door and back."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if getattr(request, "person", None) is None:
            asked = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account:sign-in')}?{asked}")
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def with_right(right: str) -> Callable[[View[Rest]], Door[Rest]]:
    """Return a door for those who have ``right`` anywhere; where they have it, services ask."""

    def door(view: View[Rest]) -> Door[Rest]:
        @signed_in
        @wraps(view)
        def guarded(
            request: PageRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            authorise(request.actor, right)
            return view(request, *args, **kwargs)

        return guarded

    return door
