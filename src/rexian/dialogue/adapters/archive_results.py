"""Files of what came out of a piece: the verdicts of a standard, and what two say otherwise.

What all of it comes to stands at the end of the file, so that nobody has to read the rows again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rexian import __version__
from rexian.dialogue.adapters import archive_verdicts
from rexian.dialogue.adapters.parquet import (
    ENDING,
    ParquetFile,
    group_of,
    opened,
    unfinished_names,
    written_whole,
)
from rexian.dialogue.domain.archive import CHANGES, VERDICTS, BrokenShard
from rexian.dialogue.domain.shards import Outturn, Piece
from rexian.standard.domain.verdicts import Verdict

_HASH_SHOWN = 12

Hashes = tuple[str, ...]
"""The content hash of the standard that judged, or of both that are compared."""

Known = dict[int, tuple[float | None, list[Verdict]]]
"""By the number of a conversation in its shard, its score and verdicts."""


def results_folder(results: Path, hashes: Hashes) -> Path:
    """Return the folder of what these standards come to."""
    kind = VERDICTS if len(hashes) == 1 else CHANGES
    return results / kind / "-".join(one[:_HASH_SHOWN] for one in hashes)


@contextmanager
def result_written(results: Path, piece: Piece, hashes: Hashes) -> Iterator[ParquetFile]:
    """Give the file of a piece's results to write; it is there once it is whole."""
    told = {"digest": piece.digest, "standards": hashes, "rexian": __version__}
    one = len(hashes) == 1
    table, schema = (
        (VERDICTS, archive_verdicts.INSPECTED) if one else (CHANGES, archive_verdicts.CHANGED)
    )
    with written_whole(_place(results, piece, hashes), table, schema, told) as file:
        yield file


def result_of(results: Path, piece: Piece, hashes: Hashes) -> Outturn | None:
    """Return what a piece has come to; ``None`` where that is not known, or no longer true."""
    known = _opened(results, piece, hashes)
    return Outturn.from_plain(known[1]["outturn"]) if known else None


def verdicts_of(results: Path, piece: Piece, content_hash: str) -> tuple[Known, set[int]] | None:
    """Return what a standard has said of a piece, and of which conversations it could not.

    ``None`` where it has not judged the piece, or its file cannot be read.
    """
    known = _opened(results, piece, (content_hash,))
    if known is None:
        return None
    file, told = known
    found: Known = {}
    try:
        for number in range(file.num_row_groups):
            rows = group_of(_place(results, piece, (content_hash,)), file, number)
            found.update(archive_verdicts.scores_and_verdicts(rows))
    except BrokenShard:
        return None
    return found, set(told["failed"])


def remove_stale(results: Path, pieces: Iterable[Piece], hashes: Hashes) -> None:
    """Remove the results of pieces that are no more, since their shard was written anew."""
    for each in {hashes, *((one,) for one in hashes)}:
        expected = {_place(results, one, each) for one in pieces}
        shards = {one.shard for one in pieces}
        folder = results_folder(results, each)
        for place in folder.rglob(f"*{ENDING}"):
            if place not in expected and shard_of(place, folder) in shards:
                place.unlink(missing_ok=True)


def remove_unfinished(results: Path, pieces: Iterable[Piece], hashes: Hashes) -> None:
    """Remove what killed processes left of pieces that are done now, and nobody writes any more."""
    for each in {hashes, *((one,) for one in hashes)}:
        for piece in pieces:
            place = _place(results, piece, each)
            for unfinished in place.parent.glob(unfinished_names(place)):
                unfinished.unlink(missing_ok=True)


def results_on(results: Path, shard: str) -> list[Path]:
    """Return all results, by whichever standards, that speak of a shard."""
    folders = [*results.glob(f"{VERDICTS}/*"), *results.glob(f"{CHANGES}/*")]
    return [
        place
        for folder in folders
        for place in sorted(folder.rglob(f"*{ENDING}"))
        if shard_of(place, folder) == shard
    ]


def shard_of(place: Path, folder: Path) -> str:
    """Return the shard that results speak of: they are called shard, groups, digest."""
    name = place.relative_to(folder).as_posix().removesuffix(ENDING)
    return name.rsplit(".", 2)[0]


def _opened(results: Path, piece: Piece, hashes: Hashes) -> tuple[Any, dict[str, Any]] | None:
    try:
        table = VERDICTS if len(hashes) == 1 else CHANGES
        file, told = opened(_place(results, piece, hashes), table)
    except BrokenShard:
        return None
    same = (told.get("digest"), told.get("standards")) == (piece.digest, list(hashes))
    return (file, told) if same else None


def _place(results: Path, piece: Piece, hashes: Hashes) -> Path:
    return results_folder(results, hashes) / f"{piece.name}{ENDING}"
