"""Every page of the house by axe (WCAG 2.2 AA), as wide as a desk and as a telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import BrowserContext, Page
from scripts.make_screenshots import DESK, NOBODY, SIZES, TELEPHONE, VIEWS, House, View

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False, "iframes": False}
BY_WIDTH = ["aria-required-children", "scrollable-region-focusable", "target-size"]
NARROW = {**OPTIONS, "runOnly": {"type": "rule", "values": BY_WIDTH}}
"""What another width can break; the rest is the same at every width, and slow to find out."""


def complaints(page: Page, options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a page at this width, for whom cannot see or point well."""
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    told = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*told, f"{beyond} px beyond the side"] if beyond > 0 else told


def visit(page: Page, house: House, view: View) -> dict[str, list[str]]:
    page.set_viewport_size(DESK)
    answer = page.goto(house.address + view.address)
    assert answer is not None
    assert answer.status == view.status
    view.act(page)
    page.evaluate(Axe().axe_script)
    at_desk = complaints(page, OPTIONS)
    page.set_viewport_size(TELEPHONE)
    on_telephone = complaints(page, NARROW)
    return {f"{view.name}, desk": at_desk, f"{view.name}, telephone": on_telephone}


@pytest.mark.parametrize("who", sorted({view.who for view in VIEWS}), ids=lambda who: who or "door")
def test_everybody_can_use_every_page(
    who: str, house: House, opens: Callable[..., BrowserContext], enters: Callable[..., Page]
) -> None:
    page = opens().new_page() if who == NOBODY else enters(who)
    found: dict[str, list[str]] = {}
    for view in VIEWS:
        if view.who == who:
            page.emulate_media(color_scheme="dark" if view.theme == "dark" else "light")
            found |= visit(page, house, view)

    assert {name: told for name, told in found.items() if told} == {}


def test_the_guide_shows_every_page_at_both_widths() -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "screens.md"
    text = guide.read_text("utf-8")
    names = [f"{view.name}-{size}.jpg" for view in VIEWS for size in SIZES]

    assert [name for name in names if f"../screenshots/{name}" not in text] == []
    assert sorted(one.name for one in (guide.parents[1] / "screenshots").iterdir()) == sorted(names)
