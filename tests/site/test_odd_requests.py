"""Odd requests: whatever somebody types or sends, an answer comes that says what is wrong."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rexian.org.domain.roles import Role
from rexian.org.services.tokens import make_token
from tests.cast import Cast

pytestmark = pytest.mark.django_db

API = "/api/v1/inspections"
TALK = {"turns": [{"speaker": "agent", "text": "您好"}]}
QUERIES = ("page", "q", "unit", "role", "subject", "by", "name", "since", "until", "before")
LISTS = (
    "/people/",
    "/journal/",
    "/journal/export/csv",
    "/standards/",
    "/inspections/",
    "/notices/",
)


@pytest.fixture
def machine(cast: Cast) -> dict[str, str]:
    """Return the headers of a machine that may have conversations inspected."""
    token = make_token(
        cast.id(Role.MANAGER),
        name="m",
        scopes=["dialogue.read", "dialogue.inspect", "org.see", "standard.read"],
        lasts=timedelta(days=1),
        actor=cast.actor(Role.MANAGER),
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {token.text}"}


@pytest.mark.parametrize(
    "odd",
    [
        *("-1", "9" * 25, "٣", "1e400", "%_'", "😀" * 60, "a" * 3000),
        *("2026-13-45", "0000-00-00", "0001-01-01", "9999-12-31"),
    ],
    ids=lambda odd: odd[:10],
)
def test_odd_words_in_an_address_ask_for_nothing(cast: Cast, odd: str) -> None:
    manager = cast.client(Role.MANAGER)
    for address in LISTS:
        answer = manager.get(address, dict.fromkeys(QUERIES, odd))
        assert answer.status_code in ({404} if address == "/people/" and odd == "9" * 25 else {200})
        if answer.streaming:
            assert list(answer.streaming_content)  # type: ignore[attr-defined]  # a file


@pytest.mark.parametrize("address", [*LISTS, "/api/v1/organisation/people"])
def test_a_nul_in_an_address_is_not_understood(
    cast: Cast, machine: dict[str, str], address: str
) -> None:
    answer = cast.client(Role.MANAGER).get(f"{address}?q=%00&text=%00", headers=machine)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        '{"conversations":[{"id":"\\ud800"}]}',
        '{"conversations":[{"\\ud800":1}]}',
        f'{{"conversations":[{{"id":{"9" * 400}}}]}}',
        '{"conversations":[{}],"roles":{"\\u0000":"agent"}}',
        '{"conversations":[{}],"roles":{"\\ud800":"agent"}}',
        '{"conversations":[{}],"name":"\\ud800"}',
    ],
)
def test_what_cannot_be_kept_is_refused_and_not_our_fault(
    cast: Cast, machine: dict[str, str], body: str
) -> None:
    cast.put_standards_in_force(timezone.now())
    sent = Client(raise_request_exception=False).post(
        API, body, content_type="application/json", headers=machine
    )
    assert sent.status_code == 422
    assert sent.json()["code"] in {"invalid", "wrong-upload"}


@pytest.mark.parametrize("body", ["[" * 200_000, '{"conversations":' * 50_000, '"', "\0"])
def test_a_body_that_is_no_json_is_not_understood(machine: dict[str, str], body: str) -> None:
    sent = Client(raise_request_exception=False).post(
        API, body, content_type="application/json", headers=machine
    )
    assert sent.status_code == 400


def test_a_body_that_is_too_large_says_how_large_it_may_be(machine: dict[str, str]) -> None:
    body = json.dumps({"conversations": [{**TALK, "id": "a" * 11_000_000}]})
    sent = Client(raise_request_exception=False).post(
        API, body, content_type="application/json", headers=machine
    )
    assert sent.status_code == 413
    assert sent.json()["code"] == "too-large"
    assert "10 MB" in sent.json()["detail"]


def test_a_form_that_is_too_large_says_so(cast: Cast) -> None:
    manager = cast.client(Role.MANAGER)
    for sent in ({"key": "x" * 11_000_000}, {f"k{number}": "x" for number in range(6000)}):
        answer = manager.post("/standards/import", sent)
        assert answer.status_code == 413
        assert "提交的内容太大" in answer.content.decode()


def test_a_method_that_an_address_does_not_take_is_refused_in_words(cast: Cast) -> None:
    answer = cast.client(Role.MANAGER).post("/journal/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("delete", API, 405), ("get", "/api/v1/nothing", 404), ("get", "/api/nothing", 404)],
)
def test_machines_are_refused_as_problems(
    machine: dict[str, str], method: str, path: str, status: int
) -> None:
    answer = getattr(Client(), method)(path, headers=machine)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["status"] == status
