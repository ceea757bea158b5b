"""转办件 in real browsers: what 12345 passes on, from their letter to the printed answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page
from scripts.make_screenshots import PASSWORD

from tests.browser.office import Office, call, happened, move, offered, press, says

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("casework")]

ANSWER = {
    "value.facts": "录像显示收费员未使用文明用语。",
    "value.result": "当事人批评教育，并当面致歉。",
    "value.contacted": "是",
    "value.satisfied": "是",
}


def letter_of_12345(office: Office) -> str:
    """Take what 12345 has passed on, and sign for it."""
    page = office.at("sunli", "/")
    due = datetime.now() + timedelta(days=3)  # noqa: DTZ005 - as the browser's own calendar has it
    case = office.take(
        page,
        category="服务态度",
        matter="市民反映柳村收费站收费员态度生硬。",
        name="罗女士",
        number="13500135123",
        place="柳村收费站",
        outside_body="12345",
        outside_number="JC20261122777",
        due_at=due.strftime("%Y-%m-%dT%H:%M"),
    )
    move(page, "accept")
    return case


def arbitrated(office: Office, centre: Page, case: str) -> Page:
    """Have two units return it, and a leader decide; return the leader's page."""
    for unit, who, why in (
        ("柳村收费站", "zhoujun", "当班人员属分中心外派"),
        ("东线监控分中心", "gaolei", "收费员属收费站编制"),
    ):
        move(centre, "hand-out", unit=unit)
        theirs = office.at(who, case)
        move(theirs, "return", reason=why)
        theirs.close()
        centre.reload()
    assert not {"hand-out", "arbitrate"} & offered(centre)  # twice is enough, and not theirs
    leader = office.at("zhaomin", case)
    move(leader, "arbitrate", unit="柳村收费站", reason="收费员属收费站编制")
    return leader


def test_a_letter_goes_from_unit_to_unit_is_pressed_supervised_done_twice_and_answered(
    office: Office,
) -> None:
    case = letter_of_12345(office)
    centre = office.at("sunli", case)
    leader = arbitrated(office, centre, case)
    agent = office.at("wangfang", case)
    move(agent, "press")
    says(agent.locator(".about"), "催办 1 次")
    agent.close()
    station = office.at("zhoujun", case)
    office.let_pass(case, minutes=185)
    says(happened(station).filter(has_text="督办"), "签收时限")
    says(station.locator(".case > .known"), "逾期")
    move(station, "sign")
    move(station, "resolve", text="当事人已批评教育。")
    manager = office.at("chenwei", case)
    move(manager, "find", finding="属实", responsible="有责", text="录像属实。")
    manager.close()

    call(office, "wuting", "罗女士", solved="no", satisfied="no", why="当事人没有道歉")
    station.reload()
    says(station.locator(".about"), "第 2 轮")
    says(happened(station).filter(has_text="重办"), "当事人没有道歉")
    move(station, "sign")
    move(station, "resolve", text="当事人已当面致歉。")
    call(office, "wuting", "罗女士", solved="yes", satisfied="yes")

    answer_in_their_form(office, centre, leader, case)
    look_at_print(office, centre, case)


def answer_in_their_form(office: Office, centre: Page, leader: Page, case: str) -> None:
    """Write the answer, have it approved and signed, and archive the case."""
    centre.reload()
    move(centre, "answer", **ANSWER)
    says(centre.locator("#approval"), "按来文要求答复")
    leader.reload()
    press(leader.locator("form[action$='/approve'] button"))
    leader.goto(f"{office.house.address}{case}slips/passed-on-answer/")
    leader.locator("[name=password]").fill(PASSWORD)
    press(leader.get_by_role("button", name="密码"))
    centre.reload()
    move(centre, "archive")
    says(centre.locator(".case > .known"), "已归档")


def look_at_print(office: Office, page: Page, case: str) -> None:
    """Look at whether the answer is one sheet of paper with all that belongs on it."""
    page.goto(f"{office.house.address}{case}slips/passed-on-answer/print")
    page.emulate_media(media="print")
    paper = page.locator(".paper")
    for text in ("华通高速", "转办件办理情况回复", "JC20261122777", *ANSWER.values(), "赵敏"):
        says(paper, text)
    seen = "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.className)"
    assert page.locator("nav, header, button").evaluate_all(seen) == []
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1
