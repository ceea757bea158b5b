"""Saved views on the pages of cases: kept, opened, shared, renamed, and told when they go stale."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from rexian.cases.domain.views import FILTERS
from rexian.cases.models import View
from rexian.cases.queries.views import views_for
from rexian.console.case_lists import Asked
from rexian.console.cases import FILTER_NAMES
from rexian.kernel.language import translate
from rexian.org.domain.roles import Role
from rexian.org.services import let_person_leave
from tests.cases.conftest import MACHINE, NOON, Desk, desk, house
from tests.console.test_cases import now, text_of

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(desk: Desk) -> Client:
    """Return the browser of who takes cases."""
    return desk.house.cast.client(Role.AGENT)


@pytest.fixture
def leader(desk: Desk) -> Client:
    """Return the browser of who supervises the centre."""
    return desk.house.cast.client(Role.DUTY_LEADER)


def save(client: Client, query: str, **given: Any) -> str:
    """Save what a list is filtered to; return where one is led."""
    answer = client.post(f"/cases/views/new?{query}", {"name": "急件", **given})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"])


def test_the_list_can_be_filtered_by_what_views_keep() -> None:
    assert {one.name for one in fields(Asked)} == {*FILTERS, "saved"}
    assert set(FILTER_NAMES) == set(FILTERS)


def test_a_filter_is_saved_and_stands_on_the_list(desk: Desk, agent: Client) -> None:
    urgent, other = now(desk, category="breakdown-tyre", case_class="", title="爆胎"), now(desk)
    text = text_of(agent.get("/cases/?urgent=yes&standing=live"))
    found = re.search(r'href="(/cases/views/new\?[^"]+)"', text)
    assert found
    form = text_of(agent.get(found[1].replace("&amp;", "&")))
    assert '<input type="text" name="name"' in form
    shown = text_of(agent.get(save(agent, "urgent=yes&standing=live")))
    assert re.search(r'aria-current="page"><bdi>急件</bdi>', shown)
    assert f"/cases/{urgent}/" in shown
    assert f'href="/cases/{other}/"' not in shown
    changed = text_of(agent.get("/cases/?urgent=yes&saved=1"))
    assert not re.search(r'aria-current="page"><bdi>急件</bdi>', changed)
    assert "急件" not in text_of(desk.house.cast.client(Role.MANAGER).get("/cases/"))


def test_a_view_without_a_name_or_without_a_filter_is_asked_for_again(agent: Client) -> None:
    text_of(agent.post("/cases/views/new?urgent=yes", {"name": ""}), 422)
    text_of(agent.post("/cases/views/new", {"name": "全部"}), 422)
    assert not View.objects.exists()


def test_a_bare_address_opens_with_the_view_that_one_has_chosen(desk: Desk, agent: Client) -> None:
    now(desk)
    assert agent.get("/cases/").status_code == 200
    save(agent, "urgent=yes", opens="on")
    answer = agent.get("/cases/")
    assert answer.status_code == 302
    assert "urgent=yes" in answer["Location"]
    text = text_of(agent.get(answer["Location"]))
    for everything in ("/cases/?view=all", "/cases/?view=mine"):
        assert f'href="{everything}"' in text
        assert agent.get(everything).status_code == 200
    assert desk.house.cast.client(Role.DUTY_LEADER).get("/cases/").status_code == 200
    assert agent.post("/cases/views/everything").status_code == 302
    assert agent.get("/cases/").status_code == 200


def test_views_are_shared_by_whoever_supervises(desk: Desk, agent: Client, leader: Client) -> None:
    assert 'name="unit"' in text_of(leader.get("/cases/views/new?late=yes"))
    save(leader, "late=yes", unit=desk.units["centre"])
    assert "急件" in text_of(agent.get("/cases/"))
    answer = agent.post("/cases/views/new?late=yes", {"name": "x", "unit": desk.units["centre"]})
    assert answer.status_code == 422
    view = views_for(desk.actor(Role.AGENT))[0].id
    page = text_of(agent.get("/cases/views/"))
    assert f"/cases/views/{view}/remove" not in page
    assert agent.post(f"/cases/views/{view}/remove").status_code == 403
    assert agent.post(f"/cases/views/{view}/open-with").status_code == 302
    toll = desk.house.cast.client(Role.HANDLER)
    assert toll.get(f"/cases/views/{view}/rename").status_code == 404


def test_a_view_is_renamed_opened_with_and_deleted(desk: Desk, agent: Client) -> None:
    save(agent, "urgent=yes&q=爆胎")
    view = views_for(desk.actor(Role.AGENT))[0]
    page = text_of(agent.get("/cases/views/"))
    assert "爆胎" in page
    answer = agent.post(f"/cases/views/{view.id}/rename", {"name": "爆胎", "version": 1})
    assert answer.status_code == 302
    assert "爆胎" in text_of(agent.get(answer["Location"]))
    late = agent.post(f"/cases/views/{view.id}/rename", {"name": "晚了", "version": 1})
    assert late.status_code in (409, 422)
    assert agent.post(f"/cases/views/{view.id}/open-with").status_code == 302
    assert agent.post(f"/cases/views/{view.id}/remove").status_code == 302
    assert views_for(desk.actor(Role.AGENT)) == ()
    assert agent.get("/cases/").status_code == 200


def test_a_filter_that_no_longer_makes_sense_says_so(desk: Desk, agent: Client) -> None:
    handler = desk.actor(Role.HANDLER).person
    save(agent, f"handler={handler}&flow=highway-complaint")
    View.objects.update(filter={"handler": str(handler), "flow": "long-gone", "standing": "lost"})
    page = text_of(agent.get("/cases/views/"))
    told = "、".join(translate(FILTER_NAMES[one]) for one in ("flow", "standing"))
    assert told in page
    assert 'class="notice tone-caution"' in page
    told = text_of(agent.get(f"/cases/?handler={handler}"))
    assert 'class="notice tone-caution"' not in told
    let_person_leave(handler or 0, actor=MACHINE, at=NOON)
    told = text_of(agent.get(f"/cases/?handler={handler}"))
    assert 'class="notice tone-caution"' in told
