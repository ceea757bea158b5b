"""A shift at the hotline, in two and three real browsers: customers, agents, the duty leader.

The house is one of its own: its standard waits a few seconds where the real one waits a minute, and
its server may be killed. An enquiry in every detail of the desk stands in ``test_desk_story.py``.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from scripts.make_screenshots import (
    PICTURES,
    TELEPHONE,
    House,
    end_server,
    free_port,
    start_server,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("shift")]

QUICK, SLOW = 15_000, 60_000
WAIT = 3  # seconds between the steps for a silent visitor


class Shift:
    """A house whose server can be killed, and started again at the same address."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.server: subprocess.Popen[bytes]
        self.house = House(f"http://localhost:{self.port}", home, "")
        self.start()

    def start(self) -> None:
        self.server, _ = start_server(self.house.home, self.port)

    def kill(self) -> None:
        """End the server as a power cut does."""
        self.server.kill()
        self.server.wait()

    def let_leases_lapse(self, sign_in: str) -> None:
        """Have it be a minute since somebody's desk was last heard of."""
        with closing(sqlite3.connect(self.house.home / "rexian.sqlite3", timeout=20)) as database:
            changed = database.execute(
                "UPDATE contacts_presence SET lease_until = datetime('now', '-1 second') "
                "WHERE person_id = (SELECT id FROM org_person WHERE sign_in = ?)",
                [sign_in],
            )
            assert changed.rowcount == 1
            database.commit()


@pytest.fixture(scope="module")
def shift(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shift]:
    running = Shift(tmp_path_factory.mktemp("shift") / "home")
    try:
        context = browser.new_context(locale="zh-CN")
        set_wait(running.house.enter(context, "chenwei"), running.house.address)
        context.close()
        yield running
    finally:
        end_server(running.server)


def set_wait(page: Page, address: str) -> None:
    """Publish the standard with a shorter wait, as a manager does."""
    page.goto(f"{address}/standards/")
    page.locator("main a", has_text="高速公路客服服务规范").first.click()
    parameters = page.locator("form[action$='/parameters']")
    page.locator("summary", has=page.get_by_text("参数", exact=True)).click()
    parameters.locator("[name=silence_wait_chat]").fill(f"{WAIT}s")
    parameters.locator("button").click()
    publishing = page.locator("form[action$='/publish']")
    publishing.locator("button").click()
    expect(publishing).to_have_count(0)


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """Keep who is signed in already."""
    return {}


Enters = Callable[..., Page]
Deed = Callable[..., None]


@pytest.fixture
def enters(shift: Shift, opens: Callable[..., BrowserContext], kept: dict[str, Any]) -> Enters:
    """Give a function that shows somebody a page of the house, in a browser of their own."""

    def enter(who: str, address: str) -> Page:
        if who not in kept:
            kept[who] = shift.house.enter(opens(), who).context.storage_state()
        page = opens(storage_state=kept[who]).new_page()
        page.goto(shift.house.address + address)
        return page

    return enter


@pytest.fixture
def desk_of(enters: Enters, shift: Shift) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens an agent's desk; in the end nobody is left at one."""
    pages: list[Page] = []

    def open_desk(who: str) -> Page:
        page = enters(who, "/desk/")
        page.locator("html[data-desk-ready]").wait_for()
        pages.append(page)
        return page

    yield open_desk
    for page in pages:
        cookies = page.context.cookies()
        token = next(one["value"] for one in cookies if one["name"] == "rexian_csrf")
        page.request.post(
            f"{shift.house.address}/desk/presence",
            form={"state": "offline"},
            headers={"X-CSRFToken": token},
        )


@pytest.fixture
def begins(shift: Shift, opens: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Give a function that has somebody come to the portal; in the end they are all gone."""
    pages: list[Page] = []

    def begin(text: str, **options: Any) -> Page:
        """Begin with these words, or with none in the emergency's queue."""
        page = opens(**options).new_page()
        page.goto(f"{shift.house.address}/chat/huatong/")
        if text:
            page.locator("textarea[name=text]").fill(text)
            page.get_by_role("button", name="开始对话").click()
        else:
            page.get_by_role("button", name="紧急求助").click()
        page.wait_for_url("**/chat/c/**")
        page.locator("[data-conversation]").wait_for()
        page.evaluate("window.isTheSame = true")
        pages.append(page)
        return page

    yield begin
    for page in pages:
        page.request.post(f"{page.url.partition('?')[0].partition('#')[0]}leave")


def be_ready(desk: Page) -> None:
    desk.locator("#presence [data-deed=ready]").click()
    expect(desk.locator("body")).to_have_attribute("data-presence", "ready", timeout=QUICK)


def take(desk: Page) -> None:
    """Take what is offered, by its key."""
    expect(desk.locator(".offer").first).to_be_visible(timeout=QUICK)
    desk.keyboard.press("F8")
    expect(desk.locator("#words")).to_be_focused(timeout=QUICK)


def answer(desk: Page, text: str) -> None:
    desk.locator("#words").fill(text)
    desk.keyboard.press("Enter")
    sees(desk.locator("#talk-lines"), text)
    expect(desk.locator(".line.pending")).to_have_count(0, timeout=QUICK)


def advised(desk: Page, words: str | re.Pattern[str]) -> str:
    """Have the guide advise such words, insert them by one key and send them by another."""
    expect(desk.locator("#guide blockquote").last).to_have_text(words, timeout=QUICK)
    desk.keyboard.press("F2")
    said = desk.locator("#words").input_value()
    desk.keyboard.press("Enter")
    sees(desk.locator("#talk-lines"), said)
    return said


def write(customer: Page, text: str) -> None:
    customer.locator("#text").fill(text)
    customer.locator("[data-send]").click()


def sees(part: Any, text: str, timeout: float = QUICK) -> None:
    expect(part).to_contain_text(text, timeout=timeout)


def turns(customer: Page) -> Any:
    """Return what was said, the hotline's own words aside."""
    return customer.locator(".turn:not(.system, .happening) .said")


def words_of(desk: Page) -> Any:
    return desk.locator("#talk-lines :is(.line.customer, .line.agent) .words")


def is_narrow(customer: Page) -> None:
    """Look at whether nothing is wider than the screen."""
    wide = customer.evaluate("document.documentElement.scrollWidth")
    assert wide <= TELEPHONE["width"], wide


def press(desk: Page, key: str) -> None:
    """Press a letter of the desk, outside of any field."""
    desk.locator("#talk-lines").focus()
    desk.keyboard.press(key)


def finish(desk: Page, category: str) -> None:
    """Fill in what the record still needs, and finish the work after the contact by its key."""
    done = desk.locator("#talk-head [data-deed=finish]")
    expect(done).to_be_visible(timeout=QUICK)
    desk.locator("#category-words").fill(category)
    desk.keyboard.press("Enter")
    expect(desk.locator(".record [name=category]")).not_to_have_value("", timeout=QUICK)
    for asked in desk.locator(".record .asked select[name^='missing.']").all():
        asked.select_option(index=1)
    for choice in desk.locator(".record .asked select[name^='value.']").all():
        choice.select_option(index=1)
    desk.locator(".record [data-saved]").filter(has_text=re.compile(r"\d\d:\d\d")).wait_for()
    press(desk, "f")
    expect(desk.locator("#contacts li")).to_have_count(0, timeout=QUICK)


def test_an_enquiry_from_a_telephone_is_served_from_the_greeting_to_the_rating(
    begins: Callable[..., Page], desk_of: Callable[[str], Page]
) -> None:
    customer = begins("请问怎么办通行卡？", viewport=TELEPHONE)
    sees(customer.locator("[data-status]"), "第 1 位")
    is_narrow(customer)
    desk = desk_of("wangfang")
    be_ready(desk)
    take(desk)
    greeting = advised(desk, re.compile("您好.*为您服务"))
    sees(turns(customer).last, greeting)
    write(customer, "就是这张卡")
    customer.locator("[data-file-chosen]").set_input_files(PICTURES / "home-phone.jpg")
    expect(desk.locator("#talk-lines img")).to_have_js_property("complete", value=True)
    answer(desk, "您带身份证到收费站办理就可以了。请问还有什么可以帮助您？")
    write(customer, "没有了，谢谢，再见")
    sees(desk.locator("#talk-lines"), "没有了，谢谢，再见")
    is_narrow(customer)
    answer(desk, "感谢您的来电，再见！")
    sees(desk.locator("#guide .may-end"), "可以结束")
    press(desk, "e")
    finish(desk, "lk")
    sees(customer.locator("[data-status]"), "对话已结束")
    customer.get_by_label("已解决", exact=True).check()
    customer.get_by_label("非常满意", exact=True).check()
    is_narrow(customer)
    customer.locator("[data-rate] button").click()
    expect(customer.locator("[data-thanks]")).to_be_visible()


def test_a_silent_visitor_is_led_through_the_steps_to_the_end(
    begins: Callable[..., Page], desk_of: Callable[[str], Page]
) -> None:
    desk = desk_of("wangfang")
    be_ready(desk)
    customer = begins("在吗")
    take(desk)
    advised(desk, re.compile("您好"))
    left = desk.locator("#guide .step [data-until]")
    for words in ("还在吗|您好", "结束本次服务"):
        expect(left).to_have_text(re.compile(f"^[1-{WAIT}]$"), timeout=QUICK)
        expect(left).to_have_text("0", timeout=QUICK)
        advised(desk, re.compile(words))
    sees(turns(customer).last, "结束本次服务")
    expect(desk.locator("#guide .step [data-deed=end]")).to_be_visible(timeout=QUICK)
    expect(left).to_have_text("0", timeout=QUICK)
    sees(desk.locator("#guide .may-end"), "步骤")
    press(desk, "e")
    expect(desk.locator("#talk-head [data-deed=finish]")).to_be_visible(timeout=QUICK)
    expect(desk.locator("#choices")).to_be_hidden()
    sees(customer.locator("[data-status]"), "对话已结束")


def test_an_emergency_overtakes_whoever_waits(
    begins: Callable[..., Page], desk_of: Callable[[str], Page], enters: Enters
) -> None:
    serve_one_at_a_time(enters, "吴婷")
    begins("第一位：请问怎么开发票？")
    second = begins("第二位：请问几点施工？")
    urgent = begins("")
    sees(second.locator("[data-status]"), "第 2 位")
    desk = desk_of("wuting")
    be_ready(desk)
    expect(desk.locator(".offer")).to_have_count(1, timeout=QUICK)
    sees(desk.locator(".offer.urgent"), "紧急求助")
    take(desk)
    write(urgent, "车撞护栏了，有人受伤")
    sees(desk.locator("#talk-lines"), "有人受伤")
    desk.keyboard.press("F9")
    expect(desk.locator(".record .safety").first).to_be_visible(timeout=QUICK)
    dispatch = desk.locator(".record .dispatch")
    desk.locator(".record [name='value.place']").fill("G85 昆明方向 K23")
    sees(dispatch, "尚不能派单")
    desk.locator(".record [name='value.phone']").fill("13812345678")
    expect(desk.locator(".record .dispatch.can")).to_be_visible(timeout=QUICK)
    desk.locator("#words").fill("")
    urgent.request.post(f"{urgent.url.partition('#')[0]}leave")
    desk.locator("#talk-head [data-deed=finish]").wait_for()
    finish(desk, "sg")
    sees(desk.locator(".offer"), "咨询")
    take(desk)
    sees(desk.locator("#talk-lines"), "第一位")


def serve_one_at_a_time(enters: Enters, name: str) -> None:
    page = enters("chenwei", "/hotlines/1/")
    page.get_by_role("link", name=re.compile(name)).click()
    page.locator("[name=capacity]").fill("1")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url("**?done=assigned")


def test_an_abusive_customer_is_taken_over_by_the_duty_leader(
    begins: Callable[..., Page], desk_of: Callable[[str], Page], enters: Enters
) -> None:
    floor = enters("zhaomin", "/floor/")
    desk = desk_of("wangfang")
    be_ready(desk)
    customer = begins("你们都是骗子，一群饭桶，滚！")
    take(desk)
    answer(desk, "您好，请您慢慢说，我来帮您。")
    press(desk, "s")
    reasons = desk.locator("#choices button")
    at = [n for n, text in enumerate(reasons.all_inner_texts(), 1) if "CC-16" in text]
    desk.keyboard.press(str(at[0]))
    sees(desk.locator("#talk-head"), "主管")
    asked = floor.locator("tr", has_text="请求班长支援")
    asked.get_by_role("link").click(timeout=QUICK)
    sees(floor.locator(".along"), "一群饭桶")
    write(customer, "叫你们领导来！")
    sees(floor.locator(".along"), "叫你们领导来！")
    floor.locator("#whisper").fill("先道歉，我来接。")
    floor.get_by_role("button", name="发送提示").click()
    sees(desk.locator(".line.whisper"), "先道歉，我来接。")
    floor.get_by_role("button", name="接管").click()
    floor.locator("html[data-desk-ready]").wait_for()
    sees(floor.locator("#talk-lines"), "叫你们领导来！")
    answer(floor, "您好，我是值班长，这件事由我来处理。")
    sees(turns(customer).last, "由我来处理")
    expect(desk.locator("#contacts li")).to_have_count(0, timeout=QUICK)
    expect(turns(customer).filter(has_text="先道歉")).to_have_count(0)
    assert customer.evaluate("window.isTheSame")
    desk_of("zhaomin")  # so that she leaves it in the end


def test_a_shift_goes_on_after_the_server_was_killed(
    shift: Shift, begins: Callable[..., Page], desk_of: Callable[[str], Page]
) -> None:
    desk = desk_of("wangfang")
    be_ready(desk)
    customer = begins("客一")
    take(desk)
    answer(desk, "坐一")
    sees(turns(customer).last, "坐一")
    desk.evaluate("window.isTheSame = true")
    write(customer, "客二")  # on its way, or not, when the power goes
    shift.kill()
    for text in ("客三", "客四"):
        write(customer, text)
    for text in ("坐二", "坐三"):
        desk.locator("#words").fill(text)
        desk.keyboard.press("Enter")
    expect(desk.locator(".line.pending")).to_have_count(2)
    shift.start()
    expect(desk.locator(".line.pending")).to_have_count(0, timeout=SLOW)
    expect(customer.locator(".turn.pending")).to_have_count(0, timeout=SLOW)
    sees(desk.locator("#talk-lines"), "客四", timeout=SLOW)
    sees(customer.locator("[data-turns]"), "坐三", timeout=SLOW)
    answer(desk, "坐四")
    sees(turns(customer).last, "坐四")
    write(customer, "客五")
    sees(words_of(desk).last, "客五")
    told = turns(customer).all_inner_texts()
    assert told == words_of(desk).all_inner_texts()
    assert [one for one in told if one[0] == "客"] == ["客一", "客二", "客三", "客四", "客五"]
    assert [one for one in told if one[0] == "坐"] == ["坐一", "坐二", "坐三", "坐四"]
    for page in (desk, customer):
        assert page.evaluate("window.isTheSame")


def test_an_offer_that_is_missed_is_told_and_one_key_brings_the_next(
    begins: Callable[..., Page], desk_of: Callable[[str], Page], enters: Enters
) -> None:
    give_offers(enters, seconds=5)
    desk = desk_of("wangfang")
    be_ready(desk)
    customer = begins("有人吗？")
    expect(desk.locator(".offer")).to_have_count(1, timeout=QUICK)
    expect(desk.locator("body")).to_have_attribute("data-presence", "missed", timeout=SLOW)
    expect(desk.locator(".offer")).to_have_count(0)
    sees(desk.locator("#told"), "未接")
    sees(customer.locator("[data-status]"), "第 1 位")
    give_offers(enters, seconds=30)
    press_anywhere(desk, "r")
    take(desk)
    expect(desk.locator("#told")).to_be_empty()
    sees(desk.locator("#talk-lines"), "有人吗？")


def give_offers(enters: Enters, *, seconds: int) -> None:
    page = enters("chenwei", "/hotlines/1/change")
    page.locator("[name=offer_time]").fill(str(seconds))
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**?done=changed")
    page.context.close()


def press_anywhere(desk: Page, key: str) -> None:
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press(key)


def test_a_desk_that_was_not_heard_of_for_a_minute_says_so_and_one_key_brings_it_back(
    shift: Shift, begins: Callable[..., Page], desk_of: Callable[[str], Page]
) -> None:
    desk = desk_of("wangfang")
    be_ready(desk)
    customer = begins("请问前面堵车吗？")
    take(desk)
    answer(desk, "您好，请讲。")
    desk.context.set_offline(True)
    shift.let_leases_lapse("wangfang")
    sees(customer.locator("[data-status]"), "第 1 位", timeout=SLOW)
    desk.context.set_offline(False)
    expect(desk.locator("body")).to_have_attribute("data-presence", "offline", timeout=SLOW)
    sees(desk.locator("#told"), "已退回队列")
    expect(desk.locator("#contacts li")).to_have_count(0)
    press_anywhere(desk, "r")
    take(desk)
    sees(desk.locator("#talk-lines"), "您好，请讲。")


def test_nothing_is_offered_during_a_break_and_the_first_in_line_after_it(
    begins: Callable[..., Page], desk_of: Callable[[str], Page]
) -> None:
    desk = desk_of("wangfang")
    be_ready(desk)
    press_anywhere(desk, "b")
    desk.locator("#choices").wait_for()
    desk.keyboard.press("1")
    expect(desk.locator("body")).to_have_attribute("data-presence", "break")
    sees(desk.locator("#presence"), "30")
    customer = begins("请问哪里加油？")
    sees(customer.locator("[data-status]"), "第 1 位")
    sees(desk.locator("#queue"), "1")
    expect(desk.locator(".offer")).to_have_count(0)
    press_anywhere(desk, "r")
    expect(desk.locator(".offer")).to_have_count(1, timeout=QUICK)
