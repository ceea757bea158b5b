"""A promise that was said in the conversation, made a callback by one key."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone

from rexian.callbacks.services import promise_callback
from rexian.desk.answers import deed_on_contact
from rexian.desk.asking import whole_number
from rexian.desk.states import NEWEST, contact_states
from rexian.dialogue.queries.live import guide_of
from rexian.journal.queries import newest_id
from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest


class PromiseGone(Conflict):
    """The guide shows no such promise any more (409)."""

    code = "promise-gone"


@deed_on_contact
def promise(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Have the customer called as was promised in a line; when, and by which clause, we say."""
    at, line = timezone.now(), whole_number(request.POST.get("line", ""))
    quote = request.POST.get("quote", "")
    guide = guide_of(contact_id, actor=request.actor, at=at, language=request.language)
    found = next((one for one in guide.promises if (one.line, one.quote) == (line, quote)), None)
    if found is None:
        raise PromiseGone(mark("The guide shows this promise no longer."))
    made = promise_callback(
        contact_id,
        due_at=found.due_at,
        clause=found.clause,
        quote=found.quote,
        actor=request.actor,
        at=at,
    )
    after = newest_id()
    found_now = contact_states([contact_id], newest=NEWEST, at=at)
    return {"callback": made, "after": after, **found_now[contact_id]}


urlpatterns = [path("contacts/<int:contact_id>/promise", promise, name="promise")]
