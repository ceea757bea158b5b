"""Encodings: recognised by what most lines are, never guessed where nothing fits."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.adapters import formats, streams
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
SAID = "您好𠮷 Ⅸ € 什么\n联通"


def encoded(text: str, encoding: str) -> bytes:
    """Return ``text`` with a byte order mark where UTF-16 needs one."""
    return MARKS.get(encoding, b"") + text.encode(encoding)


def as_lines(said: str) -> str:
    """Return a conversation as JSONL."""
    return json.dumps({"turns": [{"role": "客服", "text": said}]}, ensure_ascii=False) + "\n"


def as_document(said: str) -> str:
    """Return a conversation as one object over several lines."""
    return json.dumps({"turns": [{"role": "客服", "text": said}]}, ensure_ascii=False, indent=1)


def as_table(said: str) -> str:
    """Return a conversation as CSV."""
    return f'角色,内容\n客服,"{said}"\n'


def as_text(said: str) -> str:
    """Return a conversation as plain text."""
    return f"客服:{said}\n"


FORMS = {".jsonl": as_lines, ".json": as_document, ".csv": as_table, ".txt": as_text}


def read(content: bytes, ending: str) -> list[Conversation | Unreadable]:
    """Return what is read of ``content``."""
    found = formats.read(BytesIO(content), "file", "file", ending=ending)
    return [one if isinstance(one, Unreadable) else one.read() for one in found]


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_read_in_whichever_encoding_it_is(encoding: str, ending: str) -> None:
    (conversation,) = read(encoded(FORMS[ending](SAID), encoding), ending)
    assert isinstance(conversation, Conversation), conversation
    assert [turn.text for turn in conversation.turns] == [SAID]


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@given(st.text(st.characters(categories=["Lo"], max_codepoint=0x9FFF), min_size=1))
def test_what_was_said_survives_every_form_and_encoding(
    encoding: str, ending: str, said: str
) -> None:
    said = "您好" + said
    (conversation,) = read(encoded(FORMS[ending](said), encoding), ending)
    assert isinstance(conversation, Conversation), conversation
    assert [turn.text for turn in conversation.turns] == [said]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_character_may_be_cut_by_the_end_of_a_piece(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "CHUNK", 7)
    content = encoded(as_lines("请问您是哪位") * 3, encoding)
    read_ones = read(content, ".jsonl")
    assert [one.turns[0].text for one in read_ones if isinstance(one, Conversation)] == [
        "请问您是哪位"
    ] * 3


def test_one_damaged_line_does_not_change_the_encoding_of_the_rest() -> None:
    good = as_lines("您好").encode()
    damaged = good.replace("好".encode(), b"\xe5\xa5")
    first, second, third = read(good + damaged + good, ".jsonl")
    assert second == Unreadable("file", 2, Reason.UNDECODABLE)
    assert isinstance(first, Conversation)
    assert isinstance(third, Conversation)


@pytest.mark.parametrize("ending", [".json", ".csv", ".txt"])
def test_a_damaged_file_says_on_which_line(ending: str) -> None:
    text = FORMS[ending]("您好")
    damaged = text.encode().replace("好".encode(), b"\xe5\xa5") + "\n什么\n什么\n".encode()
    found = [one for one in read(damaged, ending) if isinstance(one, Unreadable)]
    line = text[: text.index("您")].count("\n") + 1
    assert [(one.line, one.reason) for one in found] == [(line, Reason.UNDECODABLE)]


@pytest.mark.parametrize("ending", FORMS)
def test_what_is_in_no_encoding_is_unreadable(ending: str) -> None:
    content = FORMS[ending]("@").encode().replace(b"@", b"\xff\xff\x80")
    found = [one for one in read(content, ending) if isinstance(one, Unreadable)]
    assert [one.reason for one in found] == [Reason.UNDECODABLE]


def test_half_a_character_of_utf_16_is_unreadable() -> None:
    (found,) = read(as_lines("您好").encode("utf-16")[:-1], ".jsonl")
    assert isinstance(found, Unreadable)


@pytest.mark.parametrize("ending", [".csv", ".txt", ""])
def test_a_file_that_is_no_text_is_unreadable(ending: str) -> None:
    content = b"\x7fELF\x02\x01\x01\0\0\0\n\0\0"
    (found,) = read(content, ending)
    assert isinstance(found, Unreadable)
    assert found.reason is Reason.NOT_TEXT
