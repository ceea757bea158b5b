"""Where people are signed in: begin a session, end one, end all others."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.module_loading import import_string

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.org import events, models
from rexian.org.domain.clients import Client
from rexian.org.domain.refusals import nothing_there
from rexian.org.services.loading import managed_person, themselves


@transaction.atomic
def begin_session(person_id: int, *, key: str, client: Client, at: datetime) -> int:
    """Write down that somebody is signed in from now on; ``key`` is that of Django's session."""
    person = models.Person.objects.get(pk=person_id)
    session = models.Session.objects.create(
        person=person,
        key=key,
        address=client.address,
        browser=client.browser,
        began_at=at,
        seen_at=at,
    )
    told = events.PersonSignedIn(
        subject_id=person_id, organisation=person.organisation_id, session=session.pk
    )
    record(told, actor=_as_themselves(person), at=at)
    return session.pk


def see_session(key: str, *, at: datetime) -> None:
    """Note that a session is still used."""
    models.Session.objects.filter(key=key).update(seen_at=at)


@transaction.atomic
def sign_out(key: str, *, actor: Actor, at: datetime) -> None:
    """End the session that somebody is in."""
    for session in models.Session.objects.select_related("person").filter(key=key):
        _end(session, actor=actor, at=at)


@transaction.atomic
def end_session(session_id: int, *, actor: Actor, at: datetime) -> None:
    """End one of one's own sessions, on whichever computer it is."""
    session = models.Session.objects.select_related("person").filter(pk=session_id).first()
    if session is None or (actor.person != session.person_id and not actor.is_system):
        raise nothing_there(f"session:{session_id}")
    _end(session, actor=actor, at=at)


@transaction.atomic
def end_other_sessions(person_id: int, *, kept_key: str, actor: Actor, at: datetime) -> int:
    """End all of one's own sessions but the one with ``kept_key``; return how many those were."""
    themselves(person_id, actor=actor)
    return close_sessions(person_id, but=kept_key, actor=actor, at=at)


@transaction.atomic
def end_sessions_of(person_id: int, *, actor: Actor, at: datetime) -> int:
    """End all sessions of somebody whom the actor manages; return how many those were."""
    managed_person(person_id, actor=actor)
    return close_sessions(person_id, actor=actor, at=at)


def close_sessions(person_id: int, *, but: str = "", actor: Actor, at: datetime) -> int:
    """End somebody's sessions within whatever else is done; return how many those were."""
    rows = models.Session.objects.select_related("person").filter(person=person_id)
    ended = list(rows.exclude(key=but))
    for session in ended:
        _end(session, actor=actor, at=at)
    return len(ended)


def _end(session: models.Session, *, actor: Actor, at: datetime) -> None:
    store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    store().delete(session.key)
    models.Session.objects.filter(pk=session.pk).delete()
    told = events.SessionEnded(
        subject_id=session.person_id,
        organisation=session.person.organisation_id,
        session=session.pk,
    )
    record(told, actor=actor, at=at)


def _as_themselves(person: models.Person) -> Actor:
    return Actor(f"person:{person.pk}", person.organisation_id, person.pk)
