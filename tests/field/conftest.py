"""A breakdown with help under way, and a telephone without an account."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.cases.domain.helping import Called, Kind, Way
from rexian.cases.queries.notifications import field_key, notifications_of
from rexian.cases.services import Given
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.cases.services.dispatching import Learned, dispatch_help
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, Desk, desk, house
from tests.cases.test_dispatch_gas import Gas, gas

__all__ = ["Desk", "Gas", "Telephone", "breakdown", "called", "desk", "gas", "house", "telephone"]
_numbers = count(1)


@dataclass(frozen=True)
class Telephone:
    """A browser in the field, which keeps no cookie."""

    browser: Client

    def look(self, key: str, status: int = 200, query: str = "") -> str:
        """Return what the page says."""
        answer = self.browser.get(f"/field/{key}/{query}")
        assert answer.status_code == status, answer.content.decode()[:1000]
        assert not answer.cookies
        return answer.content.decode()

    def send(self, key: str, page: str, fields: dict[str, Any], *, script: bool = True) -> Any:
        """Send a form, as the page's script does or as a browser does without it."""
        headers = {"Accept": "application/json"} if script else {}
        given = {"sent_as": f"field-request-{next(_numbers):06}", **fields}
        return self.browser.post(f"/field/{key}/{page}", given, headers=headers)

    def press(self, key: str, what: str, status: int = 200, **fields: str) -> dict[str, Any]:
        """Press a button, and return what the script hears."""
        answer = self.send(key, "press", {"press": what, **fields})
        assert answer.status_code == status, answer.content.decode()[:1000]
        return dict(json.loads(answer.content))


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)


@pytest.fixture
def telephone() -> Telephone:
    """Return a telephone."""
    return Telephone(Client())


def breakdown(desk: Desk, **said: Any) -> int:
    """Take a breakdown on the motorway, now."""
    given = {
        "category": "breakdown-tyre",
        "case_class": "",
        "title": "小客车爆胎",
        "matter": "右后轮爆胎，车上三人。",
        "place_text": "G56 临川方向 K110+300",
        **said,
    }
    return desk.take(at=timezone.now(), **given)


def called(desk: Desk, made: int) -> str:
    """Call a towing firm in for a case, and return the key of its page."""
    manager = desk.actor(Role.MANAGER)
    details = HelperDetails(
        code=f"tow-{made}", name="通达清障", kind=Kind.TOWING, telephone="087165307711"
    )
    ours = desk.house.cast.organisation
    helper = add_helper(ours, details=details, actor=manager, at=timezone.now())
    dispatch_help(
        made,
        move="dispatch",
        called=[Called(helper=helper, way=Way.PAGE)],
        given=Given(),
        learned=Learned(),
        version=desk.shown(made).version,
        actor=desk.actor(Role.DISPATCHER),
        at=timezone.now(),
    )
    return field_key(notifications_of(made, actor=MACHINE)[-1].id)
