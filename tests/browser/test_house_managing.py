"""Managers and administrators at work: standards, rosters, parked work, the journal, a newcomer."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scripts.make_screenshots import House
from scripts.views import XLSX, workbook

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

PACK = Path(__file__).parents[2] / "src" / "rexian" / "standard" / "packs" / "highway"
NEW_PASSWORD = "鹤立-松间-7318"  # noqa: S105 - of somebody who lives as long as the test

Enter = Callable[..., Page]


def packed(number: str) -> bytes:
    """Return the highway's standard under another number, as an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in PACK.rglob("*.yaml"):
            text = path.read_text("utf-8").replace("version: 1.0.0", f"version: {number}", 1)
            archive.writestr(f"highway/{path.relative_to(PACK).as_posix()}", text)
    return made.getvalue()


def test_a_manager_imports_a_standard_and_publishes_it_from_a_day_on(
    house: House, enters: Enter
) -> None:
    page = enters("chenwei")
    page.goto(f"{house.address}/standards/import")
    page.locator("[type=file]").set_input_files(
        {"name": "highway.zip", "mimeType": "application/zip", "buffer": packed("1.9.0")}
    )
    page.locator("form[enctype] button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.9.0")
    day = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
    page.locator("[name=effective_on]").fill(day)
    page.locator("form[action$='/publish'] button").click()
    expect(page.locator("form[action$='/withdraw']")).to_be_visible()
    expect(page.locator(".facts dd").first).to_have_text(day)
    page.goto(f"{house.address}/standards/")
    expect(page.locator("tbody tr").filter(has_text="1.9.0")).to_contain_text(day)


def load(page: Page, house: House, *people: tuple[str, str]) -> None:
    page.goto(f"{house.address}/people/import/")
    page.locator("[type=file]").set_input_files(
        {"name": "人员.xlsx", "mimeType": XLSX, "buffer": workbook(*people)}
    )
    page.locator("form[enctype] button").click()
    page.locator("#plan").wait_for()


def test_a_roster_is_looked_at_before_it_is_carried_out(house: House, enters: Enter) -> None:
    page = enters("admin")
    load(page, house, ("dumei", "杜梅"), ("shilei", "石磊"))
    expect(page.locator("#plan ~ .table-sheet tbody tr")).to_have_count(2)
    people = page.context.new_page()
    people.goto(f"{house.address}/people/?q=dumei")
    expect(people.get_by_role("link", name="杜梅")).to_have_count(0)
    page.locator("form[action$='carry-out/'] button").click()
    expect(page.locator("tbody code")).to_have_count(2)
    people.reload()
    expect(people.get_by_role("link", name="杜梅")).to_have_count(1)


def test_a_roster_with_a_fault_changes_nothing(house: House, enters: Enter) -> None:
    page = enters("admin")
    load(page, house, ("no one", "无名"))
    expect(page.locator("#plan ~ [role=alert]")).to_be_visible()
    expect(page.locator("form[action$='carry-out/']")).to_have_count(0)
    page.locator("form[action$='drop/'] button").click()
    expect(page.locator("#plan")).to_have_count(0)


def test_parked_work_is_tried_anew(house: House, enters: Enter) -> None:
    house.park("tried-anew:1")
    page = enters("admin")
    page.goto(f"{house.address}/work/")
    page.locator("tbody tr").filter(has_text="tried-anew:1").get_by_role("button").click()
    page.wait_for_url("**/work/?done=released")
    expect(page.locator(".notices")).to_be_visible()
    expect(page.locator("tbody tr").filter(has_text="tried-anew:1")).to_have_count(0)


def test_the_journal_is_narrowed_down_to_one_kind_of_event(house: House, enters: Enter) -> None:
    page = enters("admin")
    page.goto(f"{house.address}/journal/")
    page.locator("select[name=name]").select_option("standard.version_published")
    page.locator("form[role=search] button").click()
    page.wait_for_url("**name=standard.version_published**")
    assert page.locator(".timeline li").count() >= 2
    page.locator("[name=until]").fill("2001-01-01")
    page.locator("form[role=search] button").click()
    expect(page.locator(".state")).to_be_visible()


def link_for(page: Page, house: House, name: str) -> str:
    """Return the link that an administrator makes for somebody's password."""
    page.goto(f"{house.address}/people/?q={name}")
    page.get_by_role("link", name=name).click()
    page.locator("form[action$='password-link/'] button").click()
    return page.locator("#link").inner_text().strip()


def enter_by(page: Page, link: str) -> None:
    """Set a password by a link, and sign in with it."""
    page.goto(link)
    for box in page.locator("[type=password]").all():
        box.fill(NEW_PASSWORD)
    page.locator("main form button").click()
    if page.locator("[autocomplete=username]:visible").count():
        sign_in(page, page.url)


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[autocomplete=username]").fill("tangyun")
    page.locator("[type=password]").fill(NEW_PASSWORD)
    page.locator("main form button").click()


def set_second_factor_up(page: Page, house: House) -> pyotp.TOTP:
    page.goto(f"{house.address}/account/second-factor/")
    page.locator("main form button").click()
    secret = page.locator("#key").inner_text().replace(" ", "").strip()
    page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
    page.locator("main form button").click()
    page.locator("#backup-codes").wait_for()
    return pyotp.TOTP(secret)


def test_a_newcomer_takes_the_account_over_and_makes_it_their_own(
    house: House, enters: Enter, opens: Callable[..., BrowserContext]
) -> None:
    admin, page = enters("admin"), opens().new_page()
    load(admin, house, ("tangyun", "唐云"))
    admin.locator("form[action$='carry-out/'] button").click()
    admin.locator("tbody code").wait_for()
    enter_by(page, link_for(admin, house, "唐云"))
    telephone = set_second_factor_up(page, house)
    page.context.clear_cookies()
    sign_in(page, f"{house.address}/account/sign-in/")
    page.locator("[name=code]").fill(telephone.at(int(time.time()) + telephone.interval))
    page.locator("main form button").click()
    page.wait_for_url(f"{house.address}/")

    page.goto(f"{house.address}/account/profile/")
    for language, hello in (("zh-Hant", "個人設定"), ("en", "Own settings")):
        page.locator(f"input[name=language][value={language}]").check()
        page.locator("[name=theme][value=dark]").check()
        page.locator("main form button").click()
        page.wait_for_url("**done=profile")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.get_by_role("heading", level=1)).to_have_text(hello)
