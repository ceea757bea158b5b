"""Find the recordings in folders, each with the facts that a table or a sidecar has of it.

Where several sources speak of the same, the option counts before the table, and the table before
what the telephone system left beside the recording; that they differ is remarked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rexian.speech.adapters import call_folders, call_tables
from rexian.speech.domain.call_columns import BadCell, roles_from
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.call_rows import Rows
from rexian.speech.domain.call_sidecars import facts_beside
from rexian.speech.domain.unreadable_sound import Oddity, Remark, Unreadable
from rexian.standard.domain.events import Speaker


@dataclass(frozen=True, slots=True)
class FoundCall:
    """A recording that has not been opened yet, with what is known of its call.

    ``remarks`` say what was odd about the facts; the sound has its own, once it has been read.
    """

    path: Path
    facts: CallFacts
    remarks: tuple[Remark, ...] = ()

    @property
    def id(self) -> str:
        """The name of the call, unlike that of any other found with it."""
        return self.facts.id

    @property
    def source(self) -> str:
        """Where the recording lies, for messages."""
        return str(self.path)


def find_calls(
    paths: Iterable[str | Path],
    *,
    facts: str | Path | None = None,
    channels: str | Sequence[Speaker] | None = None,
) -> Iterator[FoundCall | Unreadable]:
    """Yield the recordings in ``paths`` with their facts, and in its place what cannot be used.

    ``facts`` is a table of facts; without it, those that lie in the folders are used. ``channels``
    says who speaks on each channel (``agent,customer``). At the end come the rows of tables for
    which there is no recording. Raises ``Invalid`` for channels that are nobody's.
    """
    roles = roles_from(channels) if isinstance(channels, str) else tuple(channels or ())
    return _found([Path(path) for path in paths], None if facts is None else Path(facts), roles)


def texts_beside(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files in ``paths`` that are to be read as conversations, not heard.

    The facts of recordings are not among them: their tables, and the JSON of a recording's name.
    """
    return list(call_folders.texts_in(paths))


def holds_recordings(paths: Iterable[str | Path]) -> bool:
    """Tell whether there is anything to be heard in ``paths``."""
    return any(not isinstance(one, Unreadable) for one in call_folders.recordings_in(paths))


def _found(
    paths: list[Path], table: Path | None, roles: tuple[Speaker, ...]
) -> Iterator[FoundCall | Unreadable]:
    rows = Rows()
    for one in [table] if table is not None else list(call_folders.tables_in(paths)):
        read = call_tables.read_table(one)
        if isinstance(read, Unreadable):
            yield read
            continue
        yield from rows.add(str(read.source), read.columns, ((r.line, r.record) for r in read.rows))
    ids: set[str] = set()
    listed = [one for one in call_folders.recordings_in(paths) if not isinstance(one, Unreadable)]
    yield from (one for one in call_folders.recordings_in(paths) if isinstance(one, Unreadable))
    yield from rows.assign([path for path, _ in listed])
    for path, name in listed:
        yield _once(_call(path, name, rows, roles), name, ids)
    yield from rows.left()


def _once(found: FoundCall, name: str, ids: set[str]) -> FoundCall:
    """Return the call under a name that no other one has: two folders may both have a 0001."""
    id_ = next(one for one in (found.id, name, str(found.path)) if one not in ids)
    ids.add(id_)
    return found if id_ == found.id else replace(found, facts=replace(found.facts, id=id_))


def _call(path: Path, name: str, rows: Rows, roles: tuple[Speaker, ...]) -> FoundCall:
    beside, remarks = _beside(path, name)
    written = rows.facts_of(path, name)
    if written is None:
        merged = beside
        remarks += [Remark(Oddity.NO_ROW)] if rows else []
    else:
        merged, contradictions = _merged(written.facts, beside)
        merged = replace(merged, id=beside.id) if merged.id == name else merged
        remarks += [_bad(cell, written.place) for cell in written.bad] + contradictions
    if roles and merged.roles and roles != merged.roles:
        remarks.append(_contradiction("roles", roles, merged.roles))
    return FoundCall(path, replace(merged, roles=roles or merged.roles), tuple(remarks))


def _beside(path: Path, name: str) -> tuple[CallFacts, list[Remark]]:
    """Return what the sidecar of a recording says, where it has one."""
    try:
        sidecar = call_folders.sidecar_of(path)
    except call_folders.BrokenSidecar as error:
        return CallFacts(name), [Remark(Oddity.BAD_SIDECAR, {"name": str(error)})]
    if sidecar is None:
        return CallFacts(name), []
    source, record = sidecar
    rendering = call_folders.rendering_of(path, record)
    found = facts_beside(record, name=name, source=source.name)
    remarks = [_bad(cell, source.name) for cell in found.bad]
    if found.is_broken:
        remarks.append(Remark(Oddity.BAD_TRUTH, {"name": source.name}))
    facts = found.facts
    if source.stem != path.stem:
        facts = replace(facts, id=name)
    if rendering == "mono":
        facts = replace(facts, roles=())
    return facts, remarks


def _merged(written: CallFacts, beside: CallFacts) -> tuple[CallFacts, list[Remark]]:
    """Return the facts of a row, completed by those beside the recording."""
    nothing = CallFacts("")
    changes: dict[str, Any] = {}
    remarks = []
    for field in (one.name for one in fields(CallFacts) if one.name != "id"):
        ours, theirs = getattr(written, field), getattr(beside, field)
        if ours == getattr(nothing, field):
            changes[field] = theirs
        elif theirs not in (ours, getattr(nothing, field)):
            remarks.append(_contradiction(field, ours, theirs))
    return replace(written, **changes), remarks


def _contradiction(fact: str, taken: object, left: object) -> Remark:
    return Remark(
        Oddity.CONTRADICTION, {"fact": fact, "taken": _legible(taken), "left": _legible(left)}
    )


def _legible(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _bad(cell: BadCell, place: str) -> Remark:
    return Remark(Oddity.BAD_CELL, {"column": cell.column, "value": cell.value, "place": place})
