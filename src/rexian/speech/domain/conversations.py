"""A heard call as a conversation that a standard can judge: what was heard, and what is known.

Where the telephone system has told of rings, holds and the end, that is taken; else what sounded,
and what the table of facts says. Times are those of the recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.doubt import doubtful
from rexian.speech.domain.heard import HeardCall, HeardTurn
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn, Voice

NOT_UNDERSTOOD = "…"
"""What stands for speech in which nothing was read: doubtful from beginning to end."""

# Networks in China ring back 1 s on, 4 s off.
_RING_PERIOD = 5.0
_MOST_RINGS = 120


def conversation_of(heard: HeardCall, facts: CallFacts, *, source: str = "") -> Conversation:
    """Return the conversation that was heard, its turns numbered as in ``heard``.

    Where the end of the recording is missing, nothing is told of how the call ended.
    """
    signals = _signals(heard, facts)
    known = _facts(facts, signals)
    if heard.format.is_cut:
        signals = tuple(one for one in signals if one.name is not SignalName.HANG_UP)
        known = known.without(SignalName.HANG_UP)
    return Conversation(
        facts.id,
        tuple(_turn(turn) for turn in heard.turns),
        signals,
        known,
        facts.standard,
        tuple(_labels(facts, heard.turns)),
        source,
        0,
        facts.agent,
    )


def _turn(turn: HeardTurn) -> Turn:
    words = turn.words
    voice = Voice(doubtful(words), turn.spoken or None, turn.loudness, turn.backchannel)
    if not words:
        voice = replace(voice, doubtful=((0, len(NOT_UNDERSTOOD)),))
    text = turn.text or NOT_UNDERSTOOD
    return Turn(turn.index, turn.speaker, text, turn.start, turn.end, voice)


def _signals(heard: HeardCall, facts: CallFacts) -> tuple[Signal, ...]:
    """Return the signals of the telephone system, else those that sounded or are known."""
    if facts.signals:
        return tuple(_with_doer(signal, facts) for signal in facts.events)
    opening = [one for one in heard.signals if one.name in {SignalName.RING, SignalName.ANSWER}]
    signals = opening or list(_rings(facts))
    if facts.hung_up_by is not None:
        signals.append(Signal(SignalName.HANG_UP, None, facts.hung_up_by))
    return tuple(_with_doer(signal, facts) for signal in signals)


def _with_doer(signal: Signal, facts: CallFacts) -> Signal:
    """Return a signal by whoever alone can give it, where nobody is named."""
    by = signal.by
    if signal.name is SignalName.ANSWER and by in {Speaker.UNKNOWN, Speaker.SYSTEM}:
        by = Speaker.CUSTOMER if facts.direction == "out" else Speaker.AGENT
    if signal.name is SignalName.HANG_UP and by in {Speaker.UNKNOWN, Speaker.SYSTEM}:
        by = facts.hung_up_by or by
    return signal if by is signal.by else replace(signal, by=by)


def _rings(facts: CallFacts) -> Iterator[Signal]:
    """Yield the rings and the answer that the facts know of and nobody has recorded.

    Where no ring is heard the recording begins with the answer: the rings lie before its beginning.
    """
    lasted = facts.ring_seconds
    if lasted is not None and 0 <= lasted <= _MOST_RINGS * _RING_PERIOD:
        count = facts.rings if facts.rings is not None else ceil(lasted / _RING_PERIOD)
        for place in range(min(count, _MOST_RINGS)):
            yield Signal(SignalName.RING, min(0.0, place * _RING_PERIOD - lasted))
        yield Signal(SignalName.ANSWER, 0.0)
    elif facts.rings is not None:
        for _ in range(min(facts.rings, _MOST_RINGS)):
            yield Signal(SignalName.RING)
        yield Signal(SignalName.ANSWER)


def _facts(facts: CallFacts, signals: Sequence[Signal]) -> Facts:
    """Return the facts; a recording by itself tells of nothing but what was heard to ring."""
    known = {signal.name for signal in signals}
    told = None if facts.signals else tuple(str(name) for name in SignalName if name in known)
    return Facts(
        channel=facts.channel,
        direction=facts.direction,
        case_type=facts.case_type,
        case_class=facts.case_class,
        signals=facts.signals or bool(known),
        waited=facts.waited,
        signals_told=told,
    )


def _labels(facts: CallFacts, turns: Sequence[HeardTurn]) -> Iterator[Label]:
    """Yield what people found, each at the heard turn that sounds where their turn does."""
    by_index = {turn.index: turn for turn in facts.true_turns}
    for label in facts.labels:
        true = by_index.get(label.turn) if label.turn is not None else None
        yield replace(label, turn=_heard_as(true, turns)) if facts.true_turns else label


def _heard_as(true: Turn | None, turns: Sequence[HeardTurn]) -> int | None:
    """Return the index of the turn of the same side that shares most time with a true turn."""
    if true is None or true.start is None or true.end is None:
        return None
    shared = [
        (min(turn.end, true.end) - max(turn.start, true.start), turn.index)
        for turn in turns
        if turn.speaker in {true.speaker, Speaker.UNKNOWN}
    ]
    longest, index = max(shared, default=(0.0, None))
    return index if longest > 0 else None
