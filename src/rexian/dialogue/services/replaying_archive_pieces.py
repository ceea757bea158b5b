"""Judge a piece of an archive by one standard or two, in whichever process it is put."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rexian.dialogue.adapters import archive_verdicts
from rexian.dialogue.adapters.archive_columns import Laid
from rexian.dialogue.adapters.archive_reading import groups_of_piece
from rexian.dialogue.adapters.archive_results import (
    Hashes,
    Known,
    result_of,
    result_written,
    verdicts_of,
)
from rexian.dialogue.adapters.parquet import ParquetFile
from rexian.dialogue.domain.archive import Archived
from rexian.dialogue.domain.archive_standards import CarriedStandard
from rexian.dialogue.domain.replays import Replayed, compared
from rexian.dialogue.domain.shards import (
    FAULTS,
    Example,
    Outturn,
    Piece,
    compared_counts,
    judged_counts,
    most_moved,
    together,
)
from rexian.standard.domain import Inspection, Standard, inspect


@dataclass(frozen=True, slots=True)
class JudgePiece:
    """Judges pieces by ``standards`` (one, or what was before and what is tried) into ``results``.

    It travels with what it judges by. A piece that is done is not done again, and what one of two
    standards has said of it before is read instead of judged.
    """

    standards: tuple[CarriedStandard, ...]
    results: str

    @property
    def hashes(self) -> Hashes:
        """The hashes by which results are told apart."""
        return tuple(one.content_hash for one in self.standards)

    def __call__(self, piece: Piece) -> Outturn:
        """Return what a piece comes to; its rows are in files then. Raises ``BrokenShard``."""
        results = Path(self.results)
        done = result_of(results, piece, self.hashes)
        if done is not None:
            return done
        with ExitStack() as files:
            judges = [_judge(one, results, piece, files) for one in self.standards]
            comparing = len(judges) > 1
            target = (
                files.enter_context(result_written(results, piece, self.hashes))
                if comparing
                else None
            )
            parts = [
                _judged(group, judges, piece.shard, target) for group in groups_of_piece(piece)
            ]
            for judge in judges:
                judge.finish()
            whole = together(parts) if comparing else judges[0].outturn
            if target is not None:
                target.tell(outturn=whole.to_plain())
        return whole


@dataclass(slots=True)
class _Judge:
    """A standard that judges conversations, or has done so: then ``known`` is what it said.

    What it says is written to ``file``, and counted, group by group.
    """

    carried: CarriedStandard
    standard: Standard | None = None
    file: ParquetFile | None = None
    known: Known = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    outturn: Outturn = field(default_factory=Outturn)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, one: Archived) -> Inspection | None:
        """Return the inspection; ``None`` for a conversation that cannot be judged."""
        if self.standard is None:
            return self._remembered(one)
        try:
            return inspect(self.standard, one.conversation.facts, one.events())
        except Exception as error:  # noqa: BLE001 - a bug spoils one conversation, not the piece
            self.failed.add(one.number)
            self.faults.append((one.conversation.id, f"{type(error).__name__}: {error}"))
            return None

    def write(self, judged: list[tuple[Archived, Inspection]], turns: int) -> None:
        """Write what was said of a group, and count it."""
        if self.file is None:
            return
        laid = [archive_verdicts.inspected(one, said) for one, said in judged]
        self.file.write(archive_verdicts.inspected_table(laid))
        counts = judged_counts(said for _, said in judged)
        part = Outturn(conversations=len(judged), turns=turns, **counts)
        self.outturn = together((self.outturn, part))

    def finish(self) -> None:
        """Tell at the end of the file what it comes to."""
        faults = tuple(self.faults[:FAULTS])
        self.outturn = replace(self.outturn, failed=len(self.failed), faults=faults)
        if self.file is not None:
            self.file.tell(outturn=self.outturn.to_plain(), failed=sorted(self.failed))

    def _remembered(self, one: Archived) -> Inspection | None:
        if one.number in self.failed:
            return None
        score, verdicts = self.known.get(one.number, (None, []))
        by = self.carried
        return Inspection(by.name, by.version, by.content_hash, score, tuple(verdicts))


def _judge(carried: CarriedStandard, results: Path, piece: Piece, files: ExitStack) -> _Judge:
    said = verdicts_of(results, piece, carried.content_hash)
    if said is not None:
        known, failed = said
        return _Judge(carried, known=known, failed=failed)
    file = files.enter_context(result_written(results, piece, (carried.content_hash,)))
    return _Judge(carried, carried.compiled(), file)


def _judged(
    group: Iterable[Archived], judges: list[_Judge], shard: str, target: ParquetFile | None
) -> Outturn:
    """Judge a group by every standard, write what they say, and return how it compares."""
    heard = [(one, [each.judge(one) for each in judges]) for one in group]
    turns = sum(len(one.conversation.turns) for one, _ in heard)
    for place, judge in enumerate(judges):
        mine = ((one, said[place]) for one, said in heard)
        judge.write([(one, said) for one, said in mine if said is not None], turns)
    if target is None:
        return Outturn()
    both = [(one, (before, after)) for one, (before, after) in heard if before and after]
    replayed = [(one, compared(before, after)) for one, (before, after) in both]
    _write_changes(target, replayed)
    whole = {one.number for one, _ in replayed}
    failed = [one for one, _ in heard if one.number not in whole]
    counts: dict[str, Any] = compared_counts([what for _, what in replayed])
    return Outturn(
        conversations=len(replayed),
        turns=turns,
        failed=len(failed),
        faults=tuple((one.conversation.id, _reason(judges, one)) for one in failed[:FAULTS]),
        examples=most_moved(
            Example(one.conversation.id, shard, what.before, what.after, what.changes)
            for one, what in replayed
            if what.differs
        ),
        **counts,
    )


def _reason(judges: Iterable[_Judge], one: Archived) -> str:
    """Return why a conversation could not be judged, as far as that is still known."""
    blamed = [judge for judge in judges if one.number in judge.failed]
    known = (dict(judge.faults).get(one.conversation.id) for judge in blamed)
    return next(filter(None, known), ", ".join(judge.carried.name for judge in blamed))


def _write_changes(target: ParquetFile, found: Iterable[tuple[Archived, Replayed]]) -> None:
    laid: list[Laid] = [archive_verdicts.changed(one, what) for one, what in found if what.changes]
    target.write(archive_verdicts.changed_table(laid))
