"""Cases that are done are called back: a scenario for each rule, with a fixed clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from rexian.callbacks import models
from rexian.callbacks.domain.answers import Answers, Outcome, Word, WordKind
from rexian.callbacks.domain.case_calls import (
    BadCall,
    CallMovedOn,
    CallResult,
    CallState,
    CallTaken,
    NotByHandler,
    OutOfHours,
    SurveyState,
)
from rexian.callbacks.domain.choosing import is_drawn
from rexian.callbacks.queries import (
    case_attempts,
    case_call,
    open_case_calls,
    surveys_of_case,
)
from rexian.callbacks.queries.shares import month_forecast, named_shares, rates_between
from rexian.callbacks.services import (
    answer_word,
    ask_about_case,
    correct_number,
    give_case_call,
    give_up_case_call,
    log_answers,
    log_vain_call,
    release_case_call,
    take_case_call,
)
from rexian.callbacks.services.handing_over import SharesGiven
from rexian.cases.models import Alert
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound, Refused
from rexian.org.domain.roles import Role
from tests.callbacks.conftest import Done
from tests.cases.conftest import NOON
from tests.cast import OUTSIDER, nothing_changes, recorded

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DUE_AT = NOON + 2 * HOUR
"""When a case that was done at noon may be called about: from 14:00."""
CONTENT = Answers(solved=True, satisfied=True, values={"solved": "yes", "satisfied": "yes"})
NOT_CONTENT = Answers(
    solved=True,
    satisfied=False,
    values={"solved": "yes", "satisfied": "no", "why": "道歉没有诚意"},
)


def test_a_complaint_is_called_back_within_two_days_and_in_the_windows(done: Done) -> None:
    case = done.complaint()
    call = done.call(case)
    assert (call.state, call.soft, call.windows) == (
        CallState.DUE,
        False,
        ("09:00-12:00", "14:00-20:00"),
    )
    assert call.next_at == DUE_AT
    assert call.due_at == NOON.replace(hour=16) + 2 * DAY  # the end of the day after next, there
    with pytest.raises(OutOfHours), nothing_changes():
        take_case_call(call.id, actor=done.agent, at=NOON + HOUR)


def test_a_case_of_help_is_called_back_at_any_time_once_it_is_done(done: Done) -> None:
    call = done.call(done.help())
    assert (call.urgent, call.soft, call.windows, call.next_at) == (True, True, (), NOON)
    take_case_call(call.id, actor=done.agent, at=NOON)


def test_who_is_content_confirms_the_case_and_the_record_is_filled_in(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    assert done.answer(call, case, CONTENT) == {case: Outcome.SETTLED}
    shown = done.desk.shown(case)
    assert (shown.state, shown.solved, shown.satisfied) == ("to-archive", True, 5)
    slip = next(one for one in done.desk.page(case).slips if one.form == "callback-record")
    assert slip.values == CONTENT.values
    assert done.call_of(call).state is CallState.REACHED
    assert [one.result for one in case_attempts(call)] == [CallResult.REACHED]


def test_the_second_click_says_the_same_and_a_second_agent_is_told_so(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    assert done.answer(call, case, CONTENT) == {case: Outcome.SETTLED}
    with nothing_changes():
        assert done.answer(call, case, CONTENT) == {case: Outcome.SETTLED}
    other = done.desk.actor(Role.TEAM_LEADER)
    with pytest.raises(CallMovedOn), nothing_changes():
        log_answers(call, attempt=1, answers={case: NOT_CONTENT}, actor=other, at=DUE_AT)


def test_a_killed_worker_that_begins_anew_arranges_one_call(done: Done) -> None:
    case = done.complaint()
    seq = done.desk.page(case).steps[-1].seq
    with nothing_changes():
        first = ask_about_case(case, seq=seq, at=NOON)
        assert ask_about_case(case, seq=seq, at=NOON) == first


def test_one_agent_calls_at_a_time_and_a_supervisor_takes_it_over(done: Done) -> None:
    call = done.take(done.complaint())
    other = done.another_agent()
    with pytest.raises(CallTaken), nothing_changes():
        take_case_call(call, actor=other, at=DUE_AT)
    with pytest.raises(CallTaken), nothing_changes():
        log_vain_call(call, result=CallResult.BUSY, attempt=1, actor=other, at=DUE_AT)
    take_case_call(call, actor=done.desk.actor(Role.TEAM_LEADER), at=DUE_AT)
    release_case_call(call, actor=done.agent, at=DUE_AT)
    assert done.call_of(call).taken_by == done.desk.actor(Role.TEAM_LEADER).person


def test_who_is_not_content_has_a_second_round_with_its_own_clock(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    assert done.answer(call, case, NOT_CONTENT) == {case: Outcome.AGAIN}
    shown = done.desk.shown(case)
    assert (shown.round, shown.state) == (2, "reopened")
    assert done.desk.clock(case, "answer").started_at == DUE_AT
    step = done.desk.page(case).steps[-1]
    assert (step.move, step.reason) == ("reopen", "道歉没有诚意")
    first = done.survey(case)
    assert (first.satisfied, first.handler) == (False, done.desk.actor(Role.HANDLER).person)


def test_not_one_survey_for_ever_each_round_is_asked(done: Done) -> None:
    case = done.complaint()
    done.answer(done.take(case), case, NOT_CONTENT)
    later = done.again(case)
    call = done.take(case, at=later)
    done.answer(call, case, CONTENT, at=later)
    found = surveys_of_case(case)
    assert [(one.round, one.satisfied) for one in found] == [(1, False), (2, True)]


def test_after_the_last_round_a_supervisor_looks_and_may_close_it_by_approval(done: Done) -> None:
    case = done.complaint()
    done.answer(done.take(case), case, NOT_CONTENT)
    later = done.again(case)
    call = done.take(case, at=later)
    assert done.answer(call, case, NOT_CONTENT, at=later) == {case: Outcome.REVIEW}
    shown = done.desk.shown(case)
    assert (shown.state, shown.round) == ("resolved", 2)
    assert Alert.objects.filter(case=case, what="review", right="cases.supervise").count() == 1
    leader = done.leader_of_the_station()
    done.desk.move(case, "unreasonable", leader, reason="诉求无依据", at=later)
    assert done.desk.shown(case).standing == "resolved"  # until a supervisor of the house approves
    done.desk.approve(case, Role.DUTY_LEADER, at=later)
    assert done.desk.shown(case).standing == "closed"


def test_a_call_in_vain_is_written_down_with_its_reason_and_made_again(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    state = log_vain_call(
        call,
        result=CallResult.SWITCHED_OFF,
        attempt=1,
        note="无法接通",
        actor=done.agent,
        at=DUE_AT,
    )
    assert state is CallState.TRIED
    shown = done.call_of(call)
    assert shown.next_at == NOON.replace(hour=1) + DAY  # 9 o'clock there
    assert shown.taken_by is None
    with nothing_changes():  # a second click
        log_vain_call(call, result=CallResult.SWITCHED_OFF, attempt=1, actor=done.agent, at=DUE_AT)


def test_only_after_two_days_it_has_failed_and_the_case_goes_on(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    for attempt in (1, 2):
        log_vain_call(call, result=CallResult.BUSY, attempt=attempt, actor=done.agent, at=DUE_AT)
    assert done.desk.shown(case).state == "resolved"
    state = log_vain_call(
        call, result=CallResult.NO_ANSWER, attempt=3, actor=done.agent, at=DUE_AT + DAY
    )
    assert state is CallState.FAILED
    assert done.survey(case).state is SurveyState.UNREACHED
    assert done.desk.shown(case).state == "to-archive"
    assert "占线" in done.desk.page(case).steps[-1].reason
    assert len(recorded("callbacks.case_call_failed")) == 1


def test_a_wrong_number_is_corrected_and_called_again(done: Done) -> None:
    call = done.take(done.complaint())
    log_vain_call(call, result=CallResult.WRONG_NUMBER, attempt=1, actor=done.agent, at=DUE_AT)
    assert done.call_of(call).state is CallState.NUMBER
    assert open_case_calls(done.agent) == ()
    with pytest.raises(BadCall):
        correct_number(call, number="13800138000", actor=done.agent, at=DUE_AT)
    correct_number(call, number="138 0013 8999", actor=done.agent, at=DUE_AT)
    shown = done.call_of(call)
    assert (shown.state, shown.number, shown.next_at) == (CallState.TRIED, "13800138999", DUE_AT)


def test_a_case_without_a_number_asks_for_one(done: Done) -> None:
    call = done.call(done.complaint(number=""))
    assert call.state is CallState.NUMBER
    correct_number(call.id, number="13800138999", actor=done.agent, at=NOON)
    assert done.call_of(call.id).state is CallState.DUE


def test_who_cannot_be_found_at_all_is_given_up_by_a_supervisor(done: Done) -> None:
    case = done.complaint(number="")
    call = done.call(case).id
    with pytest.raises(Refused), nothing_changes():
        give_up_case_call(call, reason="无号码", actor=done.agent, at=NOON)
    give_up_case_call(call, reason="无号码", actor=done.desk.actor(Role.DUTY_LEADER), at=NOON)
    assert done.desk.shown(case).state == "to-archive"
    assert done.desk.page(case).steps[-1].reason == "无号码"


def test_all_cases_of_a_customer_are_asked_about_in_one_call(done: Done) -> None:
    first, second = done.complaint(), done.complaint()
    elsewhere = done.complaint(number="13900139000")
    call = done.call(first)
    assert {one.case for one in call.wanted} == {first, second}
    assert done.call(elsewhere).id != call.id
    done.take(first)
    with pytest.raises(BadCall), nothing_changes():
        done.answer(call.id, first, CONTENT)
    told = {first: CONTENT, second: NOT_CONTENT}
    found = log_answers(call.id, attempt=1, answers=told, actor=done.agent, at=DUE_AT)
    assert found == {first: Outcome.SETTLED, second: Outcome.AGAIN}


@pytest.mark.parametrize(
    "household",
    [{"address": "建设路12号3单元501"}, {"meter_no": "M2026001"}, {"customer_no": "K7"}],
    ids=["address", "meter", "customer"],
)
def test_two_customers_of_one_address_are_called_once_and_of_one_kilometre_are_not(
    done: Done, household: Mapping[str, str]
) -> None:
    home: Mapping[str, Any] = {"place": household}
    first = done.complaint(number="13900139001", **home)
    second = done.complaint(number="13900139002", **home)
    assert done.call(first).id == done.call(second).id
    road: Mapping[str, Any] = {"place": {"road": "G56", "direction": "east", "stake": 1234}}
    one, other = (
        done.complaint(number="13900139003", **road),
        done.complaint(number="13900139004", **road),
    )
    assert done.call(one).id != done.call(other).id


def test_what_joins_a_call_later_is_not_given_up_for_calls_before_it(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    log_vain_call(call, result=CallResult.SWITCHED_OFF, attempt=1, actor=done.agent, at=DUE_AT)
    joined = done.complaint(at=NOON + DAY)
    assert done.call(joined).id == call
    later = DUE_AT + DAY
    state = log_vain_call(
        call, result=CallResult.SWITCHED_OFF, attempt=2, actor=done.agent, at=later
    )
    assert state is CallState.TRIED
    third = later + DAY
    state = log_vain_call(
        call, result=CallResult.SWITCHED_OFF, attempt=3, actor=done.agent, at=third
    )
    assert state is CallState.FAILED


def test_somebody_else_than_the_handler_calls(done: Done) -> None:
    case = done.help(by=Role.TEAM_LEADER)
    call = done.call(case)
    leader = done.desk.actor(Role.TEAM_LEADER)
    with pytest.raises(NotByHandler), nothing_changes():
        take_case_call(call.id, actor=leader, at=NOON)
    with pytest.raises(NotByHandler), nothing_changes():
        log_vain_call(call.id, result=CallResult.BUSY, attempt=1, actor=leader, at=NOON)
    with pytest.raises(NotByHandler), nothing_changes():
        give_case_call(
            call.id,
            person=leader.person or 0,
            actor=done.desk.actor(Role.DUTY_LEADER),
            at=NOON,
        )


def test_satisfaction_is_not_credited_to_whoever_has_the_case_later(done: Done) -> None:
    case = done.done_before_the_worker()
    other = done.another_handler()
    done.desk.move(case, "reassign", Role.MANAGER, person=other)
    done.desk.work(NOON)  # the worker came late
    call = done.take(case)
    done.answer(call, case, CONTENT)
    assert done.desk.shown(case).handler == other
    assert done.survey(case).handler == done.desk.actor(Role.HANDLER).person


def test_calls_are_given_in_fair_shares(done: Done) -> None:
    other = done.another_agent()
    made = [done.complaint(number=f"1390013900{one}") for one in range(5)]
    given = [done.call(one).given_to for one in made]
    assert sorted(given.count(one) for one in (done.agent.person, other.person)) == [2, 3]
    leader = done.desk.actor(Role.TEAM_LEADER)
    mine = next(done.call(one) for one in made if done.call(one).given_to == other.person)
    give_case_call(mine.id, person=done.agent.person or 0, actor=leader, at=NOON)
    give_case_call(mine.id, person=done.agent.person or 0, actor=leader, at=NOON)
    assert done.call_of(mine.id).given_to == done.agent.person
    with pytest.raises(BadCall), nothing_changes():
        give_case_call(mine.id, person=done.desk.actor("agent").person or 0, actor=leader, at=NOON)
    with pytest.raises(Refused), nothing_changes():
        give_case_call(mine.id, person=other.person or 0, actor=done.agent, at=NOON)
    shown = named_shares(mine.home_path, zone=done.zone, at=NOON)
    assert sum(one.share.open for one in shown) == 5


def test_what_is_heard_is_registered_and_what_is_urgent_is_told_at_once(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)
    words = (
        Word(kind=WordKind.PRAISE, text="话务员很耐心"),
        Word(kind=WordKind.PROBLEM, text="护栏断了一截", urgent=True),
    )
    answers = Answers(solved=True, satisfied=True, values=CONTENT.values, words=words)
    done.answer(call, case, answers)
    rows = models.HeardWord.objects.order_by("pk")
    assert [(one.kind, one.urgent) for one in rows] == [("praise", False), ("problem", True)]
    assert {one.unit_id for one in rows} == {done.desk.units["liucun"]}
    told = Alert.objects.get(case=case, what="heard")
    assert (told.right, told.told_at) == ("cases.supervise", DUE_AT)
    handler = done.desk.actor(Role.HANDLER)
    answer_word(rows[1].pk, text="已派养护", actor=handler, at=DUE_AT)
    with nothing_changes():
        answer_word(rows[1].pk, text="已派养护", actor=handler, at=DUE_AT)
    assert models.HeardWord.objects.get(pk=rows[1].pk).feedback == "已派养护"
    with pytest.raises(NotFound):
        answer_word(rows[1].pk, text="?", actor=done.desk.actor(OUTSIDER), at=DUE_AT)


def test_a_customer_who_confirms_by_themselves_is_not_called(done: Done) -> None:
    case = done.complaint()
    call = done.call(case)
    done.desk.move(case, "confirm", Actor("customer"))
    done.desk.work(NOON)
    assert done.survey(case).state is SurveyState.WITHDRAWN
    assert done.call_of(call.id).state is CallState.WITHDRAWN


def test_pressing_a_case_that_waits_for_its_call_changes_nothing_of_it(done: Done) -> None:
    case = done.complaint()
    done.desk.move(case, "press")
    done.desk.work(NOON)
    assert done.survey(case).state is SurveyState.WANTED


def test_who_asked_for_no_answer_is_not_called_and_the_case_goes_on(done: Done) -> None:
    case = done.complaint(wants_answer=False)
    found = done.survey(case)
    assert (found.state, found.why, found.call) == (SurveyState.SPARED, "not_asked_for", None)
    shown = done.desk.shown(case)
    assert (shown.state, done.desk.page(case).steps[-1].move) == ("to-archive", "not-drawn")


def test_nobody_calling_in_time_is_a_breach_dated_at_its_deadline(done: Done) -> None:
    case = done.complaint()
    call = done.call(case)
    done.desk.work(call.due_at + 3 * HOUR)
    assert done.call_of(call.id).breached_at == call.due_at
    assert [one.at for one in recorded("callbacks.case_call_breached")] == [call.due_at]
    assert Alert.objects.filter(case=case, what="callback-late").count() == 1


def test_a_target_that_is_missed_is_noted_and_tells_nobody(done: Done) -> None:
    case = done.help()
    call = done.call(case)
    done.desk.work(call.due_at + HOUR)
    assert done.call_of(call.id).breached_at == call.due_at
    assert not Alert.objects.filter(case=case, what="callback-late").exists()


def test_somebody_called_in_vain_is_no_breach(done: Done) -> None:
    call = done.take(done.complaint())
    log_vain_call(call, result=CallResult.SWITCHED_OFF, attempt=1, actor=done.agent, at=DUE_AT)
    shown = done.call_of(call)
    done.desk.work(shown.due_at + HOUR)
    assert done.call_of(call).breached_at is None


def test_both_rates_of_the_month_are_there(done: Done) -> None:
    first, second = done.complaint(), done.complaint(number="13900139000")
    done.answer(done.take(first), first, CONTENT)
    call = done.take(second)
    log_vain_call(call, result=CallResult.BUSY, attempt=1, actor=done.agent, at=DUE_AT)
    path = done.call_of(call).home_path
    rates = rates_between(path, begins=NOON - DAY, ends=NOON + DAY)
    assert (rates.satisfied_of_called, rates.satisfied_of_reached) == (0.5, 1.0)
    so_far, ahead = month_forecast(path, target=1.0, zone=done.zone, at=DUE_AT)
    assert (so_far.done, so_far.called, so_far.days, so_far.days_left) == (2, 2, 23, 7)
    assert ahead.needed is not None


def test_a_stranger_sees_no_calls(done: Done) -> None:
    call = done.call(done.complaint())
    stranger = done.desk.actor(OUTSIDER)
    assert open_case_calls(stranger) == ()
    for one in (stranger, done.desk.actor(Role.HANDLER), done.desk.actor(Role.AGENT)):
        with pytest.raises(NotFound):
            case_call(call.id, actor=one)
        with pytest.raises(NotFound), nothing_changes():
            take_case_call(call.id, actor=one, at=DUE_AT)


def test_the_year_s_share_is_drawn_by_the_case_s_own_number(
    done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    done.set_share(monkeypatch, 0.5)
    made = [done.complaint(number=f"139001390{one:02}") for one in range(12)]
    for one in made:
        wanted = is_drawn(done.desk.shown(one).reference, year=2026, share=0.5)
        assert (done.survey(one).state is SurveyState.WANTED) == wanted


def test_an_emergency_that_nobody_reached_is_called_again_tomorrow_without_a_breach(
    done: Done,
) -> None:
    case = done.emergency()
    call = done.call(case)
    evening = call.due_at
    assert NOON < evening <= NOON + 9 * HOUR  # the same afternoon
    take_case_call(call.id, actor=done.agent, at=NOON)
    state = log_vain_call(
        call.id, result=CallResult.SWITCHED_OFF, attempt=1, actor=done.agent, at=NOON
    )
    assert state is CallState.TRIED
    shown = done.call_of(call.id)
    assert (shown.next_at, shown.due_at) == (NOON + DAY, evening + DAY)
    done.desk.work(evening + HOUR)
    assert done.call_of(call.id).breached_at is None
    done.desk.work(evening + DAY)
    assert done.call_of(call.id).breached_at == evening + DAY  # nobody called on the next day


def test_an_emergency_is_one_again_until_no_hazard_is_left(done: Done) -> None:
    case = done.emergency()
    call = done.take(case, at=NOON)
    still = Answers(solved=False, satisfied=False, values={"why": "还有气味"})
    assert done.answer(call, case, still, at=NOON) == {case: Outcome.AGAIN}
    shown = done.desk.shown(case)
    assert (shown.round, shown.standing, shown.urgent) == (2, "open", True)


def test_the_share_of_who_leaves_goes_to_another_but_never_to_the_handler(done: Done) -> None:
    calls, helped = SharesGiven(), done.help(by=Role.TEAM_LEADER)
    call, other = done.call(done.complaint(number="13900139000")).id, done.call(helped).id
    held = calls.held_by(done.agent.person or 0)
    assert [one.subject for one in held] == [f"case_call:{other}", f"case_call:{call}"]
    leader = done.desk.actor(Role.TEAM_LEADER)
    machine = Actor.system("tests")
    person = leader.person or 0
    given = calls.hand_over(done.agent.person or 0, successor_id=person, actor=machine, at=NOON)
    assert given == 2
    assert done.call_of(call).given_to == person
    assert done.call_of(other).given_to is None
