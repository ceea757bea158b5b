"""Put conversations into the archive: from files, or whatever yields them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from rexian.dialogue.adapters.archive_reading import read_shard, shards_of
from rexian.dialogue.adapters.archive_writing import Written, write_shards
from rexian.dialogue.domain.archive import Archived, Shelf
from rexian.dialogue.domain.conversations import Conversation

__all__ = ["Written", "archive_conversations", "archived_conversations"]


def archive_conversations(
    found: Iterable[Conversation],
    *,
    folder: Path,
    shelf: Shelf,
    name: str,
    sources: Iterable[str | Path],
) -> Written:
    """Write conversations that come from ``sources`` as shards called ``name``, once.

    The same sources again replace what they were. Raises ``ShardTaken`` where others have the name.
    """
    told = {"origin": _origin(sources)}
    archived = (Archived(one, key=f"file:{one.id}") for one in found)
    return write_shards(folder.resolve(), shelf, name, archived, told)


def archived_conversations(folder: Path) -> Iterable[Archived]:
    """Yield all conversations of an archive; raise ``NotAnArchive``, ``BrokenShard``."""
    for shard in shards_of(folder):
        yield from read_shard(shard)


def _origin(sources: Iterable[str | Path]) -> str:
    """Return a sign of where conversations come from, which tells nobody the paths."""
    places = (str(Path(one).resolve()) for one in sources)
    return blake2b("\0".join(sorted(places)).encode(), digest_size=8).hexdigest()
