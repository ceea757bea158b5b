"""The second click, the reload, and two who move the same case at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.office import Office, fill, happened, move, press, says

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("casework")]


def test_two_move_a_case_at_once_and_the_second_keeps_what_was_typed(office: Office) -> None:
    agent = office.at("wangfang", "/")
    case = office.take(
        agent,
        category="标识",
        case_class="简单",
        matter="白沙收费站出口限速牌倒了。",
        name="江先生",
        number="13700137321",
        place="白沙收费站",
    )
    words = "客户情绪激动，要求组长今天回电。"
    handing = agent.locator("#move-hand-over")
    handing.locator("summary").click()
    fill(handing, {"text": words})
    leader = office.at("zhaomin", case)
    move(leader, "to-section", unit="东线监控分中心")
    expect(agent.locator("[data-news]")).to_be_visible()
    press(handing.locator("button"))  # it is elsewhere by now
    says(agent.locator(".case .notice"), words)
    expect(agent.locator("#move-hand-over")).to_have_count(0)

    raising = agent.locator("#move-escalate")
    raising.locator("summary").click()
    fill(raising, {"reason": words})
    move(leader, "send-form", unit="柳村收费站", **{"value.demands": "当日查明"})
    press(raising.locator("button"))
    expect(raising.locator("[name=reason]")).to_have_value(words)
    press(raising.locator("button"))  # seen how it stands now, pressed again
    says(happened(agent).first, words)


def test_a_second_click_and_a_reload_do_nothing_twice(office: Office) -> None:
    agent = office.at("wangfang", "/cases/7/")
    adding = agent.locator("#move-add")
    adding.locator("summary").click()
    fill(adding, {"text": "只补充一次"})
    with agent.expect_navigation():
        adding.locator("button").dblclick()
    once = happened(agent).filter(has_text="只补充一次")
    expect(once).to_have_count(1)
    agent.reload()
    expect(once).to_have_count(1)
