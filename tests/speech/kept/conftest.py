"""A hotline whose recordings are kept in a folder of the test, under a key of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.queries import QueueShown
from rexian.contacts.services import set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.recordings import Sending
from rexian.speech.services.receiving import Received, receive_call
from rexian.standard.domain.events import Speaker
from tests.cast import NOW, Cast

STARTED = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
SOUND = bytes(range(256)) * 600  # more than two chunks, and no sound at all
DETAILS = HotlineDetails(
    code="recorded", name="华通热线", company="华通高速", standard="highway", offer_time=20
)
QUEUES = (
    QueueShown("emergency", "紧急求助", emergency=True),
    QueueShown("general", "咨询", emergency=False),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """Give each test a home of its own: its key and its recordings are nobody else's."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


@dataclass(frozen=True)
class Centre:
    """A hotline, and those who have to do with its recordings."""

    hotline: int
    cast: Cast

    def actor(self, role: Role | str = Role.INSPECTOR) -> Actor:
        """Return somebody of the house."""
        return self.cast.actor(role)

    def receive(
        self,
        sound: bytes = SOUND,
        *,
        sent_as: str = "",
        role: Role = Role.INSPECTOR,
        **facts: object,
    ) -> Received:
        """Have a recording of a call come in."""
        known: dict[str, object] = {
            "id": "call-1",
            "agent": self.cast.person(Role.AGENT).agent_number,
            "number": "13800138000",
            "direction": "in",
            "start": STARTED,
            "hung_up_by": Speaker.CUSTOMER,
            "roles": (Speaker.AGENT, Speaker.CUSTOMER),
        }
        return receive_call(
            self.hotline,
            facts=CallFacts(**{**known, **facts}),  # type: ignore[arg-type] # as the tests say
            sending=Sending(name="call-1.wav", sent_as=sent_as),
            pieces=[sound[:1000], sound[1000:]],
            actor=self.actor(role),
            at=NOW,
        )


@pytest.fixture
def centre(cast: Cast) -> Centre:
    """Return a hotline of 华通高速 whose calls are recorded, its standard in force."""
    cast.put_standards_in_force(STARTED)
    manager = cast.actor(Role.MANAGER)
    hotline = set_up_hotline(
        cast.units["centre"], details=DETAILS, queues=QUEUES, actor=manager, at=STARTED
    )
    return Centre(hotline, cast)
