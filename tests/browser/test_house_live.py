"""What one does, others see: over one stream a browser, over gaps, and without a shared worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from scripts.make_screenshots import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Enter = Callable[..., Page]

ON = ".live-mark[data-live-state=on]"
STREAMS = """(wanted) => fetch("/metrics").then((answer) => answer.text())
  .then((text) => text.includes(`\\nrexian_open_streams ${wanted}.0\\n`))"""


def work(page: Page, house: House, subject: str) -> Page:
    """Show parked work, and wait until the page is up to date by itself."""
    page.goto(f"{house.address}/work/")
    page.locator(ON).wait_for()
    expect(row(page, subject)).to_be_visible()
    page.evaluate("window.untouched = true")
    return page


def row(page: Page, subject: str) -> Locator:
    return page.locator("tbody tr").filter(has_text=subject)


def give_up(page: Page, house: House, subject: str) -> None:
    page.goto(f"{house.address}/work/")
    page.locator("tbody tr").filter(has_text=subject).locator("a").click()
    page.locator("main form button").click()
    page.wait_for_url("**/work/?done=dropped")


def sees_it_gone(page: Page, subject: str) -> None:
    expect(row(page, subject)).to_have_count(0)
    assert page.evaluate("window.untouched")


def test_two_tabs_see_the_same_over_one_stream(house: House, enters: Enter) -> None:
    house.park("two-tabs:1")
    other, first = enters("admin"), enters("admin")
    second = first.context.new_page()
    for page in (first, second):
        work(page, house, "two-tabs:1")
    first.wait_for_function(STREAMS, arg=1)
    give_up(other, house, "two-tabs:1")
    for page in (first, second):
        sees_it_gone(page, "two-tabs:1")
    first.wait_for_function(STREAMS, arg=2)  # theirs, and the one of whoever gave it up


def test_a_browser_without_shared_workers_has_a_stream_a_tab(house: House, enters: Enter) -> None:
    house.park("no-worker:1")
    other, page = enters("admin"), enters("admin")
    page.context.add_init_script("delete window.SharedWorker")
    first = work(page, house, "no-worker:1")
    second = work(page.context.new_page(), house, "no-worker:1")
    first.wait_for_function(STREAMS, arg=2)
    give_up(other, house, "no-worker:1")
    for page in (first, second):
        sees_it_gone(page, "no-worker:1")


def test_what_happened_without_network_is_made_up_for(house: House, enters: Enter) -> None:
    house.park("offline:1")
    other, page = enters("admin"), enters("admin")
    context = page.context
    context.add_init_script("delete window.SharedWorker")
    context.route("**/live?*", lambda route: route.abort())
    page.goto(f"{house.address}/work/")
    page.locator(".live-mark[data-live-state=off]").wait_for()
    page.evaluate("window.untouched = true")
    context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    give_up(other, house, "offline:1")
    expect(row(page, "offline:1")).to_be_visible()
    context.unroute("**/live?*")
    context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()
    page.locator(ON).wait_for()
    sees_it_gone(page, "offline:1")
