from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rexian.notices.services import post_notice
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast

pytestmark = pytest.mark.django_db


def test_a_machine_reads_what_is_up_for_its_owner(cast: Cast, machine: Callable[..., Any]) -> None:
    at, unit = timezone.now(), cast.units["team-1"]
    until_at, actor = at + timedelta(hours=1), cast.actor(Role.MANAGER)
    notice = post_notice(unit, text="北区检修", until_at=until_at, actor=actor, at=at)
    (one,) = machine(Role.AGENT).get("/notices").json()
    assert (one["id"], one["unit"], one["text"]) == (notice, unit, "北区检修")
    assert (one["importance"], one["read_at"]) == ("ordinary", None)
    assert machine(Role.CALLBACK_AGENT).get("/notices").json() == []
    assert machine(OUTSIDER).get("/notices").json() == []


def test_notices_ask_for_a_scope_of_their_own(machine: Callable[..., Any]) -> None:
    assert machine(Role.AGENT, ("standard.read",)).get("/notices").status_code == 403
