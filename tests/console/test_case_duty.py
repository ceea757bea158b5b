"""The roster at the console: a day, its gaps, lines put there, taken off and copied."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from rexian.cases.queries.duty import on_duty, roster
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, nothing_changes

pytestmark = pytest.mark.django_db
ZONE = "Asia/Shanghai"
DAY = "2026-11-25"


@pytest.fixture
def manager(cast: Cast) -> Client:
    """Return the browser of who supervises all units."""
    return cast.client(Role.MANAGER)


def put(client: Client, cast: Cast, day: str = DAY, **given: str) -> int:
    """Put the agent on duty at the centre for a night."""
    who = f"person:{cast.id(Role.AGENT)}"
    sent = {"who": who, "role": "夜班", "begins": "20:00", "ends": "08:00", "day": day, **given}
    return client.post(f"/cases/duty/new?unit={cast.units['centre']}", sent).status_code


def test_a_day_shows_who_is_on_duty_and_when_nobody_is(cast: Cast, manager: Client) -> None:
    assert put(manager, cast) == 302
    text = cast.client(Role.DISPATCHER).get(f"/cases/duty/?day={DAY}").content.decode()
    assert "20:00–11-26 08:00" in text
    assert "00:00–20:00" in text  # nobody
    assert "王芳" in text
    assert f"/cases/duty/new?day={DAY}" not in text  # a dispatcher only looks
    after = manager.get("/cases/duty/?day=2026-11-26").content.decode()
    assert "11-25 20:00–08:00" in after
    assert "08:00–24:00" in after


def test_a_night_ends_the_next_morning(cast: Cast, manager: Client) -> None:
    put(manager, cast)
    (unit,) = roster(cast.actor(Role.MANAGER), day=date.fromisoformat(DAY), zone=ZONE)
    (line,) = unit.duties
    assert line.ends_at - line.begins_at == timedelta(hours=12)


def test_yesterday_is_copied_and_told(cast: Cast, manager: Client) -> None:
    put(manager, cast)
    for count in ("1", "0"):
        answer = manager.post("/cases/duty/copy", {"day": "2026-11-26", "back": "1"})
        assert answer["Location"] == f"/cases/duty/?day=2026-11-26&copied={count}"
    assert manager.get(answer["Location"]).status_code == 200
    assert manager.post("/cases/duty/copy", {"day": DAY, "back": "3"}).status_code == 422


def test_a_line_is_taken_off(cast: Cast, manager: Client) -> None:
    put(manager, cast)
    (unit,) = roster(cast.actor(Role.MANAGER), day=date.fromisoformat(DAY), zone=ZONE)
    line = unit.duties[0]
    assert manager.post(f"/cases/duty/{line.id}/remove").status_code == 302
    assert on_duty(cast.organisation, at=line.begins_at) == ()


@pytest.mark.parametrize("wrong", [{"who": "person:999999"}, {"begins": "x"}, {"who": ""}])
def test_what_is_wrong_is_said_in_the_form(
    cast: Cast, manager: Client, wrong: dict[str, str]
) -> None:
    with nothing_changes():
        assert put(manager, cast, **wrong) == 422


def test_others_may_not_keep_it(cast: Cast, manager: Client) -> None:
    put(manager, cast)
    dispatcher, agent = cast.client(Role.DISPATCHER), cast.client(Role.AGENT)
    outsider = cast.client(OUTSIDER)
    with nothing_changes():
        assert put(dispatcher, cast, day="2026-11-27") == 403
        assert dispatcher.post("/cases/duty/copy", {"day": DAY, "back": "1"}).status_code == 403
        assert agent.get("/cases/duty/").status_code == 403
        assert outsider.get("/cases/duty/").status_code == 403


def test_an_address_with_nonsense_shows_today(manager: Client) -> None:
    assert manager.get("/cases/duty/?day=nonsense").status_code == 200
