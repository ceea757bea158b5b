"""Plain text: who speaks, what goes on, where the next conversation begins."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.adapters import formats
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.standard.domain.events import Facts, Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
HELLO = [(AGENT, "您好"), (CUSTOMER, "请问")]


def read(text: str, roles: dict[str, str] | None = None) -> list[Conversation | Unreadable]:
    """Return what is read of ``text``."""
    named = tuple((roles or {}).items())
    found = formats.read(BytesIO(text.encode()), "file", "file", named, ending=".txt")
    return [one if isinstance(one, Unreadable) else one.read() for one in found]


def one(text: str, roles: dict[str, str] | None = None) -> Conversation:
    """Return the only conversation in ``text``."""
    (conversation,) = read(text, roles)
    assert isinstance(conversation, Conversation), conversation
    return conversation


def spoken(conversation: Conversation) -> list[tuple[Speaker, str]]:
    """Return who said what."""
    return [(turn.speaker, turn.text) for turn in conversation.turns]


@pytest.mark.parametrize(
    "text",
    [
        "客服:您好\n客户:请问\n",
        "客服：您好\n客户：请问\n",
        "客服 ： 您好\r\n\r\n  客户：  请问",
        "坐席1001：您好\n来电人：请问",
        "客服小王：您好\n客户张先生：请问",
        "Agent: 您好\nCustomer: 请问",
        "【客服】您好\n【客户】请问",
        "[客服]：您好\n[客户]：请问",
        "**客服**：您好\n**客户**：请问",
        "客服：\n您好\n客户：\n请问",
    ],
    ids=str,
)
def test_a_name_before_a_colon_speaks(text: str) -> None:
    conversation = one(text)
    assert spoken(conversation) == HELLO
    assert conversation.id == "file"
    assert conversation.facts == Facts(signals=False)
    assert [(turn.start, turn.end) for turn in conversation.turns] == [(None, None)] * 2


def test_roles_say_who_a_and_b_are() -> None:
    conversation = one("A: 您好\nB: 请问\nb： 在吗", {"A": "agent", "B": "customer"})
    assert spoken(conversation) == [*HELLO, (CUSTOMER, "在吗")]


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("[00:12] 客服：您好", 12.0, None),
        ("00:00:12 客服：您好", 12.0, None),
        ("(1:02:03.5)客服：您好", 3723.5, None),
        ("[00:12 - 00:15] 客服：您好", 12.0, 15.0),
        ("00:00:12,000 --> 00:00:15,500 客服：您好", 12.0, 15.5),
        ("客服 00:12：您好", 12.0, None),
        ("客服 (00:12)：您好", 12.0, None),
        ("客服1 00:12\n您好", 12.0, None),
        ("2024-05-01 10:00:12 客服：您好", 0.0, None),
        ("客服：您好", None, None),
    ],
    ids=str,
)
def test_times_are_kept_where_lines_begin_with_them(
    line: str, start: float | None, end: float | None
) -> None:
    (turn,) = one(line).turns
    assert (turn.speaker, turn.text, turn.start, turn.end) == (AGENT, "您好", start, end)


@pytest.mark.parametrize(
    "more",
    ["还有", "12:30 可以吗", "地址：朝阳路", "客服电话：95022", "http://example.org", "# 二"],
    ids=str,
)
def test_a_line_without_a_speaker_goes_on_with_the_turn_above(more: str) -> None:
    assert spoken(one(f"客服：您好\n{more}\n客户：请问")) == [
        (AGENT, f"您好\n{more}"),
        (CUSTOMER, "请问"),
    ]


@pytest.mark.parametrize("heading", ["# {}", "### {} ###", "=== {} ===", "==== {} ===="])
def test_a_heading_begins_the_next_conversation(heading: str) -> None:
    text = "\n\n".join(f"{heading.format(id_)}\n客服：您好\n客户：请问" for id_ in ("a 1", "b"))
    found = read(text)
    assert [one.id for one in found if isinstance(one, Conversation)] == ["a 1", "b"]
    assert [one.line for one in found if isinstance(one, Conversation)] == [1, 5]


def test_what_stands_above_the_first_heading_is_called_after_the_file() -> None:
    found = read("客服：您好\n\n# b\n客户：请问")
    assert [one.id for one in found if isinstance(one, Conversation)] == ["file", "b"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("小王：您好\n客户：请问", 1, Reason.UNKNOWN_SPEAKER),
        ("客服：您好\nB：请问", 2, Reason.UNKNOWN_SPEAKER),
        ("说话人1：您好\n说话人2：请问", 1, Reason.UNKNOWN_SPEAKER),
        ("客户：请问\n小王：您好\n客户：在吗\n小王：在", 1, Reason.UNKNOWN_SPEAKER),
        ("今天天气很好", 1, Reason.NOBODY_SPEAKS),
        ("客服：您好\n客户：\n客服：在吗", 2, Reason.NO_TEXT),
        ("# 1", 1, Reason.NO_TURNS),
        ("", 0, Reason.EMPTY),
        (" \n \n", 0, Reason.EMPTY),
    ],
    ids=str,
)
def test_a_transcript_that_cannot_be_read_says_where_and_why(
    text: str, line: int, reason: Reason
) -> None:
    (found,) = read(text)
    assert isinstance(found, Unreadable)
    assert (found.line, found.reason) == (line, reason)


def test_a_broken_conversation_does_not_stop_the_next() -> None:
    broken, sound = read("# a\n什么\n客服：您好\n\n# b\n客服：您好")
    assert broken == Unreadable("file", 2, Reason.NOBODY_SPEAKS)
    assert isinstance(sound, Conversation)


texts = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1)


@given(st.lists(st.tuples(st.sampled_from([AGENT, CUSTOMER]), texts), min_size=1))
def test_what_was_said_is_read_as_it_was_written(turns: list[tuple[Speaker, str]]) -> None:
    names = {AGENT: "客服", CUSTOMER: "客户"}
    text = "\n".join(f"{names[speaker]}：{said}" for speaker, said in turns)
    assert spoken(one(text)) == turns
