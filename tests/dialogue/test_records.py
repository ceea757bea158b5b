"""What a record has to hold to be a conversation, and what is said of one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.records import conversation_of
from rexian.dialogue.domain.speakers import Speakers
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
HELLO = {"speaker": "agent", "text": "您好"}
HELP = {"speaker": "customer", "text": "请问"}


def read(record: Any) -> Conversation:
    """Return the conversation that ``record`` is."""
    return conversation_of(record, Speakers(), name="unnamed")


def with_turn(**fields: Any) -> dict[str, Any]:
    """Return a record whose second turn has ``fields``."""
    return {"id": "1", "turns": [HELLO, {**HELP, **fields}]}


def with_event(**fields: Any) -> dict[str, Any]:
    """Return a record with one event."""
    return {"id": "1", "turns": [HELLO], "events": [fields]}


def with_label(**fields: Any) -> dict[str, Any]:
    """Return a record with one label."""
    return {"id": "1", "turns": [HELLO], "truth": [{"clause": "CC-1", "verdict": "met", **fields}]}


def test_a_labelled_record_is_read_with_everything_it_holds() -> None:
    record = {
        "id": 7,
        "standard": "highway",
        "channel": "phone",
        "direction": "in",
        "case": {"type": "complaint", "class": "complex"},
        "turns": [
            {"i": 0, "speaker": "agent", "text": " 您好 ", "start": 6.5, "end": 8},
            {"i": 1, "speaker": "customer", "text": "我要投訴", "start": 8.5, "end": 10.0},
        ],
        "events": [
            {"name": "ring", "at": 0.0, "by": "system"},
            {"name": "answer", "at": 6.0, "by": "agent"},
            {"name": "hang_up", "at": 11, "by": "customer"},
        ],
        "truth": [{"clause": "CC-1", "verdict": "met", "turn": 0, "quote": "您好", "why": "!"}],
    }
    assert read(record) == Conversation(
        id="7",
        turns=(
            Turn(0, AGENT, " 您好 ", 6.5, 8.0),
            Turn(1, CUSTOMER, "我要投訴", 8.5, 10.0),
        ),
        signals=(
            Signal(SignalName.RING, 0.0, Speaker.SYSTEM),
            Signal(SignalName.ANSWER, 6.0, AGENT),
            Signal(SignalName.HANG_UP, 11.0, CUSTOMER),
        ),
        facts=Facts("phone", "in", "complaint", "complex"),
        standard="highway",
        labels=(Label("CC-1", "met", 0, "您好", "!"),),
    )


@pytest.mark.parametrize(
    "record",
    [
        {"turns": [{"role": "sys", "text": "您好"}, {"role": "usr", "text": "请问"}]},
        {"messages": [{"role": "assistant", "content": "您好"}, {"Role": "USER", "Text": "请问"}]},
        {"对话": [{"说话人": "客服", "内容": "您好"}, {"角色": "客户", "文本": "请问"}]},
        {"turns": [{**HELLO, "start": 3, "end": 2}, {**HELP, "start": None}], "events": []},
    ],
    ids=["role", "messages", "Chinese names", "an end before its start is unknown"],
)
def test_fields_go_by_many_names(record: dict[str, Any]) -> None:
    conversation = read(record)
    assert conversation.id == "unnamed"
    assert [(turn.index, turn.speaker, turn.text, turn.end) for turn in conversation.turns] == [
        (0, AGENT, "您好", None),
        (1, CUSTOMER, "请问", None),
    ]


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        ({}, Facts(signals=False)),
        ({"events": []}, Facts(signals=False)),
        ({"events": [{"name": "dtmf"}]}, Facts(signals=False)),
        ({"events": [{"name": "answer"}]}, Facts()),
        ({"channel": "电话", "direction": "outbound"}, Facts("phone", "out", signals=False)),
        ({"渠道": "在线", "呼叫方向": "呼入"}, Facts("chat", "in", signals=False)),
        ({"channel": "Fax", "direction": "sideways"}, Facts("fax", signals=False)),
        ({"case": {"type": "投诉"}}, Facts(case_type="complaint", signals=False)),
        ({"case_type": "enquiry"}, Facts(case_type="enquiry", signals=False)),
        ({"case": {"type": None, "class": None}}, Facts(signals=False)),
    ],
    ids=str,
)
def test_facts_are_what_the_record_tells_and_nothing_else(
    record: dict[str, Any], facts: Facts
) -> None:
    assert read({"turns": [HELLO], **record}).facts == facts


@pytest.mark.parametrize(
    ("record", "signals"),
    [
        ({"events": [{"name": "hangup"}], "hung_up_by": "agent"}, [("hang_up", None, "agent")]),
        ({"events": [{"name": "hang_up", "at": 3}]}, [("hang_up", 3.0, "unknown")]),
        ({"events": [{"type": "HOLD-ON", "time": "00:03"}]}, [("hold_on", 3.0, "agent")]),
        ({"events": [{"name": "answer", "by": "坐席"}]}, [("answer", None, "agent")]),
        (
            {"direction": "out", "events": [{"name": "ring"}, {"name": "answer"}]},
            [("ring", None, "system"), ("answer", None, "customer")],
        ),
        ({"hung_up_by": "客户"}, [("hang_up", None, "customer")]),
        ({"hung_up_by": "nobody knows"}, []),
        (
            {"ring_seconds": 6.6, "hung_up_by": "agent"},
            [
                ("ring", 0.0, "system"),
                ("ring", 5.0, "system"),
                ("answer", 6.6, "agent"),
                ("hang_up", None, "agent"),
            ],
        ),
        ({"ring_seconds": 6.6, "events": [{"name": "ring", "at": 0}]}, [("ring", 0.0, "system")]),
    ],
    ids=str,
)
def test_signals_are_read_however_the_record_tells_them(
    record: dict[str, Any], signals: list[tuple[str, float | None, str]]
) -> None:
    read_signals = read({"turns": [HELLO], **record}).signals
    assert [(str(one.name), one.at, str(one.by)) for one in read_signals] == signals


def test_rings_are_not_made_up_where_the_record_begins_with_the_answer() -> None:
    record = {"turns": [{**HELLO, "start": 0.4}], "ring_seconds": 6.0}
    assert read(record).signals == ()


def test_turns_keep_the_numbers_of_the_source_where_these_tell_them_apart() -> None:
    numbered = {"turns": [{**HELLO, "i": 4}, {**HELP, "i": 2}]}
    repeated = {"turns": [{**HELLO, "i": 4}, {**HELP, "i": 4}]}
    assert [turn.index for turn in read(numbered).turns] == [4, 2]
    assert [turn.index for turn in read(repeated).turns] == [0, 1]


def test_dates_become_seconds_from_the_first_of_them() -> None:
    record = {
        "turns": [{**HELLO, "start": "2024-05-01 12:00:07", "end": "2024-05-01 12:00:09"}],
        "events": [{"name": "answer", "at": "2024-05-01 12:00:05"}],
    }
    conversation = read(record)
    assert (conversation.turns[0].start, conversation.turns[0].end) == (2.0, 4.0)
    assert conversation.signals[0].at == 0.0


def test_what_a_system_does_is_no_turn_of_either_side() -> None:
    assert read(with_turn(speaker="action")).turns[1].speaker is Speaker.SYSTEM


@pytest.mark.parametrize(
    ("record", "reason", "values"),
    [
        ([], Reason.NOT_A_RECORD, {}),
        ({}, Reason.NO_TURNS, {}),
        ({"turns": []}, Reason.NO_TURNS, {}),
        ({"turns": {}}, Reason.NO_TURNS, {}),
        ({"turns": ["您好"]}, Reason.NOT_A_TURN, {"turn": 0}),
        (with_turn(text=None), Reason.NO_TEXT, {"turn": 1}),
        (with_turn(text="  "), Reason.NO_TEXT, {"turn": 1}),
        (with_turn(text=["您好"]), Reason.NO_TEXT, {"turn": 1}),
        (with_turn(speaker=None), Reason.NO_SPEAKER, {"turn": 1}),
        (with_turn(speaker=3), Reason.NO_SPEAKER, {"turn": 1}),
        (with_turn(speaker="小王"), Reason.UNKNOWN_SPEAKER, {"turn": 1, "name": "小王"}),
        (with_turn(start="soon"), Reason.NOT_A_TIME, {"turn": 1, "value": "soon"}),
        (with_turn(start=float("nan")), Reason.NOT_A_TIME, {"turn": 1, "value": "nan"}),
        (with_turn(end=float("inf")), Reason.NOT_A_TIME, {"turn": 1, "value": "inf"}),
        ({"turns": [HELLO], "events": {}}, Reason.NOT_EVENTS, {}),
        ({"turns": [HELLO], "events": ["ring"]}, Reason.NOT_EVENTS, {}),
        (with_event(name="ring", at="x"), Reason.NOT_A_TIME, {"value": "x"}),
        ({"turns": [HELLO], "truth": {}}, Reason.NOT_LABELS, {}),
        (with_label(clause=None), Reason.NOT_LABELS, {}),
        (with_label(verdict="perhaps"), Reason.UNKNOWN_VERDICT, {"value": "perhaps"}),
        (with_label(verdict=["met"]), Reason.UNKNOWN_VERDICT, {"value": "['met']"}),
        (with_label(turn="first"), Reason.NOT_A_TURN_NUMBER, {"value": "first"}),
    ],
    ids=str,
)
def test_a_broken_record_says_what_is_wrong(
    record: Any, reason: Reason, values: dict[str, str | int]
) -> None:
    with pytest.raises(BrokenRecord) as caught:
        read(record)
    unreadable = caught.value.at("calls.jsonl", 3)
    assert (unreadable.reason, unreadable.values) == (reason, values)
    assert unreadable.place == "calls.jsonl:3"
    assert unreadable.sentence("en") == reason.format(**values) == str(caught.value)


def test_what_a_sentence_quotes_is_short_and_does_not_disturb_a_terminal() -> None:
    with pytest.raises(BrokenRecord) as caught:
        read(with_turn(speaker="\x1b[2J" + "x" * 1000))
    sentence = str(caught.value)
    assert len(sentence) < 200
    assert sentence.isprintable()
