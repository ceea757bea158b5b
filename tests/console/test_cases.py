"""The pages of cases: who is let in, what they show, and every legal move from the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.cases.services import see_alert
from rexian.org.domain.roles import Role
from tests.cases.conftest import Desk, desk, house

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db


def text_of(answer: Any, status: int = 200) -> str:
    """Return what a page says."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return str(answer.content.decode())


def form_of(text: str, move: str) -> dict[str, str]:
    """Return the hidden fields of a move's form."""
    part = text[text.index(f'id="move-{move}"') :]
    part = part[: part.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', part)
    return dict(found)


def page(client: Client, made: int) -> str:
    """Return the page of a case."""
    return text_of(client.get(f"/cases/{made}/"))


def send(client: Client, made: int, move: str, given: Mapping[str, Any]) -> Any:
    """Send a move from the page as it is."""
    known = form_of(page(client, made), move)
    return client.post(f"/cases/{made}/moves/{move}", {**known, **given})


@pytest.fixture
def agent(desk: Desk) -> Client:
    """Return the browser of who takes cases."""
    return desk.house.cast.client(Role.AGENT)


@pytest.fixture
def handler(desk: Desk) -> Client:
    """Return the browser of who handles cases at the toll station."""
    return desk.house.cast.client(Role.HANDLER)


def now(desk: Desk, **said: Any) -> int:
    """Take a case now."""
    return desk.take(at=timezone.now(), **said)


def test_the_page_of_a_case_tells_all_of_it(desk: Desk, agent: Client) -> None:
    made = now(desk)
    text = page(agent, made)
    shown = desk.shown(made)
    for words in (shown.reference, "收费员态度不好", "赵先生", "138 0013 8000", "明确答复时限"):
        assert words in text
    assert '<svg class="flow"' in text
    assert "下发客服投诉处理单" in text
