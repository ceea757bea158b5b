"""A complaint from the first word to the archive, by HW-2.4 to HW-2.8."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk

pytestmark = pytest.mark.django_db

SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
WHOLE = SENT | {
    "video": "录像显示未使用文明用语",
    "cause": "交接班情绪不佳",
    "responsible": "yes",
    "result": "批评教育",
    "told": "已致歉",
    "leader": "周军",
    "opinion": "属实，已处理",
}


def test_a_complaint_goes_through_the_units_and_is_archived(desk: Desk) -> None:
    made = desk.take()
    assert desk.shown(made).flow == "highway-complaint"
    assert desk.shown(made).due_at == NOON + timedelta(hours=2)

    hour = timedelta(hours=1)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert desk.shown(made).unit == desk.units["liucun"]
    desk.move(made, "sign", Role.HANDLER, at=NOON + hour / 4)
    desk.move(made, "investigate", Role.HANDLER, text="已看录像", at=NOON + hour / 2)
    leader = desk.actor(Role.MANAGER).person
    desk.move(made, "report-leader", Role.HANDLER, text="已报", person=leader, at=NOON + hour)
    desk.move(
        made, "find", Role.MANAGER, at=NOON + hour, finding="true", responsible=True, text="属实"
    )
    desk.move(made, "answer", Role.HANDLER, text="已致歉并说明", at=NOON + hour)
    desk.move(made, "return-slip", Role.HANDLER, signer="周军", values=WHOLE, at=NOON + hour)
    assert desk.shown(made).standing == "resolved"
    desk.move(made, "confirm", Role.CALLBACK_AGENT, at=NOON + 3 * hour)
    desk.move(made, "report-up", Role.CALLBACK_AGENT, text="已反馈", at=NOON + 3 * hour)
    desk.move(made, "archive", at=NOON + 4 * hour)

    shown = desk.shown(made)
    assert (shown.standing, shown.finding, shown.breached_at) == ("closed", "true", None)
    assert [one.clock for one in desk.page(made).clocks if one.is_running] == []
    slip = desk.page(made).slips[-1]
    assert (slip.signer, slip.version) == ("周军", 2)
