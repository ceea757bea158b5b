"""Every page of the house by axe (WCAG 2.2 AA), as wide as a desk and as a telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from scripts.make_screenshots import DESK, SIZES, TELEPHONE, House
from scripts.views import NOBODY, VIEWS, View

from tests.browser.axe import ALL, OF_A_THEME, OF_A_WIDTH, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def visit(page: Page, address: str, view: View) -> dict[str, list[str]]:
    page.set_viewport_size(DESK)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == view.status
    view.act(page)
    if view.theme != "light":  # the same page is seen in the light, too
        return {f"{view.name}, {view.theme}": complaints(page, OF_A_THEME)}
    at_desk = complaints(page, ALL)
    page.set_viewport_size(TELEPHONE)
    on_telephone = complaints(page, OF_A_WIDTH)
    return {f"{view.name}, desk": at_desk, f"{view.name}, telephone": on_telephone}


@pytest.mark.parametrize("who", sorted({view.who for view in VIEWS}), ids=lambda who: who or "door")
def test_everybody_can_use_every_page(
    who: str, house: House, opens: Callable[..., BrowserContext], enters: Callable[..., Page]
) -> None:
    page = opens().new_page() if who == NOBODY else enters(who)
    found: dict[str, list[str]] = {}
    views = [view for view in VIEWS if view.who == who]
    for is_busy in (False, True):
        these = [view for view in views if view.is_busy is is_busy]
        with house.busy(wanted=is_busy and bool(these)) as named:
            for view in these:
                page.emulate_media(color_scheme="dark" if view.theme == "dark" else "light")
                found |= visit(page, house.address + view.address.format(**named), view)

    assert {name: told for name, told in found.items() if told} == {}


def test_the_guide_shows_every_page_at_both_widths() -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "screens.md"
    text = guide.read_text("utf-8")
    names = [f"{view.name}-{size}.jpg" for view in VIEWS for size in SIZES]

    assert [name for name in names if f"../screenshots/{name}" not in text] == []
    assert sorted(one.name for one in (guide.parents[1] / "screenshots").iterdir()) == sorted(names)
