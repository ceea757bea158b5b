"""The columns of a shard of transcripts, and how conversations are laid out in them.

A conversation is a row of kind ``conversation``, then a row for each turn and each signal (in the
order in which they were heard, where that is known), then a row for each label. What is known of
the conversation stands in all of its rows, which costs next to nothing (dictionaries, run lengths)
and makes one plain table of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from rexian.dialogue.adapters.parquet import pa
from rexian.dialogue.domain.archive import Archived
from rexian.dialogue.domain.conversations import Label
from rexian.standard.domain.events import Event, Signal, Turn, Voice

_WORD = pa.dictionary(pa.int32(), pa.string())
_PLACES = pa.list_(pa.int32())

KNOWN = pa.schema(
    [
        ("number", pa.int32()),
        ("conversation", _WORD),
        ("key", _WORD),
        ("started_at", pa.timestamp("us", tz="UTC")),
        ("agent", _WORD),
        ("standard", _WORD),
        ("channel", _WORD),
        ("direction", _WORD),
        ("case_type", _WORD),
        ("case_class", _WORD),
        ("day", _WORD),
        ("waited", pa.float64()),
        ("has_signals", pa.bool_()),
        ("signals_told", pa.list_(pa.string())),
        ("parameters", _WORD),
        ("source", _WORD),
        ("line", pa.int32()),
        ("turns", pa.int32()),
        ("signals", pa.int32()),
        ("labels", pa.int32()),
        ("as_heard", pa.bool_()),
    ]
)
"""What is known of a conversation, the same in all of its rows."""

HAPPENED = pa.schema(
    [
        ("kind", _WORD),
        ("index", pa.int32()),
        ("speaker", _WORD),
        ("name", _WORD),
        ("text", pa.string()),
        ("start", pa.float64()),
        ("end", pa.float64()),
        ("doubtful", _PLACES),
        ("spoken", pa.float64()),
        ("loudness", pa.float64()),
        ("backchannel", pa.bool_()),
        ("clause", _WORD),
        ("outcome", _WORD),
        ("why", pa.string()),
    ]
)
"""What a row is, and what was said or done."""

SCHEMA = pa.schema([*KNOWN, *HAPPENED])

HEAD, TURN, SIGNAL, LABEL = "conversation", "turn", "signal", "label"
_HEAD_ROW: tuple[Any, ...] = (HEAD, *[None] * (len(HAPPENED) - 1))
_NO_LABEL = (None, None, None)
_NO_VOICE = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Laid:
    """A conversation as rows: what is known of it, and what happened."""

    known: tuple[Any, ...]
    happened: Sequence[tuple[Any, ...]]


def laid_out(one: Archived, number: int) -> Laid:
    """Return the rows of a conversation, the ``number``-th of its shard."""
    said = one.conversation
    events: Sequence[Event] = one.heard or (*said.turns, *said.signals)
    rows = [_HEAD_ROW, *map(_event, events), *map(_label, said.labels)]
    return Laid(_known(one, number), rows)


def table_of(laid: Sequence[Laid], known: Any = KNOWN, happened: Any = HAPPENED) -> Any:
    """Return the rows of conversations as one table; the schemas say of what kind they are."""
    sizes = [len(one.happened) for one in laid]
    places = pa.array([place for place, size in enumerate(sizes) for _ in range(size)], pa.int32())
    heads = _arrays(known, (one.known for one in laid))
    rows = _arrays(happened, (row for one in laid for row in one.happened))
    schema = pa.schema([*known, *happened])
    return pa.Table.from_arrays([*(one.take(places) for one in heads), *rows], schema=schema)


def _arrays(schema: Any, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    for field, column in zip(schema, columns, strict=True):
        yield _array(column, field.type)


def _array(column: Sequence[Any], kind: Any) -> Any:
    plain = pa.string() if kind == _WORD else kind
    try:
        made = pa.array(column, plain)
    except UnicodeEncodeError:  # half a surrogate pair, which no encoding can hold
        made = pa.array([one and one.encode("utf-8", "replace").decode() for one in column], plain)
    return made.dictionary_encode() if kind == _WORD else made


def _known(one: Archived, number: int) -> tuple[Any, ...]:
    said, facts = one.conversation, one.conversation.facts
    return (
        number,
        said.id,
        one.key,
        one.started_at.astimezone(UTC) if one.started_at else None,
        said.agent,
        said.standard,
        facts.channel,
        facts.direction,
        facts.case_type,
        facts.case_class,
        facts.day,
        facts.waited,
        facts.signals,
        facts.signals_told,
        json.dumps(dict(facts.parameters), ensure_ascii=False) if facts.parameters else None,
        said.source,
        said.line,
        len(said.turns),
        len(said.signals),
        len(said.labels),
        one.heard is not None,
    )


def _event(event: Event) -> tuple[Any, ...]:
    return _turn(event) if isinstance(event, Turn) else _signal(event)


def _turn(turn: Turn) -> tuple[Any, ...]:
    speaker = turn.speaker.value
    voice = _NO_VOICE if turn.voice is None else _voice(turn.voice)
    return (TURN, turn.index, speaker, None, turn.text, turn.start, turn.end, *voice, *_NO_LABEL)


def _voice(voice: Voice) -> tuple[Any, ...]:
    """Return how a turn sounded: the list of doubtful places is there where it was heard."""
    places = [edge for piece in voice.doubtful for edge in piece]
    return places, voice.spoken, voice.loudness, voice.backchannel


def _signal(signal: Signal) -> tuple[Any, ...]:
    by, name = signal.by.value, signal.name.value
    return (SIGNAL, None, by, name, None, signal.at, None, *_NO_VOICE, *_NO_LABEL)


def _label(label: Label) -> tuple[Any, ...]:
    said = (label.clause, label.verdict, label.why)
    return (LABEL, label.turn, None, None, label.quote, None, None, *_NO_VOICE, *said)
