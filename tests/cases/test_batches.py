"""Many cases given to somebody else in one step, each by its own flow's move."""

from __future__ import annotations

from typing import Any

import pytest

from rexian.cases.domain.refusals import BadBatch, CaseMovedOn, IllegalMove, Lacking, WrongPerson
from rexian.cases.models import Step
from rexian.cases.services import Reassigned, reassign_many
from rexian.cases.services.batches import MOST
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import Role
from rexian.org.services import join_person
from tests.cases.conftest import MACHINE, NOON, Desk
from tests.cast import OUTSIDER, nothing_changes

pytestmark = pytest.mark.django_db

SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


@pytest.fixture
def colleague(desk: Desk) -> int:
    """Return somebody else who handles cases at the toll station."""
    details = PersonDetails(sign_in="liucun.dingyi", name="丁一")
    return join_person(
        desk.units["liucun"], details=details, roles=(Role.HANDLER,), actor=MACHINE, at=NOON
    )


def handled(desk: Desk) -> int:
    """Return a complaint that the toll station's handler has signed for."""
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def give(
    desk: Desk,
    *cases: int,
    role: Role | str = Role.MANAGER,
    sent_as: str = "one-click",
    seen: dict[int, int] | None = None,
    **to: Any,
) -> tuple[Reassigned, ...]:
    """Give cases away as somebody who saw them as they are."""
    versions = seen or {one: desk.shown(one).version for one in cases}
    return reassign_many(
        versions, **{"reason": "调休", **to}, sent_as=sent_as, actor=desk.actor(role), at=NOON
    )


def outcomes(results: tuple[Reassigned, ...]) -> list[tuple[str, type[Exception] | None]]:
    """Return what became of each, and the kind of reason."""
    return [(one.outcome, type(one.why) if one.why else None) for one in results]


def test_cases_are_given_to_a_person_in_one_step(desk: Desk, colleague: int) -> None:
    made = [handled(desk) for _ in range(3)]
    assert outcomes(give(desk, *made, person=colleague)) == [("done", None)] * 3
    assert {desk.shown(one).handler for one in made} == {colleague}
    steps = Step.objects.filter(effect="reassign", case__in=made)
    assert {(one.reason, one.person_id) for one in steps} == {
        ("调休", desk.actor(Role.MANAGER).person)
    }


def test_each_case_tells_why_it_stays_and_the_others_go(desk: Desk, colleague: int) -> None:
    goes, elsewhere, over = handled(desk), desk.take(), handled(desk)
    desk.move(over, "withdraw", reason="不用了")
    results = give(desk, elsewhere, goes, over, person=colleague)
    assert outcomes(results) == [
        ("refused", WrongPerson), ("done", None), ("refused", IllegalMove),
    ]  # fmt: skip
    assert all(one.why.sentence("zh-Hans") for one in results if one.why)
    assert desk.shown(goes).handler == colleague
    assert desk.shown(elsewhere).handler is None


def test_whoever_has_it_already_is_not_given_it_again(desk: Desk) -> None:
    made = handled(desk)
    person = desk.actor(Role.HANDLER).person
    assert outcomes(give(desk, made, person=person)) == [("refused", WrongPerson)]


def test_a_second_click_is_the_same_step(desk: Desk, colleague: int) -> None:
    made = [handled(desk), handled(desk)]
    seen = {one: desk.shown(one).version for one in made}
    first = give(desk, seen=seen, person=colleague)
    with nothing_changes():
        assert give(desk, seen=seen, person=colleague) == first


def test_a_case_that_has_moved_on_meanwhile_stays_as_it_is(desk: Desk, colleague: int) -> None:
    made = handled(desk)
    seen = {made: desk.shown(made).version}
    desk.move(made, "add", text="补充情况")
    with nothing_changes():
        assert outcomes(give(desk, seen=seen, person=colleague)) == [("refused", CaseMovedOn)]


def test_cases_are_sent_to_a_unit_by_the_move_that_their_flow_has(desk: Desk) -> None:
    complaint = desk.take()
    for _ in range(2):
        desk.move(complaint, "send-slip", unit=desk.units["liucun"], values=SENT)
        desk.move(complaint, "return", Role.HANDLER, reason="不是本站")
    bare, taken = desk.take(), desk.take(category="help-fault", case_class="")
    results = give(desk, complaint, bare, taken, unit=desk.units["liucun"])
    assert outcomes(results)[0] == ("done", None)
    assert desk.shown(complaint).unit == desk.units["liucun"]
    assert [one.outcome for one in results[1:]] == ["refused", "refused"]
    assert {desk.shown(one).unit for one in (bare, taken)} == {desk.units["centre"]}


def test_only_who_supervises_gives_cases_away(desk: Desk, colleague: int) -> None:
    made = handled(desk)
    with nothing_changes(), pytest.raises(RightMissing):
        give(desk, made, role=Role.AGENT, person=colleague)
    stranger = give(desk, made, role=Role.DUTY_LEADER, person=colleague)
    assert outcomes(stranger)[0][0] == "refused"
    assert desk.shown(made).handler == desk.actor(Role.HANDLER).person


def test_what_one_does_not_see_is_not_there(desk: Desk, colleague: int) -> None:
    made = handled(desk)
    results = give(desk, seen={made: 1, made + 1000: 1}, person=colleague)
    assert outcomes(results)[1] == ("refused", NotFound)


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ({}, BadBatch),
        ({"person": 1, "unit": 1}, BadBatch),
        ({"person": 999_999}, Lacking),
        ({"unit": 999_999}, Lacking),
        ({"person": 1, "sent_as": ""}, BadBatch),
    ],
    ids=["to nobody", "to both", "no such person", "no such unit", "no name"],
)
def test_what_makes_no_sense_for_any_does_nothing(
    desk: Desk, to: dict[str, Any], refusal: type[Exception]
) -> None:
    made = handled(desk)
    with nothing_changes(), pytest.raises(refusal):
        give(desk, made, **to)


def test_nobody_of_another_organisation_is_given_a_case(desk: Desk) -> None:
    made = handled(desk)
    theirs = desk.house.cast.id(OUTSIDER)
    with nothing_changes(), pytest.raises(Lacking):
        give(desk, made, person=theirs)


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_no_case_is_no_batch_and_neither_are_too_many(
    desk: Desk, colleague: int, count: int
) -> None:
    actor = desk.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(BadBatch):
        reassign_many(
            dict.fromkeys(range(count), 1),
            person=colleague, reason="", sent_as="s", actor=actor, at=NOON,
        )  # fmt: skip
