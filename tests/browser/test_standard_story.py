"""The standard at work: an inspector reads a clause, changes it in a draft and publishes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import House

from tests.browser.axe import ALL, OF_A_WIDTH, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Enter = Callable[..., Page]
DOCUMENT = """港口客服热线服务规范
第一条 电话响铃三声之内接听，超过三声应先致歉：“您好，让您久等了！”
第二条 不可以说：“不知道”、“你找别人去”。
第三条 普通投诉24小时内答复，复杂投诉3个工作日内答复。
第四条 语速每分钟180字左右。严禁与客户争吵。
"""
DEADLINE = "#deadlines-complaint-answer"
WORDS = "#forbidden-forbidden-words"


def test_an_inspector_changes_a_time_and_a_word_and_publishes_them(
    house: House, enters: Enter
) -> None:
    page = enters("zhengjie")
    page.goto(f"{house.address}/standards/")
    page.locator("tbody tr").filter(has_text="highway").first.get_by_role("link").first.click()
    version = page.url
    page.get_by_role("link", name="CC-20", exact=True).click()
    expect(page.locator(".clause-text")).to_contain_text("24小时")
    page.goto(version)
    page.locator("form[action$='/draft'] button").click()
    page.get_by_role("link", name="CC-20", exact=True).click()

    within = page.locator(f"{DEADLINE} input[name$='by_class/complex']")
    expect(within).to_have_value("24h")
    within.fill("12小时")
    page.locator(f"{DEADLINE} form button[type=submit]").last.click()
    expect(page.locator(f"{DEADLINE} input[name$='by_class/complex']")).to_have_value("12h")

    page.goto(page.url.replace("CC-20", "HW-3.12").partition("?")[0])
    adding = page.locator(f"{WORDS} details").filter(has=page.locator("[name=word-word]"))
    adding.locator("summary").click()
    adding.locator("[name=word-word]").fill("没有义务")
    adding.locator("[name=word-sense]").fill("敷衍客户")
    adding.locator("button[type=submit]").click()
    expect(page.locator(f"{WORDS} summary").filter(has_text="没有义务")).to_be_visible()

    page.locator("a[href$='/compare']").click()
    expect(page.locator("main")).to_contain_text("24h → 12h")
    expect(page.locator("main")).to_contain_text("没有义务")

    draft = page.url.removesuffix("compare")
    _replays_last_month(page)
    page.goto(draft)
    page.locator("a[href$='/publish']").click()
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1, hours=8):%Y-%m-%d}"
    expect(page.locator("[name=effective_on]")).to_have_value(tomorrow)
    number = page.locator("[name=number]").input_value()
    page.locator("main form.panel button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.locator(".facts dd").first).to_have_text(tomorrow)


def _replays_last_month(page: Page) -> None:
    """Judge what was said lately by the draft that is open, and see it through."""
    page.locator("a[href*='/replays/new']").click()
    today = f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d}"
    page.locator("[name=until]").fill(today)
    page.locator("main form button[type=submit]").click()
    done = page.locator("[data-batch=done]")
    expect(done).to_be_visible(timeout=60_000)
    expect(done).to_contain_text("HW-3.12")
    assert complaints(page, ALL) == []


def test_a_manager_makes_a_draft_of_a_document_and_corrects_it(
    house: House, enters: Enter, tmp_path: Path
) -> None:
    written = tmp_path / "港口.txt"
    written.write_text(DOCUMENT, "utf-8")
    page = enters("chenwei")
    page.goto(f"{house.address}/standards/")
    page.locator("a[href$='/drafts/written']").click()
    page.locator("[type=file]").set_input_files(written)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("ol.clauses li").first).to_contain_text("三声之内")
    draft = page.url.partition("?")[0]

    open_questions = page.locator("form[action*='/questions/'] button")
    before = open_questions.count()
    assert before
    open_questions.first.click()
    expect(open_questions).to_have_count(before - 1)

    page.locator("ol.clauses a").first.click()
    text = page.locator("#clauses-GKKF-1 [name$='text/zh']")
    text.fill("电话响铃两声之内接听。")
    page.locator("#clauses-GKKF-1 form button[type=submit]").last.click()
    expect(text).to_have_value("电话响铃两声之内接听。")
    page.goto(draft)
    expect(page.locator("ol.clauses li").first).to_contain_text("两声之内")
    assert complaints(page, ALL) == []


def test_two_people_who_write_at_once_lose_nothing(house: House, enters: Enter) -> None:
    first = enters("chenwei")
    first.goto(f"{house.address}/standards/")
    first.locator("tbody tr").filter(has_text="centre").first.get_by_role("link").first.click()
    first.locator("form[action$='/draft'] button").click()
    draft = first.url.partition("?")[0]
    second = enters("zhengjie")
    for page in (first, second):
        page.goto(f"{draft}clauses/CC-20")
    title, starts = (f"{DEADLINE} [name$='{one}/zh']" for one in ("title", "starts"))
    first.locator(title).fill("答复要多快")
    first.locator(f"{DEADLINE} form button[type=submit]").last.click()
    expect(first.locator(title)).to_have_value("答复要多快")
    second.locator(starts).fill("挂机之时")
    second.locator(f"{DEADLINE} form button[type=submit]").last.click()
    expect(second.locator("#meanwhile")).to_be_visible()
    expect(second.locator(title)).to_have_value("答复要多快")
    expect(second.locator(starts)).to_have_value("挂机之时")
    second.locator(f"{DEADLINE} form button[type=submit]").last.click()
    expect(second.locator("#meanwhile")).to_have_count(0)
    for one in ("", "clauses/CC-20", "files/clauses.yaml", "publish"):
        first.goto(f"{draft}{one}")
        assert complaints(first, ALL) == []
        first.set_viewport_size({"width": 390, "height": 844})
        first.reload()
        assert complaints(first, OF_A_WIDTH) == []
        first.set_viewport_size({"width": 1440, "height": 900})
    first.goto(f"{draft}compare")
    expect(first.locator("main")).to_contain_text("挂机之时")
    expect(first.locator("main")).to_contain_text("答复要多快")
