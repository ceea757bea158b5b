"""Have a case go on by what its customer said, or without it."""

from __future__ import annotations

from datetime import datetime

from rexian.callbacks import models
from rexian.callbacks.domain.answers import Answers, Outcome
from rexian.callbacks.domain.case_calls import CALL_RESULT_NAMES, CallResult
from rexian.callbacks.services.giving import zone_of
from rexian.callbacks.services.promising import MACHINE
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries import CasePage, case_page
from rexian.cases.services import Given, move_case
from rexian.cases.services.called_back import tell_duty_leaders
from rexian.contacts.queries import is_near
from rexian.kernel.authority import Actor
from rexian.kernel.language import translate
from rexian.standard.domain.pack.casework import CallbackSpec
from rexian.standard.queries.published import load_version

_OURS = "zh-Hans"


def rule_of(call: models.CaseCall) -> CallbackSpec | None:
    """Return what the standard of a call says of calls in vain."""
    return load_version(call.standard).casework.callbacks.get(call.rule)


def waits_for_call(page: CasePage, spec: CallbackSpec) -> bool:
    """Tell whether the case stands where its flow goes on by what the customer says."""
    move = page.flow.moves.get(spec.satisfied)
    is_done = page.case.standing == "resolved"
    return is_done and (move is None or page.flow.is_from(move, page.case.state))


def go_on(
    survey: models.Survey, answers: Answers, outcome: Outcome, *, actor: Actor, at: datetime
) -> None:
    """Make the move of the flow that follows the answers; a supervisor looks at the last round."""
    page = case_page(survey.case_id, actor=MACHINE)
    spec = page.standard.casework.callbacks.get(survey.rule)
    if spec is None:
        return
    if outcome is Outcome.REVIEW:
        tell_duty_leaders(survey.case_id, what="review", at=at)
        return
    move = spec.satisfied if outcome is Outcome.SETTLED else spec.dissatisfied
    words = answers.told or _last_words(page)
    given = Given(reason=words, text=words, sent_as=f"survey-{survey.pk}-{survey.round}")
    _move(page, move, given, actor=actor, at=at)


def go_on_without(
    survey: models.Survey, call: models.CaseCall, move: str, *, actor: Actor, at: datetime
) -> None:
    """Make the move by which a case goes on though its customer was not reached."""
    page = case_page(survey.case_id, actor=MACHINE)
    reason = call.close_reason or _tries(call)
    given = Given(reason=reason, sent_as=f"survey-{survey.pk}-{survey.round}")
    # Whoever gives up may be a supervisor who does not call: the machine then moves the case.
    calls = not is_near(call.home.path, actor.reach(SUPERVISE))
    _move(page, move, given, actor=actor if calls else MACHINE, at=at)


def _move(page: CasePage, move: str, given: Given, *, actor: Actor, at: datetime) -> None:
    spec = page.flow.moves.get(move)
    if spec is None or not page.flow.is_from(spec, page.case.state):
        return
    move_case(page.case.id, move=move, given=given, version=page.case.version, actor=actor, at=at)


def _last_words(page: CasePage) -> str:
    """Return what was said to have been done: what the customer was told when called."""
    return page.case.answer or next((one.text for one in reversed(page.steps) if one.text), "")


def _tries(call: models.CaseCall) -> str:
    """Return when the customer was called in vain, and how it ended."""
    zone = zone_of(call)
    made = models.CaseAttempt.objects.filter(call=call).order_by("nth")
    return "；".join(
        f"{one.at.astimezone(zone):%m-%d %H:%M} "
        f"{translate(CALL_RESULT_NAMES[CallResult(one.result)], _OURS)}"
        for one in made
    )[-500:]
