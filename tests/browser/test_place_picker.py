"""A place as an agent types it: suggestions by keyboard, what is understood, a part put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Enter = Callable[..., Page]


def test_a_place_is_typed_picked_and_put_right_with_the_keyboard_alone(
    house: House, enters: Enter
) -> None:
    page = enters("wangfang")
    page.goto(f"{house.address}/places/words")
    line, understood = page.get_by_role("combobox").first, page.locator(".place-understood")

    line.press_sequentially("g5")
    expect(page.get_by_role("option").first).to_contain_text("G56")
    line.press("ArrowDown")
    line.press("Enter")
    expect(line).to_have_value("G56")
    expect(page.get_by_role("option")).to_have_count(2)  # its two directions are wanted next
    expect(understood).to_contain_text("请问往哪个方向？")

    line.press("ArrowDown")
    line.press("Enter")
    expect(line).to_have_value("G56 临川方向")
    line.press_sequentially(" K300 刚过lcsfz")
    line.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(understood.locator("[data-doubts]")).to_contain_text("K188+600")

    stake = page.locator("[data-part=stake] input")
    stake.fill("123公里400米")
    stake.press("Tab")
    expect(understood).to_contain_text("G56 临川方向 K123+400")
    expect(understood.locator("[data-doubts] li")).to_have_count(0)
    expect(stake).to_have_value("K123+400")
    expect(stake).to_have_attribute("name", "q.stake")


def test_without_a_script_it_is_one_line_of_words(house: House, enters: Enter) -> None:
    page = enters("wangfang", java_script_enabled=False)
    page.goto(f"{house.address}/places/words")
    page.locator("[name=q]").fill("杭瑞往临川方向123公里多一点，刚过柳村站")
    page.locator("main form button").click()
    expect(page.locator(".place-understood")).to_contain_text("G56 临川方向")
    expect(page.locator("[name=q]")).to_have_value("杭瑞往临川方向123公里多一点，刚过柳村站")
