"""Tables: columns by many names, rows of a conversation anywhere, delimiters of all kinds."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import Workbook

from rexian.dialogue.adapters import formats
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.standard.domain.events import Facts, Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER

Row = list[Any]
HEADER: Row = ["conversation_id", "speaker", "text"]
ROWS: list[Row] = [HEADER, ["1", "agent", "您好, 请讲"], ["1", "customer", "换行\n了"]]


def delimited(rows: list[Row], delimiter: str = ",") -> bytes:
    """Return ``rows`` as CSV."""
    target = StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode()


def workbook(rows: list[Row]) -> bytes:
    """Return ``rows`` as the first sheet of a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes, ending: str = ".csv") -> list[Conversation | Unreadable]:
    """Return what is read of ``content``."""
    found = formats.read(BytesIO(content), "file", "file", ending=ending)
    return [one if isinstance(one, Unreadable) else one.read() for one in found]


def conversations(content: bytes, ending: str = ".csv") -> list[Conversation]:
    """Return what is read of ``content``, all of it sound."""
    return [one for one in read(content, ending) if not isinstance(one, Unreadable)]


def spoken(conversation: Conversation) -> list[tuple[Speaker, str]]:
    """Return who said what."""
    return [(turn.speaker, turn.text) for turn in conversation.turns]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (delimited(ROWS), ".csv"),
        (delimited(ROWS, "\t"), ".tsv"),
        (delimited(ROWS, "\t"), ".csv"),
        (delimited(ROWS, ";"), ".csv"),
        (delimited(ROWS, "|"), ".csv"),
        (delimited(ROWS), ".txt"),
        (delimited(ROWS, "\t"), ""),
        (b"\n\n" + delimited(ROWS), ".csv"),
        (workbook(ROWS), ".xlsx"),
        (workbook(ROWS), ""),
    ],
    ids=[
        "comma",
        "tab",
        "tab as csv",
        "semicolon",
        "bar",
        "as txt",
        "guessed",
        "blank lines",
        "workbook",
        "workbook guessed",
    ],
)
def test_a_table_is_read_whatever_parts_its_cells(content: bytes, ending: str) -> None:
    (conversation,) = conversations(content, ending)
    assert conversation.id == "1"
    assert spoken(conversation) == [(AGENT, "您好, 请讲"), (CUSTOMER, "换行\n了")]
    assert conversation.facts == Facts(signals=False)


@pytest.mark.parametrize(
    "header",
    [
        ["会话编号", "角色", "内容", "开始时间", "结束时间", "渠道"],
        ["Conversation ID", "Role", "Utterance", "Start Time", "End Time", "Channel"],
        ["call-id", "SPEAKER", "Message", "start", "end", "channel"],
    ],
    ids=["Chinese", "English", "dashes and capitals"],
)
def test_columns_go_by_many_names(header: Row) -> None:
    rows = [header, ["7", "客服", "您好", "00:01", "2.5", "电话"]]
    (conversation,) = conversations(delimited(rows))
    assert conversation.id == "7"
    assert conversation.facts.channel == "phone"
    assert (conversation.turns[0].start, conversation.turns[0].end) == (1.0, 2.5)


def test_an_id_of_the_row_is_not_that_of_the_conversation() -> None:
    rows = [["id", *HEADER], ["r1", "c1", "agent", "您好"], ["r2", "c1", "customer", "请问"]]
    assert [one.id for one in conversations(delimited(rows))] == ["c1"]


def test_rows_of_a_conversation_need_not_stand_together() -> None:
    rows = [HEADER, ["a", "agent", "1"], ["b", "agent", "2"], ["a", "customer", "3"]]
    assert [[turn.text for turn in one.turns] for one in conversations(delimited(rows))] == [
        ["1", "3"],
        ["2"],
    ]


def test_an_empty_id_goes_on_with_the_conversation_above() -> None:
    rows = [HEADER, ["a", "agent", "1"], ["", "customer", "2"], ["b", "agent", "3"]]
    assert [(one.id, len(one.turns)) for one in conversations(delimited(rows))] == [
        ("a", 2),
        ("b", 1),
    ]


def test_a_table_without_ids_is_one_conversation_called_after_its_file() -> None:
    (conversation,) = conversations(delimited([["role", "text"], ["agent", "您好"]]))
    assert conversation.id == "file"


def test_numbered_rows_are_put_in_order() -> None:
    rows = [[*HEADER, "序号"], ["a", "agent", "later", "2"], ["a", "customer", "first", "1.0"]]
    (conversation,) = conversations(delimited(rows))
    assert [(turn.index, turn.text) for turn in conversation.turns] == [(1, "first"), (2, "later")]


def test_a_workbook_holds_numbers_and_dates() -> None:
    rows = [
        [*HEADER, "时间"],
        [1001, "agent", "您好", datetime(2024, 5, 1, 12, 0, 1)],  # noqa: DTZ001
        [1001.0, "customer", 5, datetime(2024, 5, 1, 12, 0, 3)],  # noqa: DTZ001
        [None, None, None, None],
    ]
    (conversation,) = conversations(workbook(rows), ".xlsx")
    assert conversation.id == "1001"
    assert [(turn.text, turn.start) for turn in conversation.turns] == [("您好", 0.0), ("5", 2.0)]


def test_a_broken_row_spoils_its_conversation_only() -> None:
    rows = [
        HEADER,
        ["a", "agent", "two\nlines"],
        ["a", "小王", "您好"],
        ["b", "agent", "您好"],
        ["c", "agent", ""],
    ]
    broken, sound, empty = read(delimited(rows))
    stranger = Unreadable("file", 4, Reason.UNKNOWN_SPEAKER, {"turn": 1, "name": "小王"})
    assert broken == stranger
    assert isinstance(sound, Conversation)
    assert empty == Unreadable("file", 6, Reason.NO_TEXT, {"turn": 0})


@pytest.mark.parametrize(
    ("content", "ending", "expected"),
    [
        (b"a,b\n1,2\n", ".csv", (1, Reason.NO_COLUMN)),
        (b"speaker,text\n", ".csv", (0, Reason.NO_CONVERSATION)),
        (b"", ".csv", (0, Reason.EMPTY)),
        (b"speaker,text\nagent," + b"x" * 200_000, ".csv", (2, Reason.BROKEN_TABLE)),
        (b"speaker,text\nagent,a\0b", ".csv", (2, Reason.NOT_TEXT)),
        (b"no workbook", ".xlsx", (0, Reason.NOT_A_WORKBOOK)),
        (b"PK\x03\x04 and more", "", (0, Reason.NOT_A_WORKBOOK)),
        (workbook(ROWS)[:-100], ".xlsx", (0, Reason.NOT_A_WORKBOOK)),
    ],
    ids=["columns", "header only", "empty", "huge cell", "NUL", "text", "signature", "cut off"],
)
def test_a_table_that_cannot_be_read_says_why(
    content: bytes, ending: str, expected: tuple[int, Reason]
) -> None:
    found = [one for one in read(content, ending) if isinstance(one, Unreadable)]
    assert [(one.line, one.reason) for one in found] == [expected]
    assert found[0].sentence("en")


def test_a_workbook_that_would_swell_beyond_all_bounds_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rexian.dialogue.adapters.workbooks._LARGEST_UNPACKED", 1000)
    (found,) = read(workbook(ROWS), ".xlsx")
    assert isinstance(found, Unreadable)
    assert found.reason is Reason.TOO_LARGE
