"""The pages of samples: draw one, listen blind, answer, see the agreement, take it along."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from rexian.console.sample_files import csv_lines
from rexian.console.sample_tables import agreement_line
from rexian.org.domain.roles import Role
from rexian.quality.domain.agreement import Pair, agreements
from rexian.quality.domain.answers import Machine, Said
from rexian.quality.models import Sample
from tests.cast import OUTSIDER, Cast
from tests.dialogue.contacts.conftest import house, inspector, standard, talk
from tests.quality.conftest import heard

__all__ = ["heard", "house", "inspector", "standard", "talk"]

pytestmark = pytest.mark.django_db
PLAN = {
    "title": "十一月",
    "standard": "highway",
    "since": "2026-11-01",
    "until": "2026-11-30",
    "method": "random",
    "size": "5",
    "clauses": "",
    "trusted_from": "0.6",
    "seed": "s",
    "sent_as": "once",
}


@pytest.fixture
def browser(cast: Cast, heard: tuple[int, int]) -> Client:
    """Return an inspector's browser, with something there to be drawn."""
    del heard
    return cast.client(Role.INSPECTOR)


@pytest.fixture
def drawn(browser: Client) -> str:
    """Return the address of a sample."""
    answer = browser.post("/samples/new", PLAN)
    assert answer.status_code == 302, answer.content.decode()
    address: str = answer["Location"]
    return address


def shown(answer: Any, status: int = 200) -> str:
    """Return what a page says."""
    assert answer.status_code == status, answer.status_code
    text: str = answer.content.decode()
    return text


def test_nothing_drawn_says_what_samples_are_for(cast: Cast) -> None:
    assert "还没有抽样" in shown(cast.client(Role.INSPECTOR).get("/samples/"))


def test_a_sample_is_drawn_listened_to_and_compared(browser: Client, drawn: str) -> None:
    assert "十一月" in shown(browser.get("/samples/"))
    begun = browser.post(f"{drawn}listen")
    page = begun["Location"]
    asking = shown(browser.get(page))
    assert 'name="said-HW-3.12"' in asking
    assert "喂，不知道" not in asking or "missed" not in asking, "what was found is hidden"

    clauses = Sample.objects.get().clauses
    given = {f"said-{one}": "no_fault" for one in clauses}
    kept = browser.post(page, given | {"said-HW-3.12": "broken", "go": "later"})
    assert "done=kept" in kept["Location"]
    assert 'value="broken" checked' in shown(browser.get(page))
    answered = browser.post(page, given | {"said-HW-3.12": "broken", "go": "answer"})
    assert answered["Location"] == page
    assert "机器" in shown(browser.get(page))

    agreement = shown(browser.get(drawn))
    assert "HW-3.12" in agreement
    assert "Kappa" in agreement
    book = load_workbook(BytesIO(b"".join(browser.get(f"{drawn}agreement.xlsx"))))
    rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
    assert {row[0] for row in rows} == set(clauses)
    lines = b"".join(browser.get(f"{drawn}agreement.csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(clauses)


def test_the_contact_itself_hides_what_was_found_meanwhile(browser: Client, drawn: str) -> None:
    contact = browser.post(f"{drawn}listen")["Location"].rstrip("/").rpartition("/")[2]
    page = shown(browser.get(f"/contacts/{contact}/"))
    assert "正在抽样复核" in page
    assert "HW-3.12" not in page
    assert "已质检" not in page, "nor does what happened to it tell how it came out"
    left = browser.post(f"{drawn}{contact}/leave")
    assert "done=back" in left["Location"]
    assert "HW-3.12" in shown(browser.get(f"/contacts/{contact}/"))
    assert "已质检" in shown(browser.get(f"/contacts/{contact}/"))


def test_lists_count_no_findings_of_what_is_listened_to_blind(browser: Client, drawn: str) -> None:
    contact = browser.post(f"{drawn}listen")["Location"].rstrip("/").rpartition("/")[2]

    def scores() -> dict[str, str]:
        lines = browser.get("/contacts/export.csv").content.decode("utf-8-sig").splitlines()[1:]
        return {line.split(",")[0]: line.split(",")[8] for line in lines}

    before = scores()
    assert before.pop(contact) == ""
    assert all(before.values())
    browser.post(f"{drawn}{contact}/leave")
    assert scores()[contact] != ""


def test_what_is_left_out_is_said_and_nothing_is_lost(browser: Client, drawn: str) -> None:
    page = browser.post(f"{drawn}listen")["Location"]
    given = {"said-HW-3.12": "broken", "note-HW-3.12": "说了喂", "go": "answer"}
    text = shown(browser.post(page, given), 422)
    assert "说了喂" in text
    assert "尚未作答" in text
    shown(browser.post(page, {"said-HW-3.12": "perhaps", "go": "answer"}), 422)


def test_a_plan_that_makes_no_sense_is_said_in_the_form(browser: Client) -> None:
    for field, value in (("until", "2026-10-01"), ("size", "0"), ("method", "luck"), ("title", "")):
        text = shown(browser.post("/samples/new", PLAN | {field: value}), 422)
        assert "十一月" in text or field == "title"
    assert not Sample.objects.exists()


def test_a_sample_is_closed(browser: Client, drawn: str) -> None:
    assert "done=closed" in browser.post(f"{drawn}close")["Location"]
    assert "listen" not in shown(browser.get(drawn))
    assert "done=through" in browser.post(f"{drawn}listen")["Location"]


def test_another_organisation_finds_nothing(cast: Cast, drawn: str) -> None:
    stranger = cast.client(OUTSIDER)
    assert stranger.get(drawn).status_code in {403, 404}
    assert stranger.post(f"{drawn}listen").status_code in {403, 404}


def test_a_clause_that_looks_like_a_formula_is_none_in_the_table() -> None:
    (found,) = agreements([Pair(1, "=1+1", Machine.FAULT, Said.NO_FAULT)])
    _, row = csv_lines([agreement_line(found, None, 0.6)])
    assert row.startswith(b"'=1+1,")
