"""The slips of a case at the console: filled in, signed, on paper, printed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rexian.cases.queries.slips import slip_page
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, Desk, desk, house
from tests.cases.test_slips import DRAWING, PICTURE, SENT, WHOLE
from tests.cast import OUTSIDER, nothing_changes
from tests.console.test_cases import page, text_of

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db
FORM = "complaint-slip"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)


@pytest.fixture
def made(desk: Desk) -> int:
    """Return a complaint with its slip at the toll station."""
    case, at = desk.take(at=timezone.now()), timezone.now()
    desk.move(case, "send-slip", Role.AGENT, unit=desk.units["liucun"], values=SENT, at=at)
    desk.move(case, "sign", Role.HANDLER, at=at)
    return case


@pytest.fixture
def handler(desk: Desk) -> Client:
    """Return the browser of who handles it."""
    return desk.house.cast.client(Role.HANDLER)


def sheet(values: dict[str, str], version: int) -> dict[str, str]:
    """Return the fields of a slip as the page sends them."""
    return {"version": str(version), **{f"value.{name}": value for name, value in values.items()}}


def address(made: int, page: str = "") -> str:
    """Return the address of the slip."""
    return f"/cases/{made}/slips/{FORM}/{page}"


def test_a_slip_is_filled_in_and_its_changes_are_shown(made: int, handler: Client) -> None:
    assert address(made) in page(handler, made)
    answer = handler.post(address(made), sheet({**SENT, "leader": "陈伟"}, 1))
    assert answer.status_code == 302
    text = text_of(handler.get(answer["Location"]))
    assert re.search(r"<dt>值班领导</dt><dd><ins>陈伟</ins>", text)


def test_every_wrong_field_is_named_and_what_was_typed_stays(made: int, handler: Client) -> None:
    wrong = {
        **SENT,
        "against": "",
        "responsible": "perhaps",
        "cause": "原因" * 6000,
        "video": "看过",
    }
    with nothing_changes():
        text = text_of(handler.post(address(made), sheet(wrong, 1)), 422)
    assert text.count('class="error"') >= 3
    assert "看过" in text


def test_whoever_is_second_sees_what_stands_there_and_keeps_their_words(
    made: int, handler: Client
) -> None:
    handler.post(address(made), sheet({**SENT, "leader": "陈伟"}, 1))
    with nothing_changes():
        text = text_of(handler.post(address(made), sheet({**SENT, "leader": "赵敏"}, 1)), 422)
    assert 'value="赵敏"' in text
    assert 'name="version" value="2"' in text
    assert handler.post(address(made), sheet({**SENT, "leader": "赵敏"}, 2)).status_code == 302


def test_it_is_signed_with_the_password_or_a_drawing(
    desk: Desk, made: int, handler: Client
) -> None:
    handler.post(address(made), sheet(WHOLE, 1))
    sign = address(made, "sign")
    assert handler.post(sign, {"version": "2", "password": "wrong"}).status_code == 422
    with nothing_changes():
        assert handler.post(sign, {"version": "2", "drawing": DRAWING}).status_code == 422
    given = {"version": "2", "drawing": DRAWING, "signer": "马明"}
    assert handler.post(sign, given).status_code == 302
    text = text_of(handler.get(address(made)))
    assert "data:image/svg+xml;base64," in text
    handler.post(address(made), sheet({**WHOLE, "leader": "赵敏"}, 2))
    password = desk.house.cast.password
    assert handler.post(sign, {"version": "3", "password": password}).status_code == 302
    slip = slip_page(made, FORM, actor=MACHINE).slip
    assert slip is not None
    assert slip.signer == "周军"


def test_a_faxed_slip_is_kept_and_shown(made: int, handler: Client) -> None:
    file = SimpleUploadedFile("传真.png", PICTURE, content_type="image/png")
    assert handler.post(address(made, "attach"), {"file": file}).status_code == 302
    assert "传真.png" in text_of(handler.get(address(made)))
    assert handler.post(address(made, "attach"), {}).status_code == 422


def test_it_is_printed_as_the_organisations_slip(made: int, handler: Client, desk: Desk) -> None:
    handler.post(address(made), sheet(WHOLE, 1))
    handler.post(address(made, "sign"), {"version": "2", "drawing": DRAWING, "signer": "马明"})
    text = text_of(handler.get(address(made, "print")))
    for words in ("华通高速", "客服投诉处理单", desk.shown(made).reference, "单位负责人", "马明",
                  "批评教育", "data:image/svg+xml;base64,"):  # fmt: skip
        assert words in text, words


def test_an_empty_form_is_printed_to_be_written_on(made: int, handler: Client) -> None:
    text = text_of(handler.get(f"/cases/{made}/slips/callback-record/print"))
    assert "回访记录" in text


def test_whoever_only_looks_gets_no_form(desk: Desk, made: int) -> None:
    inspector = desk.house.cast.client(Role.INSPECTOR)
    answer = inspector.get(address(made))
    if answer.status_code == 200:
        assert 'name="value.matter"' not in answer.content.decode()


@pytest.mark.parametrize("page_of", ["", "print"])
def test_others_find_nothing(desk: Desk, made: int, page_of: str) -> None:
    answer = desk.house.cast.client(OUTSIDER).get(address(made, page_of))
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("form", ["nonsense", "urgent-form"])
def test_a_form_of_another_flow_is_not_there(made: int, handler: Client, form: str) -> None:
    assert handler.get(f"/cases/{made}/slips/{form}/").status_code == 404


def test_the_record_of_a_contact_is_printed(desk: Desk) -> None:
    desk.house.ready()
    contact = desk.house.arrival(text="收费员态度不好")
    inspector = desk.house.cast.client(Role.INSPECTOR)
    text = text_of(inspector.get(f"/contacts/{contact}/print"))
    assert "华通高速" in text
    assert 'class="paper"' in text
    assert desk.house.cast.client(OUTSIDER).get(f"/contacts/{contact}/print").status_code in {
        403,
        404,
    }
