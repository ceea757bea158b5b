"""Notices as services keep them: who puts up what, who sees it, and when it comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rexian.clockwork.services.working import Worker
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import Invalid, NotFound
from rexian.notices import queries
from rexian.notices.domain.notices import Importance, NoLongerUp, NotForThem
from rexian.notices.services import expire_notice, post_notice, read_notice, take_down_notice
from rexian.org.domain.roles import Role
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "京港澳高速北向因事故封闭"
Post = Callable[..., int]


@pytest.fixture
def post(cast: Cast) -> Post:
    """Return what puts up a notice as the manager, for a unit by its code."""

    def posted(
        unit: str = "team-1",
        *,
        text: str = TEXT,
        until_at: datetime = NOW + DAY,
        importance: Importance = Importance.ORDINARY,
        role: Role | str = Role.MANAGER,
        at: datetime = NOW,
    ) -> int:
        return post_notice(
            cast.units[unit],
            text=text,
            until_at=until_at,
            importance=importance,
            actor=cast.actor(role),
            at=at,
        )

    return posted


def seen(cast: Cast, role: Role | str, at: datetime = NOW) -> list[int]:
    """Return what is up for somebody."""
    return [one.id for one in queries.current_notices(cast.actor(role), at=at)]


def test_a_notice_is_seen_in_its_unit_and_below_and_nowhere_else(cast: Cast, post: Post) -> None:
    notice = post("team-1")
    assert seen(cast, Role.AGENT) == seen(cast, Role.TEAM_LEADER) == [notice]
    assert seen(cast, Role.CALLBACK_AGENT) == []  # of the team beside it
    assert seen(cast, Role.HANDLER) == []
    assert seen(cast, OUTSIDER) == []


def test_a_notice_of_the_top_reaches_every_role(cast: Cast, post: Post) -> None:
    notice = post("huatong")
    assert {role: seen(cast, role) for role in Role} == {role: [notice] for role in Role}


def test_whoever_may_put_up_notices_sees_those_below_though_they_are_for_others(
    cast: Cast, post: Post
) -> None:
    notice = post("team-1")
    shown = queries.notice(notice, actor=cast.actor(Role.DUTY_LEADER))
    assert (shown.concerns, shown.manageable) == (False, True)
    with pytest.raises(NotForThem), nothing_changes():
        read_notice(notice, actor=cast.actor(Role.DUTY_LEADER), at=NOW)


def test_the_journal_keeps_that_it_was_put_up_and_nothing_of_its_text(
    cast: Cast, post: Post
) -> None:
    notice = post(importance=Importance.URGENT)
    (entry,) = recorded("notices.notice_posted")
    assert (entry.subject, entry.actor) == (f"notice:{notice}", f"person:{cast.id('manager')}")
    assert entry.data == {"unit": cast.units["team-1"], "importance": "urgent"}
    assert TEXT not in str([one.__dict__ for one in recorded()])


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER])
def test_whoever_does_not_see_units_puts_up_nothing(post: Post, role: Role) -> None:
    with pytest.raises(NotFound), nothing_changes():
        post("team-1", role=role)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_whoever_sees_a_unit_without_the_right_is_refused(post: Post, role: Role) -> None:
    with pytest.raises(RightMissing), nothing_changes():
        post("team-1", role=role)


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, OUTSIDER])
def test_a_unit_that_one_does_not_see_is_not_found(post: Post, role: Role | str) -> None:
    with pytest.raises(NotFound), nothing_changes():
        post("team-2", role=role)


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"until_at": NOW}, {"until_at": NOW + timedelta(days=91)}]
)
def test_what_is_refused_leaves_no_trace(post: Post, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid), nothing_changes():
        post(**wrong)


def test_urgent_stands_first_then_the_newest(cast: Cast, post: Post) -> None:
    old, urgent, new = (
        post(at=NOW - 2 * HOUR),
        post(at=NOW - HOUR, importance=Importance.URGENT),
        post(),
    )
    assert seen(cast, Role.AGENT) == [urgent, new, old]


def test_a_notice_is_read_once(cast: Cast, post: Post) -> None:
    notice, agent = post(), cast.actor(Role.AGENT)
    read_notice(notice, actor=agent, at=NOW)
    with nothing_changes():
        read_notice(notice, actor=agent, at=NOW + HOUR)
    assert queries.notice(notice, actor=agent).read_at == NOW
    assert len(recorded("notices.notice_read")) == 1


def test_the_poster_sees_who_has_not_read_it(cast: Cast, post: Post) -> None:
    notice, leader = post("team-1"), cast.actor(Role.TEAM_LEADER)
    before = queries.readership(notice, actor=leader, offset=0, limit=10)
    assert (before.read, before.total) == (0, 2)
    read_notice(notice, actor=cast.actor(Role.AGENT), at=NOW)
    after = queries.readership(notice, actor=leader, offset=0, limit=10)
    assert (after.read, after.total) == (1, 2)
    assert [one.id for one in after.waiting] == [cast.id(Role.TEAM_LEADER)]


def test_whoever_puts_up_a_notice_has_read_it(cast: Cast, post: Post) -> None:
    notice, leader = post(role=Role.TEAM_LEADER), cast.actor(Role.TEAM_LEADER)
    who = queries.readership(notice, actor=leader, offset=0, limit=10)
    assert (who.read, [one.id for one in who.waiting]) == (1, [cast.id(Role.AGENT)])
    assert recorded("notices.notice_read") == []


def test_who_has_read_it_is_no_matter_of_those_who_read(cast: Cast, post: Post) -> None:
    notice = post()
    with pytest.raises(RightMissing):
        queries.readership(notice, actor=cast.actor(Role.AGENT), offset=0, limit=10)
    with pytest.raises(NotFound):
        queries.readership(notice, actor=cast.actor(OUTSIDER), offset=0, limit=10)


def test_a_notice_is_taken_down_once_and_is_an_earlier_one_then(cast: Cast, post: Post) -> None:
    notice, leader = post(), cast.actor(Role.TEAM_LEADER)
    take_down_notice(notice, actor=leader, at=NOW + HOUR)
    assert seen(cast, Role.AGENT, NOW + HOUR) == []
    agent = cast.actor(Role.AGENT)
    earlier = queries.earlier_notices(agent, at=NOW + HOUR, offset=0, limit=10)
    assert [(one.id, one.down_at) for one in earlier] == [(notice, NOW + HOUR)]
    assert queries.earlier_count(agent, at=NOW + HOUR) == 1
    with pytest.raises(NoLongerUp), nothing_changes():
        take_down_notice(notice, actor=leader, at=NOW + HOUR)
    with pytest.raises(NoLongerUp), nothing_changes():
        read_notice(notice, actor=agent, at=NOW + HOUR)


@pytest.mark.parametrize(
    ("role", "error"),
    [
        (Role.AGENT, RightMissing),
        (Role.CALLBACK_AGENT, NotFound),
        (OUTSIDER, NotFound),
    ],
)
def test_others_take_nothing_down(
    cast: Cast, post: Post, role: Role | str, error: type[Exception]
) -> None:
    notice = post()
    with pytest.raises(error), nothing_changes():
        take_down_notice(notice, actor=cast.actor(role), at=NOW)


def test_at_its_end_it_comes_down_dated_at_its_end(cast: Cast, post: Post) -> None:
    notice = post(until_at=NOW + HOUR)
    assert seen(cast, Role.AGENT, NOW + HOUR) == []  # also while no worker has come to it
    Worker("tests").tick(NOW + 5 * HOUR)
    (entry,) = recorded("notices.notice_expired")
    assert (entry.at, entry.subject) == (NOW + HOUR, f"notice:{notice}")
    assert queries.notice(notice, actor=cast.actor(Role.AGENT)).down_at == NOW + HOUR


def test_one_that_is_taken_down_does_not_expire(cast: Cast, post: Post) -> None:
    notice = post(until_at=NOW + HOUR)
    take_down_notice(notice, actor=cast.actor(Role.MANAGER), at=NOW)
    Worker("tests").tick(NOW + DAY)
    with nothing_changes():  # and a deadline that fires all the same finds nothing to do
        expire_notice(notice, actor=Actor.system("worker"), at=NOW + HOUR)
    assert recorded("notices.notice_expired") == []


def test_only_the_machine_or_who_may_put_it_up_has_it_expire(cast: Cast, post: Post) -> None:
    notice = post()
    with pytest.raises(RightMissing), nothing_changes():
        expire_notice(notice, actor=cast.actor(Role.AGENT), at=NOW + DAY)


def test_what_is_up_is_read_with_one_question_however_many_there_are(
    cast: Cast, post: Post, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(5):
        post()
    agent = cast.actor(Role.AGENT)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        assert len(queries.current_notices(agent, at=NOW)) == 5
