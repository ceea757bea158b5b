"""A standard at work, how far its rules are trusted, and replays: the pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(console: Any) -> int:
    """Return the version of the contact centre's wording that is in force."""
    from rexian.standard.queries.published import standards_in_force  # noqa: PLC0415 - tables

    return standards_in_force(console.organisation, datetime.now(UTC).date())["centre"].id


@pytest.fixture
def replayed(console: Any, centre: int, batch: int) -> str:
    """Return the address of a replay of what was judged by the motorway's, that is through."""
    from rexian.dialogue.services.carrying_out_replays import (  # noqa: PLC0415 - tables
        carry_out_replay,
    )

    del batch
    today, day = datetime.now(UTC).date(), timedelta(days=1)
    given = {
        "version": centre,
        "since": (today - day).isoformat(),
        "until": (today + day).isoformat(),
        "judged_by": "highway",
    }
    answer = console.client("inspector").post("/standards/replays/new", given)
    assert answer.status_code == 302, answer.content.decode()
    number = int(answer["Location"].strip("/").rpartition("/")[2])
    carry_out_replay(number, clock=lambda: datetime.now(UTC), progress=lambda *_: None)
    return str(answer["Location"])


def text_of(browser: Client, address: str) -> str:
    """Return a page that is there."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_standard_at_work_shows_what_was_met_and_missed(
    console: Any, batch: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    del batch
    browser = console.client("manager")
    address = f"/standards/{console.highway}/work"
    page = text_of(browser, address)
    assert f"/standards/{console.highway}/clauses/HW-3.12#figures" in page
    assert '<svg class="bars"' in page
    assert "CC-11" not in text_of(browser, f"{address}?document=HW")
    assert '<svg class="bars"' not in text_of(browser, f"{address}?month=2020-01")
    with django_assert_max_num_queries(25):
        browser.get(f"{address}?sort=-missed")


def test_a_clause_leads_to_the_conversations_in_which_it_was_missed(
    console: Any, batch: int
) -> None:
    address = f"/standards/{console.highway}/clauses/HW-3.12"
    page = text_of(console.client("inspector"), address)
    assert f"/inspections/{batch}/?clause=HW-3.12&amp;outcome=missed#conversations" in page
    assert "clauses.css" in page
    assert 'id="figures"' not in text_of(console.client("agent"), address)


def test_rules_are_listed_with_how_far_they_are_trusted(console: Any, batch: int) -> None:
    del batch
    page = text_of(console.client("manager"), f"/standards/{console.highway}/rules")
    assert "forbidden-words" in page
    assert console.client("agent").get(f"/standards/{console.highway}/rules").status_code == 403


def test_a_rule_that_is_doubted_says_so_where_one_looks(console: Any, cast: Any) -> None:
    from rexian.dialogue.domain.rule_contents import rule_contents  # noqa: PLC0415 - tables
    from rexian.dialogue.models import DoubtedRule  # noqa: PLC0415 - tables
    from rexian.standard.queries.published import load_version  # noqa: PLC0415 - tables

    DoubtedRule.objects.create(
        organisation_id=cast.organisation,
        standard="highway",
        rule="forbidden-words",
        content=rule_contents(load_version(console.highway))["forbidden-words"],
        clause="HW-3.12",
        reviewed=10,
        confirmed=8,
        doubted_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
    )
    browser = console.client("manager")
    rules = text_of(browser, f"/standards/{console.highway}/rules")
    assert 'id="attention"' in rules
    book = text_of(browser, f"/standards/{console.highway}/")
    assert f'/standards/{console.highway}/rules">' in book
    assert '<span class="count">1</span>' in book
    clause = text_of(browser, f"/standards/{console.highway}/clauses/HW-3.12")
    assert "2026-11-20 11:00" in clause
    assert 'id="attention"' not in text_of(browser, f"/standards/{console.highway}/work")


def test_a_replay_shows_what_would_change_and_can_be_taken_along(
    console: Any, replayed: str, batch: int
) -> None:
    browser = console.client("manager")
    page = text_of(browser, replayed)
    assert page.count(f"/inspections/{batch}/conversations/") == 3
    assert ">HW-3.3<" in page
    nowhere = text_of(browser, f"{replayed}?clause=HW-9.9")
    assert f"/inspections/{batch}/conversations/" not in nowhere
    assert text_of(browser, "/standards/replays/").count(replayed) == 1
    csv_file = browser.get(f"{replayed}changes.csv")
    rows = list(csv.reader(io.StringIO(csv_file.getvalue().decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(browser.get(f"{replayed}changes.xlsx").getvalue()))
    assert len(rows) > 3
    assert book.worksheets[1].max_row == len(rows)
    assert browser.get(f"{replayed}changes.pdf").status_code == 404
    assert browser.post(f"{replayed}stop").status_code == 409
    assert console.client("team_leader").get(replayed).status_code == 403


def test_days_that_are_none_are_told_in_the_form(console: Any, centre: int) -> None:
    given = {
        "version": centre,
        "since": "2026-11-20",
        "until": "2026-11-01",
        "judged_by": "highway",
    }
    answer = console.client("inspector").post("/standards/replays/new", given)
    assert answer.status_code == 422
    assert console.client("inspector").get("/standards/replays/new").status_code == 404
    page = text_of(console.client("inspector"), f"/standards/replays/new?version={centre}")
    assert 'name="judged_by"' in page
