"""Judge an archive again, on all cores or on a cluster, shard by shard, and go on where it stopped.

The way of a run::

    standards compiled -> processes begun -> ends of the shards read -> pieces planned
        -> those done before are taken as they are
        -> the others are judged: each reads its groups itself, and writes its results
        -> what all of them come to
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from rexian.dialogue.adapters.archive_pool import Alone, Pool
from rexian.dialogue.adapters.archive_reading import pieces_of, shards_of
from rexian.dialogue.adapters.archive_results import (
    Hashes,
    remove_stale,
    remove_unfinished,
    result_of,
)
from rexian.dialogue.domain.archive import REPLAYS, TRANSCRIPTS
from rexian.dialogue.domain.archive_standards import CarriedStandard
from rexian.dialogue.domain.shards import Outturn, Piece, Ruined, together
from rexian.dialogue.services.replaying_archive_pieces import JudgePiece
from rexian.kernel.errors import RexianError
from rexian.standard.domain import load
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.sources import gather

PIECE_ROWS = 50_000
"""So many rows make a piece: some seconds of a core, of which a killed process costs one."""


class Team(Protocol):
    """Those who share the work: processes of this machine, or a cluster."""

    def through(self, items: Iterable[Piece]) -> Iterator[tuple[Piece, Outturn | RexianError]]:
        """Yield each piece with what came of it, as they come."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who shall do the work: so many processes here, this one alone, or a cluster's workers."""

    jobs: int = 1
    cluster: str = ""

    @contextmanager
    def begun(self, work: JudgePiece) -> Iterator[Team]:
        """Give the team, begun. Raises ``NoCluster``, ``OtherProgram``."""
        if self.cluster:
            from rexian.dialogue.adapters.cluster import Cluster  # noqa: PLC0415 - an extra of its own

            with Cluster(work, self.cluster) as workers:
                yield workers
        elif self.jobs == 1:
            yield Alone(work)
        else:
            with Pool[Piece, Outturn](work, self.jobs) as processes:
                yield processes


@dataclass(slots=True)
class ArchiveReplay:
    """A replay under way: what is planned, what is done, what could not be done.

    ``results`` has verdicts in ``verdicts/HASH``, and what two say otherwise in ``changes/HASHES``.
    """

    results: Path
    hashes: Hashes
    pieces: tuple[Piece, ...]
    done: dict[str, Outturn]
    ruined: list[Ruined]
    team: Team
    again: int = field(init=False)
    """How many pieces were done by an earlier run."""

    def __post_init__(self) -> None:
        self.again = len(self.done)

    @property
    def rows(self) -> int:
        """How many rows are still to be judged."""
        return sum(one.rows for one in self.pieces if one.name not in self.done)

    def run(self) -> Iterator[int]:
        """Judge what is not done, and yield the rows of each piece as it is done with."""
        left = [one for one in self.pieces if one.name not in self.done]
        for piece, came in self.team.through(left) if left else ():
            if isinstance(came, Outturn):
                self.done[piece.name] = came
            else:
                self.ruined.append(Ruined(piece.shard, came, piece.rows))
            yield piece.rows
        finished = [one for one in left if one.name in self.done]
        remove_unfinished(self.results, finished, self.hashes)

    def outturn(self) -> Outturn:
        """Return what everything that is done comes to, in the order of the archive."""
        found = (self.done.get(one.name) for one in self.pieces)
        return together(one for one in found if one is not None)


@contextmanager
def replaying_archive(
    folder: Path,
    *,
    standards: tuple[CarriedStandard, ...],
    crew: Crew,
    results: Path | None = None,
    rows: int = PIECE_ROWS,
) -> Iterator[ArchiveReplay]:
    """Give a replay of an archive by one standard, or by one against another, to be run.

    ``results`` is where verdicts go, by default ``replays`` in the archive. A shard that cannot be
    read is among the ``ruined``. Raises ``NotAnArchive``, and what the crew raises.
    """
    folder = folder.resolve()
    shards = shards_of(folder)
    target = (results or folder / REPLAYS).resolve()
    work = JudgePiece(standards, str(target))
    with crew.begun(work) as team:
        pieces, ruined = _planned(shards, _root(folder), rows)
        remove_stale(target, pieces, work.hashes)
        known = ((one.name, result_of(target, one, work.hashes)) for one in pieces)
        done = {name: came for name, came in known if came is not None}
        yield ArchiveReplay(target, work.hashes, tuple(pieces), done, ruined, team)


def carried(name_or_path: str, parameters: Mapping[str, Any] | None = None) -> CarriedStandard:
    """Return a standard by its name or folder, to be carried; raise as ``load`` does."""
    standard = load(name_or_path, parameters)
    return CarriedStandard.of(standard, gather(name_or_path, Findings()))


def _planned(shards: Iterable[Path], root: Path, rows: int) -> tuple[list[Piece], list[Ruined]]:
    pieces: list[Piece] = []
    ruined: list[Ruined] = []
    for path in shards:
        try:
            pieces += pieces_of(path, root=root, rows=rows)
        except RexianError as error:
            ruined.append(Ruined(path.relative_to(root).as_posix(), error))
    return pieces, ruined


def _root(folder: Path) -> Path:
    """Return what shards are named from: the ``transcripts`` above or below, else the folder."""
    for one in (folder / TRANSCRIPTS, folder, *folder.parents):
        if one.name == TRANSCRIPTS and one.is_dir():
            return one
    return folder
