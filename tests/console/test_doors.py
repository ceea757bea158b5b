"""Every address of the console: who is let in, who is refused, and to whom nothing is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

# Who is let in does not hang on the database: tests/site/test_every_address.py asks it on both.
pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ROLES = [
    "agent",
    "team_leader",
    "duty_leader",
    "dispatcher",
    "handler",
    "callback_agent",
    "inspector",
    "assessor",
    "manager",
    "administrator",
]
READERS = ["team_leader", "duty_leader", "inspector", "assessor", "manager"]
PUBLISHERS = ["inspector", "manager", "administrator"]
INSPECTORS = ["inspector", "manager"]

PAGES = [
    ("/", ROLES),
    ("/standards/", ROLES),
    ("/standards/{highway}/", ROLES),
    ("/standards/{highway}/clauses/HW-3.12", ROLES),
    ("/standards/import", PUBLISHERS),
    ("/inspections/", READERS),
    ("/inspections/{batch}/", READERS),
    ("/inspections/{batch}/conversations/1", READERS),
    ("/inspections/{batch}/report.html", READERS),
    ("/inspections/{batch}/report.xlsx", READERS),
    ("/inspections/{batch}/report.jsonl", READERS),
    ("/inspections/new", INSPECTORS),
    ("/inspections/{batch}/cancel", INSPECTORS),
    ("/inspections/{batch}/delete", INSPECTORS),
]
ACTIONS = [
    ("/standards/{highway}/publish", PUBLISHERS),
    ("/standards/{highway}/withdraw", PUBLISHERS),
    ("/standards/{highway}/discard", PUBLISHERS),
    ("/standards/{highway}/parameters", PUBLISHERS),
    ("/standards/import", PUBLISHERS),
    ("/inspections/new", INSPECTORS),
    ("/inspections/{batch}/cancel", INSPECTORS),
    ("/inspections/{batch}/go-on", INSPECTORS),
    ("/inspections/{batch}/delete", INSPECTORS),
]


def status_of(client: Client, address: str) -> int:
    """Return the status of a page, all of which has been sent."""
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
    return answer.status_code


@pytest.mark.parametrize(("page", "allowed"), PAGES, ids=[page for page, _ in PAGES])
def test_a_page_is_for_those_who_have_the_right(
    console: Any, batch: int, page: str, allowed: list[str]
) -> None:
    address = page.format(highway=console.highway, batch=batch)
    answers = {role: status_of(console.client(role), address) for role in ROLES}
    assert answers == {role: 200 if role in allowed else 403 for role in ROLES}


@pytest.mark.parametrize(("page", "allowed"), ACTIONS, ids=[page for page, _ in ACTIONS])
def test_an_action_is_for_those_who_have_the_right(
    console: Any, batch: int, page: str, allowed: list[str]
) -> None:
    address = page.format(highway=console.highway, batch=batch)
    refused = [role for role in ROLES if role not in allowed]
    assert {console.client(role).post(address).status_code for role in refused} == {403}


@pytest.mark.parametrize("page", [page for page, _ in PAGES + ACTIONS if "{" in page])
def test_another_organisations_things_are_not_there(console: Any, batch: int, page: str) -> None:
    address = page.format(highway=console.highway, batch=batch)
    stranger = console.client("outsider")
    allowed = (404, 403) if "inspections" in page else (404,)  # they inspect nothing there
    assert stranger.get(address).status_code in (*allowed, 405)
    assert stranger.post(address).status_code in (*allowed, 405)


@pytest.mark.parametrize(
    "address",
    [
        "/standards/999999/",
        "/standards/{highway}/clauses/HW-99",
        "/inspections/999999/",
        "/inspections/{batch}/conversations/99",
        "/inspections/{batch}/report.pdf",
        "/inspections/999999/report.html",
        "/inspections/999999/delete",
    ],
)
def test_what_does_not_exist_is_not_found(console: Any, batch: int, address: str) -> None:
    asked = address.format(highway=console.highway, batch=batch)
    assert console.client("manager").get(asked).status_code == 404


@pytest.mark.parametrize("page", [page for page, _ in PAGES])
def test_whoever_is_not_signed_in_is_sent_to_the_door(page: str) -> None:
    answer = Client().get(page.format(highway=1, batch=1))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_are_there_in_every_language(
    console: Any, batch: int, cast: Any, language: str
) -> None:
    from rexian.org.models import Person  # noqa: PLC0415 - tables

    Person.objects.filter(pk=cast.id("manager")).update(language=language)
    client = console.client("manager")
    for page, _ in PAGES:
        if "report" not in page:
            answer = client.get(page.format(highway=console.highway, batch=batch))
            assert answer.status_code == 200
            assert answer["Content-Language"] == language


def test_no_page_needs_what_the_policy_forbids(console: Any, batch: int) -> None:
    """No style or script stands in a page itself."""
    client = console.client("manager")
    for page, _ in PAGES:
        if "report" not in page:
            text = client.get(page.format(highway=console.highway, batch=batch)).content.decode()
            assert " style=" not in text
            assert "<style" not in text
            assert "<script>" not in text
            assert "onclick" not in text
