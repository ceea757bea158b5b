"""JSON in all the ways in which files hold it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO, RawIOBase
from typing import Any

import pytest

from rexian.dialogue.adapters import formats, streams
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable

TURNS = [{"speaker": "agent", "text": "您好"}, {"speaker": "customer", "text": "请问😀"}]


def record(id_: Any) -> dict[str, Any]:
    """Return a sound record."""
    return {"id": id_, "turns": TURNS}


def read(content: bytes | str, ending: str = ".jsonl") -> list[str | tuple[int, Reason]]:
    """Return the ids read, and line and reason of what is unreadable."""
    data = content.encode() if isinstance(content, str) else content
    found = formats.read(BytesIO(data), "file", "file", ending=ending)
    read_ones = [one if isinstance(one, Unreadable) else one.read() for one in found]
    return [
        one.id if isinstance(one, Conversation) else (one.line, one.reason) for one in read_ones
    ]


def lines(*records: Any) -> str:
    """Return each record on a line."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".json", ".txt", ""])
def test_a_line_is_a_conversation(ending: str) -> None:
    assert read(lines(record("a"), record(2)), ending) == ["a", "2"]


@pytest.mark.parametrize("ending", [".jsonl", ".json", ".txt", ""])
@pytest.mark.parametrize("indent", [None, 1, 4])
def test_an_array_holds_conversations(ending: str, indent: int | None) -> None:
    assert read(json.dumps([record("a"), record("b")], indent=indent), ending) == ["a", "b"]


@pytest.mark.parametrize("ending", [".json", ".txt", ""])
def test_one_object_fills_a_file(ending: str) -> None:
    assert read(json.dumps(record("a"), indent=1), ending) == ["a"]
    assert read(json.dumps({"turns": TURNS}, indent=1), ending) == ["file"]


def test_objects_over_several_lines_follow_one_another() -> None:
    text = "".join(json.dumps(record(id_), indent=2) + "\n" for id_ in "abc")
    assert read(text, ".json") == ["a", "b", "c"]


def test_a_conversation_without_an_id_is_called_by_its_place() -> None:
    assert read(lines(record(None), {"turns": TURNS})) == ["file:1", "file:2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x", "turns": [', Reason.NOT_JSON),
        ("您好", Reason.NOT_JSON),
        ("[" * 100_000, Reason.NOT_JSON),
        ('{"id": ' + "1" * 10_000 + "}", Reason.NOT_JSON),
        ("17", Reason.NOT_A_RECORD),
        ("[]", Reason.NOT_A_RECORD),
        (
            '{"id": "x", "turns": [{"speaker": "agent", "text": "a", "start": NaN}]}',
            Reason.NOT_A_TIME,
        ),
        ("{}", Reason.NO_TURNS),
    ],
    ids=["cut off", "no JSON", "too deep", "too many digits", "number", "list", "NaN", "empty"],
)
def test_a_broken_line_does_not_stop_the_rest(line: str, reason: Reason) -> None:
    text = lines(record("a")) + line + "\n\n" + lines(record("b"))
    assert read(text) == ["a", (2, reason), "b"]


@pytest.mark.parametrize("indent", [1, 4])
def test_a_broken_member_of_an_array_does_not_stop_the_rest(indent: int) -> None:
    text = json.dumps([record("a"), record("b"), record("c")], ensure_ascii=False, indent=indent)
    broken = text.replace('"id": "b",', '"id": "b"')
    line = broken[: broken.index('"turns"', broken.index('"b"'))].count("\n") + 1
    assert read(broken, ".json") == ["a", (line, Reason.NOT_JSON), "c"]


def test_what_an_array_holds_besides_records_is_reported_with_its_line() -> None:
    text = f"[\n{json.dumps(record('a'))},\n7,\n{json.dumps(record('b'))}\n]"
    assert read(text, ".json") == ["a", (3, Reason.NOT_A_RECORD), "b"]


def test_an_empty_array_holds_no_conversation() -> None:
    assert read("[]", ".json") == [(0, Reason.NO_CONVERSATION)]


def test_half_of_a_surrogate_pair_is_replaced_and_the_text_keeps_its_length() -> None:
    text = r'{"turns": [{"speaker": "agent", "text": "好\ud83d"}]}'
    for ending in (".jsonl", ".json"):
        (found,) = formats.read(BytesIO(text.encode()), "file", "file", ending=ending)
        assert not isinstance(found, Unreadable)
        conversation = found.read()
        assert isinstance(conversation, Conversation)
        assert conversation.turns[0].text == "好\N{REPLACEMENT CHARACTER}"


def test_a_line_beyond_all_bounds_is_reported_and_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 10_000)
    text = lines(record("a"), {"id": "x" * 1_000_000}, record("b"))
    assert read(text) == ["a", (2, Reason.TOO_LONG), "b"]


def test_a_document_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rexian.dialogue.adapters.jsonl.LARGEST_DOCUMENT", 1000)
    assert read(json.dumps([record("x" * 2000)]), ".json") == [(0, Reason.TOO_LARGE)]


class EndlessFile(RawIOBase):
    """A file of JSONL that never ends, and counts what is read of it."""

    def __init__(self) -> None:
        self.taken = 0
        self._line = lines(record("a")).encode() * 1000

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002
        """Return some more lines."""
        self.taken += len(self._line)
        return self._line


def test_lines_are_read_as_they_are_asked_for() -> None:
    file = EndlessFile()
    found: Iterator[Any] = formats.read(file, "file", "file", ending=".jsonl")  # type: ignore[arg-type]
    for _ in range(1500):
        next(found)
    assert file.taken <= 3 * 1000 * len(lines(record("a")).encode())
