"""What may be done with a case, by whom, and what is refused with which reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.cases.domain.refusals import (
    ApprovalPending,
    BadCase,
    CaseMovedOn,
    IllegalMove,
    Lacking,
    NeedsSecondPerson,
    NotTheirMove,
    TooOften,
    TooSoon,
    WrongUnit,
)
from rexian.cases.models import Case, Step
from rexian.cases.services.signing import fill_slip
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import OUTSIDER, nothing_changes

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


def handled(desk: Desk) -> int:
    """Return a complaint that the toll station has signed for."""
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def test_the_same_request_is_the_same_case(desk: Desk) -> None:
    made = desk.take(sent_as="once")
    assert desk.take(sent_as="once") == made
    assert Case.objects.count() == 1


def test_a_request_that_is_sent_again_is_the_same_step(desk: Desk) -> None:
    made = desk.take()
    first = desk.move(made, "press", sent_as="one-click")
    assert desk.move(made, "press", sent_as="one-click") == first
    assert desk.shown(made).pressed == 1


def test_two_people_changing_a_state_at_once(desk: Desk) -> None:
    made = desk.take()
    seen = desk.shown(made).version
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    with nothing_changes(), pytest.raises(CaseMovedOn):
        desk.move(made, "withdraw", reason="不用了", version=seen)


def test_pressing_does_not_mind_that_the_case_has_moved_on(desk: Desk) -> None:
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "press", version=1)
    assert desk.shown(made).pressed == 1


def test_a_move_that_the_flow_has_not_is_refused(desk: Desk) -> None:
    made = desk.take()
    with nothing_changes(), pytest.raises(IllegalMove):
        desk.move(made, "answer", Role.MANAGER, text="已处理")


def test_a_move_is_made_by_whom_it_is_for(desk: Desk) -> None:
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    with nothing_changes(), pytest.raises(NotTheirMove):
        desk.move(made, "sign")
    desk.move(made, "sign", Role.HANDLER)
    assert desk.shown(made).handler == desk.actor(Role.HANDLER).person


def test_the_house_and_the_unit_see_a_case_and_nobody_else(desk: Desk) -> None:
    made = desk.take()
    with pytest.raises(NotFound):
        desk.shown(made, Role.HANDLER)
    with pytest.raises(NotFound):
        desk.shown(made, OUTSIDER)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert desk.shown(made, Role.HANDLER).id == made
    assert desk.shown(made, Role.DISPATCHER).id == made
    with pytest.raises(NotFound):
        desk.move(made, "press", OUTSIDER)


def test_a_page_offers_exactly_the_legal_moves(desk: Desk) -> None:
    made = handled(desk)
    for role in (Role.AGENT, Role.HANDLER, Role.MANAGER, Role.CALLBACK_AGENT):
        page = desk.page(made, role)
        offered = {one.move.id for one in page.offers}
        for move in page.flow.moves.values():
            if move.id in offered:
                continue
            with (
                nothing_changes(),
                pytest.raises(
                    (IllegalMove, NotTheirMove, NeedsSecondPerson, TooSoon, TooOften, Lacking)
                ),
            ):
                desk.move(
                    made, move.id, role, reason="-", text="-", unit=desk.units["west"],
                    finding="true", person=1, case_class="none", signer="-",
                    due_at=NOON + 99 * HOUR, values=SENT,
                )  # fmt: skip


def test_what_a_move_asks_for_has_to_be_given(desk: Desk) -> None:
    made = desk.take()
    with nothing_changes(), pytest.raises(Lacking) as refused:
        desk.move(made, "send-slip", values=SENT)
    assert refused.value.details["field"] == "unit"
    assert refused.value.sentence("zh-Hans")


def test_a_slip_goes_to_a_unit_of_the_right_tier(desk: Desk) -> None:
    made = desk.take()
    with nothing_changes(), pytest.raises(WrongUnit):
        desk.move(made, "send-slip", unit=desk.units["huatong"], values=SENT)


def test_a_finding_is_made_by_a_second_person(desk: Desk) -> None:
    made = handled(desk)
    leader = desk.actor(Role.MANAGER).person
    with nothing_changes(), pytest.raises(TooSoon):
        desk.move(made, "find", Role.MANAGER, finding="true", text="属实")
    desk.move(made, "investigate", Role.HANDLER, text="录像已看")
    desk.move(made, "report-leader", Role.HANDLER, text="已报", person=leader)
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        desk.move(made, "find", Role.HANDLER, finding="true", text="属实")
    desk.move(made, "find", Role.MANAGER, finding="partly", responsible=True, text="部分属实")
    assert (desk.shown(made).finding, desk.shown(made).responsible) == ("partly", True)


def test_a_return_never_resets_the_clock_and_two_returns_are_arbitrated(desk: Desk) -> None:
    made = desk.take()
    due = desk.clock(made, "answer").due_at
    for _ in range(2):
        desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
        desk.move(made, "return", Role.HANDLER, reason="不是本站", at=NOON + HOUR / 2)
        assert desk.shown(made).unit == desk.units["centre"]
    assert desk.clock(made, "answer").due_at == due
    with nothing_changes(), pytest.raises(TooOften):
        desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert "arbitrate" in desk.offered(made, Role.DUTY_LEADER)
    desk.move(made, "arbitrate", Role.DUTY_LEADER, unit=desk.units["liucun"], reason="属柳村站")
    assert desk.shown(made).unit == desk.units["liucun"]


def test_more_time_is_asked_for_before_it_is_due_and_approved_by_somebody_else(
    desk: Desk,
) -> None:
    made = handled(desk)
    due = desk.shown(made).due_at
    assert due is not None
    later = due + 24 * HOUR
    desk.move(made, "extend", Role.HANDLER, reason="需调取录像", due_at=later)
    assert desk.shown(made).due_at == due
    with nothing_changes(), pytest.raises(ApprovalPending):
        desk.move(made, "assist", Role.HANDLER, text="…", unit=desk.units["west"])
    assert [one.approves for one in desk.page(made, Role.HANDLER).offers].count(True) == 0
    desk.approve(made, Role.MANAGER, at=NOON + HOUR / 2)
    assert later in {one.due_at for one in desk.page(made).clocks}
    step = Step.objects.get(case=made, move="extend", kind="move")
    assert step.data["approved_by"] == desk.actor(Role.MANAGER).person


def test_what_is_not_approved_leaves_the_clock_as_it_was(desk: Desk) -> None:
    made = handled(desk)
    due = desk.shown(made).due_at
    assert due is not None
    desk.move(made, "extend", Role.HANDLER, reason="需调取录像", due_at=due + HOUR)
    desk.refuse(made, Role.MANAGER, reason="录像即刻可查")
    assert desk.shown(made).due_at == due
    assert not desk.shown(made).asked


def test_time_is_given_only_before_it_is_due(desk: Desk) -> None:
    made = handled(desk)
    with nothing_changes(), pytest.raises(Lacking):
        desk.move(
            made, "extend", Role.MANAGER, reason="忙", at=NOON + 3 * HOUR, due_at=NOON + 9 * HOUR
        )


def test_the_class_is_changed_by_a_team_leader_alone_and_the_clock_is_reckoned_again(
    desk: Desk,
) -> None:
    made = desk.take(case_class="simple")
    with nothing_changes(), pytest.raises(NotTheirMove):
        desk.move(made, "reclass", case_class="complex", reason="涉及多方")
    desk.move(made, "reclass", Role.TEAM_LEADER, case_class="complex", reason="涉及多方")
    assert desk.clock(made, "answer").due_at == NOON + 24 * HOUR


def test_the_complainant_can_be_hidden_from_the_unit_complained_of(desk: Desk) -> None:
    made = desk.take(hides_customer=True)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    assert desk.shown(made, Role.HANDLER).number == ""
    assert desk.shown(made, Role.HANDLER).name == ""
    assert desk.shown(made, Role.AGENT).number == "13800138000"


def test_a_case_that_says_nothing_is_not_taken(desk: Desk) -> None:
    with nothing_changes(), pytest.raises(BadCase):
        desk.take(title="", matter="  ")


def test_a_case_reopened_has_a_second_round_with_its_own_clock(desk: Desk) -> None:
    made = desk.take(category="help-fault", case_class="")
    desk.move(made, "dispatch")
    desk.move(made, "finish", Role.DISPATCHER, text="已拖离", at=NOON + HOUR)
    desk.move(made, "reopen", Role.CALLBACK_AGENT, reason="没来", at=NOON + 2 * HOUR)
    shown = desk.shown(made)
    assert (shown.round, shown.resolved_at) == (2, None)
    assert desk.clock(made, "dispatch").started_at == NOON + 2 * HOUR


def test_a_slip_keeps_the_complainant_hidden_and_loses_nothing_of_them(desk: Desk) -> None:
    filled = {"facts": "态度生硬", "name": "赵先生", "phone": "13800138000"}
    made = desk.take(hides_customer=True, values=filled)
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    slip = next(one for one in desk.page(made, Role.HANDLER).slips if one.form == "complaint-form")
    assert slip.values == {"facts": "态度生硬"}
    whole = next(one for one in desk.page(made, Role.AGENT).slips if one.form == "complaint-form")
    assert whole.values == filled
    fill_slip(
        made, form="complaint-form", values={"facts": "态度生硬，已查录像"}, missing={}, version=1,
        actor=desk.actor(Role.HANDLER), at=NOON,
    )  # fmt: skip
    kept = next(one for one in desk.page(made, Role.AGENT).slips if one.form == "complaint-form")
    assert kept.values == {**filled, "facts": "态度生硬，已查录像"}
