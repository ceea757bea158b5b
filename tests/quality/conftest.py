"""Contacts that are over and inspected, to be drawn from."""

from __future__ import annotations

from datetime import date

import pytest

from rexian.contacts.services import accept_offer
from rexian.quality.domain.sampling import Method
from rexian.quality.services.drawing import Plan
from tests.dialogue.contacts.conftest import Talk, house, inspector, later, standard, talk
from tests.dialogue.contacts.test_findings import works

__all__ = ["house", "inspector", "standard", "talk"]


@pytest.fixture
def heard(talk: Talk) -> tuple[int, int]:
    """Return two inspected contacts: one with forbidden words, one without a fault."""
    talk.says("喂，不知道。")
    _finish(talk)
    agent = talk.house.ready(after=talk.clock + 2)
    second = talk.house.arrival(after=talk.clock + 3, text="请问通行费多少", visitor="another")
    accept_offer(second, actor=agent, at=later(talk.clock + 4))
    kind = Talk(talk.house, second, agent, talk.clock + 4)
    kind.says("您好，请问有什么可以帮您？")
    _finish(kind)
    return talk.id, second


def _finish(talk: Talk) -> None:
    talk.hears("知道了，再见")
    talk.ends()
    talk.records()
    talk.finishes()
    works(talk)


PLAN = Plan(
    title="七月",
    standard="highway",
    since=date(2026, 11, 1),
    until=date(2026, 11, 30),
    method=Method.RANDOM,
    size=5,
    seed="s",
    trusted_from=0.6,
)
"""What to draw of the days of the tests."""
