"""What happens to calls on cases when two do something at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.callbacks import models
from rexian.callbacks.domain.answers import Answers
from rexian.callbacks.domain.case_calls import CallMovedOn, CallResult, CallTaken
from rexian.callbacks.services import ask_about_case, log_answers, log_vain_call, take_case_call
from rexian.kernel.authority import Actor
from tests.callbacks.conftest import Done
from tests.callbacks.test_case_calls import CONTENT, DUE_AT
from tests.cases.conftest import NOON
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_arrange_one_call_for_two_cases_of_a_customer(done: Done) -> None:
    cases = [done.done_before_the_worker() for _ in range(2)]
    seqs = [done.desk.page(one).steps[-1].seq for one in cases]

    def arrange(case: int, seq: int) -> Callable[[], None]:
        return lambda: _arranged(case, seq)

    pairs = [*zip(cases, seqs, strict=True)] * 2
    assert together(*[arrange(case, seq) for case, seq in pairs]) == [None] * 4
    assert models.CaseCall.objects.count() == 1
    assert models.Survey.objects.count() == 2


def _arranged(case: int, seq: int) -> None:
    ask_about_case(case, seq=seq, at=NOON)


def test_one_of_two_agents_takes_a_call_and_one_of_two_tellings_counts(done: Done) -> None:
    case = done.complaint()
    call, other = done.call(case).id, done.another_agent()
    taken = together(
        *[
            lambda actor=actor: take_case_call(call, actor=actor, at=DUE_AT)
            for actor in (done.agent, other)
        ]
    )
    assert sorted(map(str, taken)) == sorted(map(str, [None, CallTaken]))
    models.CaseCall.objects.update(taken_by=None, taken_at=None)

    def tell(actor: Actor, answers: Answers) -> None:
        log_answers(call, attempt=1, answers={case: answers}, actor=actor, at=DUE_AT)

    told = together(lambda: tell(done.agent, CONTENT), lambda: tell(other, CONTENT))
    assert sorted(map(str, told)) == sorted(map(str, [None, CallMovedOn]))
    assert done.desk.shown(case).state == "to-archive"
    assert models.CaseAttempt.objects.count() == 1


def test_a_key_that_is_pressed_twice_at_once_is_one_call(done: Done) -> None:
    call = done.take(done.complaint())

    def tell() -> None:
        log_vain_call(call, result=CallResult.BUSY, attempt=1, actor=done.agent, at=DUE_AT)

    assert together(tell, tell, tell) == [None] * 3
    assert models.CaseAttempt.objects.count() == 1


def test_a_customer_who_confirms_as_they_are_called_is_one_of_the_two(done: Done) -> None:
    case = done.complaint()
    call = done.take(case)

    def confirm() -> None:
        done.desk.move(case, "confirm", Actor("customer"), at=DUE_AT)

    def tell() -> None:
        log_answers(call, attempt=1, answers={case: CONTENT}, actor=done.agent, at=DUE_AT)

    together(confirm, tell)
    done.desk.work(DUE_AT)
    assert done.desk.shown(case).state == "to-archive"
    moves = [one.move for one in done.desk.page(case).steps]
    assert moves.count("confirm") == 1
    assert done.survey(case).state in {"answered", "withdrawn"}
