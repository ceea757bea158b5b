"""The live session of a contact: as it is kept, or made anew from the transcript."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from rexian.contacts.queries import contacts_by_id, record_of, transcript
from rexian.contacts.queries import hotline as hotline_of
from rexian.dialogue import models
from rexian.dialogue.domain.facts import facts_of, kind_of_day
from rexian.dialogue.domain.live import Session, begin, fingerprint, hear, read
from rexian.dialogue.queries.calendars import calendar_of
from rexian.dialogue.queries.doubting import doubted_rules
from rexian.kernel.authority import Actor
from rexian.prepared import Prepared
from rexian.standard.domain.events import Facts
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version

READER = Actor.system("inspector")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as its session needs it: under which version, by which facts, since when."""

    contact: int
    organisation: int
    hotline: int
    agent: int | None
    version: int
    begun_at: datetime
    day: str
    facts: Facts
    content_hash: str = ""

    @property
    def standard(self) -> Standard:
        """The standard that judges it; raises what keeps it from being loaded."""
        if not self.content_hash:
            return load_version(self.version)
        return _loaded(self.version, self.content_hash)


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as its row has it, ``content`` still packed."""

    known: Known
    built_by: str
    seq: int
    content: bytes | None
    raised: Sequence[Sequence[Any]]
    broken_until: datetime | None

    def is_broken(self, at: datetime) -> bool:
        """Tell whether it has failed and is left alone for now."""
        return self.broken_until is not None and at < self.broken_until


def kept_session(contact_id: int) -> Kept | None:
    """Return the row of a contact's session with what is known of the contact, in one query."""
    row = _by_contact.first(contact_id)
    if row is None:
        return None
    content = row["content"]
    return Kept(
        _known(contact_id, row),
        row["built_by"],
        row["seq"],
        None if content is None else bytes(content),
        row["raised"],
        row["broken_until"],
    )


def known_contact(contact_id: int) -> Known | None:
    """Return what a session of a contact begins with; ``None`` where no standard was in force."""
    kept = kept_session(contact_id)
    if kept is not None:
        return kept.known
    shown = contacts_by_id((contact_id,)).get(contact_id)
    if shown is None or shown.standard is None:
        return None
    day = kind_of_day(calendar_of(hotline_of(shown.hotline, actor=READER)), shown.arrived_at)
    record = record_of(contact_id)
    return Known(
        contact=contact_id,
        organisation=shown.organisation,
        hotline=shown.hotline,
        agent=shown.agent,
        version=shown.standard,
        begun_at=shown.arrived_at,
        day=day,
        facts=facts_of(
            channel=shown.channel.value,
            direction=shown.direction,
            day=day,
            case_type=record.case_type if record else "",
            values=record.values if record else {},
        ),
    )


@lru_cache(maxsize=32)
def _loaded(version_id: int, content_hash: str) -> Standard:
    """Load a version, of which the hash is known: it never changes, so it need not be asked for."""
    del content_hash
    return load_version(version_id)


def session_as_kept(kept: Kept, standard: Standard) -> Session | None:
    """Return a session as its row has it, ``None`` where program or facts are others now."""
    if kept.content is None or kept.built_by != fingerprint(standard):
        return None
    try:
        session = read(kept.content)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error):
        _log.exception(
            "The session of contact %d cannot be read; it is made anew.", kept.known.contact
        )
        return None
    return session if session.state.facts == kept.known.facts else None


def session_anew(known: Known, standard: Standard) -> Session:
    """Return a session made from the whole transcript."""
    session = begin(standard, known.facts, doubted_rules(known.organisation, standard))
    return hear(standard, session, transcript(known.contact), begun_at=known.begun_at)


def session_now(kept: Kept | None, known: Known, standard: Standard, *, lines: int) -> Session:
    """Return the session of a contact that has so many lines, whatever its row has."""
    found = session_as_kept(kept, standard) if kept else None
    if found is None or found.seq > lines:
        return session_anew(known, standard)
    if found.seq == lines:
        return found
    missing = transcript(known.contact, after=found.seq)
    return hear(standard, found, missing, begun_at=known.begun_at)


_COLUMNS = (
    "organisation",
    "version",
    "version__content_hash",
    "built_by",
    "day",
    "seq",
    "content",
    "raised",
    "broken_until",
    "contact__hotline",
    "contact__agent",
    "contact__channel",
    "contact__direction",
    "contact__arrived_at",
    "contact__record__case_type",
    "contact__record__values",
)


_by_contact: Prepared[dict[str, Any]] = Prepared(
    lambda contact: models.LiveSession.objects.filter(pk=contact).values(*_COLUMNS)
)


def _known(contact_id: int, row: Mapping[str, Any]) -> Known:
    return Known(
        contact=contact_id,
        organisation=row["organisation"],
        hotline=row["contact__hotline"],
        agent=row["contact__agent"],
        version=row["version"],
        begun_at=row["contact__arrived_at"],
        day=row["day"],
        facts=facts_of(
            channel=row["contact__channel"],
            direction=row["contact__direction"],
            day=row["day"],
            case_type=row["contact__record__case_type"] or "",
            values=row["contact__record__values"] or {},
        ),
        content_hash=row["version__content_hash"],
    )
