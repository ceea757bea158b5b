"""A quality inspector reads a report; a manager prints a part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import ALL, OF_A_THEME, Rules, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Page]


FILTERED: Mapping[str, list[str]] = {
    "#outcome=missed": ["B-RUDE"],
    "#outcome=missed,suspect": ["B-RUDE", "C-DOUBT"],
    "#outcome=not_applicable": ["A-FINE"],
    "#clause=HW-3.14": ["A-FINE", "B-RUDE", "C-DOUBT"],
    "#clause=HW-3.14&outcome=missed": ["B-RUDE"],
    "#clause=HW-3.5&outcome=met": [],
    "#faults=1": ["B-RUDE"],
    "#score=90": ["A-FINE", "D-LONG"],
    "#sort=score": ["B-RUDE", "C-DOUBT", "D-LONG", "A-FINE"],
    "#sort=score-down": ["A-FINE", "D-LONG", "C-DOUBT", "B-RUDE"],
    "#picks=c2,c4&picked=1": ["B-RUDE", "D-LONG"],
    "#q=临川 高速": ["A-FINE"],
    "#q=%3Cscript%3E&standard=nowhere&sort=odd&score=x": [],
}


def shown(page: Page) -> list[str | None]:
    articles = page.locator("article:visible").all()
    return [article.get_attribute("data-id") for article in articles]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_inspector_goes_from_conversation_to_conversation(opened: Open) -> None:
    page = opened()
    page.keyboard.press("j")
    assert focused(page) == "c1"
    page.keyboard.press("j")
    assert focused(page) == "c2"
    expect(page.locator(".index [aria-current]")).to_contain_text("B-RUDE")
    expect(page.locator("#c2")).to_be_in_viewport()
    page.keyboard.press("k")
    assert focused(page) == "c1"


def test_the_inspector_goes_from_finding_to_finding_and_reads_why(opened: Open) -> None:
    page = opened()
    page.keyboard.press("n")
    assert focused(page) == "l2-1"  # what the whole conversation lacks comes first
    page.keyboard.press("n")
    assert focused(page) == "w2-1"
    tip = page.locator("#tip")
    expect(tip).to_contain_text("The greeting is said as written.")
    expect(tip).to_contain_text("because of 喂")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    for _ in range(4):
        page.keyboard.press("n")
    assert focused(page) == "w3-2"
    expect(tip).to_contain_text("To confirm")
    page.keyboard.press("p")
    assert focused(page) == "w2-4"


def test_the_words_show_their_note_on_hover(opened: Open) -> None:
    page = opened()
    page.locator("#t2-2 mark").hover()
    tip = page.locator("#tip")
    expect(tip).to_contain_text("Forbidden words are never said.")
    expect(page.locator("#n2-3")).to_have_class("finding missed near")
    tip.hover()
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_note_leads_back_to_its_words(opened: Open) -> None:
    page = opened()
    page.locator("#n2-4 a.sign").click()
    assert focused(page) == "w2-4"
    expect(page.locator("#t2-4")).to_be_in_viewport()


def test_a_search_is_kept_over_a_reload(opened: Open) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("护栏")
    expect(page.locator("#shown")).to_have_text("1 of 4 conversations")
    assert shown(page) == ["B-RUDE"]
    page.reload()
    expect(page.locator("#q")).to_have_value("护栏")
    assert shown(page) == ["B-RUDE"]
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("article:visible")).to_have_count(4)


def test_the_address_holds_the_filters(opened: Open, report: Path) -> None:
    page, found = opened(), {}
    for address in FILTERED:
        page.goto("about:blank")
        page.goto(report.as_uri() + address)
        found[address] = shown(page)
        expect(page.locator(".none")).to_be_visible(visible=not found[address])
    assert found == FILTERED


def test_the_worst_clause_leads_to_its_conversations_and_back(opened: Open) -> None:
    page = opened()
    page.locator(".worst a").first.click()
    expect(page.locator("article:visible")).to_have_count(1)
    expect(page.locator("select[name=clause]")).to_have_value("HW-3.12")
    page.keyboard.press("n")
    assert focused(page) == "w2-2"
    page.go_back()
    expect(page.locator("article:visible")).to_have_count(4)


def test_choosing_filters_by_hand(opened: Open) -> None:
    page = opened()
    page.get_by_role("checkbox", name="only with faults").check()
    expect(page.locator("article:visible")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator("article:visible")).to_have_count(4)
    page.locator("select[name=sort]").select_option("score")
    expect(page.locator("article").first).to_have_attribute("data-id", "B-RUDE")
    page.locator(".chip.undecided").click()
    expect(page.locator("article:visible")).to_have_count(1)
    expect(page.locator("#c3 .notes details")).to_have_attribute("open", "")


def test_the_help_tells_the_keys_and_can_turn_them_off(opened: Open) -> None:
    page = opened()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("next, previous conversation")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("j")
    assert focused(page) != "c1"
    assert "keys=off" in page.url


def test_typing_in_the_search_moves_nothing(opened: Open) -> None:
    page = opened()
    page.locator("#q").focus()
    page.keyboard.type("jn?")
    assert focused(page) == "q"
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_manager_prints_the_conversations_picked(opened: Open) -> None:
    page = opened("#at=c2")
    page.wait_for_function("document.activeElement.id === 'c2'")
    page.keyboard.press("x")
    page.get_by_role("checkbox", name="only the picked ones").check()
    expect(page.locator("article:visible")).to_have_count(1)
    page.emulate_media(media="print")
    for away in (".side", ".steps", ".pick", ".summary", "#tip", ".skip"):
        expect(page.locator(away).first).to_be_hidden()
    expect(page.locator("#n2-1")).to_be_visible()
    expect(page.locator("#n2-1")).to_contain_text("The greeting is said as written.")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_without_a_script_everything_is_readable(opened: Open) -> None:
    page = opened(scripted=False)
    expect(page.locator("article:visible")).to_have_count(4)
    expect(page.locator("#n2-1")).to_contain_text("because of 喂")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".steps")).to_be_hidden()
    page.locator("#c3 .notes summary").click()
    expect(page.locator("#f3-1")).to_be_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window(opened: Open, width: int) -> None:
    page = opened(width=width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_on_a_telephone_buttons_replace_the_keys(opened: Open) -> None:
    page = opened(width=360)
    page.get_by_role("button", name="Next finding").click()
    page.get_by_role("button", name="Next finding").click()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.get_by_role("button", name="Filters").click()
    expect(page.locator("select[name=clause]")).to_be_visible()


def test_dark_and_light_are_followed(opened: Open) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert opened().evaluate(ground) != opened(scheme="dark").evaluate(ground)


NAMELESS = """
() => [...document.querySelectorAll('a, button, input, select, [role=region]')]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby')
    || one.textContent.trim() || [...(one.labels || [])].some((label) => label.textContent.trim())))
  .map((one) => one.outerHTML)
"""
REPEATED = """
() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}
"""
LEVELS = """
() => [...document.querySelectorAll('main h1, main h2, main h3')]
  .map((one) => Number(one.tagName[1]))
"""


def test_everything_has_a_name_and_an_id_of_its_own(opened: Open) -> None:
    page = opened()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(REPEATED) == []


def test_headings_go_down_one_level_at_a_time(opened: Open) -> None:
    levels = opened().evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_tabulator_goes_through_the_page_in_its_order(opened: Open) -> None:
    page = opened()
    places = []
    for _ in range(60):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                "[...document.querySelectorAll('*')].indexOf(document.activeElement)",
            )
        )
    reached = places[: places.index(max(places)) + 1]
    assert reached == sorted(set(reached))
    assert (
        page.evaluate("document.querySelectorAll('[tabindex]:not([tabindex=\"-1\"])').length") <= 1
    )


@pytest.mark.parametrize(("scheme", "rules"), [("light", ALL), ("dark", OF_A_THEME)])
def test_axe_finds_nothing_to_complain_of(opened: Open, scheme: str, rules: Rules) -> None:
    page = opened(scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert complaints(page, rules) == []


def test_the_report_opens_from_a_file_alone(report: Path, opened: Open) -> None:
    page = opened()
    assert page.url.startswith(report.as_uri())
    expect(page).to_have_title("Inspection report")


def test_hostile_text_runs_nothing_and_breaks_nothing(
    opened: Open, tmp_path: Path, made: Callable[..., Path]
) -> None:
    hostile = "</script><img src=x onerror=alert(1)><svg onload=alert(1)>\x00\u202e😊" * 3
    path = made(tmp_path / "hostile.html", hostile, (hostile, "字" * 10_000), hostile)
    page = opened(path=path, width=360)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator("img").count() == 0
    page.keyboard.press("n")
    expect(page.locator("#tip")).to_contain_text("onerror=alert(1)")
    page.evaluate("location.hash = '#q=' + encodeURIComponent('<img src=x onerror=alert(1)>')")
    expect(page.locator("article:visible")).to_have_count(1)


def test_a_report_of_nothing_says_so(
    opened: Open, tmp_path: Path, made: Callable[..., Path]
) -> None:
    page = opened(path=made(tmp_path / "empty.html"))
    expect(page.locator(".empty")).to_contain_text("Nothing was inspected")
    expect(page.locator("button:visible")).to_have_count(0)
