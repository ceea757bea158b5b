"""Help in the field: a breakdown from the chat to the archive, and a crew with a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import PICTURES

from tests.browser.office import (
    Office,
    call,
    fill,
    happened,
    is_narrow,
    move,
    offered,
    press,
    says,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("casework")]

HOTLINE = {
    "unit": "客户服务中心",
    "name": "江城燃气热线",
    "code": "ranqi",
    "company": "江城燃气",
    "standard": "gas",
    "hours": "hours: always",
    "queues": "general 咨询",
}
ORDER = {
    "value.fault": "点火针老化",
    "value.work": "更换点火针并试火",
    "value.fee": "85",
    "text": "已更换点火针，试火正常。",
}


def call_in(page: Page, who: str) -> str:
    """Choose on the page that calls in whom to send the page for the field; return its address."""
    page.locator(".candidates .pick", has_text=who).first.locator("input").check()
    page.locator("[name=way][value=page]").check()
    press(page.locator(".calling .buttons button"))
    press(page.locator(".called a", has_text=who).first)
    return page.locator("#field-link").inner_text().strip()


def pressed(page: Page, name: str, told: str) -> None:
    """Press one of the large buttons, and wait until the server has it."""
    page.get_by_role("button", name=name, exact=True).click()
    says(page.locator("#how-far"), told)
    expect(page.locator("[data-sending]")).to_be_hidden()
    is_narrow(page)


@pytest.fixture
def stranded(office: Office) -> Iterator[Page]:
    """Return a customer's telephone in the emergency's queue; in the end they have gone."""
    page = office.outside("/chat/huatong/")
    page.get_by_role("button", name="紧急求助").click()
    page.wait_for_url("**/chat/c/**")
    yield page
    page.request.post(f"{page.url.partition('?')[0].partition('#')[0]}leave")


@pytest.fixture
def desk(office: Office) -> Iterator[Page]:
    """Return the desk of an agent who is ready; in the end nobody is at it."""
    page = office.at("wangfang", "/desk/")
    page.locator("html[data-desk-ready]").wait_for()
    page.locator("#presence [data-deed=ready]").click()
    yield page
    office.post(page, "/desk/presence", state="offline")


def case_at_desk(stranded: Page, desk: Page) -> str:
    """Have the agent make a case of help by one key; return its address."""
    expect(desk.locator(".offer.urgent")).to_be_visible()
    desk.keyboard.press("F8")
    expect(desk.locator("#words")).to_be_focused()
    stranded.locator("#text").fill("车爆胎了，停在应急车道，车上三个人。")
    stranded.locator("[data-send]").click()
    says(desk.locator("#talk-lines"), "应急车道")
    desk.keyboard.press("F9")
    expect(desk.locator(".record .safety").first).to_be_visible()
    desk.locator(".record [name='value.place']").fill("G56 临川方向 K118+200")
    desk.locator(".record [name='value.phone']").fill("13800138222")
    desk.locator(".record [name='value.name']").fill("韦先生")
    expect(desk.locator(".record .dispatch.can")).to_be_visible()
    desk.locator("#talk-lines").focus()
    desk.keyboard.press("z")
    line = desk.locator("#cases [data-case-line]")
    expect(line).to_have_count(1)
    reference = line.get_attribute("data-reference") or ""
    stranded.reload()
    says(stranded.locator("main"), reference)
    return line.locator("a").get_attribute("href") or ""


def test_a_breakdown_goes_from_the_chat_to_towing_to_the_callback_to_the_archive(
    office: Office, stranded: Page, desk: Page
) -> None:
    case = case_at_desk(stranded, desk)
    centre = office.at("sunli", case)
    centre.keyboard.press("d")
    centre.keyboard.press("Enter")
    centre.wait_for_url("**/dispatch/dispatch")
    driver = office.outside(call_in(centre, "通达清障"))
    says(driver.locator("main"), "K118+200")
    driver.locator("#who").fill("刘师傅")
    pressed(driver, "接单", "已接单")
    pressed(driver, "已出发", "已出发")
    pressed(driver, "已到现场", "到场")
    centre.goto(f"{office.house.address}{case}")
    says(centre.locator(".case > .known"), "现场救援")
    driver.locator("#work-text").fill("已换备胎，车辆驶离。")
    pressed(driver, "完成并录入", "已完成")
    says(centre.locator("#help"), "可以办结")
    move(centre, "finish", text="已换备胎，车辆安全驶离。")

    call(office, "wuting", "韦先生", solved="yes", satisfied="yes")
    centre.reload()
    move(centre, "archive")
    says(centre.locator(".case > .known"), "已归档")
    driver.reload()
    says(driver.locator("h1"), "此单已不在")


@pytest.fixture
def gas_line(office: Office) -> None:
    """Have a hotline of gas beside that of the motorway, set up as a manager does."""
    page = office.at("chenwei", "/standards/import")
    press(page.get_by_role("button", name="gas"))
    press(page.locator("form[action$='/publish'] button"))
    page.goto(f"{office.house.address}/hotlines/new")
    fill(page.locator("main form"), HOTLINE)
    press(page.locator("main form .buttons button"))
    page.goto(f"{office.house.address}/cases/duty/new")
    duty = {"who": "李强", "role": "维修", "begins": "00:00", "ends": "23:59"}
    fill(page.locator("main form"), duty)
    press(page.locator("main form .buttons button"))


@pytest.mark.usefixtures("gas_line")
def test_a_crew_takes_arrives_photographs_and_has_the_customer_sign_on_a_telephone(
    office: Office,
) -> None:
    agent = office.at("wangfang", "/")
    case = office.take(
        agent,
        hotline="江城燃气热线",
        category="燃具维修",
        matter="燃气灶打不着火。",
        name="尤女士",
        number="13700137444",
        place="江城花园3栋2单元501",
    )
    move(agent, "forward", unit="话务一组")
    leader = office.at("liqiang", case)
    move(leader, "sign")
    press(leader.locator("a[href$='/call']"))
    fitter = office.outside(call_in(leader, "李强"))
    is_narrow(fitter)
    pressed(fitter, "接单", "已接单")
    fitter.context.set_offline(True)
    fitter.get_by_role("button", name="已出发").click()
    says(fitter.locator("[data-sending]"), "网络不通")
    fitter.context.set_offline(False)
    says(fitter.locator("#how-far"), "已出发")
    pressed(fitter, "已到现场", "到场")
    fitter.locator("#pictures").set_input_files(PICTURES / "home-phone.jpg")
    says(fitter.locator("#pictures-title .count"), "1")

    fill(fitter.locator("#done form"), ORDER)
    sign_by_drawing(fitter)
    pressed(fitter, "完成并录入", "已完成")
    leader.goto(f"{office.house.address}{case}")
    says(leader.locator(".case > .known"), "待回访")
    assert "finish" not in offered(leader)
    says(happened(leader).first, "试火正常")
    leader.goto(f"{office.house.address}{case}slips/paid-repair-order/print")
    says(leader.locator(".paper .signed"), "尤女士")
    expect(leader.locator(".paper .signed img")).to_have_js_property("complete", value=True)
    assert re.search("85", leader.locator(".paper").inner_text())


def sign_by_drawing(page: Page) -> None:
    """Draw a line with a finger or a pen where the customer signs."""
    canvas = page.locator("[data-signing] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 15, box["y"] + 40 + 30 * (step % 2))
    page.mouse.up()
