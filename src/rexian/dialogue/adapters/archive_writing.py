"""Write conversations into shards: groups to be judged at a time, files of bounded size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rexian.dialogue.adapters import archive_columns, archive_verdicts
from rexian.dialogue.adapters.archive_columns import Laid, laid_out
from rexian.dialogue.adapters.parquet import (
    ENDING,
    ParquetFile,
    compute,
    group_of,
    opened,
    pa,
    written_whole,
)
from rexian.dialogue.domain.archive import TRANSCRIPTS, VERDICTS, Archived, Shelf, is_meant
from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark

GROUP_ROWS = 10_000
"""So many rows make a group: about a second's work of a core that judges twice."""

FILE_ROWS = 500_000
"""So many make a file, which has to be written anew where one conversation is removed."""


class ShardTaken(Conflict):
    """A shard of this name holds conversations from elsewhere (409)."""

    code = "archive-shard-taken"


@dataclass(frozen=True, slots=True)
class Written:
    """What has come into the archive."""

    conversations: int = 0
    turns: int = 0
    shards: tuple[Path, ...] = ()


def write_shards(
    folder: Path,
    shelf: Shelf,
    name: str,
    found: Iterable[Archived],
    told: Mapping[str, Any],
) -> Written:
    """Write conversations as the shards ``name-00001`` and on, and remove what was there of more.

    ``told`` is written into each; a shard that tells of other origins is left alone: ``ShardTaken``
    is raised. A shard of transcripts has its name when it is whole, its verdicts shortly before.
    """
    stream = _Ahead(iter(found))
    conversations, turns = 0, 0
    shards: list[Path] = []
    places = shards_named(folder, shelf, name)
    _refuse_other_origin(places, told)
    while stream.following is not None:
        path = folder / TRANSCRIPTS / shelf.path / f"{name}-{len(shards) + 1:05d}{ENDING}"
        shard = _Shard(folder, path, dict(told))
        shard.write(stream)
        conversations, turns = conversations + shard.conversations, turns + shard.turns
        shards.append(path)
    for surplus in places:
        if surplus not in shards:
            verdicts_of(folder, surplus).unlink(missing_ok=True)
            surplus.unlink(missing_ok=True)
    return Written(conversations, turns, tuple(shards))


def shards_named(folder: Path, shelf: Shelf, name: str) -> list[Path]:
    """Return the shards of a shelf that are called so, whatever their number."""
    found = (folder / TRANSCRIPTS / shelf.path).glob(f"{name}-[0-9][0-9][0-9][0-9][0-9]{ENDING}")
    return sorted(found)


def is_whole(places: Sequence[Path]) -> bool:
    """Tell whether the last of these shards is there: none comes after it, and it says so."""
    return bool(places) and bool(opened(places[-1], TRANSCRIPTS)[1].get("last"))


def _refuse_other_origin(places: Iterable[Path], told: Mapping[str, Any]) -> None:
    """Raise ``ShardTaken`` where a shard says that it came from elsewhere."""
    for one in places:
        _, known = opened(one, TRANSCRIPTS)
        if known.get("origin") != told.get("origin"):
            message = mark("{file} holds other conversations: choose another name, with --name.")
            raise ShardTaken(message, file=one.name)


def verdicts_of(folder: Path, shard: Path) -> Path:
    """Return where the verdicts of a shard lie."""
    return folder / VERDICTS / shard.relative_to(folder / TRANSCRIPTS)


def without(path: Path, table: str, keys: Collection[str]) -> int:
    """Write a file anew without some conversations; return how many it lost, mostly none.

    Groups that have none of them stay as they are, and keep their digests. A file that loses all
    of its rows stays, empty, so that nobody takes its month for one that was never written.
    """
    file, told = opened(path, table)
    groups = [group_of(path, file, number) for number in range(file.num_row_groups)]
    kept = [_without(rows, keys) for rows in groups]
    lost = _conversations(groups) - _conversations(kept)
    if lost:
        digests = told.pop("groups")
        with written_whole(path, table, file.schema_arrow, told) as target:
            for rows, left, digest in zip(groups, kept, digests, strict=True):
                if len(left):
                    target.write(left, digest if len(left) == len(rows) else "")
    return lost


def _conversations(groups: Iterable[Any]) -> int:
    return sum(len(compute.unique(rows["number"])) for rows in groups)


def _without(rows: Any, keys: Collection[str]) -> Any:
    known = compute.unique(rows["key"].cast("string")).to_pylist()
    gone = [one for one in known if one and is_meant(one, keys)]
    if not gone:
        return rows
    meant = compute.is_in(rows["key"].cast("string"), value_set=pa.array(gone, pa.string()))
    return rows.filter(compute.invert(meant))


class _Ahead:
    """Conversations as they come, of which the following one is known already."""

    def __init__(self, stream: Iterator[Archived]) -> None:
        self._stream = stream
        self.following = next(stream, None)

    def take(self) -> Archived:
        """Return the following one, and know the next."""
        one = self.following
        if one is None:
            raise StopIteration
        self.following = next(self._stream, None)
        return one


@dataclass(slots=True)
class _Shard:
    """A shard as it grows, with its verdicts beside it where there are any."""

    folder: Path
    path: Path
    told: dict[str, Any]
    conversations: int = 0
    turns: int = 0
    rows: int = 0
    laid: list[Laid] = field(default_factory=list)
    said: list[Laid] = field(default_factory=list)
    waiting: int = 0

    def write(self, stream: _Ahead) -> None:
        """Take conversations until the file is full, and close it."""
        with ExitStack() as open_files:
            schema = archive_columns.SCHEMA
            target = open_files.enter_context(
                written_whole(self.path, TRANSCRIPTS, schema, self.told)
            )
            verdicts: ParquetFile | None = None
            while self.rows < FILE_ROWS and stream.following is not None:
                self._take(stream.take())
                if self.said and verdicts is None:
                    verdicts = open_files.enter_context(self._verdicts())
                if self.waiting >= GROUP_ROWS:
                    self._flush(target, verdicts)
            self._flush(target, verdicts)
            last = stream.following is None
            target.tell(conversations=self.conversations, turns=self.turns, last=last)

    def _verdicts(self) -> Any:
        place = verdicts_of(self.folder, self.path)
        return written_whole(place, VERDICTS, archive_verdicts.REVIEWED, self.told)

    def _take(self, one: Archived) -> None:
        laid = laid_out(one, self.conversations)
        self.laid.append(laid)
        if one.judged is not None:
            self.said.append(archive_verdicts.judged_then(one, self.conversations))
        self.conversations += 1
        self.turns += len(one.conversation.turns)
        self.waiting += len(laid.happened)
        self.rows += len(laid.happened)

    def _flush(self, target: ParquetFile, verdicts: ParquetFile | None) -> None:
        if self.laid:
            target.write(archive_columns.table_of(self.laid))
        if self.said and verdicts is not None:
            verdicts.write(archive_verdicts.reviewed_table(self.said))
        self.laid, self.said, self.waiting = [], [], 0


def holds(path: Path, keys: Collection[str]) -> bool:
    """Tell whether a shard of transcripts has any of some conversations; reads one column."""
    file, _ = opened(path, TRANSCRIPTS)
    groups = (group_of(path, file, number, ["key"]) for number in range(file.num_row_groups))
    return any(
        one and is_meant(one, keys)
        for rows in groups
        for one in compute.unique(rows["key"].cast("string")).to_pylist()
    )
