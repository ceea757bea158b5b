from __future__ import annotations

import numpy as np
import pytest

from rexian.speech.domain.heard import RATE, HeardTurn, Listened
from rexian.speech.domain.listening.frames import runs
from rexian.speech.services.listening import Listener, Spoken, listen
from rexian.standard.domain.events import Speaker
from tests.speech.listening.sounds import Sound, blocks, decibels, laid, noise, silence, voice

A, C, U = Speaker.AGENT, Speaker.CUSTOMER, Speaker.UNKNOWN
NEAR = 0.05


def two(seconds: float) -> tuple[Sound, Sound]:
    return noise(seconds, seed=1), noise(seconds, seed=2)


def listened(*channels: Sound) -> Listened:
    return listen(blocks(*channels), roles=(A, C)[: len(channels)] if len(channels) > 1 else (U,))


def spans(turns: tuple[HeardTurn, ...]) -> list[tuple[Speaker, float, float]]:
    return [(turn.speaker, turn.start, turn.end) for turn in turns]


def test_turns_of_both_sides_begin_and_end_where_their_sound_does() -> None:
    agent, customer = two(16)
    agent = laid(laid(agent, 1.0, voice(3.0)), 11.0, voice(0.5))
    customer = laid(customer, 4.3, voice(6.0, pitch=100))

    call = listened(agent, customer)

    assert [turn.speaker for turn in call.turns] == [A, C, A]
    for turn, (start, end) in zip(call.turns, [(1, 4), (4.3, 10.3), (11, 11.5)], strict=True):
        assert turn.start == pytest.approx(start, abs=NEAR)
        assert turn.end == pytest.approx(end, abs=NEAR)
        assert turn.loudness == pytest.approx(-20, abs=1.5)
    assert call.duration == pytest.approx(16)
    assert not call.interruptions


def test_a_pause_belongs_to_a_turn_until_it_is_long_or_the_other_side_speaks() -> None:
    agent, customer = two(24)
    for start in (1.0, 4.0, 9.0, 13.0):
        agent = laid(agent, start, voice(2.0))
    customer = laid(customer, 11.3, voice(1.5, pitch=100))

    call = listened(agent, customer)

    assert [(side, round(start), round(end)) for side, start, end in spans(call.turns)] == [
        (A, 1, 6),
        (A, 9, 11),
        (C, 11, 13),
        (A, 13, 15),
    ]
    assert call.turns[0].spoken == pytest.approx(4.0, abs=0.1)
    assert [(round(one.start), round(one.end), one.awaited) for one in call.silences] == [
        (6, 9, U),
        (15, 24, U),
    ]


def test_who_begins_while_the_other_has_not_finished_interrupts() -> None:
    agent, customer = two(12)
    customer = laid(customer, 1.0, voice(6.0, pitch=100))
    agent = laid(agent, 5.5, voice(3.0))

    (interruption,) = listened(agent, customer).interruptions

    assert (interruption.by, interruption.turn, interruption.interrupted) == (A, 1, 0)
    assert interruption.start == pytest.approx(5.5, abs=NEAR)
    assert interruption.end == pytest.approx(7.0, abs=NEAR)


def test_a_short_sign_of_listening_neither_interrupts_nor_ends_the_turn_it_is_laid_over() -> None:
    agent, customer = two(12)
    customer = laid(laid(customer, 1.0, voice(3.0, pitch=100)), 4.8, voice(3.0, pitch=100))
    agent = laid(agent, 3.7, voice(0.7))

    call = listened(agent, customer)

    assert [(turn.speaker, turn.backchannel) for turn in call.turns] == [(C, False), (A, True)]
    assert call.turns[0].end == pytest.approx(7.8, abs=NEAR)
    assert not call.interruptions


def test_a_short_answer_in_a_pause_is_a_turn() -> None:
    agent, customer = two(10)
    agent = laid(laid(agent, 1.0, voice(2.0)), 4.6, voice(2.0))
    customer = laid(customer, 3.4, voice(0.7, pitch=100))

    call = listened(agent, customer)

    assert [(turn.speaker, turn.backchannel) for turn in call.turns] == [
        (A, False),
        (C, False),
        (A, False),
    ]


def test_one_channel_of_both_sides_tells_nobody_apart_and_finds_no_interruption() -> None:
    lane = laid(laid(noise(10), 1.0, voice(2.0)), 3.8, voice(2.0, pitch=100))

    call = listened(lane)

    assert [(side, round(start)) for side, start, _ in spans(call.turns)] == [(U, 1), (U, 4)]
    assert not call.interruptions


@pytest.mark.parametrize(
    "line",
    [
        noise(12),
        noise(12, -20.0),
        silence(12),
        np.full(12 * RATE, 0.2, np.float32),
        np.sign(noise(12)) * np.float32(0.9),
    ],
    ids=["noise", "loud noise", "digital zero", "an offset", "noise that is clipped"],
)
def test_a_line_on_which_nobody_speaks_has_nothing_on_it(line: Sound) -> None:
    call = listened(line, noise(12, seed=3))

    assert not call.turns
    assert not call.stretches
    assert not call.silences
    assert not call.signals


@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_a_recording_shorter_than_a_step_is_listened_to(length: int) -> None:
    call = listen([np.zeros((2, length), np.float32)], roles=(A, C))

    assert call.duration == length / RATE
    assert not call.turns


def test_clicks_are_not_taken_for_speech() -> None:
    agent, customer = two(10)
    agent[:: RATE // 2] = 0.9

    assert not listened(agent, customer).turns


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sound: sound + np.float32(0.1),
        lambda sound: np.clip(sound * 12, -1, 1).astype(np.float32),
        lambda sound: sound * np.float32(decibels(-22)),
        lambda sound: sound * (10 ** (-np.arange(len(sound)) / len(sound) / 2)).astype(np.float32),
        lambda sound: (
            sound + 0.03 * np.sin(2 * np.pi * 50 * np.arange(len(sound)) / RATE).astype(np.float32)
        ),
    ],
    ids=["an offset", "clipping", "very soft", "fading", "mains hum"],
)
def test_a_spoilt_line_has_the_same_turns(spoil: object) -> None:
    assert callable(spoil)
    agent, customer = two(14)
    agent = laid(laid(agent, 1.0, voice(3.0)), 9.0, voice(3.0))
    customer = laid(customer, 4.5, voice(3.0, pitch=100))

    call = listened(spoil(agent), customer)

    assert [turn.speaker for turn in call.turns] == [A, C, A]
    for turn, start in zip(call.turns, (1.0, 4.5, 9.0), strict=True):
        assert turn.start == pytest.approx(start, abs=0.1)
        assert turn.end == pytest.approx(start + 3.0, abs=0.1)


def test_a_line_that_is_zero_between_words_has_the_same_edges() -> None:
    agent = laid(laid(silence(12), 1.0, voice(3.0)), 6.5, voice(3.0))

    call = listened(agent, silence(12))

    ends = [edge for turn in call.turns for edge in (turn.start, turn.end)]
    assert ends == pytest.approx([1.0, 4.0, 6.5, 9.5], abs=NEAR)


@pytest.mark.parametrize(("gain", "delay"), [(-25.0, 0.0), (-15.0, 0.12), (-12.0, 0.25)])
def test_the_other_sides_voice_is_not_taken_for_ones_own(gain: float, delay: float) -> None:
    agent, customer = two(16)
    agent = laid(laid(agent, 1.0, voice(4.0)), 9.0, voice(4.0))
    customer = laid(customer, 6.0, voice(2.0, pitch=100))
    leaked = laid(silence(16 + delay), delay, agent)[: len(agent)]

    call = listened(agent, customer + leaked * np.float32(decibels(gain)))

    found = [(side, round(start)) for side, start, _ in spans(call.turns)]
    assert found == [(A, 1), (C, 6), (A, 9)]


def test_who_speaks_without_a_pause_is_cut_into_passages_that_can_be_read() -> None:
    agent, customer = two(50)
    agent = laid(agent, 1.0, np.tile(voice(4.0), 11))
    passages: list[Spoken] = []

    call = listen(blocks(agent, customer), roles=(A, C), on_speech=passages.append, longest=15.0)

    assert call.turns[0].start == pytest.approx(1.0, abs=NEAR)
    assert call.turns[0].end == pytest.approx(45.0, abs=NEAR)
    assert len(call.turns) == 1
    assert all(len(one.samples) <= 15.0 * RATE for one in passages)
    assert passages[0].start == pytest.approx(0.8, abs=NEAR)
    assert passages[-1].end == pytest.approx(45.2, abs=NEAR)


def test_passages_carry_the_sound_as_it_was_with_a_margin() -> None:
    agent, customer = two(9)
    agent = laid(agent, 2.0, voice(3.0))
    passages: list[Spoken] = []

    listen(blocks(agent, customer), roles=(A, C), on_speech=passages.append)

    (passage,) = passages
    first = round(passage.start * RATE)
    assert passage.channel == 0
    assert passage.start == pytest.approx(1.8, abs=NEAR)
    np.testing.assert_array_equal(passage.samples, agent[first : first + len(passage.samples)])


def test_the_size_of_blocks_changes_nothing() -> None:
    agent, customer = two(14)
    agent = laid(agent, 1.0, voice(3.0))
    customer = laid(customer, 4.5, voice(3.0, pitch=100))

    by_blocks = [
        listen(blocks(agent, customer, seconds=seconds), roles=(A, C)) for seconds in (0.1, 3.3, 99)
    ]

    assert by_blocks[0] == by_blocks[1] == by_blocks[2]


def test_sound_is_let_go_once_it_has_been_handed_on() -> None:
    listener = Listener((A, C))
    agent, customer = two(10)
    agent = laid(agent, 1.0, voice(3.0))
    held = []
    for _ in range(12):
        for block in blocks(agent, customer):
            for _passage in listener.hear(block):
                pass
        held.append(sum(lane.samples.end - lane.samples.start for lane in listener.lanes))

    assert max(held[4:]) <= max(held[:4]) + RATE
    assert max(held) < 2 * 30 * RATE


def test_the_wave_is_drawn_by_its_largest_values() -> None:
    lane = noise(2.0)
    lane[RATE] = -0.5

    peaks = listened(lane, noise(2.0)).peaks[0]

    assert len(peaks) == 40
    assert max(peaks) == peaks[20] == 128


def test_runs_are_found_at_both_ends() -> None:
    assert runs(np.array([True, False, True, True])) == [(0, 1), (2, 4)]
