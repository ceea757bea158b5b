"""Who may watch what: asked when a stream begins, again and again, and when rights change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound, Refused
from rexian.live.domain.topics import Watch, topic_named
from rexian.org.queries import signed_in


@dataclass(frozen=True, slots=True)
class Admission:
    """Whoever a session belongs to, and which of the watches they asked for they may have."""

    actor: Actor
    language: str
    allowed: frozenset[Watch]
    refused: frozenset[Watch]


def admit(session: str, watches: Iterable[Watch]) -> Admission | None:
    """Return what the owner of a session may watch, or ``None`` where nobody is signed in.

    Somebody who has to do something first (a second factor, a password) is not signed in for us.
    """
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    person = signed_in(user.pk) if session and user.is_authenticated else None
    if person is None or person.owes is not None:
        return None
    asked = frozenset(watches)
    allowed = frozenset(watch for watch in asked if _may_watch(person.actor, watch))
    return Admission(person.actor, person.language, allowed, asked - allowed)


def _may_watch(actor: Actor, watch: Watch) -> bool:
    topic = topic_named(watch.topic)
    if topic is None:
        return False
    try:
        topic.may_watch(actor, watch.key)
    except (NotFound, Refused):
        return False
    return True
