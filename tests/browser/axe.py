"""What axe (WCAG 2.2 AA) finds on a page, as much of it as a width or a theme can change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BY_WIDTH = ["aria-required-children", "scrollable-region-focusable", "target-size"]
_SPARING = {"resultTypes": ["violations"], "preload": False, "iframes": False}

Rules = Mapping[str, Any]
ALL: Rules = {**_SPARING, "runOnly": _RULES}
OF_A_WIDTH: Rules = {**_SPARING, "runOnly": {"type": "rule", "values": _BY_WIDTH}}
"""What another width can break; the rest is the same at every width, and slow to find out."""
OF_A_THEME: Rules = {**_SPARING, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What other colours can break."""


def complaints(page: Page, rules: Rules) -> list[str]:
    """Return what is wrong with a page at this width, for whom cannot see or point well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found = page.evaluate("(options) => axe.run(options)", rules)["violations"]
    told = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*told, f"{beyond} px beyond the side"] if beyond > 0 else told


@cache
def _script() -> str:
    return str(Axe().axe_script)
