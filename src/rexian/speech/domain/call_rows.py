"""Which row of which table belongs to which recording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from rexian.speech.domain.call_columns import BadCell, Columns, facts_of, shown
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.unreadable_sound import Fault, Unreadable


@dataclass(frozen=True, slots=True)
class _Row:
    source: str
    line: int
    columns: Columns
    record: Mapping[str, Any]

    @property
    def place(self) -> str:
        return f"{self.source}:{self.line}"

    @property
    def wanted(self) -> str:
        """Return which recording it says that it belongs to: its file, else its id."""
        for field in ("file", "id"):
            value = shown(self.columns.value(self.record, field))
            if value:
                return value
        return ""

    def unreadable(self, fault: Fault, **values: str) -> Unreadable:
        return Unreadable(self.source, self.line, fault, values)


@dataclass(frozen=True, slots=True)
class Written:
    """What a table says of one recording; ``place`` is where."""

    facts: CallFacts
    bad: tuple[BadCell, ...]
    place: str


class Rows:
    """The rows of all tables, and the recordings that they have been assigned to."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._of: dict[PurePath, _Row] = {}
        self._lost: list[_Row] = []

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add(
        self, source: str, columns: Columns, rows: Iterable[tuple[int, Mapping[str, Any]]]
    ) -> Iterator[Unreadable]:
        """Take in the rows of a table; yield those that belong to no recording by name."""
        for line, record in rows:
            row = _Row(source, line, columns, record)
            if row.wanted:
                self._rows.append(row)
            else:
                yield row.unreadable(Fault.NO_NAME)

    def assign(self, recordings: Sequence[PurePath]) -> Iterator[Unreadable]:
        """Find the recording of each row; yield rows that come second or could be of several.

        A row names its recording by file or id, with or without folders and ending.
        """
        known = _by_name(recordings)
        for row in self._rows:
            found = _narrowed(known.get(_bare(row.wanted), []), row.wanted)
            if not found:
                self._lost.append(row)
            elif len(found) > 1:
                yield row.unreadable(Fault.SEVERAL_RECORDINGS, name=row.wanted)
            elif found[0] in self._of:
                yield row.unreadable(Fault.SECOND_ROW, name=row.wanted)
            else:
                self._of[found[0]] = row

    def facts_of(self, recording: PurePath, name: str) -> Written | None:
        """Return what the tables say of a recording, ``None`` where they have no row for it."""
        row = self._of.get(recording)
        if row is None:
            return None
        facts, bad = facts_of(row.record, row.columns, name=name)
        return Written(facts, bad, row.place)

    def left(self) -> Iterator[Unreadable]:
        """Yield the rows for which there is no recording."""
        for row in self._lost:
            yield row.unreadable(Fault.NO_RECORDING, name=row.wanted)


def _by_name(recordings: Iterable[PurePath]) -> dict[str, list[PurePath]]:
    known: defaultdict[str, list[PurePath]] = defaultdict(list)
    for path in recordings:
        for name in {path.name.casefold(), path.stem.casefold()}:
            known[name].append(path)
    return known


def _bare(wanted: str) -> str:
    return wanted.replace("\\", "/").rstrip("/").rpartition("/")[2].casefold()


def _narrowed(found: Sequence[PurePath], wanted: str) -> Sequence[PurePath]:
    """Return those of ``found`` that lie in the folders which ``wanted`` names, if any do."""
    if len(found) < 2:
        return found
    folders = wanted.replace("\\", "/").casefold().strip("/").split("/")[:-1]
    while folders:
        inside = [path for path in found if _folders(path)[-len(folders) :] == folders]
        if inside:
            return inside
        folders = folders[1:]
    return found


def _folders(path: PurePath) -> list[str]:
    return [part.casefold() for part in path.parts[:-1]]
