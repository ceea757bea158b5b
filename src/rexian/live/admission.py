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
from rexian.kernel.language import DEFAULT
from rexian.live.domain.topics import VISITOR, Watch, is_by_key, topic_named
from rexian.org.queries import signed_in


@dataclass(frozen=True, slots=True)
class Admission:
    """Whoever a session belongs to, and which of the watches they asked for they may have.

    Somebody who asks only for what a key admits to is a visitor, whatever session they have.
    """

    actor: Actor
    language: str
    allowed: frozenset[Watch]
    refused: frozenset[Watch]


def admit(session: str, watches: Iterable[Watch], language: str = "") -> Admission | None:
    """Return what a session and the keys themselves admit to.

    ``None`` where nobody is signed in and nothing is watched by its key. Somebody who has to do
    something first (a second factor, a password) is not signed in for us. ``language`` is the one
    that was asked for, if any; else it is the person's own.
    """
    asked = frozenset(watches)
    by_key = frozenset(filter(is_by_key, asked))
    allowed = {one for one in by_key if _may_watch(VISITOR, one)}
    actor, spoken = _owner(session) if asked != by_key else (None, "")
    if actor is not None:
        allowed |= {one for one in asked - by_key if _may_watch(actor, one)}
    elif not by_key:
        return None
    return Admission(
        actor or VISITOR, language or spoken or DEFAULT, frozenset(allowed), asked - allowed
    )


def _owner(session: str) -> tuple[Actor | None, str]:
    """Return whom a session belongs to, and their language."""
    if not session:
        return None, ""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    person = signed_in(user.pk) if user.is_authenticated else None
    if person is None or person.owes is not None:
        return None, ""
    return person.actor, person.language


def _may_watch(actor: Actor, watch: Watch) -> bool:
    topic = topic_named(watch.topic)
    if topic is None:
        return False
    try:
        topic.may_watch(actor, watch.key)
    except (NotFound, Refused):
        return False
    return True
