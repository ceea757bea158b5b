"""Conversations sent in at the console, and what was found in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound, Refused
from rexian.live.domain.topics import topic_named
from rexian.live.rendering import fragment

pytestmark = pytest.mark.django_db


def shown(answer: Any) -> str:
    """Return the text of a page that is there."""
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_inspection_shows_its_conversations_and_what_was_unreadable(
    console: Any, batch: int
) -> None:
    text = shown(console.client("team_leader").get(f"/inspections/{batch}/"))
    assert all(f"call-{number}" in text for number in range(3))
    assert "calls.jsonl:4" in text
    assert "HW-3.12" in text
    assert "inspection-batch:" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["call-0", "call-1", "call-2"]),
        ({"clause": "HW-3.12", "outcome": "missed"}, ["call-0", "call-2"]),
        ({"agent": "1001"}, ["call-1"]),
        ({"q": "l-2"}, ["call-2"]),
        ({"sort": "-name"}, ["call-2", "call-1", "call-0"]),
        ({"sort": "nonsense", "outcome": "nonsense", "score": "x", "page": "-3"}, ["call-0"]),
        ({"q": "nothing of the kind"}, []),
    ],
)
def test_the_address_says_which_conversations(
    console: Any, batch: int, query: dict[str, str], expected: list[str]
) -> None:
    text = shown(console.client("assessor").get(f"/inspections/{batch}/", query))
    places = [text.find(f"<bdi>{name}</bdi>") for name in expected]
    assert -1 not in places
    assert places == sorted(places)
    if len(expected) < 3 and "nonsense" not in query.values():
        assert text.count("<bdi>call-") == len(expected)


def test_a_finding_leads_to_its_clause_in_the_version_that_judged(console: Any, batch: int) -> None:
    text = shown(console.client("assessor").get(f"/inspections/{batch}/conversations/0"))
    assert '<mark class="missed"' in text
    assert f'href="/standards/{console.highway}/clauses/HW-3.12"' in text


def test_previous_and_next_stay_within_the_filter(console: Any, batch: int) -> None:
    query = "?clause=HW-3.12&amp;outcome=missed"
    page = f"/inspections/{batch}/conversations/"
    first = shown(
        console.client("assessor").get(page + "0", {"clause": "HW-3.12", "outcome": "missed"})
    )
    assert f'href="{page}2{query}"' in first
    assert f'href="{page}1' not in first


@pytest.mark.parametrize(
    ("files", "fields"),
    [
        pytest.param([], {}, id="no file"),
        pytest.param([("empty.jsonl", b"")], {}, id="an empty file"),
        pytest.param([("a.txt", b"x")], {"standard": "999999"}, id="a standard that is not"),
        pytest.param([("a.txt", b"x")], {"roles": "A is the agent"}, id="roles that make no sense"),
        pytest.param([("a.txt", b"x")], {"roles": "A=spectator"}, id="a role that is none"),
    ],
)
def test_what_is_wrong_with_a_form_is_told(
    send: Callable[..., Any],
    uploaded: Callable[..., Any],
    files: list[tuple[str, bytes]],
    fields: dict[str, str],
) -> None:
    answer = send(*[uploaded(*one) for one in files], **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_more_than_the_operator_allows_is_refused_unread(
    console: Any, settings: Any, uploaded: Callable[..., Any]
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, upload_limit=1000)
    large = uploaded("large.jsonl", b"x" * 1_100_000)
    given = {"uploads": [large], "standard": str(console.highway)}
    answer = console.client("inspector").post("/inspections/new", given)
    assert answer.status_code == 422
    assert "1000 B" in answer.content.decode()
    assert console.client("agent").post("/inspections/new", given).status_code == 403


def test_a_form_of_another_site_is_refused(cast: Any, uploaded: Callable[..., Any]) -> None:
    from django.test import Client  # noqa: PLC0415 - one that is strict

    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.client("inspector").cookies
    given = {"uploads": [uploaded("a.txt", b"x")], "standard": "record"}
    assert client.post("/inspections/new", given).status_code == 403


def test_roles_say_who_is_who(
    console: Any, send: Callable[..., Any], uploaded: Callable[..., Any]
) -> None:
    from rexian.dialogue.services.inspecting_batches import inspect_kept_batch  # noqa: PLC0415

    text = "A：您好。\nB：你好。\nA：再见。\n".encode()
    answer = send(uploaded("call.txt", text), roles="A=客服\n\nB＝客户", standard="record")
    batch_id = int(answer["Location"].strip("/").rpartition("/")[2])
    inspect_kept_batch(batch_id, clock=lambda: datetime.now(UTC), progress=lambda *_: None)
    page = shown(console.client("inspector").get(f"{answer['Location']}conversations/0"))
    assert '<li class="agent"' in page


@pytest.mark.parametrize("form", ["html", "xlsx", "jsonl"])
def test_a_report_is_a_file_to_keep(console: Any, batch: int, form: str) -> None:
    answer = console.client("assessor").get(f"/inspections/{batch}/report.{form}")
    content = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(content)
    assert f"calls-{batch}.{form}" in answer["Content-Disposition"]
    start = {"html": b"<!DOCTYPE html>", "xlsx": b"PK", "jsonl": b"{"}[form]
    assert content.startswith(start)


def test_a_report_holds_what_the_address_asks_for(console: Any, batch: int) -> None:
    query = {"clause": "HW-3.12", "outcome": "missed"}
    answer = console.client("assessor").get(f"/inspections/{batch}/report.jsonl", query)
    lines = b"".join(answer.streaming_content).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["call-0", "call-2"]


def test_deleting_asks_first(console: Any, batch: int) -> None:
    inspector = console.client("inspector")
    assert "3" in shown(inspector.get(f"/inspections/{batch}/delete"))
    answer = inspector.post(f"/inspections/{batch}/delete", follow=True)
    assert "calls.jsonl" not in shown(answer)
    assert inspector.get(f"/inspections/{batch}/").status_code == 404


def test_a_waiting_inspection_is_stopped_and_goes_on(
    console: Any, send: Callable[..., Any], uploaded: Callable[..., Any]
) -> None:
    inspector = console.client("inspector")
    address = send(uploaded("call.txt", "客服：您好。\n".encode()))["Location"]
    assert "cancel" in shown(inspector.get(address))
    assert "go-on" in shown(inspector.post(f"{address}cancel", follow=True))
    assert inspector.post(f"{address}cancel").status_code == 409
    assert "cancel" in shown(inspector.post(f"{address}go-on", follow=True))


def test_the_list_says_what_to_do_where_there_is_nothing(console: Any) -> None:
    assert 'href="/inspections/new"' in shown(console.client("inspector").get("/inspections/"))
    assert 'href="/inspections/new"' not in shown(
        console.client("team_leader").get("/inspections/")
    )


def test_without_a_standard_the_form_says_where_to_get_one(cast: Any) -> None:
    from rexian.org.domain.roles import Role  # noqa: PLC0415 - once
    from rexian.org.services import appoint_person  # noqa: PLC0415

    theirs = cast.theirs
    appoint_person(
        theirs.people[0].id,
        role=Role.INSPECTOR,
        unit_id=theirs.top,
        actor=Actor.system("tests"),
        at=datetime.now(UTC),
    )
    assert 'href="/standards/"' in shown(cast.client("outsider").get("/inspections/new"))


def test_a_stream_shows_what_the_page_shows(console: Any, cast: Any, batch: int) -> None:
    topic = topic_named("inspection-batch")
    assert topic is not None
    topic.may_watch(cast.actor("assessor"), str(batch))
    states = topic.states([str(batch), "999999"])
    assert set(states) == {str(batch)}
    text = fragment(topic, str(batch), states[str(batch)], "zh-Hans")
    page = shown(console.client("assessor").get(f"/inspections/{batch}/"))
    assert " ".join(text.split()) in " ".join(page.split())


@pytest.mark.parametrize("role", ["agent", "outsider"])
def test_a_stream_is_for_those_who_may_see_the_batch(cast: Any, batch: int, role: str) -> None:
    topic = topic_named("inspection-batch")
    assert topic is not None
    with pytest.raises((NotFound, Refused)):
        topic.may_watch(cast.actor(role), str(batch))
    with pytest.raises(NotFound):
        topic.may_watch(cast.actor("assessor"), "x")


def test_the_first_page_leads_everybody_somewhere(console: Any, batch: int) -> None:
    agent = shown(console.client("agent").get("/"))
    assert f'href="/standards/{console.highway}/"' in agent
    assert "/inspections/" not in agent
    assert f'href="/inspections/{batch}/"' in shown(console.client("inspector").get("/"))
