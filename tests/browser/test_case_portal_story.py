"""A customer on a telephone: submits a request, follows it, adds, presses, says how it went."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import PICTURES

from tests.browser.office import Office, fill, happened, is_narrow, move, press, says

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("casework")]

NUMBER = "13900139123"
WISH = {
    "category": "资费标准",
    "matter": "绕城高速同一路段多收了两次费，请查一下。",
    "place_text": "绕城 机场收费站",
    "name": "卢先生",
    "number": NUMBER,
}


def send(page: Page, form: str) -> None:
    """Send the form of that address, and look at whether the page still fits the telephone."""
    press(page.locator(f"form[action*='{form}'] .buttons button, form[action*='{form}'] > button"))
    is_narrow(page)


def submitted(office: Office) -> str:
    """Submit a request with a picture, clumsily; return its number."""
    page = office.outside("/service/huatong/")
    is_narrow(page)
    page.get_by_role("link", name=re.compile("提交")).first.click()
    page.wait_for_url("**/submit*")
    fill(page.locator("form[enctype]"), {"category": "资费标准"})
    send(page, "/submit")  # what is missing is said, nothing is lost
    says(page.locator(".faults"), "请填写")
    fill(page.locator("form[enctype]"), WISH)
    page.locator("[name=pictures]").set_input_files(PICTURES / "home-phone.jpg")
    send(page, "/submit")
    reference = page.locator(".confirmed .reference").inner_text()
    assert re.fullmatch(r"\d{6}-\d{4}-\d{4}", reference)
    page.goto(f"{office.house.address}/service/huatong/submit")
    fill(page.locator("form[enctype]"), WISH)
    send(page, "/submit")  # the same words again are the same case
    assert page.locator(".confirmed .reference").inner_text() == reference
    return reference


def test_a_customer_submits_follows_adds_presses_and_rates_without_any_account(
    office: Office,
) -> None:
    reference = submitted(office)
    other = office.outside("/service/huatong/follow")
    fill(other.locator("form.panel"), {"reference": reference, "number": "13900139124"})
    send(other, "/follow")
    expect(other.locator(".faults li")).to_have_count(1)
    fill(other.locator("form.panel"), {"reference": reference.replace("-", ""), "number": NUMBER})
    send(other, "/follow")
    says(other.locator(".stages [aria-current]"), "已受理")
    expect(other.locator(".told-steps img")).to_have_js_property("complete", value=True)
    assert not other.context.cookies()

    fill(other.locator("#adding"), {"add-text": "第二次扣费在晚上八点。"})
    other.locator("#adding [type=file]").set_input_files(PICTURES / "sign-in-phone.jpg")
    send(other, "/add")
    expect(other.locator(".told-steps img")).to_have_count(2)
    send(other, "/press")
    send(other, "/press")  # impatience is one pressing
    expect(other.locator(".told-steps li", has_text="催办")).to_have_count(1)

    desk = office.at("wangfang", "/cases/?q=" + reference)
    desk.locator("tbody th a").click()
    says(desk.locator(".about"), "催办 1 次")
    says(happened(desk).filter(has_text="补充"), "第二次扣费在晚上八点。")
    move(desk, "answer", text="系统重复扣费，三个工作日内退回。")

    other.reload()
    says(other.locator(".latest"), "三个工作日内退回")
    rating = other.locator("#rating")
    rating.get_by_label("已解决", exact=True).check()
    rating.get_by_label("非常满意", exact=True).check()
    send(other, "/rating")
    says(other.locator("main"), "已解决，非常满意")
    desk.reload()
    says(happened(desk).first, "客户")
