"""Write a chunk of judged records, and with it how far their batch has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from rexian.dialogue import events, models
from rexian.dialogue.domain.batches import MOST_PROBLEMS, BatchState, mark_of, storable
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.keeping import written
from rexian.dialogue.domain.unreadable import Unreadable
from rexian.dialogue.services.counting import Counted, count_batched
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.instants import local_day
from rexian.standard.domain.verdicts import Outcome, Verdict
from rexian.standard.queries.published import load_version

MACHINE = Actor.system("inspector")


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the record at a position of a batch, and the version that judged it."""

    position: int
    made: InspectedConversation | Unreadable
    version_id: int = 0


@transaction.atomic
def write_chunk(batch: models.Batch, chunk: Sequence[Judged], *, at: datetime) -> bool:
    """Write a chunk and move the batch on; false where somebody else has moved or stopped it."""
    position = chunk[-1].position + 1
    ours = models.Batch.objects.filter(
        pk=batch.id, state=BatchState.RUNNING, position=batch.position
    )
    if not ours.update(position=position, **_counts(batch, chunk)):
        return False
    models.InspectedRow.objects.bulk_create(_conversations(batch, chunk))
    models.UnreadableRow.objects.bulk_create(_problems(batch, chunk))
    count_batched(_told(batch, chunk))
    advanced = events.BatchAdvanced(
        subject_id=batch.id,
        organisation=batch.organisation_id,
        done=position,
        total=batch.total or position,
    )
    record(advanced, actor=MACHINE, at=at)
    batch.refresh_from_db()
    return True


def _counts(batch: models.Batch, chunk: Iterable[Judged]) -> dict[str, Any]:
    """Return the counts of a batch with those of a chunk added."""
    inspected = [one.made for one in chunk if isinstance(one.made, InspectedConversation)]
    unreadable = sum(isinstance(one.made, Unreadable) for one in chunk)
    outcomes = [{verdict.outcome for verdict in one.inspection.verdicts} for one in inspected]
    return {
        "conversations": batch.conversations + len(inspected),
        "unreadable": batch.unreadable + unreadable,
        "with_misses": batch.with_misses + sum(Outcome.MISSED in each for each in outcomes),
        "with_suspicions": batch.with_suspicions
        + sum(Outcome.SUSPECT in each for each in outcomes),
        "tally": _tallied(batch.tally, inspected),
    }


def _told(batch: models.Batch, chunk: Iterable[Judged]) -> Iterator[tuple[Counted, Verdict]]:
    """Yield each verdict with where it is counted: on the day on which the batch was sent in."""
    day = local_day(batch.uploaded_at, ZoneInfo(batch.organisation.time_zone))
    for one in chunk:
        if isinstance(one.made, InspectedConversation):
            where = Counted(batch.organisation_id, load_version(one.version_id), day)
            for verdict in one.made.inspection.verdicts:
                yield where, verdict


def _tallied(
    before: dict[str, dict[str, dict[str, int]]], inspected: Iterable[InspectedConversation]
) -> dict[str, dict[str, dict[str, int]]]:
    """Return how often each clause of each standard had each outcome, the new ones added."""
    tally = {
        standard: {clause: Counter(outcomes) for clause, outcomes in clauses.items()}
        for standard, clauses in before.items()
    }
    for one in inspected:
        clauses = tally.setdefault(one.inspection.standard, {})
        for verdict in one.inspection.verdicts:
            clauses.setdefault(verdict.clause, Counter())[verdict.outcome.value] += 1
    return {
        standard: {clause: dict(outcomes) for clause, outcomes in clauses.items()}
        for standard, clauses in tally.items()
    }


def _conversations(batch: models.Batch, chunk: Iterable[Judged]) -> Iterator[models.InspectedRow]:
    for one in chunk:
        if isinstance(one.made, InspectedConversation):
            conversation, inspection = one.made.conversation, one.made.inspection
            counts = Counter(verdict.outcome for verdict in inspection.verdicts)
            yield models.InspectedRow(
                batch=batch,
                position=one.position,
                name=storable(conversation.id, 200),
                agent=storable(conversation.agent, 40),
                version_id=one.version_id,
                score=inspection.score,
                turns=len(conversation.turns),
                marks=_marks(inspection.verdicts),
                content=written(one.made),
                **{outcome.value: counts[outcome] for outcome in Outcome},
            )


def _marks(verdicts: Iterable[Verdict]) -> str:
    found = {mark_of(verdict.outcome, verdict.clause): None for verdict in verdicts}
    return "".join(found)


def _problems(batch: models.Batch, chunk: Iterable[Judged]) -> Iterator[models.UnreadableRow]:
    """Yield the unreadable records of a chunk, as long as the batch has room for them."""
    room = MOST_PROBLEMS - batch.unreadable
    for one in chunk:
        if isinstance(one.made, Unreadable) and room > 0:
            room -= 1
            yield models.UnreadableRow(
                batch=batch,
                position=one.position,
                source=storable(one.made.source, 200),
                line=one.made.line,
                reason=one.made.reason.name,
                values={name: _plain(value) for name, value in one.made.values.items()},
            )


def _plain(value: str | int) -> str | int:
    return storable(value, 200) if isinstance(value, str) else value
