"""Judge a conversation event by event: ``start``, ``feed``, ``finish``; ``inspect`` is a replay.

The functions are pure: a state goes in, another comes out, and the same events give the same
verdicts however they arrive.
"""

from __future__ import annotations

from collections.abc import Iterable

from rexian.kernel.text.folding import fold
from rexian.standard.domain.evaluator.items import Item, is_aside
from rexian.standard.domain.evaluator.output import Output
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.evaluator.telling import with_told
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.language.before import Before
from rexian.standard.domain.language.hearing import Figures
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Hint, Inspection, Verdict


def start(standard: Standard, facts: Facts) -> State:
    """Return the state of a conversation that has just begun."""
    state = State(facts)
    standard.scenes.start(state, Output())
    return state


def feed(
    standard: Standard, state: State, event: Event
) -> tuple[State, tuple[Hint, ...], tuple[Verdict, ...]]:
    """Take in one event; return the new state, hints for the agent, and what is decided now."""
    state, out = state.copy(), Output()
    advance(standard, state, event, out)
    return state, tuple(out.hints), tuple(out.verdicts)


def inform(standard: Standard, state: State, facts: Facts) -> State:
    """Return the state with facts that have become known, such as the type of the case.

    What they rule out is no longer open, what they bring about opens as if known from the start.
    Only a replay with ``inspect`` judges all of the conversation by them.
    """
    state = state.copy()
    state.facts = with_told(facts, state)
    standard.scenes.inform(state)
    return state


def finish(standard: Standard, state: State) -> tuple[Verdict, ...]:
    """Return what is decided by the end of the conversation."""
    out = Output()
    close(standard, state.copy(), out)
    return tuple(out.verdicts)


def inspect(standard: Standard, facts: Facts, events: Iterable[Event]) -> Inspection:
    """Judge a whole conversation."""
    out = Output()
    state = start(standard, facts)
    for event in events:
        advance(standard, state, event, out)
    close(standard, state, out)
    verdicts = tuple(out.verdicts)
    return Inspection(
        standard.name,
        standard.version,
        standard.content_hash,
        standard.scoring.score(verdicts),
        verdicts,
    )


def advance(standard: Standard, state: State, event: Event, out: Output) -> None:
    """Move a state along in place; what ``feed`` does to its copy."""
    order = state.events
    state.events += 1
    if isinstance(event, Turn):
        _turn(standard, state, event, order, out)
    else:
        _signal(standard, state, event, order, out)


def close(standard: Standard, state: State, out: Output) -> None:
    """Finish a state in place."""
    standard.scenes.finish(state, out)
    for watch in standard.watches:
        watch.finish(state, out)


def _turn(standard: Standard, state: State, turn: Turn, order: int, out: Output) -> None:
    by = turn.speaker
    state.turns += 1
    if turn.end is not None:
        state.clock = turn.end
    if by is Speaker.UNKNOWN:
        _unknown(standard, state, turn, order)
        return
    if by is Speaker.SYSTEM:
        return
    text = turn.text
    folded = fold(text)
    aside = turn.start is not None and bool(state.recent) and is_aside(turn, state.recent[-1])
    before = Before(by, turn.start, state.recent, aside)
    heard = standard.readers[by].read(
        folded,
        state.customer,
        before=before,
        figures=Figures.WRITTEN if turn.voice is None else Figures.HEARD,
    )
    item = Item(
        order, by, "", turn.index, text, folded, turn.start, turn.end, heard.mask, heard.places
    )
    if turn.voice is not None:
        item.voice = turn.voice
        state.heard = True
    item.aside = aside
    state.keep(item)
    facts = standard.telling.hear(state, item)
    if facts is not None:
        state.facts = facts
        standard.scenes.inform(state)
    standard.scenes.turn(state, item, out)
    for watch in standard.watches:
        watch.turn(state, item, out)
    if by is Speaker.CUSTOMER:
        state.customer.hear(folded)


def _unknown(standard: Standard, state: State, turn: Turn, order: int) -> None:
    """Take in words of which nobody can tell who said them: they end a silence, and no more."""
    state.speakers_known = False
    state.keep(Item(order, turn.speaker, "", turn.index, turn.text, "", turn.start, turn.end))
    for watch in standard.protocols:
        watch.interrupt(state)


def _signal(standard: Standard, state: State, signal: Signal, order: int, out: Output) -> None:
    name = signal.name.value
    if signal.name is SignalName.HANG_UP and signal.by is Speaker.UNKNOWN:
        state.facts = state.facts.without(SignalName.HANG_UP)
        return
    item = Item(order, signal.by, name, start=signal.at, end=signal.at)
    state.signals.append((name, signal.by.value, order))
    if signal.at is not None:
        state.clock = signal.at
    if signal.name is SignalName.RING:
        state.rings += 1
    else:
        state.keep(item)
    if signal.name is SignalName.ANSWER and signal.by is Speaker.AGENT:
        state.answered_at = signal.at if state.answered_at is None else state.answered_at
    standard.scenes.signal(state, item, out)
    for watch in standard.watches:
        watch.signal(state, item, out)
