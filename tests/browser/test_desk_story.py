"""The desk and the portal, in two real browsers: what agent and customer see and do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scripts.make_screenshots import House

from tests.browser.axe import ALL, OF_A_WIDTH, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

AGENT = "wangfang"
HELLO = "高速上爆胎了怎么办？"
QUICK, SLOW = 10_000, 40_000


@pytest.fixture
def desk(enters: Callable[..., Page], house: House) -> Page:
    """Return the desk of an agent who is ready, with nothing left of an earlier test."""
    page = enters(AGENT)
    page.goto(f"{house.address}/desk/")
    page.locator("html[data-desk-ready]").wait_for()
    be_ready(page)
    return page


@pytest.fixture
def customer(opens: Callable[..., BrowserContext], house: House) -> Callable[..., Page]:
    """Return what has a customer write at the portal, in a browser of their own."""

    def write(text: str = HELLO) -> Page:
        page = opens().new_page()
        page.goto(f"{house.address}/chat/huatong/")
        page.locator("[data-begins] [name=text]").fill(text)
        page.locator("[data-begins] button[type=submit].primary:not([name])").click()
        page.locator("[data-conversation]").wait_for()
        return page

    return write


def be_ready(page: Page) -> None:
    if page.locator("body").get_attribute("data-presence") != "ready":
        page.locator("#presence [data-deed=ready]").click()
    expect(page.locator("body")).to_have_attribute("data-presence", "ready")


def take(page: Page) -> None:
    """Take what is offered with one key."""
    expect(page.locator(".offer")).to_have_count(1, timeout=QUICK)
    page.keyboard.press("F8")
    expect(page.locator("#words")).to_be_focused(timeout=QUICK)


def lines(page: Page) -> list[str]:
    return page.locator("#talk-lines .words").all_inner_texts()


def finish(page: Page) -> None:
    """End the contact and the work after it, by keys."""
    page.keyboard.press("Escape")
    page.locator("#talk-lines").focus()
    page.keyboard.press("e")
    ended = page.locator("#talk-head [data-deed=finish]")
    expect(ended.or_(page.locator("#choices button").first)).to_be_visible(timeout=QUICK)
    if page.locator("#choices").is_visible():
        page.keyboard.press("6")
    expect(ended).to_be_visible(timeout=QUICK)
    page.locator("#category-words").click()
    page.locator("#category-words").fill("lk")  # 路况, by its initials
    page.keyboard.press("Enter")
    expect(page.locator(".record [name=category]")).not_to_have_value("", timeout=QUICK)
    for asked in page.locator(".record .asked select[name^='missing.']").all():
        asked.select_option(index=1)
    for choice in page.locator(".record .asked select[name^='value.']").all():
        choice.select_option(index=1)
    page.locator(".record [data-saved]").filter(has_text=re.compile(r"\d\d:\d\d")).wait_for()
    page.locator("#talk-lines").focus()
    page.keyboard.press("f")
    expect(page.locator("#contacts li")).to_have_count(0, timeout=QUICK)


def test_an_enquiry_is_answered_with_the_guide_and_written_down(
    desk: Page, customer: Callable[..., Page]
) -> None:
    theirs = customer()
    take(desk)
    expect(desk.locator("#talk-lines")).to_contain_text(HELLO)
    expect(desk.locator("#guide blockquote")).to_be_visible(timeout=QUICK)
    words = desk.locator("#guide blockquote").first.inner_text()
    desk.keyboard.press("F2")
    expect(desk.locator("#words")).to_have_value(words)
    desk.keyboard.press("Enter")
    expect(theirs.locator("[data-turns]")).to_contain_text(words, timeout=QUICK)
    theirs.locator("[data-composer] [name=text]").fill("我在G85")
    theirs.keyboard.press("Enter")
    expect(desk.locator("#talk-lines")).to_contain_text("我在G85", timeout=QUICK)
    finish(desk)


def test_enter_in_the_middle_of_a_word_sends_nothing(
    desk: Page, customer: Callable[..., Page]
) -> None:
    customer()
    take(desk)
    field = desk.locator("#words")
    field.fill("ni hao")
    field.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown",
        { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    field.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown",
        { key: "F9", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(field).to_have_value("ni hao")
    expect(desk.locator(".record [name=urgent]")).to_have_value("")
    field.fill("")
    finish(desk)


def test_what_is_written_without_a_network_arrives_once_when_it_is_back(
    desk: Page, customer: Callable[..., Page]
) -> None:
    theirs = customer()
    take(desk)
    desk.context.set_offline(True)
    for text in ("第一句", "第二句"):
        desk.locator("#words").fill(text)
        desk.keyboard.press("Enter")
    expect(desk.locator(".line.pending")).to_have_count(2)
    desk.context.set_offline(False)
    expect(desk.locator(".line.pending")).to_have_count(0, timeout=SLOW)
    expect(theirs.locator("[data-turns]")).to_contain_text("第二句", timeout=SLOW)
    said = [text for text in lines(desk) if text in ("第一句", "第二句")]
    assert said == ["第一句", "第二句"]
    finish(desk)


def test_a_draft_and_what_was_not_sent_survive_a_reload(
    desk: Page, customer: Callable[..., Page], house: House
) -> None:
    theirs = customer()
    take(desk)
    desk.route("**/say", lambda route: route.abort())
    desk.locator("#words").fill("还没发出去")
    desk.keyboard.press("Enter")
    expect(desk.locator(".line.pending")).to_have_count(1)
    desk.locator("#words").fill("写了一半")
    desk.unroute("**/say")
    desk.goto(f"{house.address}/desk/")
    expect(desk.locator("#words")).to_have_value("写了一半", timeout=QUICK)
    expect(theirs.locator("[data-turns]")).to_contain_text("还没发出去", timeout=SLOW)
    assert lines(desk).count("还没发出去") == 1
    desk.locator("#words").fill("")
    finish(desk)


def test_two_windows_of_one_agent_stay_the_same(
    desk: Page, customer: Callable[..., Page], house: House
) -> None:
    second = desk.context.new_page()
    second.goto(f"{house.address}/desk/")
    second.locator("html[data-desk-ready]").wait_for()
    customer()
    take(desk)
    expect(second.locator("#contacts li")).to_have_count(1, timeout=QUICK)
    second.locator("#contacts button").first.click()
    desk.locator("#words").fill("从第一个窗口")
    desk.keyboard.press("Enter")
    expect(second.locator("#talk-lines")).to_contain_text("从第一个窗口", timeout=QUICK)
    second.close()
    finish(desk)


def test_what_was_read_is_marked_on_the_other_side_and_is_so_after_a_reload(
    desk: Page, customer: Callable[..., Page]
) -> None:
    theirs = customer()
    take(desk)
    desk.locator("#words").fill("请稍等")
    desk.keyboard.press("Enter")
    expect(theirs.locator("[data-turns]")).to_contain_text("请稍等", timeout=QUICK)
    expect(desk.locator(".line.agent .seen").last).to_contain_text("已读", timeout=QUICK)
    theirs.locator("[data-composer] [name=text]").fill("好的，我等着")
    theirs.keyboard.press("Enter")
    expect(desk.locator("#talk-lines")).to_contain_text("好的，我等着", timeout=QUICK)
    mark = theirs.locator(".turn.customer .mark").last
    expect(mark).to_have_text("已读", timeout=QUICK)  # nobody has answered yet
    for page in (desk, theirs):
        page.reload()
    expect(desk.locator(".line.agent .seen").last).to_contain_text("已读", timeout=QUICK)
    expect(mark).to_have_text("已读", timeout=QUICK)
    finish(desk)


def test_a_note_is_seen_by_nobody_outside(desk: Page, customer: Callable[..., Page]) -> None:
    theirs = customer()
    take(desk)
    desk.keyboard.press("Escape")
    desk.keyboard.press("x")
    desk.locator("#words").fill("内部：老客户")
    desk.keyboard.press("Enter")
    expect(desk.locator(".line.whisper")).to_contain_text("老客户", timeout=QUICK)
    desk.locator("#words").fill("请稍等")
    desk.keyboard.press("Enter")
    expect(theirs.locator("[data-turns]")).to_contain_text("请稍等", timeout=QUICK)
    expect(theirs.locator("[data-turns]")).not_to_contain_text("老客户")
    finish(desk)


def test_an_urgent_record_says_safety_first_and_is_kept_as_it_is_written(
    desk: Page, customer: Callable[..., Page]
) -> None:
    customer()
    take(desk)
    desk.keyboard.press("F9")
    expect(desk.locator(".record .safety")).to_be_visible(timeout=QUICK)
    expect(desk.locator("#words")).to_have_value(re.compile("护栏外"))
    desk.locator(".record [name='value.place']").fill("G85 昆明方向 K23")
    desk.locator(".record [name='value.phone']").fill("13812345678")
    expect(desk.locator(".record .dispatch.can")).to_be_visible(timeout=QUICK)
    desk.reload()
    expect(desk.locator(".record [name='value.place']")).to_have_value(
        "G85 昆明方向 K23", timeout=QUICK
    )
    desk.locator("#words").fill("")
    finish(desk)


def test_whoever_cannot_see_or_point_well_can_serve(
    desk: Page, customer: Callable[..., Page]
) -> None:
    customer()
    take(desk)
    desk.locator(".record [name=category]").wait_for(state="attached")
    desk.locator("#guide blockquote").first.wait_for()
    assert complaints(desk, ALL) == []
    desk.set_viewport_size({"width": 390, "height": 844})
    for part in ("list", "talk", "guide", "record"):
        desk.locator(f"[data-to-pane={part}]").click()
        assert complaints(desk, OF_A_WIDTH) == [], part
    desk.set_viewport_size({"width": 1440, "height": 900})
    finish(desk)


def test_a_break_is_taken_and_ended_by_keys(desk: Page) -> None:
    desk.locator("#talk-lines").evaluate("() => document.activeElement.blur()")
    desk.keyboard.press("b")
    desk.locator("#choices").wait_for()
    desk.keyboard.press("1")
    expect(desk.locator("body")).to_have_attribute("data-presence", "break")
    desk.keyboard.press("r")
    expect(desk.locator("body")).to_have_attribute("data-presence", "ready")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_desk_is_as_wide_as_the_screen(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    for one in ("list", "talk", "guide", "record"):
        button = desk.locator(f"[data-to-pane={one}]")
        assert button.is_visible() == (width == 390)
