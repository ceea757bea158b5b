"""The portal in a real browser: on a telephone, without a script, without a network, elsewhere."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from scripts.make_screenshots import DESK, PICTURES, TELEPHONE, House

from tests.browser.axe import ALL, OF_A_THEME, OF_A_WIDTH, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Opens = Callable[..., BrowserContext]


@dataclass(frozen=True)
class Agent:
    """An agent at the desk's own doors."""

    page: Page
    address: str

    def does(self, deed: str, **fields: str | float | bool) -> dict[str, Any]:
        """Do something at the desk."""
        token = next(
            one["value"] for one in self.page.context.cookies() if one["name"] == "rexian_csrf"
        )
        answer = self.page.request.post(
            f"{self.address}/desk/{deed}", form=fields, headers={"X-CSRFToken": token}
        )
        assert answer.ok, (deed, answer.status, answer.text())
        told: dict[str, Any] = answer.json()
        return told

    def accepts(self, customer: Page) -> str:
        """Take the customer's contact, and return the way to it."""
        way = f"contacts/{key_of(customer).partition('-')[0]}"
        self.does(f"{way}/accept")
        return way

    def says(self, way: str, text: str) -> None:
        self.does(f"{way}/say", text=text, sent_as=f"{way}:{text}"[:64])

    def writes(self, way: str) -> None:
        """Have the customer's page know that something is being written."""
        watch = way.replace("contacts/", "contact:")
        sent = json.dumps({"watch": watch, "kind": "typing", "data": {}})
        self.page.evaluate(
            """(body) => fetch("/live/signal", {
              method: "POST", body, headers: { "Content-Type": "application/json" } })""",
            sent,
        )


@pytest.fixture
def agent(enters: Callable[..., Page], house: House) -> Iterator[Agent]:
    """Return an agent who is ready; in the end nothing of theirs is left for other tests."""
    page = enters("wangfang")
    page.goto(f"{house.address}/desk/")
    one = Agent(page, house.address)
    one.does("presence", state="ready")
    yield one
    _write(
        house,
        "UPDATE contacts_contact SET state = 'ended', ending = 'served' WHERE state <> 'ended'",
    )
    one.does("presence", state="offline")


@pytest.fixture
def begins(opens: Opens, house: House) -> Iterator[Callable[..., Page]]:
    """Give a function that has somebody begin a conversation; who still waits leaves in the end."""
    begun: list[Page] = []

    def begin(text: str = "请问怎么办通行卡？", **options: Any) -> Page:
        page = opens(**{"viewport": TELEPHONE, **options}).new_page()
        page.goto(f"{house.address}/chat/huatong/")
        page.locator("textarea").fill(text)
        page.get_by_role("button", name="开始对话").click()
        page.wait_for_url("**/chat/c/**")
        begun.append(page)
        return page

    yield begin
    for page in begun:
        page.request.post(f"{house.address}/chat/c/{key_of(page)}/leave")


def key_of(page: Page) -> str:
    return page.url.partition("/chat/c/")[2].partition("/")[0]


def say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("[data-send]").click()


def turns(page: Page) -> list[str]:
    """Return what was said, the hotline's own words aside."""
    return page.locator(".turn:not(.system, .happening) .said").all_inner_texts()


def standing(page: Page) -> Any:
    return expect(page.locator("[data-status]"))


def test_a_customer_on_a_telephone_is_served_from_the_queue_to_the_rating(
    begins: Callable[..., Page], agent: Agent
) -> None:
    agent.does("presence", state="offline")
    page = begins()
    standing(page).to_contain_text("第 1 位")
    agent.does("presence", state="ready")
    standing(page).to_contain_text("正在为您接通")
    way = agent.accepts(page)
    standing(page).to_contain_text("客服 1001 正在为您服务")
    agent.writes(way)
    expect(page.locator("[data-typing]")).to_have_text("客服 1001 正在输入……")
    agent.says(way, "您好，请带身份证。")
    expect(page.get_by_text("您好，请带身份证。")).to_be_visible()
    expect(page.locator("[data-typing]")).to_be_hidden()
    say(page, "好的，谢谢")
    expect(page.locator(".turn.pending")).to_have_count(0)
    agent.does(f"{way}/read", seq="999")
    expect(page.locator(".turn.customer .mark").last).to_have_text("已读")
    agent.does(f"{way}/end", reason="解决")
    standing(page).to_contain_text("对话已结束")
    page.get_by_label("已解决", exact=True).check()
    page.get_by_label("非常满意", exact=True).check()
    page.locator("[data-rate] button").click()
    expect(page.locator("[data-thanks]")).to_be_visible()
    assert turns(page) == ["请问怎么办通行卡？", "您好，请带身份证。", "好的，谢谢"]


def test_a_reload_and_a_second_tab_find_the_same_conversation(begins: Callable[..., Page]) -> None:
    page = begins()
    page.reload()
    expect(page.get_by_text("请问怎么办通行卡？")).to_be_visible()
    second = page.context.new_page()
    second.goto(page.url.partition("/c/")[0] + "/huatong/")
    second.wait_for_url(f"**/chat/c/{key_of(page)}/**")
    say(second, "从第二个标签页")
    expect(page.get_by_text("从第二个标签页")).to_be_visible()


def test_what_is_written_without_a_network_is_kept_and_arrives_once(
    begins: Callable[..., Page], house: House
) -> None:
    page = begins()
    page.locator("[data-conversation]").wait_for()
    page.context.set_offline(True)
    say(page, "没有信号")
    expect(page.locator(".turn.pending")).to_have_count(1)
    expect(page.locator("[data-trouble]")).to_contain_text("网络已断开")
    page.context.set_offline(False)
    expect(page.locator(".turn.pending")).to_have_count(0)
    say(page, "又有信号了")
    expect(page.locator(".turn.pending")).to_have_count(0)
    assert turns(page)[1:] == ["没有信号", "又有信号了"]
    page.goto(f"{house.address}/chat/c/{key_of(page)}/")
    assert turns(page)[1:] == ["没有信号", "又有信号了"]


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(begins: Callable[..., Page]) -> None:
    page = begins()
    lost: list[str] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data)
        route.fetch()  # the server has it, the page does not know
        route.abort()

    page.route("**/say", lose)
    say(page, "只说一次")
    expect(page.locator(".turn.pending")).to_have_count(0)
    page.reload()
    assert turns(page)[1:] == ["只说一次"]


def test_words_that_are_too_long_are_told_before_they_are_sent(begins: Callable[..., Page]) -> None:
    page = begins()
    page.locator("#text").fill("长" * 3990)
    expect(page.locator("[data-left]")).to_have_text("还可输入 10 字")
    page.locator("#text").fill("长" * 4003)
    expect(page.locator("[data-left]")).to_contain_text("超出 3 字")
    page.locator("[data-send]").click()
    assert len(page.locator("#text").input_value()) == 4003
    assert len(turns(page)) == 1


def test_a_picture_is_sent_and_what_is_no_picture_is_explained(begins: Callable[..., Page]) -> None:
    page = begins()
    page.locator("[data-file-chosen]").set_input_files(PICTURES / "home-phone.jpg")
    expect(page.locator(".turn.customer img")).to_have_js_property("complete", value=True)
    assert page.locator(".turn.customer img").evaluate("(one) => one.naturalWidth") > 0
    program = FilePayload(name="a.exe", mimeType="application/x-msdownload", buffer=b"MZ")
    page.locator("[data-file-chosen]").set_input_files([program])
    expect(page.locator(".turn.refused .mark")).to_contain_text("未送达")
    page.get_by_role("button", name="放弃").click()
    expect(page.locator(".turn.refused")).to_have_count(0)


def test_a_script_as_a_name_and_as_words_stays_text(begins: Callable[..., Page]) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page = begins(evil)
    say(page, evil + "{place}")
    expect(page.locator(".turn.pending")).to_have_count(0)
    assert turns(page) == [evil, evil + "{place}"]


def test_whoever_writes_after_the_end_is_taken_to_the_conversation_that_goes_on(
    begins: Callable[..., Page],
) -> None:
    page = begins()
    first = key_of(page)
    page.locator("[data-menu] > summary").click()
    page.locator(".end-it > summary").click()
    page.get_by_role("button", name="确定结束").click()
    standing(page).to_contain_text("您已离开排队")
    say(page, "还有一件事")
    page.wait_for_url(lambda url: "/chat/c/" in url and first not in url)
    expect(page.get_by_text("还有一件事")).to_be_visible()


def test_whoever_does_not_want_to_wait_is_called_back(begins: Callable[..., Page]) -> None:
    page = begins()
    page.locator(".ring-back > summary").click()
    page.locator(".ring-back input").fill("12")
    page.get_by_role("button", name="给我回电", exact=True).click()
    expect(page.locator("[data-trouble]")).to_be_visible()
    page.locator(".ring-back input").fill("138 1234 5678")
    page.get_by_role("button", name="给我回电", exact=True).click()
    standing(page).to_contain_text("您的留言已收到")


def test_everything_works_without_a_script(begins: Callable[..., Page], agent: Agent) -> None:
    page = begins(java_script_enabled=False)
    way = agent.accepts(page)
    page.get_by_role("link", name="查看新消息").click()
    say(page, "没有脚本")
    page.locator(".attach > summary").click()
    page.locator("[data-file-chosen]").set_input_files(PICTURES / "home-phone.jpg")
    page.get_by_role("button", name="发送文件").click()
    expect(page.locator(".turn.customer img")).to_have_count(1)
    agent.says(way, "收到了")
    page.get_by_role("link", name="查看新消息").click()
    assert turns(page) == ["请问怎么办通行卡？", "没有脚本", "收到了"]
    agent.does(f"{way}/end", reason="解决")
    page.get_by_role("link", name="查看新消息").click()
    page.get_by_label("未解决").check()
    page.get_by_label("一般").check()
    page.locator("[data-rate] button").click()
    expect(page.get_by_text("感谢您的评价")).to_have_count(1)


@pytest.mark.parametrize("address", ["/chat/huatong/", "/chat/huatong/message", "/chat/c/1-0/"])
def test_the_first_pages_can_be_read_by_everybody(opens: Opens, house: House, address: str) -> None:
    page = opens(viewport=TELEPHONE).new_page()
    page.goto(house.address + address)
    assert complaints(page, ALL) == []
    page.set_viewport_size(DESK)
    assert complaints(page, OF_A_WIDTH) == []
    page.emulate_media(color_scheme="dark")
    assert complaints(page, OF_A_THEME) == []


def test_the_conversation_can_be_read_by_everybody(
    begins: Callable[..., Page], agent: Agent
) -> None:
    page = begins()
    assert complaints(page, ALL) == []
    way = agent.accepts(page)
    agent.says(way, "您好")
    expect(page.get_by_text("您好", exact=True)).to_be_visible()
    page.locator("[data-menu] > summary").click()
    assert complaints(page, ALL) == []
    page.keyboard.press("Escape")
    agent.does(f"{way}/end", reason="解决")
    expect(page.locator("[data-rating]")).to_be_visible()
    assert complaints(page, ALL) == []
    page.set_viewport_size({"width": 320, "height": 480})
    assert complaints(page, OF_A_WIDTH) == []
    page.emulate_media(color_scheme="dark")
    assert complaints(page, OF_A_THEME) == []


class Site(BaseHTTPRequestHandler):
    """Another organisation's site, with a strict policy of its own."""

    chat = ""

    def do_GET(self) -> None:
        policy = (
            f"default-src 'self'; style-src 'none'; script-src {self.chat}; frame-src {self.chat}; "
            "require-trusted-types-for 'script'"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        tag = f'<script src="{self.chat}/widget/huatong.js" async data-colour="#ffcc00"></script>'
        page = (
            f'<!doctype html><html lang="zh-CN"><title>别处</title><main><h1>别处</h1></main>{tag}'
        )
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base names it
        """Say nothing."""


@pytest.fixture
def elsewhere(house: House) -> Iterator[str]:
    """Return the address of another site, which may show the hotline's chat."""
    served = type("Served", (Site,), {"chat": house.address})
    server = ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    _allow(house, address)
    yield address
    server.shutdown()
    server.server_close()
    _allow(house)


def _allow(house: House, *sites: str) -> None:
    _write(house, "UPDATE contacts_hotline SET sites = ? WHERE code = 'huatong'", json.dumps(sites))


def _write(house: House, statement: str, *values: str) -> None:
    """Change what would take a page of somebody else's to change."""
    with closing(sqlite3.connect(house.home / "rexian.sqlite3", timeout=20)) as database:
        database.execute(statement, values)
        database.commit()


def test_the_widget_brings_the_chat_to_another_site(
    opens: Opens, elsewhere: str, agent: Agent
) -> None:
    page = opens(viewport=DESK).new_page()
    page.goto(elsewhere)
    button = page.get_by_role("button", name="在线客服")
    button.click()
    chat = page.frame_locator("iframe")
    chat.locator("textarea").fill("在别的网站上")
    chat.get_by_role("button", name="开始对话").click()
    chat.locator("#text").wait_for()
    framed = next(one for one in page.frames if "/chat/c/" in one.url)
    way = f"contacts/{framed.url.partition('/chat/c/')[2].partition('-')[0]}"
    agent.does(f"{way}/accept")
    expect(chat.locator("[data-status]")).to_contain_text("客服 1001")
    chat.locator("#text").press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    expect(button).to_be_focused()
    agent.says(way, "您好")
    expect(page.locator(".badge")).to_have_text("1")
    assert page.context.cookies(elsewhere) == []
    page.reload()
    expect(page.locator("rexian-chat iframe")).to_have_count(1)
    agent.says(way, "您还在吗")
    expect(page.locator(".badge")).to_have_text("1")
    button.click()
    expect(chat.get_by_text("您还在吗")).to_be_visible()
    expect(page.locator(".badge")).to_be_hidden()
    assert complaints(page, ALL) == []


def test_a_site_that_nobody_has_named_shows_nothing(
    browser: Browser, house: House, elsewhere: str
) -> None:
    _allow(house, "https://www.example.org")
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(elsewhere)
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.get_by_role("button", name="在线客服").click()
    assert page.frame_locator("iframe").locator("textarea").count() == 0
    context.close()
