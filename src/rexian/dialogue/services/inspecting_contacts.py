"""Inspect a contact that is over, from its recording or its transcript: not from what was live.

Done again it changes nothing, unless lines or facts have come. What a person has reviewed stays as
it is, whatever the machine says later. Which rules are doubted is settled the first time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from rexian.contacts.domain.lifecycle import State
from rexian.contacts.domain.lines import Line
from rexian.contacts.queries import ContactShown, contacts_by_id, transcript
from rexian.contacts.queries import hotline as hotline_of
from rexian.dialogue import events, models
from rexian.dialogue.domain.attribution import person_of
from rexian.dialogue.domain.honesty import doubting
from rexian.dialogue.domain.reviewing import Review
from rexian.dialogue.queries.doubting import doubted_rules
from rexian.dialogue.queries.heard import (
    HeardConversation,
    events_of,
    facts_of_heard,
    heard_conversation,
)
from rexian.dialogue.queries.sessions import READER, Known, known_contact
from rexian.dialogue.services.counting import Counted, count_findings
from rexian.journal.services import record
from rexian.kernel.calendar.instants import local_day
from rexian.standard.domain.evaluator.evaluation import inspect
from rexian.standard.domain.events import Facts
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

OVER = frozenset({State.AFTER, State.ENDED})
KEPT = (Outcome.MET, Outcome.MISSED, Outcome.SUSPECT, Outcome.UNDECIDED)
"""What is kept as findings: not what the contact gave no opportunity for."""

_Key = tuple[str, str, str, tuple[int, ...], str]


@transaction.atomic
def inspect_contact(contact_id: int, *, at: datetime) -> None:
    """Inspect a contact that is over and was answered; otherwise nothing happens.

    Nor does anything where its words are gone: what was found stays as it was.
    """
    shown = contacts_by_id((contact_id,)).get(contact_id)
    if shown is None or shown.state not in OVER or shown.connected_at is None:
        return
    known = known_contact(contact_id)
    if known is None:
        return
    before = models.ContactInspection.objects.select_for_update().filter(pk=contact_id).first()
    lines = transcript(contact_id)
    newest = lines[-1].seq if lines else 0
    heard = heard_conversation(contact_id)
    if heard is not None:
        known = replace(known, facts=facts_of_heard(heard, known.facts))
    if before and _is_as_it_was(before, newest, known.facts, heard):
        return
    standard = known.standard
    doubted = before.doubted if before else sorted(doubted_rules(known.organisation, standard))
    said = events_of(heard, lines, begun_at=known.begun_at)
    inspection = doubting(inspect(standard, known.facts, said), standard, doubted)
    day = before.day if before else _day_of(shown, at)
    _write(known, inspection, newest, at, day=day, doubted=doubted)
    where = Counted(known.organisation, standard, day)
    _write_findings(known, inspection.verdicts, lines, where)
    counts = _counts(inspection)
    inspected = events.ContactInspected(
        subject_id=contact_id,
        organisation=known.organisation,
        hotline=known.hotline,
        agent=known.agent,
        missed=counts["missed"],
        suspect=counts["suspect"],
    )
    record(inspected, actor=READER, at=at)


def _is_as_it_was(
    before: models.ContactInspection, newest: int, facts: Facts, heard: HeardConversation | None
) -> bool:
    """Tell whether there is nothing new to inspect, or nothing left."""
    if before.forgotten_at is not None:
        return True
    same = before.lines == newest and before.facts == _plain(facts)
    return same and (heard is None or heard.heard_at <= before.inspected_at)


def _day_of(shown: ContactShown, at: datetime) -> date:
    """Return the day on which a contact ended, where its organisation is."""
    hotline = hotline_of(shown.hotline, actor=READER)
    ended_at = shown.talked_until or shown.ended_at or at
    return local_day(ended_at, ZoneInfo(hotline.time_zone))


def _write(
    known: Known,
    inspection: Inspection,
    newest: int,
    at: datetime,
    *,
    day: date,
    doubted: list[str],
) -> None:
    models.ContactInspection.objects.update_or_create(
        contact_id=known.contact,
        defaults={
            "organisation_id": known.organisation,
            "version_id": known.version,
            "score": inspection.score,
            "facts": _plain(known.facts),
            "day": day,
            "doubted": doubted,
            "lines": newest,
            "inspected_at": at,
            **_counts(inspection),
        },
    )


def _write_findings(
    known: Known, verdicts: Iterable[Verdict], lines: tuple[Line, ...], where: Counted
) -> None:
    """Bring the rows in line with the verdicts, and leave alone what is the same or reviewed."""
    there = models.Finding.objects.filter(contact=known.contact).order_by("pk")
    left: dict[_Key, list[models.Finding]] = {}
    for row in there:
        left.setdefault(_key_of_row(row), []).append(row)
    new = []
    for verdict in verdicts:
        if verdict.outcome not in KEPT:
            continue
        same = left.get(_key(verdict))
        if same:
            same.pop(0)
        else:
            new.append(_row(known, verdict, person_of(verdict, lines, where.standard)))
    stale = [row for rows in left.values() for row in rows if not row.review]
    gone = models.Finding.objects.filter(pk__in=[row.pk for row in stale])
    gone.filter(review=Review.NONE.value).delete()
    models.Finding.objects.bulk_create(new)
    count_findings(where, came=new, went=stale)


def _row(known: Known, verdict: Verdict, person: int | None) -> models.Finding:
    return models.Finding(
        contact_id=known.contact,
        organisation_id=known.organisation,
        person_id=person,
        clause=verdict.clause,
        rule=verdict.rule,
        outcome=verdict.outcome.value,
        turns=list(verdict.turns),
        quote=verdict.quote,
        at_seconds=verdict.at,
        why=dict(verdict.why),
    )


def _key(verdict: Verdict) -> _Key:
    return verdict.clause, verdict.rule, verdict.outcome.value, verdict.turns, verdict.quote


def _key_of_row(row: models.Finding) -> _Key:
    return row.clause, row.rule, row.outcome, tuple(row.turns), row.quote


def _counts(inspection: Inspection) -> dict[str, int]:
    counted = Counter(one.outcome for one in inspection.verdicts)
    return {outcome.value: counted[outcome] for outcome in KEPT}


def _plain(facts: Facts) -> dict[str, object]:
    told = facts.signals_told
    return asdict(facts) | {
        "parameters": dict(facts.parameters),
        "signals_told": None if told is None else list(told),
    }
