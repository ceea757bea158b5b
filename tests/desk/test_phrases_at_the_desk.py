"""Phrases at the desk: at hand while one writes, and a page to keep them."""

from __future__ import annotations

import pytest

from rexian.knowledge.queries import phrases_of
from rexian.org.domain.roles import Role
from tests.cast import Cast
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


def test_a_phrase_is_kept_changed_and_removed_on_its_page(desk: Desk) -> None:
    answer = desk.client.post("/desk/phrases/", {"shortcut": "hi", "text": "您好"})
    assert answer.status_code == 302
    (kept,) = phrases_of(desk.actor)
    assert desk.get("phrases/at-hand")["phrases"] == [
        {"shortcut": "hi", "text": "您好", "unit": ""}
    ]
    fields = {"shortcut": "hi", "text": "您好呀", "version": kept.version}
    assert desk.client.post(f"/desk/phrases/{kept.id}/", fields).status_code == 302
    assert "您好呀" in desk.get("phrases/")
    late = desk.client.post(f"/desk/phrases/{kept.id}/", fields)
    assert late.status_code == 422
    assert desk.client.post(f"/desk/phrases/{kept.id}/forget").status_code == 302
    assert phrases_of(desk.actor) == ()


def test_what_is_refused_is_said_in_the_form(desk: Desk) -> None:
    desk.client.post("/desk/phrases/", {"shortcut": "hi", "text": "您好"})
    answer = desk.client.post("/desk/phrases/", {"shortcut": "hi", "text": "别的"})
    assert answer.status_code == 422
    assert "别的" in answer.content.decode()


def test_a_leader_shares_a_phrase_with_the_team(desk: Desk, cast: Cast) -> None:
    leader = cast.client(Role.TEAM_LEADER)
    fields = {"shortcut": "etc", "text": "ETC", "unit": cast.units["team-1"]}
    assert leader.post("/desk/phrases/", fields).status_code == 302
    assert desk.get("phrases/at-hand")["phrases"][0]["unit"] == "话务一组"
    assert "<select" not in desk.get("phrases/")
