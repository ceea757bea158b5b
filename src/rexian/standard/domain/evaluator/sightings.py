"""What an opportunity takes from the turns of a conversation, and what it shows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rexian.standard.domain.evaluator.items import Evidence, Item
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.scenes import CompiledScene
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.reading import bits
from rexian.standard.domain.verdicts import Outcome

Shown = tuple[tuple[int, ...], str, float | None]
"""The evidence of a verdict: turns, the words of the last, their instant."""

_NOWHERE: Shown = ((), "", None)


def take(opportunity: Opportunity, scene: CompiledScene, item: Item) -> int:
    """Take a turn into an opportunity; return what it does of what is expected and was not done."""
    if item.by is Speaker.AGENT:
        done = item.mask & scene.expected.agent
        new = done & ~opportunity.agent
        opportunity.agent |= item.mask & scene.watched_agent
        if item.mask & scene.faulty:
            opportunity.note_fault(item.evidence(scene.faulty.bit_length() - 1))
    else:
        done = item.mask & scene.expected.customer
        new = done & ~opportunity.customer
        opportunity.customer |= item.mask & scene.watched_customer
    noted = new if scene.spec.decided != "end" else done
    if noted:
        opportunity.note(item.evidence(noted.bit_length() - 1))
    return new


def take_all(opportunity: Opportunity, scene: CompiledScene, state: State) -> None:
    """Count all that was seen since the start; what was seen just now is noted already."""
    opportunity.since = 0
    opportunity.agent |= state.seen_agent & scene.watched_agent
    opportunity.customer |= state.seen_customer & scene.watched_customer
    keys = [f"a{number}" for number in bits(opportunity.agent & scene.expected.agent)]
    keys += [f"c{number}" for number in bits(opportunity.customer & scene.expected.customer)]
    for key in keys:
        seen = state.first.get(key)
        if seen is not None and seen.turns[0] != opportunity.opened_turn:
            opportunity.note(seen)


def look_back(opportunity: Opportunity, scene: CompiledScene, state: State, turns: int) -> None:
    """Count the latest turns before the opening too."""
    earlier = [one for one in state.recent if one.turn >= 0 and one.order < opportunity.since]
    for item in earlier[-turns:]:
        take(opportunity, scene, item)
    if earlier:
        opportunity.since = earlier[-turns:][0].order


def take_sounds(
    opportunity: Opportunity, scene: CompiledScene, state: State, masks: Mapping[int, int]
) -> None:
    """Count what turns sound like; ``masks`` are their acts by sound, by the order of the turn."""
    for at, item in enumerate(state.recent):
        mask = masks.get(item.order, 0)
        gained = mask & scene.expected.agent & ~opportunity.agent
        if gained:
            opportunity.agent |= gained
            opportunity.note(item.evidence(gained.bit_length() - 1))
        if mask:
            state.recent[at] = replace(item, mask=item.mask | mask)


def take_perhaps(
    opportunity: Opportunity, scene: CompiledScene, state: State, masks: Mapping[int, int]
) -> None:
    """Count what turns may do besides what they were heard to do; ``masks`` go by their order."""
    for at, item in enumerate(state.recent):
        if mask := masks.get(item.order, 0):
            state.recent[at] = perhaps = replace(item, mask=item.mask | mask)
            take(opportunity, scene, perhaps)


def shown(opportunity: Opportunity, scene: CompiledScene, outcome: Outcome, state: State) -> Shown:
    """Choose the evidence: what was done, what was done instead, or where it was due.

    What is missing from a whole conversation stands nowhere; what a signal asked for, at it.
    """
    if outcome is Outcome.MET and opportunity.done:
        return _seen(opportunity.done)
    if outcome not in (Outcome.MISSED, Outcome.SUSPECT):
        return _NOWHERE
    if opportunity.faults:
        return _seen(opportunity.faults)
    if opportunity.at is not None:
        return (), "", opportunity.at
    if scene.spec.within is None:
        return _NOWHERE
    turn = opportunity.opened_turn
    if opportunity.opened_by is Speaker.CUSTOMER and opportunity.answer_turn >= 0:
        turn = opportunity.answer_turn
    if turn < 0:
        return _NOWHERE
    item = state.recall(turn)
    return (turn,), item.text if item else "", item.start if item else None


def _seen(evidence: Evidence) -> Shown:
    return evidence.turns, evidence.quote, evidence.at
