"""What stands beside a contact for its agent: words, the step that is due, the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.callbacks.services import promise_callback
from rexian.contacts.queries import contact
from rexian.contacts.services import Arrival, accept_offer, arrive, become_ready
from rexian.dialogue.domain.wording_names import part_of_day
from rexian.dialogue.queries.live import GuideShown, guide_of
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cast import Cast, nothing_changes
from tests.dialogue.contacts.conftest import NOON, House, Talk, later

pytestmark = pytest.mark.django_db


def shown(talk: Talk, *, after: float = 1) -> GuideShown:
    """Return the guide so long after what was said last, and see that looking changes nothing."""
    at = later(talk.clock + after)
    with nothing_changes():
        return guide_of(talk.id, actor=talk.agent, at=at, language="zh-Hans")


def test_the_greeting_is_shown_at_once_with_its_clause(talk: Talk) -> None:
    advice = shown(talk).next
    assert advice is not None
    assert advice.words[0].startswith("您好")
    assert (advice.clause, advice.rule) == ("HW-3.14", "highway-greeting")
    assert advice.why


def test_names_are_filled_in_and_women_are_addressed_as_nvshi(standard: int, house: House) -> None:
    del standard
    agent = house.ready()
    made = house.arrival(after=1, name="欧阳娜", form="女士", text="前面堵车了吗")
    accept_offer(made, actor=agent, at=later(4))
    said = Talk(house, made, agent, 4)
    said.says("您好，很高兴为您服务，请问有什么可以帮您？")
    said.hears("我姓欧阳，前面堵车了吗")
    guide = shown(said)
    words = [one for advice in (guide.next, *guide.more) if advice for one in advice.words]
    assert any("欧阳女士" in one for one in words)
    assert not any("小姐" in one for one in words)


def test_a_holiday_has_a_greeting_of_its_own(cast: Cast, house: House) -> None:
    festival = datetime(2026, 10, 1, 2, tzinfo=UTC)
    cast.put_standards_in_force(festival)
    become_ready(actor=house.actor(), at=festival)
    asked = Arrival(sent_as="festival", text="你好")
    made = arrive(house.code, arrival=asked, at=festival)
    accept_offer(made, actor=house.actor(), at=festival)
    guide = guide_of(made, actor=house.actor(), at=festival, language="zh-Hans")
    assert guide.next is not None
    assert guide.next.rule == "holiday-greeting"


def test_what_was_said_is_not_advised_again(talk: Talk) -> None:
    first = shown(talk).next
    assert first is not None
    talk.says(first.words[0])
    then = shown(talk).next
    assert then is None or then.rule != first.rule


def test_it_stays_the_same_while_nothing_happens(talk: Talk) -> None:
    assert shown(talk).signature == shown(talk, after=2).signature
    before = shown(talk).signature
    talk.hears("我的电话是13812345678")
    assert shown(talk).signature != before


def test_a_number_is_to_be_read_back_until_it_was(talk: Talk) -> None:
    talk.says("您好，很高兴为您服务，请问有什么可以帮您？")
    talk.hears("我的车抛锚了，电话13812345678")
    number = shown(talk).number
    assert number is not None
    assert (number.number, number.read_back) == ("138 1234 5678", False)
    assert "138 1234 5678" in number.words[0]
    talk.says("我跟您核对一下，号码是138 1234 5678，对吗？")
    number = shown(talk).number
    assert number is not None
    assert (number.read_back, number.words) == (True, ())


def test_a_promise_in_words_is_shown_with_its_instant(talk: Talk) -> None:
    talk.says("我们会在两小时内给您回复")
    (promise,) = shown(talk).promises
    assert promise.due_at == later(talk.clock) + timedelta(hours=2)
    assert (promise.quote in "我们会在两小时内给您回复", promise.kept_as) == (True, None)
    assert promise.clause


def test_a_promise_that_became_a_callback_says_so(talk: Talk) -> None:
    talk.records(case_type="help", number="13812345678")
    talk.says("我们会在两小时内给您回复")
    (promise,) = shown(talk).promises
    kept = promise_callback(
        talk.id,
        due_at=promise.due_at,
        clause=promise.clause,
        quote=promise.quote,
        actor=talk.agent,
        at=later(talk.clock + 2),
    )
    assert [one.kept_as for one in shown(talk).promises] == [kept]


def test_a_contact_ends_without_a_reason_after_both_farewells(talk: Talk) -> None:
    ending = shown(talk).ending
    assert (ending.allowed, ending.reason_needed) == (False, True)
    talk.hears("好的，谢谢，再见")
    talk.says("感谢您的来电，再见！")
    ending = shown(talk).ending
    assert (ending.allowed, ending.reason_needed) == (True, False)


def test_a_step_is_due_at_its_instant_whenever_one_looks(talk: Talk) -> None:
    talk.says("您好，很高兴为您服务，请问有什么可以帮您？")
    step = shown(talk).step
    assert step is not None
    assert step.due_at > later(talk.clock)
    assert (step.number, step.then) == (1, "say")
    seen_late = shown(talk, after=500)
    assert seen_late.step == step
    assert seen_late.next is not None
    assert seen_late.next.clause == step.clause
    talk.hears("我在")
    assert shown(talk).step is None


def test_only_who_may_see_the_contact_sees_its_guide(talk: Talk) -> None:
    at = later(9)
    watching = talk.house.actor(Role.DUTY_LEADER)
    assert guide_of(talk.id, actor=watching, at=at, language="zh-Hans").next is not None
    for role in (Role.HANDLER, Role.CALLBACK_AGENT, "outsider"):
        with pytest.raises(NotFound):
            guide_of(talk.id, actor=talk.house.actor(role), at=at, language="zh-Hans")


def test_nothing_is_advised_once_it_is_over(talk: Talk) -> None:
    talk.ends()
    assert contact(talk.id, actor=talk.agent).talked_until is not None
    assert shown(talk) == GuideShown(signature=shown(talk).signature)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (4, "evening"),
        (5, "morning"),
        (10, "morning"),
        (11, "noon"),
        (13, "afternoon"),
        (18, "evening"),
    ],
)
def test_one_greets_by_the_part_of_the_day(hour: int, part: str) -> None:
    at = datetime(2026, 11, 23, hour, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert part_of_day(at) == part


def test_noon_is_where_the_hotline_is(talk: Talk) -> None:
    del talk
    assert part_of_day(NOON.astimezone(ZoneInfo("Asia/Shanghai"))) == "noon"
