"""The pages of callbacks on cases: one list, one call, shares, the dissatisfied, what was heard."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from rexian.callbacks.domain.case_calls import CallState
from rexian.callbacks.models import HeardWord
from rexian.callbacks.services import take_case_call
from rexian.org.domain.roles import Role
from tests.callbacks.conftest import Done, desk, done, house
from tests.cast import OUTSIDER, nothing_changes

__all__ = ["desk", "done", "house"]

pytestmark = pytest.mark.django_db


def text_of(answer: Any, status: int = 200) -> str:
    """Return what a page says."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return str(answer.content.decode())


def workbook_of(answer: Any) -> list[list[object]]:
    """Return the rows of the first sheet of a file that was sent."""
    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


@pytest.fixture
def caller(done: Done) -> Client:
    return done.desk.house.cast.client(Role.CALLBACK_AGENT)


@pytest.fixture
def leader(done: Done) -> Client:
    return done.desk.house.cast.client(Role.DUTY_LEADER)


def finished(done: Done) -> tuple[int, int]:
    """Have somebody be helped just now; return the case and the call on it."""
    case = done.help(at=timezone.now())
    return case, done.call(case).id


def answered(case: int, **said: str) -> dict[str, str]:
    """Return what is sent when a customer has answered."""
    return {"attempt": "1", **{f"c{case}-{name}": text for name, text in said.items()}}


def test_a_call_goes_from_the_list_to_the_answers_and_the_case_goes_on(
    done: Done, caller: Client
) -> None:
    case, call = finished(done)
    address = f"/desk/callbacks/cases/{call}/"
    listed = text_of(caller.get("/desk/callbacks/"))
    assert f'href="{address}"' in listed
    assert "车辆故障" in listed
    assert "车辆故障" in text_of(caller.get(address))
    assert caller.post(f"{address}take").status_code == 302
    shown = text_of(caller.get(address))
    assert "13800138000" in shown
    assert "请问您反映的问题解决了吗？" in shown
    unhappy = answered(case, solved="yes", satisfied="no")
    refused = text_of(caller.post(f"{address}answer", unhappy), 422)
    assert 'value="no" checked' in refused
    told = answered(
        case, solved="yes", satisfied="yes", heard="来得快", kind="praise", urgent="yes"
    )
    for _ in range(2):  # a second click
        assert caller.post(f"{address}answer", told)["Location"].endswith("done=case-settled")
    assert done.desk.shown(case).state == "to-archive"
    assert HeardWord.objects.count() == 1
    assert "没有要做的" in text_of(caller.get(address)) or "over" in text_of(caller.get(address))


def test_a_call_in_vain_says_when_it_is_again(done: Done, caller: Client) -> None:
    _, call = finished(done)
    address = f"/desk/callbacks/cases/{call}/"
    caller.post(f"{address}take")
    sent = {"attempt": "1", "result": "busy"}
    for _ in range(2):
        assert caller.post(f"{address}vain", sent)["Location"].endswith("done=case-tried")
    shown = done.call_of(call)
    assert (shown.state, shown.attempts) == (CallState.TRIED, 1)
    assert f"{address}take" not in text_of(caller.get("/desk/callbacks/"))  # not before its hour
    assert text_of(caller.post(f"{address}vain", {"attempt": "2"}), 422)


def test_a_wrong_number_is_corrected_on_its_page(done: Done, caller: Client) -> None:
    _, call = finished(done)
    address = f"/desk/callbacks/cases/{call}/"
    caller.post(f"{address}take")
    sent = {"attempt": "1", "result": "wrong_number"}
    assert caller.post(f"{address}vain", sent)["Location"].endswith("done=case-number")
    assert address in text_of(caller.get("/desk/callbacks/?show=number"))
    assert text_of(caller.post(f"{address}correct", {"number": "nonsense"}), 422)
    caller.post(f"{address}correct", {"number": "13900139000"})
    assert done.call_of(call).number == "13900139000"


def test_others_shares_are_shown_when_asked_for(done: Done, caller: Client) -> None:
    other = done.another_agent()
    case, call = finished(done)
    take_case_call(call, actor=other, at=timezone.now())
    address = f"/desk/callbacks/cases/{call}/"
    assert address not in text_of(caller.get("/desk/callbacks/"))
    assert address in text_of(caller.get("/desk/callbacks/?whose=all"))
    assert address in text_of(caller.get("/desk/callbacks/?show=cases"))
    assert "韩梅" in text_of(caller.get(address))
    with nothing_changes():
        assert text_of(caller.post(f"{address}answer", answered(case)), 409)


def test_a_supervisor_sees_the_shares_gives_calls_and_gives_one_up(
    done: Done, leader: Client
) -> None:
    done.another_agent()
    case, call = finished(done)
    page = text_of(leader.get("/callbacks/"))
    assert "吴婷" in page
    assert "韩梅" in page
    sent = {"person": str(done.agent.person)}
    assert leader.post(f"/callbacks/{call}/give", sent).status_code == 302
    assert done.call_of(call).given_to == done.agent.person
    assert text_of(leader.post(f"/callbacks/{call}/give", {"person": "x"}), 422)
    address = f"/desk/callbacks/cases/{call}/give-up"
    assert text_of(leader.post(address, {"reason": ""}), 422)
    leader.post(address, {"reason": "无法联系"})
    assert done.desk.shown(case).state == "to-archive"
    assert leader.get("/callbacks/?unit=0").status_code == 404


def test_the_dissatisfied_of_the_month_are_a_table_and_a_workbook(
    done: Done, caller: Client, leader: Client
) -> None:
    case, call = finished(done)
    caller.post(f"/desk/callbacks/cases/{call}/take")
    told = answered(case, solved="no", satisfied="no", why="等了太久")
    caller.post(f"/desk/callbacks/cases/{call}/answer", told)
    manager = done.desk.house.cast.client(Role.MANAGER)
    for client in (leader, manager):
        page = text_of(client.get("/callbacks/dissatisfied/"))
        assert "等了太久" in page
        assert "138 0013 8000" in page
    rows = workbook_of(manager.get("/callbacks/dissatisfied.xlsx"))
    assert rows[1][3] == "13800138000"
    assert manager.get("/callbacks/dissatisfied/?month=2020-13").status_code == 404
    assert "等了太久" not in text_of(manager.get("/callbacks/dissatisfied/?month=2020-01"))


def test_what_was_heard_goes_to_the_department_which_answers(
    done: Done, caller: Client, leader: Client
) -> None:
    case, call = finished(done)
    caller.post(f"/desk/callbacks/cases/{call}/take")
    told = answered(case, solved="yes", satisfied="yes", heard="护栏断了", kind="problem")
    caller.post(f"/desk/callbacks/cases/{call}/answer", told)
    page = text_of(leader.get("/callbacks/heard/"))
    found = re.search(r"/callbacks/words/(\d+)/answer", page)
    assert found
    assert text_of(leader.post(found[0], {"text": " "}), 422)
    assert leader.post(found[0], {"text": "已派养护"}).status_code == 302
    assert "已派养护" in text_of(leader.get("/callbacks/heard/"))
    assert workbook_of(leader.get("/callbacks/heard.xlsx"))[1][3] == "护栏断了"
    handler = done.desk.house.cast.client(Role.HANDLER)
    assert "护栏断了" not in text_of(handler.get("/callbacks/heard/"))  # it is not about theirs
    with nothing_changes():
        assert handler.post(found[0], {"text": "?"}).status_code == 404


@pytest.mark.either_database
@pytest.mark.parametrize("who", [Role.AGENT, Role.HANDLER, OUTSIDER])
def test_who_does_not_call_back_sees_no_call(done: Done, who: Role | str) -> None:
    _, call = finished(done)
    client = done.desk.house.cast.client(who)
    for address in (f"/desk/callbacks/cases/{call}/", "/callbacks/dissatisfied/", "/figures/"):
        assert client.get(address).status_code == 403


def test_a_handler_is_shown_what_was_heard_of_their_work_and_no_shares(done: Done) -> None:
    page = text_of(done.desk.house.cast.client(Role.HANDLER).get("/callbacks/"))
    assert 'href="/callbacks/heard/"' in page
    assert "/callbacks/dissatisfied/" not in page
