"""Notices on the pages: pinned on the first one, listed on their own, read with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.cast import OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db

TEXT = "今晚 22 点起 {检修} <北区>"
SHOWN = "今晚 22 点起 {检修} &lt;北区&gt;"
ROLES = ["agent", "team_leader", "duty_leader", "dispatcher", "manager", "administrator"]
POSTERS = ["team_leader", "duty_leader", "dispatcher", "manager"]


def put_up(cast: Cast, unit: str = "team-1", text: str = TEXT) -> int:
    from rexian.notices.services import post_notice  # noqa: PLC0415 - tables

    at = datetime.now(UTC)
    until_at = at + timedelta(days=1)
    actor = cast.actor("manager")
    return post_notice(cast.units[unit], text=text, until_at=until_at, actor=actor, at=at)


def form(cast: Cast, **changes: object) -> dict[str, object]:
    until = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=2)
    return {
        "unit": cast.units["team-1"],
        "text": TEXT,
        "importance": "urgent",
        "until_at": f"{until:%Y-%m-%dT%H:%M}",
        **changes,
    }


def test_everybody_has_the_page_and_some_put_notices_up(cast: Cast) -> None:
    clients = {role: cast.client(role) for role in ROLES}
    assert {one.get("/notices/").status_code for one in clients.values()} == {200}
    answers = {role: one.get("/notices/new").status_code for role, one in clients.items()}
    assert answers == {role: 200 if role in POSTERS else 403 for role in ROLES}
    assert clients["agent"].post("/notices/new", form(cast)).status_code == 403


@pytest.mark.parametrize("address", ["/notices/", "/notices/part", "/notices/new", "/notices/1/"])
def test_whoever_is_not_signed_in_is_sent_to_the_door(address: str) -> None:
    assert Client().get(address).status_code == 302


def test_a_notice_is_pinned_on_the_first_page_of_whom_it_concerns(cast: Cast) -> None:
    put_up(cast)
    assert SHOWN in cast.client("agent").get("/").content.decode()
    for role in ("callback_agent", "duty_leader", OUTSIDER):
        assert SHOWN not in cast.client(role).get("/").content.decode()
    assert SHOWN in cast.client("duty_leader").get("/notices/").content.decode()
    assert SHOWN not in cast.client("callback_agent").get("/notices/").content.decode()


def test_what_is_up_can_be_fetched_alone(cast: Cast) -> None:
    put_up(cast)
    for place in ("home", "notices", "nowhere"):
        text = cast.client("agent").get(f"/notices/part?place={place}").content.decode()
        assert SHOWN in text
        assert "<html" not in text


def test_a_page_watches_the_units_that_its_notices_may_be_for(cast: Cast) -> None:
    text = cast.client("agent").get("/").content.decode()
    for unit in ("huatong", "centre", "team-1"):
        assert f'data-live="notices:{cast.units[unit]}"' in text
    assert f'data-live="notices:{cast.units["team-2"]}"' not in text


def test_a_notice_is_put_up_until_an_instant_of_the_organisations_own_time(cast: Cast) -> None:
    from rexian.notices.queries import current_notices  # noqa: PLC0415 - tables

    filled = form(cast)
    answer = cast.client("team_leader").post("/notices/new", filled)
    assert answer.headers["Location"] == "/notices/?done=posted"
    (one,) = current_notices(cast.actor("agent"), at=datetime.now(UTC))
    local = one.until_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"{local:%Y-%m-%dT%H:%M}" == filled["until_at"]
    assert (one.text, one.importance) == (TEXT, "urgent")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "字" * 501},
        {"until_at": "2020-01-01T00:00"},
        {"until_at": "2099-01-01T00:00"},
        {"until_at": "soon"},
        {"importance": "whatever"},
    ],
)
def test_what_is_wrong_is_said_in_the_form(cast: Cast, wrong: dict[str, str]) -> None:
    leader = cast.client("team_leader")
    with nothing_changes():
        answer = leader.post("/notices/new", form(cast, **wrong))
    assert answer.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()


def test_a_unit_of_others_cannot_be_chosen(cast: Cast) -> None:
    filled = form(cast, unit=cast.units["team-2"])
    assert cast.client("team_leader").post("/notices/new", filled).status_code == 422
    assert recorded("notices.notice_posted") == []


@pytest.mark.parametrize(("place", "back"), [("home", "/"), ("", "/notices/"), ("x", "/notices/")])
def test_a_notice_is_read_with_one_button(cast: Cast, place: str, back: str) -> None:
    notice, agent = put_up(cast), cast.client("agent")
    button = f'id="read-{notice}"'
    assert button in agent.get("/").content.decode()
    for _ in range(2):
        answer = agent.post(f"/notices/{notice}/read", {"place": place})
        assert answer.headers["Location"] == back
    assert button not in agent.get("/").content.decode()
    assert len(recorded("notices.notice_read")) == 1


def test_who_has_not_read_it_is_shown_to_those_who_may_take_it_down(cast: Cast) -> None:
    notice, names = put_up(cast), [cast.player(one).name for one in ("agent", "team_leader")]
    cast.client("agent").post(f"/notices/{notice}/read")
    text = cast.client("dispatcher").get(f"/notices/{notice}/").content.decode()
    assert names[1] in text
    assert names[0] not in text
    assert names[1] not in cast.client("agent").get(f"/notices/{notice}/").content.decode()


def test_taking_down_is_asked_first(cast: Cast) -> None:
    notice, leader = put_up(cast), cast.client("team_leader")
    address = f"/notices/{notice}/take-down"
    assert SHOWN in leader.get(address).content.decode()
    assert leader.post(address).headers["Location"] == "/notices/?done=down"
    assert leader.post(address).headers["Location"] == "/notices/?done=late"
    assert leader.post(f"/notices/{notice}/read").headers["Location"] == "/notices/?done=late"
    text = leader.get("/notices/?done=down").content.decode()
    assert text.index('id="earlier-title"') < text.index(SHOWN)
    assert cast.client("agent").post(address).status_code == 403


def test_earlier_notices_have_pages(cast: Cast) -> None:
    from rexian.notices.services import take_down_notice  # noqa: PLC0415 - tables

    for number in range(26):
        notice = put_up(cast, text=f"第{number}条")
        take_down_notice(notice, actor=cast.actor("manager"), at=datetime.now(UTC))
    agent = cast.client("agent")
    assert "第0条" not in agent.get("/notices/").content.decode()
    assert "第0条" in agent.get("/notices/?page=2").content.decode()


@pytest.mark.parametrize("role", ["callback_agent", OUTSIDER])
def test_to_others_nothing_is_there(cast: Cast, role: str) -> None:
    notice, client = put_up(cast), cast.client(role)
    with nothing_changes():
        assert client.get(f"/notices/{notice}/").status_code == 404
        assert client.post(f"/notices/{notice}/read").status_code == 404
        assert client.post(f"/notices/{notice}/take-down").status_code in (403, 404)


def test_nothing_is_done_by_looking(cast: Cast) -> None:
    notice = put_up(cast)
    assert cast.client("agent").get(f"/notices/{notice}/read").status_code == 405


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["put up", "take down", "expire"])
def test_a_page_hears_of_what_is_put_up_and_comes_down(
    cast: Cast, assert_live: Callable[..., None], act: str
) -> None:
    from rexian.kernel.authority import Actor  # noqa: PLC0415 - tables
    from rexian.notices.services import expire_notice, take_down_notice  # noqa: PLC0415

    machine, at = Actor.system("tests"), datetime.now(UTC)
    notice = put_up(cast)
    acts: dict[str, Callable[[], Any]] = {
        "put up": lambda: put_up(cast),
        "take down": lambda: take_down_notice(notice, actor=machine, at=at),
        "expire": lambda: expire_notice(notice, actor=machine, at=at),
    }
    session = cast.client("agent").cookies["rexian_session"].value
    assert_live("notices", str(cast.units["team-1"]), acts[act], session=session)


@pytest.mark.parametrize(("role", "unit"), [("callback_agent", "team-1"), (OUTSIDER, "huatong")])
def test_notices_of_others_cannot_be_watched(cast: Cast, role: str, unit: str) -> None:
    from rexian.live.admission import admit  # noqa: PLC0415 - tables
    from rexian.live.domain.topics import Watch  # noqa: PLC0415

    session = cast.client(role).cookies["rexian_session"].value
    for key in (str(cast.units[unit]), "²", "x"):
        watch = Watch("notices", key)
        admission = admit(session, [watch])
        assert admission is not None
        assert admission.refused == {watch}
