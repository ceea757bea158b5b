"""Everybody of the demonstration goes in, looks around and goes out; some by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scripts.make_screenshots import PASSWORD, House
from scripts.views import BATCH

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Enter = Callable[..., Page]


def told_people(house: House) -> list[list[str]]:
    """Return who can sign in, as the server prints it: role, name, sign-in name, password."""
    return [line.split() for line in house.told.splitlines() if line.endswith(PASSWORD)]


def test_each_role_signs_in_as_printed_goes_everywhere_and_signs_out(
    house: House, opens: Callable[..., BrowserContext]
) -> None:
    people = [one for one in told_people(house) if not one[2].startswith("sim-")]
    assert len(people) == 12
    page = opens().new_page()
    for _, name, sign_in, password in people:
        page.goto(house.address)
        page.locator("[autocomplete=username]").fill(sign_in)
        page.locator("[type=password]").fill(password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        items = page.locator(".sections > ul a").all()
        addresses = [item.get_attribute("href") or "" for item in items]
        assert "/standards/" in addresses
        answers = {one: page.request.get(house.address + one) for one in addresses}
        assert {one: answer.status for one, answer in answers.items() if not answer.ok} == {}
        page.locator("summary").filter(has_text=name).click()
        page.locator("form[action$='sign-out/'] button").click()
        expect(page.locator("[type=password]")).to_be_visible()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_the_keyboard_is_enough(house: House, enters: Enter) -> None:
    page = enters("zhengjie")
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inspections/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tbody') !== null")
    page.goto(house.address + BATCH)
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("highway")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=highway**")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator("tbody tr").count() == 6
