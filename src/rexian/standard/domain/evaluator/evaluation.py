"""Judge a conversation event by event: ``start``, ``feed``, ``finish``; ``inspect`` is a replay.

The functions are pure: a state goes in, another comes out, and the same events give the same
verdicts however they arrive.
"""

from __future__ import annotations

from collections.abc import Iterable

from rexian.kernel.text.folding import fold
from rexian.standard.domain.evaluator.output import Output
from rexian.standard.domain.evaluator.scoring import score
from rexian.standard.domain.evaluator.state import (
    REMEMBERED_ITEMS,
    Evidence,
    Item,
    State,
)
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn
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
        score(standard.scorecard, verdicts),
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
    for watch in (*standard.words, *standard.protocols, *standard.address, *standard.voice):
        watch.finish(state, out)


def _turn(standard: Standard, state: State, turn: Turn, order: int, out: Output) -> None:
    by = turn.speaker
    state.turns += 1
    if turn.end is not None:
        state.clock = turn.end
    if by is Speaker.UNKNOWN:
        state.speakers_known = False
        return
    if by is Speaker.SYSTEM:
        return
    folded = fold(turn.text)
    heard = standard.reader.read(folded, state.customer_pairs, standard.wanted[by])
    item = Item(
        order,
        by,
        "",
        turn.index,
        turn.text,
        folded,
        turn.start,
        turn.end,
        heard.mask,
        heard.spans,
    )
    _count(state, item)
    standard.scenes.turn(state, item, out)
    for words in standard.words:
        words.turn(state, item, heard, out)
    for protocol in standard.protocols:
        protocol.turn(state, item, out)
    for address in standard.address:
        address.turn(state, item, out)
    for rate in standard.voice:
        rate.turn(state, item)
    if by is Speaker.CUSTOMER:
        state.hear_customer(folded)


def _count(state: State, item: Item) -> None:
    """Count a turn, and remember which acts have been seen and where first."""
    if item.by is Speaker.AGENT:
        state.agent_turns += 1
        new, side = item.mask & ~state.seen_agent, "a"
        state.seen_agent |= item.mask
    else:
        state.customer_turns += 1
        new, side = item.mask & ~state.seen_customer, "c"
        state.seen_customer |= item.mask
    while new:
        bit = new & -new
        new ^= bit
        number = bit.bit_length() - 1
        state.first[f"{side}{number}"] = Evidence(item.turn, item.quote(number), item.start)
    _keep(state, item)


def _keep(state: State, item: Item) -> None:
    state.recent.append(item)
    if len(state.recent) > REMEMBERED_ITEMS:
        del state.recent[0]


def _signal(standard: Standard, state: State, signal: Signal, order: int, out: Output) -> None:
    if signal.name is SignalName.RING:
        state.rings += 1
    item = Item(order, signal.by, signal.name.value, start=signal.at, end=signal.at)
    state.signals.append((signal.name.value, signal.by.value, order))
    if signal.at is not None:
        state.clock = signal.at
    if signal.name is not SignalName.RING:
        _keep(state, item)
    standard.scenes.signal(state, item, out)
    for protocol in standard.protocols:
        protocol.signal(state, item, out)
