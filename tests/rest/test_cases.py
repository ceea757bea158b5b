"""Cases by REST: listed, taken once, moved as the flow has it, masked, taken out whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, nothing_changes
from tests.portal.test_files import png
from tests.rest.conftest import Machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standards")]

GIVEN = {
    "hotline": "huatong",
    "category": "complaint-attitude",
    "case_class": "simple",
    "title": "收费员态度不好",
    "matter": "柳村收费站收费员骂人，回电13800138000。",
    "name": "赵先生",
    "number": "13800138000",
}
SLIP = {"matter": "态度生硬", "against": "3号车道收费员"}
Made = Callable[..., Machine]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


def taken(asking: Machine, *, key: str = "", **changed: Any) -> dict[str, Any]:
    answer = asking.post("/cases", {**GIVEN, **changed}, key=key)
    assert answer.status_code == 201, answer.content.decode()
    told: dict[str, Any] = answer.json()
    assert answer["Location"] == f"/api/v1/cases/{told['id']}"
    whole: dict[str, Any] = asking.get(f"/cases/{told['id']}").json()
    assert {name: whole[name] for name in told if not name.endswith("_at")} == {
        name: one for name, one in told.items() if not name.endswith("_at")
    }
    return whole


def moved(asking: Machine, case: dict[str, Any], move: str, **given: Any) -> Any:
    content = {"move": move, "version": case["version"], **given}
    return asking.post(f"/cases/{case['id']}/moves", content)


def test_a_case_is_taken_once_for_a_key(machine: Made, cast: Cast) -> None:
    asking = machine(Role.AGENT)
    first = taken(asking, key="monday-1")
    assert (first["source"], first["state"]) == ("rest", "taken")
    assert first["taken_by"] == cast.id(Role.AGENT)
    assert taken(asking, key="monday-1", title="anders")["id"] == first["id"]
    assert taken(machine(Role.TEAM_LEADER), key="monday-1")["id"] != first["id"]
    assert [one["kind"] for one in first["steps"]] == ["taken"]
    assert "send-slip" in [one["move"] for one in first["moves"]]


def test_cases_are_listed_newest_first_and_led_on(machine: Made) -> None:
    asking = machine(Role.AGENT)
    made = [taken(asking, title=f"第{n}件")["id"] for n in range(3)]
    first = asking.get("/cases", limit=2).json()
    rest = asking.get("/cases", limit=2, before=first["next"]).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


def test_lists_are_filtered(machine: Made) -> None:
    asking = machine(Role.AGENT)
    made = taken(asking)["id"]
    other = taken(asking, category="complaint-other", matter="厕所没有灯", title="")["id"]

    def found(**wanted: Any) -> list[int]:
        return [one["id"] for one in asking.get("/cases", **wanted).json()["items"]]

    assert found(category="complaint-other") == [other]
    assert found(text="厕所") == [other]
    assert found(standing=["closed", "void"]) == []
    assert found(standing="open", source="rest") == [other, made]
    assert found(taken_from="2399-01-01T00:00:00Z") == []
    assert asking.get("/cases", taken_from="2999-01-01").status_code == 422


def test_a_move_names_the_version_and_a_lost_race_is_a_conflict(machine: Made, cast: Cast) -> None:
    asking = machine(Role.AGENT)
    case = taken(asking)
    unit = cast.units["liucun"]
    answer = moved(asking, case, "send-slip", unit=unit, values=SLIP)
    assert answer.status_code == 201, answer.content.decode()
    assert (answer.json()["state"], answer.json()["unit"]) == ("forwarded", unit)
    with nothing_changes():
        late = moved(asking, case, "withdraw", reason="不用了")
    assert (late.status_code, late.json()["code"]) == (409, "case-moved-on")
    illegal = moved(asking, answer.json(), "answer", text="x")
    assert (illegal.status_code, illegal.json()["code"]) == (403, "illegal-move")
    lacking = moved(asking, answer.json(), "withdraw")
    assert (lacking.status_code, lacking.json()["field"]) == (422, "reason")


def test_an_approval_is_asked_for_and_given(machine: Made, cast: Cast) -> None:
    asking, leader = machine(Role.AGENT), machine(Role.MANAGER)
    case = taken(asking)
    moved(asking, case, "send-slip", unit=cast.units["liucun"], values=SLIP)
    handler = machine(Role.HANDLER)
    case = handler.get(f"/cases/{case['id']}").json()
    case = moved(handler, case, "sign").json()
    due = "2099-01-01T00:00:00Z"
    asked = moved(handler, case, "extend", reason="等录像", due_at=due)
    assert asked.status_code in {201, 422}, asked.content.decode()
    if asked.status_code == 201:
        version = asked.json()["version"]
        seen = leader.get(f"/cases/{case['id']}").json()
        assert [one["move"] for one in seen["moves"] if one["approves"]] == ["extend"]
        given = leader.post(f"/cases/{case['id']}/approve", {"version": version})
        assert given.status_code == 201


def test_files_come_with_moves(machine: Made) -> None:
    asking = machine(Role.AGENT)
    case = taken(asking)
    sent = asking.upload(f"/cases/{case['id']}/files", file=SimpleUploadedFile("现场.png", png()))
    assert sent.status_code == 201, sent.content.decode()
    added = moved(asking, case, "add", text="照片", files=[sent.json()["id"]]).json()
    assert added["files"][0] | {"id": 0} == {
        "id": 0,
        "name": "现场.png",
        "media_type": "image/png",
        "size": len(png()),
        "step": 2,
    }
    shown = asking.get(f"/cases/{case['id']}/files/{sent.json()['id']}")
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/png", png())
    bad = asking.upload(f"/cases/{case['id']}/files", file=SimpleUploadedFile("a.svg", b"<svg/>"))
    assert (bad.status_code, bad.json()["code"]) == (422, "file-not-accepted")


def test_masked_numbers_do_not_leak(machine: Made, cast: Cast) -> None:
    asking = machine(Role.AGENT)
    case = taken(asking)
    moved(asking, case, "send-slip", unit=cast.units["liucun"], values=SLIP)
    handler = machine(Role.HANDLER)
    for answer in (handler.get("/cases"), handler.get(f"/cases/{case['id']}")):
        assert answer.status_code == 200
        assert "138****8000" in answer.content.decode()
        assert "13800138000" not in answer.content.decode()
    assert "13800138000" in asking.get(f"/cases/{case['id']}").content.decode()


def test_a_hidden_customer_is_hidden(machine: Made, cast: Cast) -> None:
    asking = machine(Role.AGENT)
    case = taken(asking, hides_customer=True)
    moved(asking, case, "send-slip", unit=cast.units["liucun"], values=SLIP)
    handler = machine(Role.HANDLER)
    for path in ("/cases", f"/cases/{case['id']}", f"/cases/{case['id']}/slips"):
        text = handler.get(path).content.decode()
        assert "赵先生" not in text
        assert "13800138000" not in text
    assert handler.get("/cases", text="13800138000").json()["items"] == []


def test_the_export_has_one_row_a_case_and_wants_a_right_of_its_own(machine: Made) -> None:
    for number in range(3):
        taken(machine(Role.AGENT), title=f"第{number}件")
    answer = machine(Role.MANAGER).get("/cases/export.csv")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [one["Title of the case"] for one in rows] == ["第2件", "第1件", "第0件"]
    assert machine(Role.AGENT).get("/cases/export.csv").status_code == 403
    assert machine(Role.MANAGER, ("cases.see",)).get("/cases/export.csv").status_code == 403


def test_letters_are_taken_all_or_none_and_the_same_number_is_the_same_case(machine: Made) -> None:
    asking = machine(Role.AGENT)
    letter = {"number": "DH1", "matter": "收费员骂人", "answer_by": "2099-01-01"}
    sent = {"hotline": "huatong", "body": "12345", "letters": [letter]}
    first = asking.post("/cases/letters", sent)
    assert first.status_code == 201, first.content.decode()
    (made,) = first.json()
    assert made["is_new"]
    (again,) = asking.post("/cases/letters", sent).json()
    assert again == {**made, "is_new": False}
    wrong = {**sent, "letters": [{**letter, "number": "DH2"}, {**letter, "phone": "12"}]}
    with nothing_changes():
        answer = asking.post("/cases/letters", wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-letters")
    assert [one["at"] for one in answer.json()["errors"]] == ["letters.1.phone"]


def test_what_one_may_not_see_is_not_found(machine: Made) -> None:
    case = taken(machine(Role.AGENT))
    for asking in (machine(Role.HANDLER), machine(OUTSIDER, ("org.see",))):
        assert asking.get(f"/cases/{case['id']}").status_code in {403, 404}
    assert machine(Role.HANDLER).get(f"/cases/{case['id']}").status_code == 404
    assert machine(Role.HANDLER).post("/cases", GIVEN).status_code == 403
    assert machine(Role.AGENT, ("standard.read",)).get("/cases").status_code == 403
