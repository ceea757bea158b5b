"""Two clicks at the same moment: on a batch that is given away, and on a view that is saved."""

from __future__ import annotations

from functools import partial

import pytest

from rexian.cases.models import Step, View
from rexian.cases.services import reassign_many
from rexian.cases.services.views import save_view
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import Role
from rexian.org.services import join_person
from tests.cases.conftest import MACHINE, NOON, Desk
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)

SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


def test_two_clicks_at_the_same_moment_give_each_case_away_once(desk: Desk) -> None:
    details = PersonDetails(sign_in="liucun.dingyi", name="丁一")
    colleague = join_person(
        desk.units["liucun"], details=details, roles=(Role.HANDLER,), actor=MACHINE, at=NOON
    )
    made = [desk.take() for _ in range(3)]
    for one in made:
        desk.move(one, "send-slip", unit=desk.units["liucun"], values=SENT)
    manager = desk.actor(Role.MANAGER)
    seen = {one: desk.shown(one).version for one in made}
    told: list[str] = []

    def click(order: list[int]) -> None:
        results = reassign_many(
            {one: seen[one] for one in order},
            person=colleague, reason="调休", sent_as="click", actor=manager, at=NOON,
        )  # fmt: skip
        told.extend(one.outcome for one in results)

    assert together(partial(click, made), partial(click, made[::-1])) == [None, None]
    assert told == ["done"] * 6
    assert Step.objects.filter(effect="reassign", case__in=made).count() == 3
    assert {desk.shown(one).handler for one in made} == {colleague}


def test_a_view_that_is_saved_twice_at_the_same_moment_is_one(desk: Desk) -> None:
    actor = desk.actor(Role.AGENT)
    save = partial(save_view, name="急件", filter_by={"urgent": "yes"}, actor=actor, at=NOON)
    assert together(*[save] * 4) == [None] * 4
    assert View.objects.count() == 1
