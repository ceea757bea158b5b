"""A manager closes the month: figures, the rows behind one, what changes later, a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.office import Office, move, press, says

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("casework")]

OPEN, ANSWERED = 2, 3  # cases of the demonstration


def last_month() -> date:
    """Return a day in the middle of the month before this one."""
    return date.today().replace(day=1) - timedelta(days=15)  # noqa: DTZ011 - of any time zone


def test_a_month_is_looked_into_closed_and_shows_what_changes_later(office: Office) -> None:
    month = f"{last_month():%Y-%m}"
    for case in (OPEN, ANSWERED):  # have them be taken then
        office.write(
            "UPDATE cases_case SET taken_at = ? WHERE id = ?", f"{last_month()} 02:00:00", case
        )
    page = office.at("chenwei", "/figures/")
    says(page.locator("main"), "未结束")
    expect(page.get_by_role("button", name="封存")).to_have_count(0)
    page.goto(f"{office.house.address}/figures/?month={month}")
    line = page.locator("tbody tr").first
    says(line, "50")
    line.get_by_role("link").click()
    rows = page.locator("table[data-rows] tbody tr")
    expect(rows).to_have_count(2)
    rows.get_by_role("link").first.click()
    page.wait_for_url("**/cases/*/")
    page.go_back()
    page.go_back()

    press(page.locator("form[action$='/close'] button"))
    says(page.locator("main"), "陈伟")
    expect(page.locator("form[action$='/close']")).to_have_count(0)
    page.goto(f"{office.house.address}/cases/{OPEN}/")
    move(page, "void", reason="与另一工单重复")
    page.goto(f"{office.house.address}/figures/?month={month}")
    says(line, "100")
    says(line.locator("td").last, "1 / 2")
    says(line.locator("td").last, "1 件有变化")
    with page.expect_download() as download:
        page.locator("a[href*='month.xlsx']").click()
    assert download.value.suggested_filename == f"figures-{month}.xlsx"
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    figures, answered, *_ = book.worksheets
    assert next(figures.iter_rows(min_row=2, values_only=True))[2:] == (
        1, 1, 1, None, "误单 1", 0.5, 1,
    )  # fmt: skip
    counted = {row[3] for row in answered.iter_rows(min_row=2, values_only=True)}
    assert counted == {"误单", "计入分子"}
