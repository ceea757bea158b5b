"""The pages of cases: who is let in, what they show, and every legal move from the page."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rexian.kernel.errors import NotFound
from rexian.live.domain.topics import topic_named
from rexian.org.domain.roles import Role
from tests.cases.conftest import Desk, desk, house

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def text_of(answer: Any, status: int = 200) -> str:
    """Return what a page says."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return str(answer.content.decode())


def form_of(text: str, move: str) -> dict[str, str]:
    """Return the hidden fields of a move's form."""
    part = text[text.index(f'id="move-{move}"') :]
    part = part[: part.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', part)
    return dict(found)


def page(client: Client, made: int) -> str:
    """Return the page of a case."""
    return text_of(client.get(f"/cases/{made}/"))


def send(client: Client, made: int, move: str, given: Mapping[str, Any]) -> Any:
    """Send a move from the page as it is."""
    known = form_of(page(client, made), move)
    return client.post(f"/cases/{made}/moves/{move}", {**known, **given})


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)


@pytest.fixture
def agent(desk: Desk) -> Client:
    """Return the browser of who takes cases."""
    return desk.house.cast.client(Role.AGENT)


@pytest.fixture
def handler(desk: Desk) -> Client:
    """Return the browser of who handles cases at the toll station."""
    return desk.house.cast.client(Role.HANDLER)


def now(desk: Desk, **said: Any) -> int:
    """Take a case now."""
    return desk.take(at=timezone.now(), **said)


def test_the_page_of_a_case_tells_all_of_it(desk: Desk, agent: Client) -> None:
    made = now(desk)
    text = page(agent, made)
    shown = desk.shown(made)
    for words in (shown.reference, "收费员态度不好", "赵先生", "138 0013 8000", "明确答复时限"):
        assert words in text
    assert '<svg class="flow"' in text
    assert "下发客服投诉处理单" in text


def test_the_page_offers_exactly_the_legal_moves(desk: Desk) -> None:
    made = now(desk)
    for role in (Role.AGENT, Role.DISPATCHER, Role.MANAGER, Role.CALLBACK_AGENT):
        text = page(desk.house.cast.client(role), made)
        shown = set(re.findall(r'id="move-([a-z-]+)"', text))
        assert shown == set(desk.offered(made, role)), role


def test_a_case_is_sent_signed_for_and_answered_from_its_page(
    desk: Desk, agent: Client, handler: Client
) -> None:
    made = now(desk)
    liucun = desk.units["liucun"]
    slip = {"unit": liucun, "value.matter": "态度生硬", "value.against": "3号车道收费员"}
    answer = send(agent, made, "send-slip", slip)
    assert answer.status_code == 302
    assert desk.shown(made).unit == liucun
    assert send(handler, made, "sign", {}).status_code == 302
    text = page(handler, made)
    assert "下发客服投诉处理单，到柳村收费站" in text
    assert "3号车道收费员" in text
    assert desk.shown(made).handler == desk.actor(Role.HANDLER).person


def test_only_open_units_of_the_tier_can_be_chosen(desk: Desk, agent: Client) -> None:
    made = now(desk)
    text = page(agent, made)
    part = text[text.index('id="move-send-slip"') :]
    part = part[: part.index("</select>")]
    assert f'value="{desk.units["liucun"]}"' in part
    assert f'value="{desk.units["west"]}"' not in part


def test_what_is_missing_is_said_and_what_was_typed_stays(desk: Desk, agent: Client) -> None:
    made = now(desk)
    answer = send(agent, made, "send-slip", {"value.matter": "态度生硬", "value.against": ""})
    text = text_of(answer, 422)
    assert "请选择单位。" in text or "Choose a unit." in text
    part = text[text.index('id="move-send-slip"') :]
    assert "态度生硬" in part[: part.index("</form>")]
    assert re.search(r'<details class="disclosure move" id="move-send-slip" open', text)
    assert desk.shown(made).version == 1


def test_whoever_comes_second_keeps_what_they_wrote(desk: Desk, agent: Client) -> None:
    made = now(desk)
    known = form_of(page(agent, made), "withdraw")
    desk.move(made, "add", text="补充", at=timezone.now())
    answer = agent.post(f"/cases/{made}/moves/withdraw", {**known, "reason": "客户说不用了"})
    text = text_of(answer, 409)
    assert "客户说不用了" in text
    again = form_of(text, "withdraw")
    answer = agent.post(f"/cases/{made}/moves/withdraw", {**again, "reason": "客户说不用了"})
    assert answer.status_code == 302
    assert desk.shown(made).standing == "closed"


def test_words_for_a_move_that_is_gone_are_shown_once_more(desk: Desk, agent: Client) -> None:
    made = now(desk)
    known = form_of(page(agent, made), "add")
    desk.move(made, "withdraw", reason="不用了", at=timezone.now())
    answer = agent.post(f"/cases/{made}/moves/add", {**known, "text": "车牌号是云A12345"})
    assert "车牌号是云A12345" in text_of(answer, 403)


def test_a_second_press_of_a_button_is_one_move(desk: Desk, agent: Client) -> None:
    made = now(desk)
    known = form_of(page(agent, made), "press")
    for _ in range(2):
        assert agent.post(f"/cases/{made}/moves/press", known).status_code == 302
    assert desk.shown(made).pressed == 1


def test_an_extension_is_asked_for_and_approved(desk: Desk, agent: Client) -> None:
    made = now(desk)
    until = (timezone.now() + timedelta(days=2)).astimezone(timezone.get_default_timezone())
    given = {"reason": "需要外省协查", "due_at": until.strftime("%Y-%m-%dT%H:%M")}
    assert send(agent, made, "extend", given).status_code == 302
    assert "需要外省协查" in page(agent, made)
    leader = desk.house.cast.client(Role.DUTY_LEADER)
    assert "需要外省协查" in page(leader, made)
    assert desk.shown(made).reference in text_of(leader.get("/cases/?view=approve"))
    assert desk.shown(made).reference not in text_of(agent.get("/cases/?view=approve"))
    version = desk.shown(made).version
    text_of(leader.post(f"/cases/{made}/refuse", {"version": version, "reason": ""}), 422)
    answer = leader.post(f"/cases/{made}/approve", {"version": version, "text": "同意"})
    assert answer.status_code == 302
    assert desk.clock(made, "answer").extended_to is not None


def test_what_was_asked_for_is_refused_with_a_reason(desk: Desk, agent: Client) -> None:
    made = now(desk)
    until = timezone.now() + timedelta(days=2)
    desk.move(made, "extend", reason="来不及", due_at=until, at=timezone.now())
    leader = desk.house.cast.client(Role.DUTY_LEADER)
    version = desk.shown(made).version
    answer = leader.post(f"/cases/{made}/refuse", {"version": version, "reason": "不够"})
    assert answer.status_code == 302
    assert "不够" in page(agent, made)


def test_a_unit_complained_of_does_not_learn_who_complained(desk: Desk, handler: Client) -> None:
    made = now(desk, hides_customer=True)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT, at=timezone.now())
    for text in (page(handler, made), text_of(handler.get("/cases/"))):
        assert "赵先生" not in text
        assert "13800138000" not in text.replace(" ", "")


def test_numbers_are_masked_for_whoever_may_not_identify(desk: Desk, handler: Client) -> None:
    made = now(desk)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT, at=timezone.now())
    text = text_of(handler.get("/cases/"))
    assert "138****8000" in text
    assert "138 0013 8000" not in text
    desk.move(made, "sign", Role.HANDLER, at=timezone.now())
    assert "138 0013 8000" in page(handler, made), "whoever signed for it has to call"


def test_nobody_elsewhere_sees_a_case(desk: Desk) -> None:
    made = now(desk)
    stranger = desk.house.cast.client("outsider")
    assert stranger.get(f"/cases/{made}/").status_code in (403, 404)
    toll = desk.house.cast.client(Role.HANDLER)
    assert toll.get(f"/cases/{made}/").status_code == 404


def test_lists_filter_and_count(desk: Desk, agent: Client) -> None:
    first, second = now(desk), now(desk, category="breakdown-tyre", case_class="", title="爆胎")
    desk.move(first, "withdraw", reason="不用了", at=timezone.now())
    for query, there, not_there in (
        ("standing=live", second, first),
        ("standing=closed", first, second),
        ("flow=highway-help", second, first),
        ("category=complaint-attitude", first, second),
        ("urgent=yes", second, first),
        ("q=爆胎", second, first),
        ("view=today&standing=live", second, first),
        (f"q={desk.shown(first).reference}", first, second),
    ):
        text = text_of(agent.get(f"/cases/?{query}"))
        assert f"/cases/{there}/" in text, query
        assert f'href="/cases/{not_there}/"' not in text, query
    assert "standing=closed" in text_of(agent.get("/cases/"))
    assert "<table" not in text_of(agent.get("/cases/?standing=void"))


def test_a_long_list_goes_on_by_a_cursor(desk: Desk, agent: Client, monkeypatch: Any) -> None:
    from rexian.console.views import cases as view  # noqa: PLC0415 - the page's own size

    monkeypatch.setattr(view, "PAGE", 2)
    made = [now(desk) for _ in range(3)]
    text = text_of(agent.get("/cases/"))
    assert f"?before={made[1]}" in text
    text = text_of(agent.get(f"/cases/?before={made[1]}"))
    assert f"/cases/{made[0]}/" in text
    assert f"/cases/{made[2]}/" not in text


def test_alerts_are_told_and_seen(desk: Desk, handler: Client) -> None:
    made = now(desk)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT, at=timezone.now())
    desk.move(made, "press", at=timezone.now())
    text = text_of(handler.get("/cases/alerts/"))
    found = re.search(r"/cases/alerts/(\d+)/seen", text)
    assert found
    assert handler.post(found[0]).status_code == 302
    assert f"/cases/{made}/" not in text_of(handler.get("/cases/alerts/"))


def test_pictures_come_with_a_move_and_are_given_to_those_who_see_the_case(
    desk: Desk, agent: Client
) -> None:
    made = now(desk)
    known = form_of(page(agent, made), "add")
    sent = {**known, "text": "现场照片", "files": SimpleUploadedFile("p.png", PICTURE)}
    assert agent.post(f"/cases/{made}/moves/add", sent).status_code == 302
    found = re.search(rf"/cases/{made}/files/\d+", page(agent, made))
    assert found
    answer = agent.get(found[0])
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert desk.house.cast.client(Role.HANDLER).get(found[0]).status_code == 404


def test_a_file_is_kept_where_the_move_is_refused(desk: Desk, agent: Client) -> None:
    made = now(desk)
    known = form_of(page(agent, made), "add")
    picture = SimpleUploadedFile("p.txt", b"no picture")
    answer = agent.post(f"/cases/{made}/moves/add", {**known, "text": "照片", "files": picture})
    text = text_of(answer, 422)
    assert "照片" in text
    desk.move(made, "withdraw", reason="不用了", at=timezone.now())
    picture = SimpleUploadedFile("p.png", PICTURE)
    answer = agent.post(f"/cases/{made}/moves/add", {**known, "text": "照片", "files": picture})
    assert answer.status_code in (403, 409)


def test_each_deadline_explains_itself(desk: Desk, agent: Client) -> None:
    made = now(desk, case_class="complex")
    text = page(agent, made)
    assert "怎样算出来的" in text or "How this was reckoned" in text
    assert text.count('<details class="why">') >= 2


def test_the_case_and_its_lists_are_told_anew_to_those_who_see_them(desk: Desk) -> None:
    made = now(desk)
    own = desk.actor(Role.AGENT)
    topic = topic_named("case")
    assert topic is not None
    topic.may_watch(own, str(made))
    with pytest.raises(NotFound):
        topic.may_watch(desk.actor(Role.HANDLER), str(made))
    before = topic.states([str(made)])
    desk.move(made, "press", at=timezone.now())
    assert topic.states([str(made)]) != before
    assert "cases.case_moved" in topic.events
    lists = topic_named("cases")
    assert lists is not None
    with pytest.raises(NotFound):
        lists.may_watch(desk.actor("outsider"), str(desk.house.cast.organisation))


def test_cases_are_merged_joined_and_split_by_their_numbers(desk: Desk, agent: Client) -> None:
    first, second, third = now(desk), now(desk), now(desk)
    reference = desk.shown(first).reference
    given = {"reference": reference.replace("-", ""), "reason": "同一件事"}
    assert agent.post(f"/cases/{second}/merge", given).status_code == 302
    assert desk.shown(second).merged_into == first
    assert desk.shown(second).reference in page(agent, first)
    assert reference in page(agent, second)
    assert agent.post(f"/cases/{third}/join", {"reference": reference}).status_code == 302
    assert f"/cases/{third}/leave" in page(agent, third)
    assert agent.post(f"/cases/{third}/leave").status_code == 302
    assert desk.shown(third).parent is None
    other = {"category": "complaint-signs", "matter": "标志不清", "sent_as": "s"}
    answer = agent.post(f"/cases/{third}/split", other)
    made = int(re.findall(r"\d+", answer["Location"])[0])
    assert desk.shown(made).split_from == third
    assert desk.shown(made).reference in page(agent, third)
    nobody = agent.post(f"/cases/{third}/join", {"reference": "261122-0000-0000"})
    assert nobody.status_code == 422


def test_a_longer_list_asks_no_more_of_the_database(desk: Desk, agent: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(agent.get("/cases/"))
        return len(queries)

    now(desk)
    asked()
    few = asked()
    for _ in range(4):
        desk.move(now(desk), "send-slip", unit=desk.units["liucun"], values=SENT)
    assert asked() == few
