"""Hear a recording that was ordered: passage by passage, so that it can be broken off at any.

What was read of a passage is kept before the next is begun. Whoever takes the recording up again,
after a kill, a stop, or the end of the night, reads only what nobody has read. Recognition runs
outside of transactions, and between two passages it is asked whether the work is still wanted,
still in its hours, and whether something more urgent waits.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic, process_time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from rexian.clockwork.domain.running import Interrupted, LeaseLost, RunningJob
from rexian.clockwork.domain.work import Priority
from rexian.clockwork.queries import is_overtaken
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.speech import models
from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.batches import TO_HEAR, BatchState, CallState
from rexian.speech.domain.call_facts import roles_of
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.passages import ReadPassage
from rexian.speech.domain.sealing import SealBroken
from rexian.speech.domain.unreadable_sound import UnreadableSound
from rexian.speech.ports import RATE, Recogniser
from rexian.speech.services.attaching import (
    facts_of,
    keep_heard,
    keep_passage,
    passages_known,
    refuse_recording,
)
from rexian.speech.services.costs import note_pace
from rexian.speech.services.hearing import hear
from rexian.speech.services.overnight_orders import (
    LISTEN,
    READ,
    give_job,
    order_of,
    window_of,
)
from rexian.speech.services.overnight_settling import Ending, settle
from rexian.speech.services.vault import sound_of
from rexian.standard.domain.events import Speaker

ATTEMPTS = 3
"""After so many failures of the program at one recording the others need not wait for it."""

TOLD_EVERY = 2.0
"""Seconds between two notes of how far listening is."""

_log = logging.getLogger("rexian.speech")


class NotWanted(Exception):
    """Raised on the way where this hearing is void: stopped, deleted, or ordered anew."""


class PutOff(Exception):
    """Raised on the way where the rest is heard later: its hours are over, or it is overtaken."""


@dataclass(slots=True)
class _Stopwatch:
    """How long a core has been busy since it was last asked.

    A worker hears with one core: what the process took beside that is not this hearing's.
    """

    wall: float = field(default_factory=monotonic)
    core: float = field(default_factory=process_time)

    def lap(self) -> float:
        """Return the seconds since the last lap."""
        wall, core = monotonic(), process_time()
        took = min(wall - self.wall, core - self.core)
        self.wall, self.core = wall, core
        return max(took, 0.0)


@dataclass(slots=True)
class _Hearing:
    """A hearing under way: its row, its job, and what it has taken."""

    row: models.Hearing
    job: RunningJob
    engine: str
    watch: _Stopwatch = field(default_factory=_Stopwatch)

    def listened(self, second: float, _total: float) -> None:
        """Keep how far it is, where that was not done a moment ago."""
        if monotonic() - self.watch.wall >= TOLD_EVERY:
            self.advance(second)

    def advance(self, second: float) -> None:
        """Keep how far it is, and see whether to go on.

        Raises ``NotWanted``, ``PutOff``, and what ends a job from outside.
        """
        took = self.watch.lap()
        second = max(min(second, self.row.seconds or second), self.row.heard)
        wanted = Q(batch=None) | Q(batch__state=BatchState.HEARING, batch__deleted_at=None)
        rows = models.Hearing.objects.filter(wanted, pk=self.row.pk, job=self.job.id)
        ours = models.Hearing.objects.filter(pk__in=rows.values("pk"))
        if not ours.update(heard=second, core=F("core") + took):
            raise NotWanted
        self.row.core, self.row.heard = self.row.core + took, second
        self.job.progress(round(second), round(self.row.seconds))
        self._require_time()

    def _require_time(self) -> None:
        batch, now = self.row.batch, self.job.now()
        if batch is None:
            return
        zone = ZoneInfo(batch.organisation.time_zone)
        is_late = not window_of(batch).is_open(now, zone)
        if is_late or is_overtaken((READ, LISTEN), Priority(batch.priority), at=now):
            raise PutOff


def hear_ordered(job: RunningJob, *, recogniser: Recogniser | None, engine: str) -> None:
    """Hear the recording of a job; nothing happens where the job is void or it is heard.

    ``engine`` is what the recogniser is called in measures; "" where nobody reads.
    """
    row = _begun(job)
    if row is None:
        return
    hearing = _Hearing(row, job, engine)
    try:
        hearing.advance(row.heard)
        heard = _heard(hearing, recogniser)
        _keep(hearing, heard)
    except NotWanted:
        return
    except PutOff:
        _put_off(row, job)
    except (UnreadableSound, NotFound, SealBroken) as error:
        _refuse(row, error, job.now())
    except LeaseLost:
        raise  # another worker hears it
    except (Interrupted, RexianError):
        _wait_again(row, job)
        raise  # the worker's end, or a matter for the operator: a missing key, a missing model
    except Exception as error:  # noqa: BLE001 - a bug spoils one recording, not the night
        _fail_at_last(row, job, error)


def _begun(job: RunningJob) -> models.Hearing | None:
    """Return the recording of a job, said to be under way; ``None`` where the job is void."""
    rows = models.Hearing.objects.filter(pk=job.data["hearing"], job=job.id, state__in=TO_HEAR)
    if not rows.update(state=CallState.HEARING):
        return None
    return rows.select_related("batch__organisation", "recording").first()


def _heard(hearing: _Hearing, recogniser: Recogniser | None) -> HeardCall:
    recording = hearing.row.recording_id or 0
    roles = [Speaker(one) for one in (hearing.row.recording.roles if hearing.row.recording else ())]
    known = passages_known(recording, recogniser=recogniser.name) if recogniser else {}

    def on_passage(passage: ReadPassage) -> None:
        if recogniser is not None:
            keep_passage(
                recording,
                recogniser=recogniser.name,
                passage=passage.key,
                words=passage.words,
                at=hearing.job.now(),
            )
        hearing.advance(passage.end / RATE)

    with sound_of(recording) as file, open_sound(file) as sound:
        return hear(
            sound,
            roles=roles_of(roles, sound.format.channels),
            signals=facts_of(recording).events,
            recogniser=recogniser,
            known=known,
            on_passage=on_passage,
            progress=hearing.listened,
        )


@transaction.atomic
def _keep(hearing: _Hearing, heard: HeardCall) -> None:
    """Write down what was heard, what a standard says of it, and what it took: all or nothing."""
    row, at = hearing.row, hearing.job.now()
    recording = row.recording_id or 0
    row.core += hearing.watch.lap()
    conversation = conversation_of(heard, facts_of(recording))
    row.contact_id = keep_heard(recording, heard=heard, conversation=conversation, at=at)
    sound = heard.format.duration
    models.Hearing.objects.filter(pk=row.pk).update(
        seconds=sound, core=row.core, contact=row.contact_id
    )
    if not settle(row, Ending(CallState.HEARD), at=at):
        raise NotWanted
    note_pace(hearing.engine, sound=sound, core=row.core, at=at)


@transaction.atomic
def _put_off(row: models.Hearing, job: RunningJob) -> None:
    """Have the rest heard when its hours come again, or behind what is more urgent."""
    rows = models.Hearing.objects.select_for_update(of=("self",)).filter(pk=row.pk, job=job.id)
    still = rows.first()
    if still is not None and row.batch is not None:
        give_job(still, order_of(row.batch, job.now()), at=job.now())


def _wait_again(row: models.Hearing, job: RunningJob) -> None:
    """Say that nobody hears a recording for the moment."""
    rows = models.Hearing.objects.filter(pk=row.pk, job=job.id, state=CallState.HEARING)
    rows.update(state=CallState.WAITING)


def _refuse(row: models.Hearing, error: RexianError, at: datetime) -> None:
    """Say in a sentence why a recording cannot be heard."""
    code = error.fault.code if isinstance(error, UnreadableSound) else error.code
    values = {name: str(value) for name, value in error.details.items()}
    with transaction.atomic():
        ending = Ending(CallState.UNREADABLE, code, error.template, values)
        if settle(row, ending, at=at) and isinstance(error, UnreadableSound):
            refuse_recording(row.recording_id or 0, problem=code, values=values, at=at)


def _fail_at_last(row: models.Hearing, job: RunningJob, error: Exception) -> None:
    """Let a failure be tried again, and at last say that the recording was not heard."""
    if job.attempt < ATTEMPTS:
        _wait_again(row, job)
        raise error
    _log.exception("A recording cannot be heard.", exc_info=error)
    sentence = mark("A fault of the program kept this recording from being heard.")
    with transaction.atomic():
        settle(row, Ending(CallState.FAILED, "not-heard", sentence), at=job.now())
