"""The guide beside a live conversation: what to say next, which step is due, whether it may end.

Pure functions of the evaluator's state: a page that is made anew shows the same.
"""

from __future__ import annotations

from dataclasses import replace

from rexian.kernel.language import text_in
from rexian.standard.domain.evaluator.advising import advise, before_signal
from rexian.standard.domain.evaluator.ending import BOTH
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.protocols import Pending, ProtocolWatch
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Facts, Speaker
from rexian.standard.domain.guidance import Advice, Ending, Guide, Names, Promised, ProtocolStep
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.wording import Filler, say_span

SILENT = {
    "zh-Hans": "客户没有回应，时间已到",
    "zh-Hant": "客戶沒有回應，時間已到",
    "en": "the customer has not answered, and the time is up",
}


def guide(
    standard: Standard,
    state: State,
    *,
    at: float | None,
    names: Names,
    language: str = "zh-Hans",
) -> Guide:
    """Return what the standard wants now; ``at`` is the present, in seconds from the start.

    A protocol's step that is due goes first. Where ``names`` has no surname, the one that came up
    in the conversation is used.
    """
    filler = _filler(standard, state, names, language)
    step = _step(standard, state, filler)
    is_silent = not state.speakers_known or _is_over(standard, state)
    found = [] if is_silent else advise(standard, state, filler)
    if step is not None and step.say and at is not None and at >= step.due_at:
        words, why = step.say, text_in(SILENT, language)
        due = Advice(step.clause, step.rule, step.title, words, why, step.is_ours)
        found.insert(0, due)
    return Guide(found[0] if found else None, tuple(found[1:]), step)


def before_hold(
    standard: Standard, state: State, *, names: Names, language: str = "zh-Hans"
) -> Advice | None:
    """Return what is to be said before the customer is put on hold; ``None`` once that is done."""
    return before_signal(standard, state, _filler(standard, state, names, language))


def may_end(
    standard: Standard, state: State, at: float | None = None, language: str = "zh-Hans"
) -> Ending:
    """Say whether the agent may end the contact at ``at`` (seconds), and by which clause.

    Without an instant that of the last event counts. Where the pack says nothing of endings, or
    not of such contacts, nothing forbids it.
    """
    at = state.clock if at is None else at
    through = next((one for one in standard.protocols if one.is_through(state, at)), None)
    rule = next((one for one in standard.endings if one.binds(state)), None)
    said = rule.farewells(state) if rule else frozenset[Speaker]()
    if through is not None:
        spec = through.spec
        return Ending(True, said, True, spec.clause, text_in(spec.title, language))
    if rule is None:
        return Ending(True, said, False)
    until = rule.unanswered_until(state)
    is_over = until is not None and at is not None and at >= until
    is_allowed = said == BOTH or is_over or rule.is_excused(state)
    title = text_in(rule.spec.title, language)
    return Ending(is_allowed, said, False, rule.spec.clause, title)


def promises(
    standard: Standard, text: str, speaker: Speaker, facts: Facts | None = None
) -> tuple[Promised, ...]:
    """Return the promises with a time in an utterance of the agent; nobody else makes any.

    With ``facts`` the clause is the one that binds such contacts.
    """
    if speaker is not Speaker.AGENT:
        return ()
    return standard.promising.find(text, facts or Facts())


def _is_over(standard: Standard, state: State) -> bool:
    """Say whether both sides have said goodbye: nothing more is wanted then."""
    return any(one.binds(state) and one.farewells(state) == BOTH for one in standard.endings)


def _filler(standard: Standard, state: State, names: Names, language: str) -> Filler:
    """Return what fills the wording: what is given, else what came up in the conversation."""
    heard = [one.heard(state) for one in standard.address]
    known = replace(
        names,
        customer_surname=names.customer_surname or next((name for name, _ in heard), ""),
        form_of_address=names.form_of_address or next((form for _, form in heard), ""),
        promised=names.promised or _usual_promise(standard, state.facts),
    )
    return Filler(standard.wordings, known, language, bool(standard.value("address_xiaojie")))


def _usual_promise(standard: Standard, facts: Facts) -> str:
    """Return the time that is promised to such contacts, where there is but one."""
    for one in standard.pack.sections.deadlines:
        span = one.by_class.get(facts.case_class or "", one.within)
        if span is not None and guard(one.facts, facts) is not False:
            return say_span(span)
    return ""


def _step(standard: Standard, state: State, filler: Filler) -> ProtocolStep | None:
    """Return the step that is due soonest, of all protocols that are running."""
    running = [(one, found) for one in standard.protocols if (found := one.pending(state))]
    if not running:
        return _last_step(standard, state, filler)
    watch, pending = min(running, key=lambda one: one[1].due_at)
    return _told(watch, pending, state, filler)


def _last_step(standard: Standard, state: State, filler: Filler) -> ProtocolStep | None:
    """Return when the contact may be ended, where the agent's goodbye waits for an answer."""
    rule = next((one for one in standard.endings if one.binds(state)), None)
    until = rule.unanswered_until(state) if rule else None
    if rule is None or until is None or rule.farewells(state) == BOTH:
        return None
    spec, title = rule.spec, text_in(rule.spec.title, filler.language)
    return ProtocolStep(spec.clause, spec.id, title, 1, 1, (), until, "hang_up")


def _told(watch: ProtocolWatch, pending: Pending, state: State, filler: Filler) -> ProtocolStep:
    spec, step = watch.spec, pending.step
    is_midway = step is not None and bool(step.midway) and state.customer_turns > 0
    words = () if step is None else step.midway if is_midway else step.say
    return ProtocolStep(
        clause=spec.clause,
        rule=spec.id,
        title=text_in(spec.title, filler.language),
        number=pending.number,
        of=len(spec.steps) + 1,
        say=filler.fill_all(words),
        due_at=pending.due_at,
        then="say" if step else "hang_up",
        is_ours=is_midway or (step is not None and step.ours),
    )
