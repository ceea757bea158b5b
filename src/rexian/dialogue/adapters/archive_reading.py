"""Read shards: which pieces they have, and the conversations of a piece.

A group is taken apart column by column. Words that come again and again are looked up by their
number in the file's dictionary, and lists are cut by offsets: no row becomes an object of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from rexian.dialogue.adapters.archive_columns import HAPPENED, HEAD, KNOWN, SCHEMA, TURN
from rexian.dialogue.adapters.parquet import ENDING, compute, group_of, opened
from rexian.dialogue.domain.archive import TRANSCRIPTS, Archived, BrokenShard, NotAnArchive
from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.shards import Piece
from rexian.kernel.language import mark
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn, Voice

Made = TypeVar("Made")
Columns = dict[str, list[Any]]

_AFTER_TEXT = ("doubtful", "spoken", "loudness", "backchannel")


def shards_of(folder: Path) -> list[Path]:
    """Return the shards of an archive, or of a folder within it; raise ``NotAnArchive``."""
    inside = folder / TRANSCRIPTS
    place = inside if inside.is_dir() else folder
    found = [one for one in sorted(place.rglob(f"*{ENDING}")) if not one.name.startswith(".")]
    if not found:
        raise NotAnArchive(
            mark("{folder} holds no archive: rexian archive makes one."), folder=str(folder)
        )
    return found


def pieces_of(path: Path, *, root: Path, rows: int) -> list[Piece]:
    """Return the pieces of a shard, each of about so many ``rows``; raise ``BrokenShard``.

    Only the end of the file is read. Where it is cut depends on its groups alone, so that it is
    cut in the same places the next time.
    """
    file, told = _opened(path)
    counts = [file.metadata.row_group(one).num_rows for one in range(file.num_row_groups)]
    if len(counts) != len(told["groups"]):
        raise BrokenShard(
            mark("{file} cannot be read: it is cut off, or was changed."), file=path.name
        )
    found, first, taken = [], 0, 0
    for number, count in enumerate(counts):
        taken += count
        if taken >= rows or number == len(counts) - 1:
            digest = blake2b("".join(told["groups"][first : number + 1]).encode(), digest_size=8)
            name = path.relative_to(root).as_posix().removesuffix(ENDING)
            found.append(Piece(str(path), name, first, number + 1, taken, digest.hexdigest()))
            first, taken = number + 1, 0
    return found


def read_shard(path: Path) -> Iterator[Archived]:
    """Yield all conversations of a shard; raise ``BrokenShard``."""
    file, _ = _opened(path)
    for number in range(file.num_row_groups):
        yield from conversations_in(group_of(path, file, number))


def groups_of_piece(piece: Piece) -> Iterator[Iterator[Archived]]:
    """Yield the conversations of a piece, group by group; raise ``BrokenShard``."""
    path = Path(piece.path)
    file, _ = _opened(path)
    for number in range(piece.first, piece.after):
        yield conversations_in(group_of(path, file, number))


def conversations_in(rows: Any) -> Iterator[Archived]:
    """Yield the conversations of a group."""
    is_head = compute.equal(rows["kind"].cast("string"), HEAD)
    heads = lists_of(rows.filter(is_head), KNOWN.names)
    happened = lists_of(rows, HAPPENED.names)
    heard = compute.any(compute.is_valid(rows["doubtful"])).as_py()
    turns = _turns(happened, heard=bool(heard))
    counts = zip(heads["turns"], heads["signals"], heads["labels"], strict=True)
    sizes = [1 + sum(each) for each in counts]
    begins = [0, *accumulate(sizes)]
    for place, begin in enumerate(begins[:-1]):
        yield _conversation(heads, place, happened, turns, begin + 1)


def _opened(path: Path) -> tuple[Any, dict[str, Any]]:
    """Return a shard and what it says of itself; raise ``BrokenShard``, also if columns lack."""
    file, told = opened(path, TRANSCRIPTS)
    if not set(SCHEMA.names) <= set(file.schema_arrow.names):
        raise BrokenShard(mark("{file} is no file of the archive."), file=path.name)
    return file, told


def _conversation(
    heads: Columns, place: int, happened: Columns, turns: Callable[[int, int], list[Turn]], at: int
) -> Archived:
    known = {name: column[place] for name, column in heads.items()}
    after_events = at + known["turns"] + known["signals"]
    labels = range(after_events, after_events + known["labels"])
    heard: tuple[Event, ...] | None = None
    if known["as_heard"]:
        heard = tuple(_as_heard(happened, turns, range(at, after_events)))
        said = tuple([one for one in heard if isinstance(one, Turn)])
        done = tuple([one for one in heard if isinstance(one, Signal)])
    else:
        after_turns = at + known["turns"]
        said = tuple(turns(at, after_turns))
        done = tuple([_signal(happened, row) for row in range(after_turns, after_events)])
    conversation = Conversation(
        id=known["conversation"],
        turns=said,
        signals=done,
        facts=_facts(known),
        standard=known["standard"],
        labels=tuple([_label(happened, row) for row in labels]),
        source=known["source"],
        line=known["line"],
        agent=known["agent"],
    )
    return Archived(
        conversation, known["key"], known["started_at"], number=known["number"], heard=heard
    )


def _as_heard(
    happened: Columns, turns: Callable[[int, int], list[Turn]], rows: Iterable[int]
) -> Iterator[Event]:
    """Yield turns and signals in the order of their rows."""
    for row in rows:
        if happened["kind"][row] == TURN:
            yield from turns(row, row + 1)
        else:
            yield _signal(happened, row)


def _facts(known: dict[str, Any]) -> Facts:
    parameters, told = known["parameters"], known["signals_told"]
    return Facts(
        channel=known["channel"],
        direction=known["direction"],
        case_type=known["case_type"],
        case_class=known["case_class"],
        day=known["day"],
        signals=known["has_signals"],
        parameters=json.loads(parameters) if parameters else {},
        waited=known["waited"],
        signals_told=None if told is None else tuple(told),
    )


def _turns(happened: Columns, *, heard: bool) -> Callable[[int, int], list[Turn]]:
    """Return what makes the turns of a range of rows."""
    speakers = {one.value: one for one in Speaker}
    by = [speakers.get(one) for one in happened["speaker"]]
    columns: list[list[Any]] = [happened["index"], by]
    columns += [happened[name] for name in ("text", "start", "end")]
    if heard:
        columns.append(list(map(_voice, *(happened[name] for name in _AFTER_TEXT))))

    def made(begin: int, end: int) -> list[Turn]:
        return list(map(Turn, *(column[begin:end] for column in columns)))

    return made


def _voice(places: list[int] | None, *rest: Any) -> Voice | None:
    if places is None:
        return None
    return Voice(tuple(zip(places[::2], places[1::2], strict=True)), *rest)


def _signal(happened: Columns, row: int) -> Signal:
    name, by = happened["name"][row], happened["speaker"][row]
    return Signal(SignalName(name), happened["start"][row], Speaker(by))


def _label(happened: Columns, row: int) -> Label:
    return Label(
        clause=happened["clause"][row],
        verdict=happened["outcome"][row],
        turn=happened["index"][row],
        quote=happened["text"][row],
        why=happened["why"][row],
    )


def lists_of(rows: Any, names: Sequence[str]) -> Columns:
    """Return columns as lists."""
    return {name: _list(rows[name]) for name in names}


def _list(column: Any) -> list[Any]:
    """Return a column as a list; a word is one object, however often it comes."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if not hasattr(array, "dictionary"):
        found: list[Any] = array.to_pylist()
        return found
    words = [*array.dictionary.to_pylist(), None]
    places = array.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
    return [words[one] for one in places.tolist()]
