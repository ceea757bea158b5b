"""What machines send for cases that no machine should: each is refused in words, none breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from rexian.org.domain.roles import Role
from tests.rest.conftest import Machine
from tests.rest.test_cases import GIVEN, moved, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standards")]
Made = Callable[..., Machine]
ODD = [
    "\0", "\ud800", "‮人行", "🚒" * 40, "１２", "x" * 3000, "'; --", "%00", "{", "\\", "\n", "²",
]  # fmt: skip


@pytest.mark.parametrize("name", ["text", "flow", "category", "source", "finding", "outside_body", "standing"])
@pytest.mark.parametrize("value", ODD[:1] + ODD[2:])
def test_a_list_asked_for_by_nonsense_is_empty_or_refused(machine: Made, name: str, value: str) -> None:
    asking = machine(Role.AGENT)
    answer = asking.get("/cases", **{name: value})
    assert answer.status_code in {200, 400, 422}, answer.content


@pytest.mark.parametrize("name", ["due_before", "taken_from", "taken_until"])
@pytest.mark.parametrize(
    "value",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-1", "1e400", "253402300800"],
)
def test_a_time_beyond_all_days(machine: Made, name: str, value: str) -> None:
    answer = machine(Role.AGENT).get("/cases", **{name: value})
    assert answer.status_code in {200, 400, 422}, answer.content


@pytest.mark.parametrize("value", ["9223372036854775808", "-1", "1.5", "１", "0", "9007199254740993"])
@pytest.mark.parametrize("name", ["before", "limit", "unit", "handler"])
def test_number(machine: Made, name: str, value: str) -> None:
    answer = machine(Role.AGENT).get("/cases", **{name: value})
    assert answer.status_code in {200, 400, 422}, answer.content


def sent(asking: Machine, path: str, body: str) -> Any:
    from django.test import Client
    return Client(raise_request_exception=False).post(f"/api/v1{path}", body, content_type="application/json", headers={"Authorization": f"Bearer {asking.token}"})


@pytest.mark.parametrize("value", [*ODD, 1, None, [], {}, True, 1e308, ["x"], -1, 10**400])
@pytest.mark.parametrize("name", [*GIVEN, "values", "missing", "case_type", "form_of_address", "place_text", "hides_customer"])
def test_take_odd(machine: Made, name: str, value: Any) -> None:
    answer = sent(machine(Role.AGENT), "/cases", json.dumps({**GIVEN, name: value}))
    assert answer.status_code in {201, 400, 404, 413, 422}, (answer.status_code, answer.content)


@pytest.mark.parametrize("value", [*ODD, 1, None, [], {}, True, 1e308, ["x"], -1, 10**400, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", 253402300799, {"matter": "\0", "\0": "x"}])
@pytest.mark.parametrize("name", ["move", "version", "reason", "text", "unit", "person", "due_at", "finding", "responsible", "case_class", "files", "signer", "values", "missing"])
def test_move_odd(machine: Made, name: str, value: Any) -> None:
    asking = machine(Role.AGENT)
    made = taken(asking)
    for move in ("add", "extend", "send-slip", "interim"):
        now = asking.get(f"/cases/{made['id']}").json()["version"]
        whole = {"move": move, "version": now, "text": "x", "reason": "x", "unit": 8, "due_at": "2027-01-01T00:00:00Z", name: value}
        answer = sent(asking, f"/cases/{made['id']}/moves", json.dumps(whole))
        assert answer.status_code in {201, 400, 403, 404, 409, 413, 422}, (move, answer.status_code, answer.content)


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "\0", '"x"', "1" * 5000, "[" * 100000, '{"hotline":' * 3000])
def test_body(machine: Made, body: str) -> None:
    for path in ("/cases", "/cases/letters", "/cases/1/moves", "/cases/1/approve", "/cases/1/refuse"):
        answer = sent(machine(Role.AGENT), path, body)
        assert answer.status_code in {400, 404, 413, 422}, (path, answer.status_code, answer.content[:300])


@pytest.mark.parametrize("value", [*ODD, 1, None, [], "9999-12-31 23:59", "0001-01-01", "2399-12-31 23:59", "2026-02-30", "99999999999999999999-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("name", ["number", "matter", "received_at", "answer_by", "answer_way", "name", "phone", "case_type", "category", "title", "wish", "place"])
def test_letters_odd(machine: Made, name: str, value: Any) -> None:
    letter = {"number": "A1", "matter": "路上有坑", "case_type": "complaint", "received_at": "2026-11-20 10:00", name: value}
    for body in ("12345", value):
        answer = sent(machine(Role.AGENT), "/cases/letters", json.dumps({"hotline": "huatong", "body": body, "letters": [letter]}))
        assert answer.status_code in {201, 400, 404, 413, 422}, (answer.status_code, answer.content)
