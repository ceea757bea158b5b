"""Shards are written once, whole or not at all; what is removed is gone, and the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rexian.dialogue.adapters.archive_reading import read_shard
from rexian.dialogue.adapters.archive_writing import (
    ShardTaken,
    is_whole,
    shards_named,
    write_shards,
)
from rexian.dialogue.domain.archive import Archived, BrokenShard, JudgedThen, Said, Shelf
from rexian.dialogue.services.archiving import archive_conversations, archived_conversations
from rexian.dialogue.services.archiving_removal import forget_conversations
from rexian.standard.domain.verdicts import Outcome, Verdict
from tests.dialogue.archive.conftest import Made, conversation

SHELF = Shelf.of("huatong", "2026-10")
JUDGED = JudgedThen("centre", "1", "f00", 50.0, (Said(Verdict("CC-1", "r", Outcome.MISSED)),))


def test_an_archive_is_cut_into_files_and_read_as_one(archived: Callable[..., Made]) -> None:
    made = archived()
    assert len(made.shards) == 4
    assert [one.conversation for one in archived_conversations(made.folder)] == list(
        made.conversations
    )


def test_the_same_sources_again_replace_what_they_were(tmp_path: Path, small_groups: None) -> None:
    del small_groups

    def write(count: int, source: str) -> int:
        some = map(conversation, range(count))
        written = archive_conversations(
            some, folder=tmp_path, shelf=SHELF, name="calls", sources=[source]
        )
        assert len(list(archived_conversations(tmp_path))) == written.conversations
        return len(written.shards)

    assert write(40, "october") > 1
    assert write(3, "october") == 1
    with pytest.raises(ShardTaken):
        write(1, "another")
    assert len(list(archived_conversations(tmp_path))) == 3


def test_whoever_is_killed_leaves_no_half_a_file(tmp_path: Path, small_groups: None) -> None:
    del small_groups

    def broken_off() -> Iterator[Archived]:
        yield from (Archived(conversation(number)) for number in range(20))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shards(tmp_path, SHELF, "calls", broken_off(), {})
    assert [one for one in tmp_path.rglob("*") if one.is_file() and one.name.startswith(".")] == []
    assert not is_whole(shards_named(tmp_path, SHELF, "calls"))
    archived = [Archived(conversation(number)) for number in range(20)]
    write_shards(tmp_path, SHELF, "calls", archived, {})
    assert is_whole(shards_named(tmp_path, SHELF, "calls"))
    assert len(list(archived_conversations(tmp_path))) == 20


def test_a_removed_conversation_is_gone_from_every_file(tmp_path: Path, small_groups: None) -> None:
    del small_groups
    archived = [
        Archived(replace(conversation(number), id=f"秘{number}"), f"contact:{number}", None, JUDGED)
        for number in range(12)
    ]
    write_shards(tmp_path, SHELF, "contacts", archived, {})
    said = Archived(conversation(1), "batch:3:1", None, JUDGED)
    write_shards(tmp_path, SHELF, "batch-3", [said], {})
    keys = {"contact:7", "batch:3:"}
    assert forget_conversations(tmp_path, organisation="huatong", keys=keys) == 2
    assert forget_conversations(tmp_path, organisation="huatong", keys=keys) == 0
    left = [one.key for one in archived_conversations(tmp_path)]
    assert left == [f"contact:{number}" for number in range(12) if number != 7]
    traces = [one for one in tmp_path.rglob("*.parquet") if "秘7".encode() in one.read_bytes()]
    assert traces == []
    assert is_whole(shards_named(tmp_path, SHELF, "batch-3")), "the month would be written anew"


def test_of_another_organisation_nothing_is_removed(archived: Callable[..., Made]) -> None:
    made = archived(3)
    assert forget_conversations(made.folder, organisation="other", keys={"file:c-1"}) == 0
    assert forget_conversations(made.folder, organisation="huatong", keys={"file:c-1"}) == 1


@pytest.mark.parametrize("spoil", ["cut", "changed", "other", "gone"])
def test_what_is_wrong_with_a_file_is_said(archived: Callable[..., Made], spoil: str) -> None:
    made = archived(6)
    shard = made.shards[0]
    content = shard.read_bytes()
    if spoil == "cut":
        shard.write_bytes(content[: len(content) // 2])
    elif spoil == "changed":
        middle = 300
        shard.write_bytes(content[:middle] + b"\0" * 40 + content[middle + 40 :])
    elif spoil == "other":
        shard.write_bytes(b"no parquet at all")
    else:
        shard.unlink()
    with pytest.raises(BrokenShard):
        list(read_shard(shard))
