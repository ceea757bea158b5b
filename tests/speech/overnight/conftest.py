"""A hotline whose recordings are heard by a worker that reads the same in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from rexian.clockwork.domain import handlers
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.services.working import Worker
from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.queries import QueueShown
from rexian.contacts.services import set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from rexian.speech import jobs
from rexian.speech.queries.batches import RecordingBatchShown, recording_batch
from rexian.speech.services.batches import Order, start_batch
from rexian.speech.services.batches_receiving import SentRecordings, receive_recordings
from rexian.speech.services.overnight_hearing import hear_ordered
from rexian.speech.services.overnight_orders import READ
from tests.cast import NOW, Cast
from tests.speech.overnight.sounds import Reader, call

DETAILS = HotlineDetails(
    code="nights", name="华通热线", company="华通高速", standard="highway", offer_time=20
)
QUEUES = (QueueShown("general", "咨询", emergency=False),)


@dataclass(frozen=True)
class Sent:
    """A file as a browser sends it."""

    name: str
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        """Yield all of it."""
        yield self.content


@dataclass(frozen=True)
class Night:
    """A hotline, whoever sends recordings in, and the worker that hears them."""

    hotline: int
    cast: Cast
    reader: Reader

    def actor(self, role: Role | str = Role.MANAGER) -> Actor:
        """Return somebody of the house."""
        return self.cast.actor(role)

    def send(self, files: Mapping[str, bytes], *, sent_as: str = "", place: str = "") -> int:
        """Send recordings in, and have them taken in."""
        sent = SentRecordings(
            hotline=self.hotline,
            uploads=[Sent(name, content) for name, content in files.items()],
            place=place,
            channels="agent,customer",
            sent_as=sent_as,
        )
        batch = receive_recordings(sent, actor=self.actor(), at=NOW)
        self.work()
        return batch

    def start(self, batch: int, order: Order | None = None) -> None:
        """Have a batch heard that is taken in."""
        start_batch(batch, order=order or Order(), actor=self.actor(), at=NOW)

    def work(self, later: timedelta = timedelta(), *, most: int = 10_000) -> int:
        """Do all that is due."""
        return Worker("night").tick(NOW + later, most=most)

    def shown(self, batch: int) -> RecordingBatchShown:
        """Return how a batch stands."""
        return recording_batch(self.actor(), batch)


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Have a worker read by an engine that counts."""
    counting = Reader()

    def read(running: RunningJob) -> None:
        hear_ordered(running, recogniser=counting, engine="counting")

    before = dict(handlers._known)
    handlers._known.pop(READ, None)
    handlers.job(READ, lease=jobs.LEASE, retry=jobs.PATIENTLY)(read)
    yield counting
    handlers._known.clear()
    handlers._known.update(before)


@pytest.fixture
def night(cast: Cast, reader: Reader, tmp_path: Path, settings: LazySettings) -> Night:
    """Return a hotline with a standard in force, whose recordings are kept in the test's folder."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    cast.put_standards_in_force(NOW - timedelta(days=30))
    hotline = set_up_hotline(
        cast.units["centre"], details=DETAILS, queues=QUEUES, actor=cast.actor(Role.MANAGER), at=NOW
    )
    return Night(hotline, cast, reader)


def calls(*turns: int) -> dict[str, bytes]:
    """Return recordings of so many turns, each unlike the others."""
    return {f"{n:02d}.wav": call(number, seed=n) for n, number in enumerate(turns, 1)}
