"""What machines send for cases that no machine should: each is refused in words, none breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rexian.org.domain.roles import Role
from tests.rest.conftest import Machine
from tests.rest.test_cases import GIVEN, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standards")]
Made = Callable[..., Machine]
ODD = ["\0", "\ud800", "\u202e人行\u2066", "²", "{", None, ["x"], {"matter": "\0"}, 10**400]
TIMES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "253402300800", "1e400", "-1")
WRONG = {400, 403, 404, 409, 413, 422}


def sent(asking: Machine, path: str, body: str) -> Any:
    """Send a body as it is."""
    return Client(raise_request_exception=False).post(
        f"/api/v1{path}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {asking.token}"},
    )


@pytest.mark.parametrize("name", ["text", "category", "standing"])
@pytest.mark.parametrize("value", ["\0", "\u202e人行", "１２", "%00", "'; --"])
def test_a_list_that_is_asked_for_by_nonsense(machine: Made, name: str, value: str) -> None:
    answer = machine(Role.AGENT).get("/cases", **{name: value})
    assert answer.status_code in {200, *WRONG}, answer.content


@pytest.mark.parametrize("value", TIMES)
def test_a_list_of_a_time_beyond_all_days(machine: Made, value: str) -> None:
    for name in ("due_before", "taken_from"):
        answer = machine(Role.AGENT).get("/cases", **{name: value})
        assert answer.status_code in {200, 422}, answer.content


@pytest.mark.parametrize("value", ODD)
def test_a_case_is_taken_with_nonsense_or_refused(machine: Made, value: Any) -> None:
    asking = machine(Role.AGENT)
    for name in ("hotline", "category", "case_class", "matter", "name", "number", "values"):
        answer = sent(asking, "/cases", json.dumps({**GIVEN, name: value}))
        assert answer.status_code in {201, *WRONG}, (name, answer.content)


@pytest.mark.parametrize("value", [*ODD, *TIMES])
def test_a_case_is_moved_with_nonsense_or_refused(machine: Made, value: Any) -> None:
    asking = machine(Role.AGENT)
    made = taken(asking)["id"]
    whole = {"move": "extend", "reason": "再查", "due_at": "2399-01-01T00:00:00Z"}
    for name in ("move", "reason", "text", "due_at", "case_class", "signer", "files", "values"):
        version = asking.get(f"/cases/{made}").json()["version"]
        body = json.dumps({**whole, "version": version, name: value})
        answer = sent(asking, f"/cases/{made}/moves", body)
        assert answer.status_code in {201, *WRONG}, (name, answer.content)


def test_a_reason_of_nothing_that_can_be_kept_is_none(machine: Made) -> None:
    asking = machine(Role.AGENT)
    made = taken(asking)
    given = {"move": "escalate", "version": made["version"], "reason": "\0\0"}
    answer = asking.post(f"/cases/{made['id']}/moves", given)
    assert (answer.status_code, answer.json()["field"]) == (422, "reason")


@pytest.mark.parametrize("value", [*ODD, "0001-01-01", "9999-12-31 23:59", "2026-02-30", *TIMES])
def test_a_letter_of_nonsense_is_taken_or_refused(machine: Made, value: Any) -> None:
    asking = machine(Role.AGENT)
    letter = {"number": "A1", "matter": "路上有坑", "case_type": "complaint"}
    for name in ("number", "received_at", "answer_by", "phone", "category", "place"):
        body = {"hotline": "huatong", "body": "12345", "letters": [{**letter, name: value}]}
        answer = sent(asking, "/cases/letters", json.dumps(body))
        assert answer.status_code in {201, *WRONG}, (name, answer.content)


@pytest.mark.parametrize("body", ["", "[]", "null", "\0", "[" * 100_000, '{"hotline":' * 3000])
def test_what_is_no_json_of_ours_is_refused(machine: Made, body: str) -> None:
    asking = machine(Role.AGENT)
    for path in ("/cases", "/cases/letters", "/cases/1/moves", "/cases/1/approve"):
        answer = sent(asking, path, body)
        assert answer.status_code in WRONG, (path, answer.content)
