"""Letters of outside bodies and the list of cases as a file, at the console."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.services import take_case
from rexian.org.domain.roles import Role
from tests.cast import Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db

LIST = """工单编号,办结时限,联系电话,诉求内容
DH1,2099-11-27,13800138000,收费员骂人
DH2,,保密,护栏坏了
"""
WRONG = "工单编号,办结时限,诉求内容\nDH1,昨天,收费员骂人\n,,\nDH3,,\n"


@pytest.fixture(autouse=True)
def standards(cast: Cast) -> None:
    """Have the standards in force today."""
    cast.put_standards_in_force(timezone.now())


def upload(browser: Any, text: str = LIST, **changed: str) -> Any:
    given = {
        "body": "12345",
        "hotline": "huatong",
        "list": SimpleUploadedFile("list.csv", text.encode("gb18030")),
        **changed,
    }
    return browser.post("/cases/letters/", given)


def streamed(browser: Any, address: str) -> bytes:
    """Return a file that is made while it is sent."""
    answer = browser.get(address)
    assert answer.streaming
    return b"".join(answer.streaming_content)


def sealed(page: Any) -> str:
    found = re.search(r'name="letters" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_a_list_is_shown_before_it_is_taken_and_taken_once(cast: Cast) -> None:
    browser = cast.client(Role.AGENT)
    with nothing_changes():
        page = upload(browser)
    assert page.status_code == 200
    assert "收费员骂人" in page.content.decode()
    for new in (2, 0):
        answer = browser.post("/cases/letters/take", {"letters": sealed(page)})
        assert answer["Location"].endswith(f"?body=12345&taken={new}&known={2 - new}")
    assert len(recorded("cases.case_taken")) == 2
    listed = browser.get(answer["Location"]).content.decode()
    assert "DH2" in listed
    assert "2099-11-27 23:59" in listed


def test_what_is_wrong_is_told_by_row_and_nothing_can_be_taken(cast: Cast) -> None:
    browser = cast.client(Role.AGENT)
    with nothing_changes():
        page = upload(browser, WRONG)
    assert page.status_code == 422
    text = page.content.decode()
    assert "昨天" in text
    assert 'name="letters"' not in text
    with nothing_changes():
        assert upload(browser, "姓名\n赵\n").status_code == 422
        assert upload(browser, body="x").status_code == 422
        assert browser.post("/cases/letters/take", {"letters": "made up"}).status_code == 409


def test_what_somebody_else_has_looked_at_is_not_taken(cast: Cast) -> None:
    page = upload(cast.client(Role.AGENT))
    other = cast.client(Role.TEAM_LEADER)
    with nothing_changes():
        answer = other.post("/cases/letters/take", {"letters": sealed(page)})
    assert answer.status_code == 409


def test_the_template_and_the_answers_are_files(cast: Cast) -> None:
    manager, agent = cast.client(Role.TEAM_LEADER), cast.client(Role.AGENT)
    template = load_workbook(io.BytesIO(agent.get("/cases/letters/template").content))
    assert template.worksheets[0].max_row == 1
    file = streamed(manager, "/cases/letters/answers.xlsx?body=12345&since=2026-11-01&until=x")
    book = load_workbook(io.BytesIO(file))
    assert book.worksheets[0].max_row == 1
    assert manager.get("/cases/letters/answers?body=12328").status_code == 200
    assert agent.get("/cases/letters/answers").status_code == 403


def test_the_list_of_cases_is_a_file_with_one_row_a_case_as_it_is_filtered(cast: Cast) -> None:
    for matter in ("厕所没有灯", "收费员骂人"):
        details = CaseDetails(source=Source.PERSON, category="complaint-other", matter=matter)
        take_case("huatong", details=details, actor=cast.actor(Role.AGENT), at=timezone.now())
    browser = cast.client(Role.MANAGER)
    text = streamed(browser, "/cases/export.csv?q=厕所").decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 2
    book = load_workbook(io.BytesIO(streamed(browser, "/cases/export.xlsx")))
    assert book.worksheets[0].max_row == 3
    assert browser.get("/cases/export.pdf").status_code == 404
    assert cast.client(Role.AGENT).get("/cases/export.csv").status_code == 403
