"""Remove conversations from the archive: who erases something here, erases it there too.

Their shard is written anew without them, beside the old one, and takes its name. The transcript
goes last: whoever is killed on the way finds it again, and goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rexian.dialogue.adapters.archive_results import results_on
from rexian.dialogue.adapters.archive_writing import holds, verdicts_of, without
from rexian.dialogue.adapters.parquet import ENDING
from rexian.dialogue.domain.archive import REPLAYS, TRANSCRIPTS, VERDICTS, Shelf


def forget_conversations(folder: Path, *, organisation: str, keys: Collection[str]) -> int:
    """Remove the conversations of an organisation that ``keys`` name; return how many there were.

    A key that ends in a colon names all that begin so (``batch:12:``). What replays in the archive
    say of a shard that loses something is removed with it, and made anew by the next replay;
    results that were sent elsewhere are not known here. May be done twice.
    """
    root = folder.resolve() / TRANSCRIPTS
    shelves = (root / Shelf.of(organisation).path).parent
    return sum(
        _forget(folder.resolve(), shard, keys)
        for shard in sorted(shelves.rglob(f"*{ENDING}"))
        if not shard.name.startswith(".") and holds(shard, keys)
    )


def _forget(folder: Path, shard: Path, keys: Collection[str]) -> int:
    verdicts = verdicts_of(folder, shard)
    if verdicts.exists():
        without(verdicts, VERDICTS, keys)
    name = shard.relative_to(folder / TRANSCRIPTS).as_posix().removesuffix(ENDING)
    for result in results_on(folder / REPLAYS, name):
        result.unlink(missing_ok=True)
    return without(shard, TRANSCRIPTS, keys)
