"""Files, folders and standard input: what is read, in which order, under which name."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.adapters import formats
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.dialogue.services import find_records, read_paths, samples
from rexian.kernel.errors import Invalid

SHARED = Path(__file__).parents[3] / "shared" / "data"
TEXT = "客服:您好\n客户:请问\n"

needs_shared_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared data do not stand beside the repository"
)


def line(id_: str) -> str:
    """Return a record of JSONL."""
    return json.dumps({"id": id_, "turns": [{"role": "agent", "text": "您好"}]}) + "\n"


def read(*paths: Path | str, stdin: bytes = b"") -> list[str | Reason]:
    """Return the ids read, and the reasons of what is unreadable."""
    found = read_paths(paths, stdin=BytesIO(stdin))
    return [one.id if isinstance(one, Conversation) else one.reason for one in found]


def test_a_folder_is_read_to_its_depth_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ["b.txt", "a.jsonl", "c/z.csv", "c/d/e.TXT", ".hidden.txt", ".git/x.txt", "x.wav"]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            {".csv": "role,text\nagent,您好", ".jsonl": line("1")}.get(file.suffix, TEXT)
        )
    assert read(tmp_path) == ["1", "b", "c/z", "c/d/e"]


def test_a_file_named_by_itself_may_be_called_anything(tmp_path: Path) -> None:
    for name, content in [
        ("call", TEXT),
        ("x.log", line("1")),
        (".hidden", "role,text\nagent,您好"),
    ]:
        (tmp_path / name).write_text(content)
    paths = [tmp_path / name for name in ("call", "x.log", ".hidden")]
    assert read(*paths) == ["call", "1", ".hidden"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), "stdin"),
        (line("1").encode(), "1"),
        ("角色\t内容\n客服\t您好".encode("gb18030"), "stdin"),
        (f"[{line('2')}]".encode(), "2"),
        ("[00:12] 客服:您好".encode(), "stdin"),
        (b"", Reason.EMPTY),
    ],
    ids=["text", "jsonl", "table", "array", "stamped text", "nothing"],
)
def test_standard_input_is_what_it_looks_like(content: bytes, expected: str | Reason) -> None:
    assert read("-", stdin=content) == [expected]


def test_a_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    assert read(file, tmp_path, tmp_path / "." / "a.txt") == ["a"]


def test_files_of_one_name_in_different_folders_are_told_apart(tmp_path: Path) -> None:
    files = [tmp_path / folder / "a.txt" for folder in ("x", "y")]
    for file in files:
        file.parent.mkdir()
        file.write_text(TEXT)
    assert read(*files) == ["a", str(files[1])]


def test_an_id_that_comes_again_is_unreadable_even_from_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("1") + line("2") + line("1"))
    (tmp_path / "b.csv").write_text("call id,role,text\n2,agent,您好\n3,agent,您好")
    assert read(tmp_path) == ["1", "2", Reason.DUPLICATE, Reason.DUPLICATE, "3"]


def test_what_is_not_there_or_holds_nothing_is_reported_in_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "a.txt").write_text(TEXT)
    paths = [tmp_path / name for name in ("none.txt", "folder", "empty.jsonl", "a.txt")]
    assert read(*paths) == [
        Reason.NO_SUCH_FILE,
        Reason.NOTHING_IN_FOLDER,
        Reason.EMPTY,
        "a",
    ]
    for found in read_paths(paths):
        assert isinstance(found, Conversation) or found.sentence("en")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    file.chmod(0)
    assert read(file) == [Reason.CANNOT_OPEN]


def test_a_role_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Invalid):
        find_records(["-"], roles={"A": "piano"})


def test_records_found_are_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("1") + "{\n" + line("2"))
    (tmp_path / "b.txt").write_text(TEXT.replace("客服", "A"))
    roles = {"A": "agent"}
    found = find_records([tmp_path], roles=roles)
    unread = [one if isinstance(one, Unreadable) else one.read() for one in found]
    assert unread == list(read_paths([tmp_path], roles=roles))


pieces = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b'"turns"',
        b":",
        b",",
        b'"text"',
        b'"speaker":"agent"',
        b"\n",
        b"\r",
        "客服:".encode(),
        "客户:".encode("gb18030"),
        b"# 1",
        b"=== 2 ===",
        b"[00:12]",
        b"role,text",
        b"\t",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"NaN",
        b"1e999",
        b"\\ud800",
        b"PK\x03\x04",
    ]
)


@pytest.mark.parametrize("ending", [*formats.ENDINGS, ""])
@given(st.binary() | st.lists(pieces | st.binary(max_size=4), max_size=30).map(b"".join))
def test_whatever_the_bytes_are_they_are_conversations_or_unreadable(
    ending: str, content: bytes
) -> None:
    found = list(formats.read(BytesIO(content), "file", "file", ending=ending))
    assert found
    for one in found:
        read_one = one if isinstance(one, Unreadable) else one.read()
        if isinstance(read_one, Unreadable):
            assert read_one.sentence("en")
        else:
            assert read_one.turns
            assert len(read_one.events()) >= len(read_one.turns)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
)
fields = st.sampled_from(
    [
        "id",
        "turns",
        "events",
        "truth",
        "case",
        "speaker",
        "role",
        "text",
        "start",
        "i",
        "name",
        "at",
        "clause",
        "verdict",
        "turn",
        "hung_up_by",
        "ring_seconds",
        "direction",
        "",
    ]
)
records = st.recursive(
    json_values | st.sampled_from(["agent", "客户", "met", "ring", "hang_up"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=6),
    max_leaves=30,
)


@given(st.dictionaries(fields, records, max_size=8))
def test_whatever_a_record_holds_it_is_a_conversation_or_unreadable(record: object) -> None:
    content = json.dumps(record).encode() + b"\n"
    (found,) = formats.read(BytesIO(content), "file", "file", ending=".jsonl")
    assert not isinstance(found, Unreadable)
    assert isinstance(found.read(), Conversation | Unreadable)


def test_samples_are_files_that_can_be_read() -> None:
    assert not [one for one in read_paths(samples()) if isinstance(one, Unreadable)]


@needs_shared_data
@pytest.mark.parametrize(
    ("folder", "conversations", "turns"),
    [("dialogues_zh", 30, 352), ("crosswoz", 1000, 16934), ("calls_zh", 7, 71)],
)
def test_the_shared_conversations_are_read(folder: str, conversations: int, turns: int) -> None:
    found = [one for one in read_paths([SHARED / folder]) if isinstance(one, Conversation)]
    assert len(found) == conversations
    assert sum(len(one.turns) for one in found) == turns


@needs_shared_data
def test_of_the_shared_calls_only_the_one_without_speech_is_unreadable() -> None:
    found = [one for one in read_paths([SHARED / "calls_zh"]) if isinstance(one, Unreadable)]
    assert [(Path(one.source).name, one.reason) for one in found] == [
        ("zh08.json", Reason.NO_TURNS)
    ]
