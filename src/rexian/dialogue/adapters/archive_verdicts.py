"""The columns of verdicts and of changes, and verdicts read back from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rexian.dialogue.adapters import archive_columns
from rexian.dialogue.adapters.archive_columns import Laid
from rexian.dialogue.adapters.archive_reading import lists_of
from rexian.dialogue.adapters.parquet import pa
from rexian.dialogue.domain.archive import Archived, JudgedThen, Said
from rexian.dialogue.domain.replays import Change, Replayed, Side
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

_WORD = pa.dictionary(pa.int32(), pa.string())
_PLACES = pa.list_(pa.int32())

_CONVERSATION = [
    ("number", pa.int32()),
    ("conversation", _WORD),
    ("key", _WORD),
    ("started_at", pa.timestamp("us", tz="UTC")),
    ("agent", _WORD),
]
_JUDGED = pa.schema(
    [
        *_CONVERSATION,
        ("standard", _WORD),
        ("version", _WORD),
        ("content_hash", _WORD),
        ("score", pa.float64()),
    ]
)
_SAID = pa.schema(
    [
        ("clause", _WORD),
        ("rule", _WORD),
        ("outcome", _WORD),
        ("at", pa.float64()),
        ("turns", _PLACES),
        ("quote", pa.string()),
        ("why", _WORD),
    ]
)
_REVIEWED = pa.schema([*_SAID, ("review", _WORD), ("said_clause", _WORD), ("said_outcome", _WORD)])
_SCORED = pa.schema([*_CONVERSATION, ("score_before", pa.float64()), ("score_after", pa.float64())])
_CHANGED = pa.schema(
    [
        ("clause", _WORD),
        *[
            (f"{name}_{side}", kind)
            for side in ("before", "after")
            for name, kind in (
                ("outcome", _WORD),
                ("rule", _WORD),
                ("turns", _PLACES),
                ("quote", pa.string()),
                ("why", _WORD),
            )
        ],
    ]
)

REVIEWED = pa.schema([*_JUDGED, *_REVIEWED])
"""Verdicts of the archive: what was said when it was judged, and what people made of that."""

INSPECTED = pa.schema([*_JUDGED, *_SAID])
"""Verdicts of a replay."""

CHANGED = pa.schema([*_SCORED, *_CHANGED])
"""What two standards say otherwise."""

_READ = ("number", "score", *_SAID.names)


def judged_then(one: Archived, number: int) -> Laid:
    """Return what was said when a conversation was judged, the ``number``-th of its shard."""
    if one.judged is None:
        return Laid((), ())
    head = (*_known(one, number), *_standard(one.judged))
    return Laid(head, [(*_verdict(said.verdict), *_review(said)) for said in one.judged.said])


def reviewed_table(laid: Sequence[Laid]) -> Any:
    """Return what was said of conversations as a table of ``REVIEWED``."""
    return archive_columns.table_of(laid, _JUDGED, _REVIEWED)


def inspected(one: Archived, inspection: Inspection) -> Laid:
    """Return an inspection; what there was no opportunity for is left out."""
    rows = [
        _verdict(verdict)
        for verdict in inspection.verdicts
        if verdict.outcome is not Outcome.NOT_APPLICABLE
    ]
    return Laid((*_known(one, one.number), *_standard(inspection)), rows)


def inspected_table(laid: Sequence[Laid]) -> Any:
    """Return inspections as a table of ``INSPECTED``."""
    return archive_columns.table_of(laid, _JUDGED, _SAID)


def changed(one: Archived, replayed: Replayed) -> Laid:
    """Return what comes out otherwise in a conversation."""
    head = (*_known(one, one.number), replayed.before, replayed.after)
    return Laid(head, list(map(_change, replayed.changes)))


def changed_table(laid: Sequence[Laid]) -> Any:
    """Return changes as a table of ``CHANGED``."""
    return archive_columns.table_of(laid, _SCORED, _CHANGED)


def scores_and_verdicts(rows: Any) -> dict[int, tuple[float | None, list[Verdict]]]:
    """Return, by the number of the conversation, the score and the verdicts in such a table."""
    outcomes = {one.value: one for one in Outcome}
    columns = lists_of(rows, _READ)
    found: dict[int, tuple[float | None, list[Verdict]]] = {}
    for number, score, clause, rule, outcome, at, turns, quote, why in zip(
        *columns.values(), strict=True
    ):
        reason = _read_why(why)
        verdict = Verdict(clause, rule, outcomes[outcome], tuple(turns), quote, at, reason)
        found.setdefault(number, (score, []))[1].append(verdict)
    return found


def _known(one: Archived, number: int) -> tuple[Any, ...]:
    said = one.conversation
    return number, said.id, one.key, one.started_at, said.agent


def _standard(judged: JudgedThen | Inspection) -> tuple[Any, ...]:
    return judged.standard, judged.version, judged.content_hash, judged.score


def _verdict(one: Verdict) -> tuple[Any, ...]:
    why = _plain_why(one.why)
    return one.clause, one.rule, one.outcome.value, one.at, one.turns, one.quote, why


def _review(said: Said) -> tuple[str, str, str]:
    return said.review, said.clause, said.outcome


def _change(one: Change) -> tuple[Any, ...]:
    return (one.clause, *_side(one.before), *_side(one.after))


def _side(side: Side) -> tuple[Any, ...]:
    why = _plain_why(tuple(side.why.items()))
    return side.outcome, side.rule, side.turns, side.quote, why


@lru_cache(maxsize=4096)
def _plain_why(why: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(why), ensure_ascii=False)


@lru_cache(maxsize=4096)
def _read_why(why: str) -> tuple[tuple[str, str], ...]:
    return tuple(json.loads(why).items())
