"""Hear every line of a contact as it is added, in its transaction.

What goes wrong here never costs anybody a line: it is undone, told in the log, and the session is
made anew from the transcript later.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from rexian.contacts.domain.lines import Line
from rexian.dialogue import events, models
from rexian.dialogue.domain.live import Session, Suspicion, fingerprint, hear, written
from rexian.dialogue.queries.sessions import (
    Kept,
    Known,
    kept_session,
    known_contact,
    session_anew,
    session_as_kept,
)
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.standard.domain.standards import Standard

EVALUATOR = Actor.system("evaluator")

TRIES_AGAIN = timedelta(seconds=30)
"""How long a session that failed is left alone, so that not every line pays for it."""

_GIVEN_UP = frozenset({"40P01", "40001"})
"""What PostgreSQL calls a deadlock, and a transaction that cannot be put in order."""

_log = logging.getLogger(__name__)


def hear_lines(contact_id: int, lines: Sequence[Line], at: datetime) -> None:
    """Feed lines that were just added into the evaluator; a listener of contacts."""
    try:
        with transaction.atomic():
            _hear(contact_id, lines, at)
    except Exception as error:  # whatever it is, the line stays
        if getattr(error.__cause__, "sqlstate", "") in _GIVEN_UP:
            raise  # the whole service is carried out again, and the line with it
        _log.exception("Contact %d goes on without its guide for now.", contact_id)
        _leave_alone(contact_id, at)


def _hear(contact_id: int, lines: Sequence[Line], at: datetime) -> None:
    kept = kept_session(contact_id)
    known = kept.known if kept else known_contact(contact_id)
    if known is None or (kept and kept.is_broken(at)):
        return
    standard = known.standard
    session = _heard(kept, known, standard, lines)
    raised = _told(kept)
    new = [one for one in dict.fromkeys(session.suspicions) if one not in raised]
    _keep(known, standard, session, [*raised, *new])
    for clause, rule, outcome, _ in new:
        suspicion = events.SuspicionRaised(
            subject_id=contact_id,
            organisation=known.organisation,
            hotline=known.hotline,
            agent=known.agent,
            clause=clause,
            rule=rule,
            outcome=outcome,
        )
        record(suspicion, actor=EVALUATOR, at=at)


def _heard(kept: Kept | None, known: Known, standard: Standard, lines: Sequence[Line]) -> Session:
    """Return the session with the new lines: from where it stood, or else from the transcript."""
    before = session_as_kept(kept, standard) if kept else None
    if before is None or not lines or before.seq != lines[0].seq - 1:
        return session_anew(known, standard)
    return hear(standard, before, lines, begun_at=known.begun_at)


def _keep(known: Known, standard: Standard, session: Session, raised: Sequence[Suspicion]) -> None:
    values = {
        "built_by": fingerprint(standard),
        "seq": session.seq,
        "content": written(session),
        "raised": raised,
        "suspicions": len(set(session.suspicions)),
        "broken_until": None,
    }
    if models.LiveSession.objects.filter(pk=known.contact).update(**values):
        return
    models.LiveSession.objects.create(
        contact_id=known.contact,
        organisation_id=known.organisation,
        version_id=known.version,
        day=known.day,
        **values,
    )


def _told(kept: Kept | None) -> list[Suspicion]:
    """Return the suspicions that were told of already."""
    raised = kept.raised if kept else ()
    return [(clause, rule, outcome, tuple(turns)) for clause, rule, outcome, turns in raised]


def _leave_alone(contact_id: int, at: datetime) -> None:
    """Let a session that failed be for a while; if even that fails, the next line tries again."""
    try:
        with transaction.atomic():
            until = at + TRIES_AGAIN
            if models.LiveSession.objects.filter(pk=contact_id).update(broken_until=until):
                return
            known = known_contact(contact_id)
            if known is not None:
                models.LiveSession.objects.create(
                    contact_id=contact_id,
                    organisation_id=known.organisation,
                    version_id=known.version,
                    day=known.day,
                    broken_until=until,
                )
    except Exception:  # noqa: BLE001 - the line stays, whatever it is
        _log.exception("The session of contact %d cannot be marked as broken.", contact_id)
