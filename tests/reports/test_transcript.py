from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection.cleaning import one_line, printable, shortened, visible
from rexian.reports.inspection.findings import Finding, Findings, arranged
from rexian.reports.inspection.html.timeline import silences, timeline
from rexian.reports.inspection.html.transcript import rows
from rexian.reports.inspection.pieces import pieces
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.verdicts import Outcome

Build = Callable[..., InspectedConversation]
Judge = Callable[..., Any]


def finding(begin: int, end: int, outcome: str = "missed", number: int = 1) -> Finding:
    return Finding(Outcome(outcome), "CC-1", "why", turn=0, begin=begin, end=end, number=number)


@given(
    st.text(),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(list(Outcome)))),
)
def test_pieces_joined_are_the_text_and_every_finding_has_one_pin(
    text: str, spans: list[tuple[int, int, Outcome]]
) -> None:
    findings = [
        finding(min(a, b, len(text)), min(max(a, b), len(text)), outcome.value, number)
        for number, (a, b, outcome) in enumerate(spans)
        if min(a, b, len(text)) == 0 or min(max(a, b), len(text)) > 0
        if min(max(a, b), len(text)) > 0 or not text
    ]
    cut = pieces(text, findings)
    assert "".join(piece.text for piece in cut) == visible(text)
    pins = [pin for piece in cut for pin in piece.pins]
    assert sorted(pin.number for pin in pins) == sorted(one.number for one in findings)


def test_words_under_two_findings_show_the_graver_one() -> None:
    cut = pieces("喂，说吧，什么事", [finding(0, 4, "met"), finding(2, 8, "missed", 2)])
    assert [(piece.text, piece.outcome) for piece in cut] == [
        ("喂，", Outcome.MET),
        ("说吧", Outcome.MISSED),
        ("，什么事", Outcome.MISSED),
    ]


def test_a_quote_that_is_not_in_its_turn_pins_the_end_of_the_turn(
    build: Build, judge: Judge
) -> None:
    one = build(texts=("您好。",), verdicts=(judge("CC-1", "missed", 0, "没有这句"),))
    (found,) = arranged(one.conversation, one.inspection.verdicts, "en").pinned
    assert (found.begin, found.end) == (3, 3)
    (piece,) = pieces("您好。", [found])
    assert (piece.outcome, piece.pins) == (None, (found,))


def test_findings_are_numbered_in_the_order_of_their_words(build: Build, judge: Judge) -> None:
    verdicts = (
        judge("CC-3", "met", 2, "往前"),
        judge("CC-2", "missed", 2, "应该"),
        judge("CC-1", "suspect", 0, "您好"),
        judge("CC-4", "undecided"),
        judge("CC-5", "missed"),
        judge("CC-6", "missed", 99, "没有这一句"),
    )
    one = build(verdicts=verdicts)
    found = arranged(one.conversation, verdicts, "en")
    assert [(f.number, f.clause) for f in found.pinned] == [(1, "CC-1"), (2, "CC-2"), (3, "CC-3")]
    assert [f.clause for f in found.loose] == ["CC-5", "CC-6"]
    assert [f.clause for f in found.folded] == ["CC-4"]


def test_a_verdict_points_by_the_index_of_the_turn_and_not_by_its_place(judge: Judge) -> None:
    turns = (Turn(10, Speaker.AGENT, "您好"), Turn(11, Speaker.CUSTOMER, "嗯"))
    found = arranged(Conversation("C", turns), (judge("CC-1", "met", 11, "嗯"),), "en")
    assert found.pinned[0].turn == 1


def test_signals_between_turns_are_one_row_and_a_long_gap_is_told(build: Build) -> None:
    conversation = build(texts=("您好", "你好", "嗯")).conversation
    shown = list(rows(conversation, Findings((), (), ()), "en"))
    assert [row.text or row.speaker for row in shown] == [
        "00:00 ringing ×3 · 00:19 answered",
        Speaker.AGENT,
        Speaker.CUSTOMER,
        Speaker.AGENT,
        "00:50 customer hangs up",
    ]
    turns = (Turn(0, Speaker.AGENT, "a", 0.0, 2.0), Turn(1, Speaker.CUSTOMER, "b", 9.4, 10.0))
    gap = list(rows(Conversation("C", turns), Findings((), (), ()), "en"))[1]
    assert (gap.time, gap.text) == ("00:02", "silence, 7 s")


def test_between_typed_messages_there_is_no_silence() -> None:
    turns = (Turn(0, Speaker.AGENT, "a", 0.0, 2.0), Turn(1, Speaker.CUSTOMER, "b", 60.0, 61.0))
    conversation = Conversation("C", turns, facts=Facts(channel="chat"))
    assert len(list(rows(conversation, Findings((), (), ()), "en"))) == 2
    drawn = timeline(conversation, ())
    assert drawn is not None
    assert drawn.pauses == ()


@pytest.mark.parametrize(
    ("occupied", "gaps"),
    [
        ([], []),
        ([(0, 1)], []),
        ([(0, 1), (3.5, 4)], []),
        ([(0, 1), (4, 5)], [(1, 4)]),
        ([(0, 10), (2, 3), (14, 15)], [(10, 14)]),
        ([(6, 7), (0, 1)], [(1, 6)]),
    ],
)
def test_a_silence_is_a_gap_in_which_nobody_speaks(
    occupied: list[tuple[float, float]], gaps: list[tuple[float, float]]
) -> None:
    assert list(silences(occupied)) == gaps


def test_the_time_line_holds_speech_pauses_rings_and_who_hung_up(
    build: Build, judge: Judge
) -> None:
    one = build(verdicts=(judge("CC-1", "missed", 2, "应该"), judge("CC-2", "suspect", 2, "吧")))
    found = arranged(one.conversation, one.inspection.verdicts, "en")
    drawn = timeline(one.conversation, (*found.loose, *found.pinned))
    assert drawn is not None
    assert (drawn.seconds, drawn.rings, drawn.longest_silence) == (50.0, 3, 4.0)
    assert [(bar.kind, bar.left, bar.width) for bar in drawn.speech] == [
        ("agent", 40.0, 12.0),
        ("customer", 60.0, 12.0),
        ("agent", 80.0, 12.0),
    ]
    assert [point.kind for point in drawn.points] == [
        *["ring"] * 3,
        "answer",
        "hang_up customer",
        "pin missed",
    ]
    assert all(0 <= point.left <= 100 for point in (*drawn.points, *drawn.ticks))


def test_a_hold_that_never_ends_lasts_to_the_end() -> None:
    turns = (Turn(0, Speaker.AGENT, "a", 0.0, 2.0), Turn(1, Speaker.AGENT, "b", 18.0, 20.0))
    signals = (Signal(SignalName.HOLD_ON, 5.0), Signal(SignalName.HOLD_ON, 6.0))
    drawn = timeline(Conversation("C", turns, signals), ())
    assert drawn is not None
    assert drawn.held == 15.0


@pytest.mark.parametrize(
    "turns",
    [
        (),
        (Turn(0, Speaker.AGENT, "a"),),
        (Turn(0, Speaker.AGENT, "a", 0.0, 0.0),),
        (Turn(0, Speaker.AGENT, "a", 0.0, float("inf")),),
    ],
    ids=["empty", "untimed", "instant", "endless"],
)
def test_without_times_there_is_no_time_line(turns: tuple[Turn, ...]) -> None:
    assert timeline(Conversation("C", turns), ()) is None


def test_a_conversation_of_ages_has_no_more_ticks_than_fit() -> None:
    drawn = timeline(Conversation("C", (Turn(0, Speaker.AGENT, "a", 0.0, 1e12),)), ())
    assert drawn is not None
    assert len(drawn.ticks) <= 9


@given(st.text())
def test_visible_text_is_as_long_and_can_be_written(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert shown.encode("utf-8")[:0] == b""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\nc\td", "a␀b\nc\td"),
        ("\x1b[31m\x7f\x9b", "␛[31m␡\ufffd"),
        ("\ud83d", "\ufffd"),
        ("😊", "😊"),
    ],
)
def test_control_characters_become_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line_has_no_breaks_and_no_change_of_direction() -> None:
    assert one_line("a\n b\u2028c\u202e\u2067d") == "a b cd"


def test_printable_text_has_nothing_that_xml_forbids() -> None:
    assert printable("a\x00\x0b\ud800\ufffeb\n") == "ab\n"


def test_text_is_shortened_with_an_ellipsis() -> None:
    assert (shortened("abcd", 4), shortened("abcde", 4)) == ("abcd", "abc…")
