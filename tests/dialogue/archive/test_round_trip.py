"""What is archived comes back exactly as it was, whatever it is."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from rexian.dialogue.adapters.archive_reading import read_shard
from rexian.dialogue.adapters.archive_writing import write_shards
from rexian.dialogue.domain.archive import Archived, Shelf, WrongMonth
from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn, Voice
from tests.dialogue.archive.conftest import conversation

TEXTS = st.text(max_size=12)
WORDS = st.none() | st.sampled_from(["phone", "in", "投诉", ""])
SECONDS = st.none() | st.floats(0, 30_000)
PIECES = st.tuples(st.integers(0, 99), st.integers(0, 99))
VOICES = st.builds(Voice, st.lists(PIECES, max_size=3).map(tuple), SECONDS, SECONDS, st.booleans())
TURNS = st.builds(
    Turn,
    st.integers(0, 2**31 - 1),
    st.sampled_from(Speaker),
    TEXTS,
    SECONDS,
    SECONDS,
    st.none() | VOICES,
)
SIGNALS = st.builds(Signal, st.sampled_from(SignalName), SECONDS, st.sampled_from(Speaker))
LABELS = st.builds(
    Label, TEXTS, st.sampled_from(["met", "missed"]), st.none() | st.integers(0, 9), TEXTS, TEXTS
)
VALUES = TEXTS | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.booleans()
FACTS = st.builds(
    Facts,
    channel=WORDS,
    direction=WORDS,
    case_type=WORDS,
    case_class=WORDS,
    day=WORDS,
    signals=st.booleans(),
    parameters=st.dictionaries(TEXTS, VALUES, max_size=2),
    waited=SECONDS,
    signals_told=st.none() | st.lists(st.sampled_from(["ring", "answer"]), max_size=2).map(tuple),
)
CONVERSATIONS = st.builds(
    Conversation,
    TEXTS,
    st.lists(TURNS, max_size=4).map(tuple),
    st.lists(SIGNALS, max_size=3).map(tuple),
    FACTS,
    WORDS,
    st.lists(LABELS, max_size=2).map(tuple),
    TEXTS,
    st.integers(0, 2**31 - 1),
    TEXTS,
)
INSTANTS = st.none() | st.datetimes(timezones=st.just(UTC))
ARCHIVED = st.builds(Archived, CONVERSATIONS, TEXTS, INSTANTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(ARCHIVED, min_size=1, max_size=4))
def test_whatever_is_archived_comes_back_as_it_was(archived: list[Archived]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = write_shards(Path(folder), Shelf.of("x"), "all", archived, {})
        back = [one for shard in written.shards for one in read_shard(shard)]
    told = [(one.conversation, one.key, one.started_at) for one in back]
    assert told == [(one.conversation, one.key, one.started_at) for one in archived]
    assert [one.number for one in back] == list(range(len(archived)))


@settings(max_examples=20, deadline=None)
@given(st.lists(TURNS | SIGNALS, max_size=6).map(tuple))
def test_the_order_in_which_it_was_heard_comes_back_where_it_is_known(
    heard: tuple[Turn | Signal, ...],
) -> None:
    turns = tuple(one for one in heard if isinstance(one, Turn))
    signals = tuple(one for one in heard if isinstance(one, Signal))
    archived = Archived(Conversation("c", turns, signals), heard=heard)
    with tempfile.TemporaryDirectory() as folder:
        (shard,) = write_shards(Path(folder), Shelf.of("x"), "all", [archived], {}).shards
        (back,) = read_shard(shard)
    assert (back.conversation, back.events()) == (archived.conversation, list(heard))


def test_half_a_surrogate_pair_becomes_a_sign_that_can_be_written(tmp_path: Path) -> None:
    broken = Conversation("\ud800", (Turn(0, Speaker.AGENT, "好\udfff"),))
    (shard,) = write_shards(tmp_path, Shelf.of("x"), "all", [Archived(broken)], {}).shards
    (back,) = read_shard(shard)
    assert (back.conversation.id, back.conversation.turns[0].text) == ("?", "好?")


@pytest.mark.parametrize(
    ("kind", "archived"),
    [
        (
            Facts,
            "channel direction case_type case_class day signals parameters waited signals_told",
        ),
        (Voice, "doubtful spoken loudness backchannel"),
        (Turn, "index speaker text start end voice"),
        (Signal, "name at by"),
        (Label, "clause verdict turn quote why"),
        (Conversation, "id turns signals facts standard labels source line agent"),
    ],
)
def test_a_field_that_is_new_has_to_get_a_column(kind: type, archived: str) -> None:
    """Whoever adds one to a conversation adds it to the schema and to the reference too."""
    assert [one.name for one in fields(kind)] == archived.split()


def test_anybody_reads_it_as_one_plain_table(tmp_path: Path) -> None:
    archived = [Archived(conversation(number), f"k:{number}") for number in range(3)]
    (shard,) = write_shards(tmp_path, Shelf.of("x", "2026-11"), "all", archived, {}).shards
    rows = parquet.read_table(shard, partitioning=None).to_pylist()
    assert [row["kind"] for row in rows[:4]] == ["conversation", "turn", "turn", "conversation"]
    assert {row["agent"] for row in rows} == {"1001"}
    said = [row["text"] for row in rows if row["kind"] == "turn" and row["conversation"] == "c-0"]
    assert said == ["喂，不知道。", "前面堵不堵？ 0"]
    assert shard.relative_to(tmp_path).as_posix() == (
        "transcripts/organisation=x/month=2026-11/all-00001.parquet"
    )


@pytest.mark.parametrize("month", ["2026-13", "2026", "last", "../2026-11"])
def test_a_month_is_written_one_way(month: str) -> None:
    with pytest.raises(WrongMonth):
        Shelf.of("x", month)


@pytest.mark.parametrize("name", ["../../etc", "a/b", ".."])
def test_an_organisation_never_leads_out_of_the_archive(name: str) -> None:
    assert ".." not in Shelf.of(name).path.split("/")
    assert Shelf.of(name).path.count("/") == 1
