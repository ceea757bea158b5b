"""Write down what customers answer when called back, and have their cases go on by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rexian.callbacks import events, models
from rexian.callbacks.domain.answers import (
    Answers,
    Outcome,
    Word,
    outcome_of,
    see_that_it_can_be_kept,
)
from rexian.callbacks.domain.case_calls import (
    OPEN_CALLS,
    BadCall,
    CallResult,
    CallState,
    SurveyState,
)
from rexian.callbacks.services.case_calling import begin_attempt, close_call, told_before
from rexian.callbacks.services.giving import about_call, held_call, may_see
from rexian.callbacks.services.moving import go_on, waits_for_call
from rexian.callbacks.services.promising import MACHINE
from rexian.cases.domain.rights import HANDLE
from rexian.cases.queries import case_page
from rexian.cases.services.called_back import note_callback, tell_duty_leaders
from rexian.contacts.domain.words import several_lines
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.queries.published import load_version


@in_one_transaction
def log_answers(
    call_id: int,
    *,
    attempt: int,
    answers: Mapping[int, Answers],
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Mapping[int, Outcome]:
    """Write down what a customer answered on each case of a call; return what follows for each.

    ``answers`` are by case, and every case is asked about in the one call (GH-4.8). The record of
    each is filled in and its flow goes on: content, another round, or a supervisor. Told again by
    the same person it is one; raises ``CallMovedOn`` for who was later, ``BadCall``, ``BadSlip``.
    """
    call = held_call(call_id, actor)
    if told_before(call, CallResult.REACHED, attempt, actor):
        return _outcomes(call)
    begin_attempt(call, CallResult.REACHED, attempt, note, actor=actor, at=at)
    asked = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    surveys = list(asked.select_related("case", "home").order_by("case"))
    if {one.case_id for one in surveys} != set(answers):
        raise BadCall(mark("Ask about each of the cases."), field="answers")
    close_call(call, CallState.REACHED, by=actor.person, at=at)
    for one in surveys:
        _answer(one, answers[one.case_id], actor, at)
    return _outcomes(call)


@in_one_transaction
def drop_surveys(case_id: int, *, at: datetime) -> int:
    """Withdraw what is asked about a case that does not wait for a call any more; return how many.

    The customer confirmed or reopened it themselves, or it was merged or withdrawn. A call with
    nothing left to ask about is withdrawn with it.
    """
    rows = models.Survey.objects.filter(case=case_id, state=SurveyState.WANTED.value)
    surveys = list(rows)
    if not surveys:
        return 0
    page, dropped = case_page(case_id, actor=MACHINE), 0
    for one in surveys:
        spec = page.standard.casework.callbacks.get(one.rule)
        if spec and one.round == page.case.round and waits_for_call(page, spec):
            continue
        dropped += 1
        one.state = SurveyState.WITHDRAWN.value
        one.save(update_fields=["state"])
        if one.call_id is not None:
            _close_empty(one.call_id, at)
    return dropped


@in_one_transaction
def answer_word(word_id: int, *, text: str, actor: Actor, at: datetime) -> None:
    """Say what became of something that was heard: the department's answer (GH-4.7)."""
    said = several_lines(text)
    if not said.strip():
        raise BadCall(mark("Say what became of it."), field="text")
    rows = models.HeardWord.objects.select_related("survey__home", "unit").select_for_update(
        of=("self",), no_key=True
    )
    row = rows.filter(pk=word_id).first()
    if row is None or not _concerns(row, actor):
        raise NotFound(mark("There is nothing under {code}."), code=f"word:{word_id}")
    authorise(actor, HANDLE)
    if row.feedback == said:
        return
    row.feedback, row.fed_back_at, row.fed_back_by_id = said, at, actor.person
    row.save(update_fields=["feedback", "fed_back_at", "fed_back_by"])
    told = events.WordAnswered(subject_id=row.survey.case_id, organisation=row.organisation_id)
    record(told, actor=actor, at=at)


def _answer(survey: models.Survey, answers: Answers, actor: Actor, at: datetime) -> None:
    """Keep what was said on one case, pass on what was heard, and move the case."""
    see_that_it_can_be_kept(answers)
    spec = load_version(survey.case.standard).casework.callbacks.get(survey.rule)
    rounds, form = (spec.rounds, spec.form) if spec else (1, "")
    outcome = outcome_of(answers, nth=survey.round, rounds=rounds)
    survey.state, survey.outcome = SurveyState.ANSWERED.value, outcome.value
    survey.answered_at, survey.answered_by_id = at, actor.person
    survey.solved, survey.satisfied = answers.solved, answers.satisfied
    survey.told = several_lines(answers.told)
    survey.save()
    note_callback(
        survey.case_id,
        form=form,
        values=answers.values,
        missing=answers.missing,
        solved=answers.solved,
        satisfied=answers.figure,
        actor=actor,
        at=at,
    )
    surveyed = events.CaseSurveyed(
        subject_id=survey.case_id,
        organisation=survey.organisation_id,
        round=survey.round,
        solved=answers.solved,
        satisfied=answers.satisfied,
        outcome=outcome.value,
    )
    record(surveyed, actor=actor, at=at)
    for one in answers.words:
        _hear(survey, one, actor, at)
    go_on(survey, answers, outcome, actor=actor, at=at)


def _hear(survey: models.Survey, word: Word, actor: Actor, at: datetime) -> None:
    """Register what was heard; what must be handled at once is told to the duty leader (GH-4.7)."""
    models.HeardWord.objects.create(
        organisation_id=survey.organisation_id,
        survey=survey,
        unit_id=survey.unit_id,
        kind=word.kind.value,
        text=several_lines(word.text),
        urgent=word.urgent,
        heard_at=at,
        heard_by_id=actor.person,
    )
    heard = events.WordHeard(
        subject_id=survey.case_id,
        organisation=survey.organisation_id,
        word=word.kind.value,
        urgent=word.urgent,
    )
    record(heard, actor=actor, at=at)
    if word.urgent:
        tell_duty_leaders(survey.case_id, what="heard", at=at, urgent=True)


def _close_empty(call_id: int, at: datetime) -> None:
    call = held_call(call_id, MACHINE)
    asked = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    if CallState(call.state) in OPEN_CALLS and not asked.exists():
        close_call(call, CallState.WITHDRAWN, by=None, at=at)
        record(events.CaseCallWithdrawn(**about_call(call)), actor=MACHINE, at=at)


def _outcomes(call: models.CaseCall) -> Mapping[int, Outcome]:
    rows = models.Survey.objects.filter(call=call, state=SurveyState.ANSWERED.value)
    return {case: Outcome(outcome) for case, outcome in rows.values_list("case", "outcome")}


def _concerns(row: models.HeardWord, actor: Actor) -> bool:
    """Tell whether words are about a unit of the actor's, or were heard by their house."""
    if not actor.is_system and actor.organisation != row.organisation_id:
        return False
    about = row.unit is not None and actor.may(HANDLE, row.unit.path)
    return about or may_see(row.organisation_id, row.survey.home.path, actor)
