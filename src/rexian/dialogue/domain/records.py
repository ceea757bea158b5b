"""Make a conversation of a record: an object with facts, turns, events, labels, however named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil, inf
from typing import Any

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.naming import (
    CASE_TYPES,
    CHANNELS,
    DIRECTIONS,
    SIGNALS,
    Layout,
    folded,
    layout_of,
)
from rexian.dialogue.domain.speakers import Speakers
from rexian.dialogue.domain.times import earliest, seconds
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn

# Networks in China ring back 1 s on, 4 s off; a record that gives the time only is counted so.
_RING_PERIOD = 5.0
_LONGEST_RINGING = 600.0

_VERDICTS = frozenset({"met", "missed", "not_applicable", "suspect"})
_Record = Mapping[str | None, Any]


def conversation_of(
    record: object, speakers: Speakers, *, name: str, source: str = "", line: int = 0
) -> Conversation:
    """Return the conversation that ``record`` describes, called ``name`` if it has no id.

    Raises ``BrokenRecord``. Dates are turned into seconds from the first of them.
    """
    if not isinstance(record, Mapping):
        raise BrokenRecord(Reason.NOT_A_RECORD)
    fields = layout_of(tuple(record))
    items, events = record.get(fields.turns), _events(record.get(fields.events))
    if not isinstance(items, list) or not items:
        raise BrokenRecord(Reason.NO_TURNS)
    origin = earliest(_written_times([*items, *events]))
    turns = _turns(items, speakers, origin)
    signals = _signals(events, record.get(fields.hung_up_by), speakers, origin)
    signals = signals or _known_besides(record, fields, turns, speakers)
    return Conversation(
        _word(record.get(fields.id)) or name,
        turns,
        _with_doers(signals, outgoing=_direction(record, fields) == "out"),
        _facts(record, fields, signals=bool(signals)),
        _word(record.get(fields.standard)),
        _labels(record),
        source,
        line,
        _word(record.get(fields.agent)) or "",
    )


def _turns(items: list[Any], speakers: Speakers, origin: datetime | None) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    try:
        for item in items:
            turns.append(_turn(len(turns), item, speakers, origin))
    except BrokenRecord as error:
        raise BrokenRecord(error.reason, turn=len(turns), **error.details) from None
    return tuple(turns) if _are_numbered(turns) else tuple(map(_at_place, range(len(turns)), turns))


def _turn(place: int, item: Any, speakers: Speakers, origin: datetime | None) -> Turn:
    if not isinstance(item, Mapping):
        raise BrokenRecord(Reason.NOT_A_TURN)
    fields = layout_of(tuple(item))
    text = item.get(fields.text)
    if type(text) is not str:
        text = _text(text)
    if not text or text.isspace():
        raise BrokenRecord(Reason.NO_TEXT)
    start, end = seconds(item.get(fields.start), origin), seconds(item.get(fields.end), origin)
    if start is not None and end is not None and end < start:
        end = None
    index = item.get(fields.number)
    speaker = _speaker(item.get(fields.speaker), speakers)
    return Turn(index if type(index) is int else place, speaker, text, start, end)


def _speaker(name: Any, speakers: Speakers) -> Speaker:
    if not isinstance(name, str) or not name.strip():
        raise BrokenRecord(Reason.NO_SPEAKER)
    speaker = speakers.recognise(name)
    if speaker is None:
        raise BrokenRecord(Reason.UNKNOWN_SPEAKER, name=name)
    return speaker


def _are_numbered(turns: Sequence[Turn]) -> bool:
    """Tell whether the numbers that turns have in the source tell them apart."""
    return len({turn.index for turn in turns}) == len(turns)


def _at_place(place: int, turn: Turn) -> Turn:
    return replace(turn, index=place)


def _written_times(items: Iterable[Any]) -> Iterator[Any]:
    """Yield the times that are not numbers: dates are among them, if anywhere."""
    for item in items:
        if isinstance(item, Mapping):
            fields = layout_of(tuple(item))
            for field in (fields.start, fields.end, fields.at):
                value = item.get(field)
                if value is not None and type(value) is not float:
                    yield value


def _direction(record: _Record, fields: Layout) -> str | None:
    return DIRECTIONS.get(folded(record.get(fields.direction)))


def _facts(record: _Record, fields: Layout, *, signals: bool) -> Facts:
    case = record.get("case")
    case = case if isinstance(case, Mapping) else {}
    channel = folded(record.get(fields.channel))
    kind = folded(case.get("type") or record.get(fields.case_type))
    return Facts(
        channel=CHANNELS.get(channel, channel) or None,
        direction=_direction(record, fields),
        case_type=CASE_TYPES.get(kind, kind) or None,
        case_class=folded(case.get("class") or record.get(fields.case_class)) or None,
        signals=signals,
    )


def _events(value: Any) -> list[_Record]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(event, Mapping) for event in value):
        raise BrokenRecord(Reason.NOT_EVENTS)
    return value


def _signals(
    events: list[_Record], ended_by: Any, speakers: Speakers, origin: datetime | None
) -> list[Signal]:
    """Return the signals among ``events``; whatever else a telephone system logs is passed over."""
    signals = []
    for event in events:
        fields = layout_of(tuple(event))
        name = SIGNALS.get(folded(event.get(fields.event)))
        if name is not None:
            by = event.get(fields.by) or (ended_by if name is SignalName.HANG_UP else None)
            at = seconds(event.get(fields.at), origin)
            signals.append(Signal(name, at, _named(by, speakers)))
    return signals


def _named(by: Any, speakers: Speakers) -> Speaker:
    return (speakers.recognise(by) if isinstance(by, str) else None) or Speaker.UNKNOWN


def _with_doers(signals: Iterable[Signal], *, outgoing: bool) -> tuple[Signal, ...]:
    """Return the signals, each by whoever alone can give it where the record names nobody."""
    alone = {
        SignalName.RING: Speaker.SYSTEM,
        SignalName.ANSWER: Speaker.CUSTOMER if outgoing else Speaker.AGENT,
        SignalName.HANG_UP: Speaker.UNKNOWN,
    }
    return tuple(
        replace(signal, by=alone.get(signal.name, Speaker.AGENT))
        if signal.by is Speaker.UNKNOWN
        else signal
        for signal in signals
    )


def _known_besides(
    record: _Record, fields: Layout, turns: Sequence[Turn], speakers: Speakers
) -> list[Signal]:
    """Return the signals that a record without events tells in other fields."""
    signals = _rings(seconds(record.get(fields.ring_seconds)), turns)
    by = _named(record.get(fields.hung_up_by), speakers)
    if by is not Speaker.UNKNOWN:
        signals.append(Signal(SignalName.HANG_UP, None, by))
    return signals


def _rings(until: float | None, turns: Sequence[Turn]) -> list[Signal]:
    """Return the rings and the answer that a ring time stands for, if the turns begin after it."""
    first = min((turn.start for turn in turns if turn.start is not None), default=inf)
    if until is None or first < until or not 0 < until < _LONGEST_RINGING:
        return []
    times = [place * _RING_PERIOD for place in range(ceil(until / _RING_PERIOD))]
    rings = [Signal(SignalName.RING, at, Speaker.UNKNOWN) for at in times]
    return [*rings, Signal(SignalName.ANSWER, until, Speaker.UNKNOWN)]


def _labels(record: _Record) -> tuple[Label, ...]:
    truth = record.get("truth")
    if truth is None:
        return ()
    if not isinstance(truth, list):
        raise BrokenRecord(Reason.NOT_LABELS)
    return tuple(_each_label(truth))


def _each_label(truth: list[Any]) -> Iterator[Label]:
    for entry in truth:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("clause"), str):
            raise BrokenRecord(Reason.NOT_LABELS)
        verdict, turn = entry.get("verdict"), entry.get("turn")
        if not isinstance(verdict, str) or verdict not in _VERDICTS:
            raise BrokenRecord(Reason.UNKNOWN_VERDICT, value=verdict)
        if turn is not None and type(turn) is not int:
            raise BrokenRecord(Reason.NOT_A_TURN_NUMBER, value=turn)
        quote, why = entry.get("quote"), entry.get("why")
        yield Label(entry["clause"], verdict, turn, _text(quote), _text(why))


def _text(value: Any) -> str:
    """Return ``value`` as it is if it is text, a number as digits, anything else as nothing."""
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def _word(value: Any) -> str | None:
    return _text(value).strip() or None
