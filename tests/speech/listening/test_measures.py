from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.speech.domain.heard import HeardTurn, Kind, Listened, Silence, Stretch, Word
from rexian.speech.domain.measures import (
    explained,
    interruptions_of,
    loudness_against,
    loudness_drift,
    silences_among,
)
from rexian.speech.domain.measures_words import only_listens, with_words
from rexian.standard.domain.events import Signal, SignalName, Speaker

A, C, U = Speaker.AGENT, Speaker.CUSTOMER, Speaker.UNKNOWN


def turns(*given: tuple[Speaker, float, float, str]) -> tuple[HeardTurn, ...]:
    return tuple(
        HeardTurn(
            index,
            side,
            0 if side is A else 1,
            start,
            end,
            tuple(Word(one, start, end, 0.9) for one in text),
            spoken=end - start,
            loudness=-20.0,
        )
        for index, (side, start, end, text) in enumerate(given)
    )


def call(given: tuple[HeardTurn, ...], *, duration: float = 60.0) -> Listened:
    return Listened((A, C), duration, given)


def test_ends_that_overlap_a_little_and_beginnings_at_once_interrupt_nobody() -> None:
    assert not interruptions_of(turns((A, 0, 5, ""), (C, 4.7, 8, "")))
    assert not interruptions_of(turns((A, 0, 5, ""), (C, 0.3, 8, "")))
    assert len(interruptions_of(turns((A, 0, 5, ""), (C, 4.3, 8, "")))) == 1


def test_two_turns_of_one_side_may_break_in_on_the_same_turn() -> None:
    found = interruptions_of(turns((A, 0, 20, ""), (C, 5, 6.5, ""), (C, 9, 10.5, "")))

    assert [(one.turn, one.interrupted, one.start, one.end) for one in found] == [
        (1, 0, 5, 6.5),
        (2, 0, 9, 10.5),
    ]


@pytest.mark.parametrize(
    ("before", "after", "awaited"),
    [
        ((A, "请问您的电话是多少"), C, C),
        ((A, "请问您的电话是多少？"), A, C),
        ((A, "我帮您查一下，请稍等"), A, A),
        ((A, "我帮您查一下，请稍等"), C, A),
        ((A, "这个已经登记了"), A, U),
        ((C, "你们到底管不管？"), A, A),
        ((C, "我想一想"), C, U),
    ],
)
def test_who_was_awaited_follows_from_turns_and_words(
    before: tuple[Speaker, str], after: Speaker, awaited: Speaker
) -> None:
    given = turns((before[0], 0, 5, before[1]), (after, 10, 12, "嗯这个"))

    (silence,) = with_words(call(given, duration=13), given).silences

    assert (silence.start, silence.end, silence.awaited) == (5, 10, awaited)


def test_silence_is_counted_from_the_answer() -> None:
    given = turns((A, 9, 11, ""))
    rung = replace(call(given, duration=12), signals=(Signal(SignalName.ANSWER, 5.5),))

    assert [(one.start, one.end) for one in silences_among(rung, given)] == [(5.5, 9)]


@pytest.mark.parametrize(
    ("signals", "stretches", "held"),
    [
        ((), (), False),
        ((Signal(SignalName.HOLD_ON, 11), Signal(SignalName.HOLD_OFF, 19)), (), True),
        ((Signal(SignalName.MUTE, 11), Signal(SignalName.HANG_UP, 19)), (), True),
        ((Signal(SignalName.HOLD_ON, 11), Signal(SignalName.HOLD_OFF, 13)), (), False),
        ((), (Stretch(Kind.MUSIC, 1, 12, 25),), True),
        ((), (Stretch(Kind.MUSIC, 1, 12, 14), Stretch(Kind.MUSIC, 0, 12, 14)), False),
        ((), (Stretch(Kind.SPEECH, 1, 10, 20),), False),
    ],
)
def test_a_silence_is_held_where_a_hold_or_music_covers_most_of_it(
    signals: tuple[Signal, ...], stretches: tuple[Stretch, ...], held: bool
) -> None:
    (silence,) = explained([Silence(10, 20, A)], signals=signals, stretches=stretches)

    assert silence.held is held


@pytest.mark.parametrize(
    ("text", "listens"),
    [
        ("嗯。", True),
        ("是的，是的。", True),
        ("好的好的好的", True),
        ("對，明白了", True),
        ("不对", False),
        ("好的我帮您查", False),
        ("", False),
    ],
)
def test_signs_of_listening_are_told_by_their_words(text: str, listens: bool) -> None:
    assert only_listens(text) is listens


def test_a_longer_sign_of_listening_does_not_part_the_turn_that_it_is_laid_over() -> None:
    given = turns((C, 0, 5, "我家的气表"), (A, 4.5, 6.3, "好的好的好的"), (C, 5.8, 9, "一直在走"))

    judged = with_words(call(given), given)

    assert [(one.speaker, one.start, one.end, one.backchannel) for one in judged.turns] == [
        (C, 0, 9, False),
        (A, 4.5, 6.3, True),
    ]
    assert judged.turns[0].text == "我家的气表一直在走"
    assert not judged.interruptions


@pytest.mark.parametrize(("confidence", "interrupts"), [(0.9, 1), (0.3, 0)])
def test_only_words_that_were_read_surely_make_an_interruption_of_a_sign_of_listening(
    confidence: float, interrupts: int
) -> None:
    given = turns((C, 0, 9, "我家的气表一直在走"), (A, 4.5, 5.5, ""))
    said = Word("您别说了", 4.5, 5.5, confidence)
    brief = replace(given[1], words=(said,), backchannel=True)

    judged = with_words(call(given), (given[0], brief))

    assert len(judged.interruptions) == interrupts


def test_loudness_is_told_against_the_other_side_and_over_time() -> None:
    given = turns((A, 0, 10, ""), (C, 11, 21, ""), (A, 22, 32, ""), (A, 40, 50, ""))
    levels = (-20.0, -26.0, -23.0, -29.0)
    heard = [replace(one, loudness=level) for one, level in zip(given, levels, strict=True)]

    assert loudness_against(heard, by=C) == pytest.approx(-26.0 + 22.66, abs=0.1)
    assert loudness_drift(heard, by=A) == pytest.approx(-9.0)
    assert loudness_against(heard[:1], by=A) is None
    assert loudness_drift(heard, by=C) is None
