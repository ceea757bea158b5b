"""Make conversations of the rows of a table, a turn a row, whatever its columns are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.domain.naming import Layout, layout_of
from rexian.dialogue.domain.records import conversation_of
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason, Unreadable

Row = tuple[int, Sequence[Any]]
_Cells = dict[str, Any]
_Rows = list[tuple[int, _Cells]]

_OF_A_CONVERSATION = (
    "channel",
    "direction",
    "standard",
    "agent",
    "case_type",
    "case_class",
    "hung_up_by",
    "ring_seconds",
)


def known_columns(header: Sequence[Any]) -> int:
    """Return how many of the two columns that a transcript needs ``header`` has."""
    layout = layout_of(tuple(map(_shown, header)))
    return sum(column is not None for column in (layout.speaker, layout.text))


def read(
    source: str, rows: Iterable[Row], name: str, roles: Roles = ()
) -> Iterator[Found | Unreadable]:
    """Yield the conversations of a table whose first row that is not blank is its header.

    The rows of a conversation need not stand together, so a table is held as a whole; an empty id
    goes on with the conversation of the row above, as merged cells are exported.
    """
    filled = ((line, cells) for line, cells in rows if any(map(_is_filled, cells)))
    line, header = next(filled, (0, ()))
    keys = tuple(map(_shown, header))
    layout = layout_of(keys)
    missing = [field for field in ("speaker", "text") if getattr(layout, field) is None]
    if missing:
        yield Unreadable(source, line, Reason.NO_COLUMN, {"columns": ", ".join(missing)})
        return
    for id_, group in _grouped(filled, keys, layout, name).items():
        yield _conversation(source, id_, group, layout, roles)


def _grouped(
    rows: Iterable[Row], keys: tuple[str, ...], layout: Layout, name: str
) -> dict[str, _Rows]:
    groups: dict[str, _Rows] = {}
    current = name
    for line, cells in rows:
        row = dict(zip(keys, cells, strict=False))
        id_ = row.get(layout.id or "")
        if layout.id is not None and _is_filled(id_):
            current = _shown(id_)
        groups.setdefault(current, []).append((line, row))
    return groups


def _conversation(
    source: str, id_: str, group: _Rows, layout: Layout, roles: Roles
) -> Found | Unreadable:
    group = _in_order(group, layout)
    record = {
        "id": id_,
        "turns": [_turn(row, layout) for _, row in group],
        **{field: _first(group, getattr(layout, field)) for field in _OF_A_CONVERSATION},
    }
    line = min(line for line, _ in group)
    try:
        speakers = speakers_with(roles)
        read_one = conversation_of(record, speakers, name=id_, source=source, line=line)
    except BrokenRecord as error:
        return error.at(source, line if error.turn is None else group[error.turn][0])
    return Found(source, line, id_, read_one)


def _in_order(group: _Rows, layout: Layout) -> _Rows:
    """Return the rows by their number if the table numbers them, else as they stand."""
    numbers = [_whole(row.get(layout.number or "")) for _, row in group]
    known = [number for number in numbers if number is not None]
    if layout.number is None or len(set(known)) < len(group):
        return group
    return [row for _, row in sorted(zip(known, group, strict=True), key=lambda pair: pair[0])]


def _turn(row: _Cells, layout: Layout) -> _Cells:
    turn = {
        field: row.get(getattr(layout, field) or "")
        for field in ("speaker", "text", "start", "end")
    }
    number = _whole(row.get(layout.number or ""))
    return turn if number is None else {**turn, "index": number}


def _first(group: _Rows, column: str | None) -> Any:
    if column is None:
        return None
    return next((row[column] for _, row in group if _is_filled(row.get(column))), None)


def _is_filled(cell: Any) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _shown(cell: Any) -> str:
    """Return a cell as one reads it: spreadsheets hold the id 1001 as 1001.0."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _whole(cell: Any) -> int | None:
    try:
        number = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if number.is_integer() else None
