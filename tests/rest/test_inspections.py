from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import orjson
import pytest

from rexian.org.domain.roles import Role
from tests.rest.conftest import Machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standards")]

RUDE = {
    "id": "R1",
    "agent": "1001",
    "turns": [
        {"speaker": "agent", "text": "您好，请问有什么可以帮您？"},
        {"speaker": "customer", "text": "我的发票什么时候能开？"},
        {"speaker": "agent", "text": "不知道。"},
    ],
}


def sent(asking: Any, *records: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = asking.post("/inspections", {"conversations": list(records), **more})
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    assert answer["Location"] == f"/api/v1/inspections/{made['id']}"
    return made


def test_what_is_sent_in_is_inspected_and_can_be_read(
    machine: Callable[..., Machine], work: Callable[[], None]
) -> None:
    asking = machine()
    made = sent(asking, RUDE, {"turns": []}, name="monday")
    assert (made["title"], made["state"]) == ("monday.jsonl", "waiting")
    work()
    address = f"/inspections/{made['id']}"
    now = asking.get(address).json()
    assert (now["state"], now["done"], now["conversations"], now["unreadable"]) == ("done", 2, 1, 1)

    listed = asking.get(f"{address}/conversations", clause="HW-3.12", outcome="missed").json()
    assert (listed["total"], listed["items"][0]["id"]) == (1, "R1")
    said = asking.get(f"{address}/conversations/{listed['items'][0]['position']}").json()
    (missed,) = [one for one in said["verdicts"] if one["quote"] == "不知道"]
    assert (missed["clause"], missed["verdict"], missed["turns"]) == ("HW-3.12", "missed", [2])

    (problem,) = asking.get(f"{address}/unreadable").json()
    assert (problem["line"], problem["reason"]) == (2, "no-turns")
    assert problem["sentence"]


def test_files_are_taken_in_any_form_that_can_be_read(
    machine: Callable[..., Machine], work: Callable[[], None]
) -> None:
    asking = machine()
    text = BytesIO("客服：您好！\n客户：喂？\n客服：喂！\n".encode())
    text.name = "one.txt"
    lines = BytesIO(orjson.dumps(RUDE))
    lines.name = "two.jsonl"
    made = asking.upload("/inspections/files", files=[text, lines]).json()
    work()
    now = asking.get(f"/inspections/{made['id']}").json()
    assert (now["state"], now["conversations"]) == ("done", 2)


def test_the_version_asked_for_judges(
    machine: Callable[..., Machine], work: Callable[[], None], standards: tuple[int, ...]
) -> None:
    asking = machine()
    made = sent(asking, RUDE, standard=standards[1])
    work()
    said = asking.get(f"/inspections/{made['id']}/conversations/0").json()
    assert (said["standard"], said["version_id"]) == ("highway", standards[1])


def test_inspections_are_listed_the_latest_first_and_page_by_page(
    machine: Callable[..., Machine],
) -> None:
    asking = machine()
    made = [sent(asking, RUDE)["id"] for _ in range(3)]
    first = asking.get("/inspections", limit=2).json()
    rest = asking.get("/inspections", limit=2, offset=2).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert first["total"] == rest["total"] == 3


@pytest.mark.parametrize(
    ("content", "at"),
    [
        pytest.param({}, "body.sent.conversations", id="nothing"),
        pytest.param({"conversations": []}, "body.sent.conversations", id="no-conversation"),
        pytest.param({"conversations": ["hello"]}, "body.sent.conversations.0", id="no-record"),
        pytest.param({"conversations": [RUDE], "standrad": 1}, "body.sent.standrad", id="unknown"),
    ],
)
def test_values_that_are_wrong_are_named(
    machine: Callable[..., Machine], content: object, at: str
) -> None:
    answer = machine().post("/inspections", content)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert at in [one["at"] for one in answer.json()["errors"]]


def test_a_role_that_is_none_is_refused_and_leaves_nothing(machine: Callable[..., Machine]) -> None:
    asking = machine()
    content = {"conversations": [RUDE], "roles": {"A": "boss"}}
    assert asking.post("/inspections", content).status_code == 422
    assert asking.get("/inspections").json()["total"] == 0


def test_whoever_may_only_read_sends_nothing_in(machine: Callable[..., Machine]) -> None:
    asking = machine(Role.ASSESSOR)
    assert asking.get("/inspections").status_code == 200
    assert asking.post("/inspections", {"conversations": [RUDE]}).status_code == 403


def test_what_is_sent_again_under_the_same_key_makes_no_second_inspection(
    machine: Callable[..., Machine],
) -> None:
    asking = machine()
    content = {"conversations": [RUDE]}
    made = [asking.post("/inspections", content, key="monday").json()["id"] for _ in range(2)]
    assert made[0] == made[1] == asking.get("/inspections").json()["items"][0]["id"]
    assert asking.get("/inspections").json()["total"] == 1
