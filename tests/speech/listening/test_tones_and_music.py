from __future__ import annotations

import numpy as np
import pytest

from rexian.speech.domain.heard import RATE, Kind, Listened
from rexian.speech.services.listening import listen
from rexian.standard.domain.events import SignalName, Speaker
from tests.speech.listening.sounds import Sound, blocks, clock, decibels, laid, noise, tone, voice

A, C = Speaker.AGENT, Speaker.CUSTOMER


def heard(agent: Sound, *, customer: Sound | None = None) -> Listened:
    other = noise(len(agent) / RATE, seed=9) if customer is None else customer
    return listen(blocks(agent, other), roles=(A, C))


def ringing(
    seconds: float, *cadence: float, frequencies: tuple[float, ...] = (450.0,), level: float = -20.0
) -> Sound:
    """Return noise with tones on it: on, off, on, off … of a cadence, over and over."""
    line, at, on = noise(seconds), 0.0, True
    lengths = list(cadence)
    while at < seconds:
        for length in lengths:
            if on and at < seconds:
                line = laid(line, at, tone(min(length, seconds - at), *frequencies, level=level))
            at, on = at + length, not on
    return line


def melody(seconds: float, level: float = -22.0) -> Sound:
    """Return notes of an instrument over held chords."""
    random = np.random.default_rng(5)
    line = np.zeros(round(seconds * RATE) + RATE, np.float32)
    for start in np.arange(0.0, seconds, 0.25):
        at = clock(0.5)
        pitch = random.choice([262, 294, 330, 392, 440, 523])
        note = sum(np.sin(2 * np.pi * pitch * k * at) / k for k in range(1, 5)) * np.exp(-3 * at)
        line = laid(line, float(start), np.asarray(note, np.float32))
    for start in np.arange(0.0, seconds, 2.0):
        chord = tone(min(2.0, seconds - float(start)), 131, 165, 196, level=-10)
        line = laid(line, float(start), chord)
    line = line[: round(seconds * RATE)]
    return np.asarray(line / np.sqrt(np.mean(line**2)) * decibels(level), np.float32)


@pytest.mark.parametrize(
    ("cadence", "frequencies", "every"),
    [
        ((1.0, 4.0), (450.0,), 5.0),
        ((1.0, 4.0), (425.0,), 5.0),
        ((2.0, 4.0), (440.0, 480.0), 6.0),
        ((0.4, 0.2, 0.4, 2.0), (400.0, 450.0), 3.0),
        ((0.8, 3.2), (425.0,), 4.0),
    ],
    ids=["China", "Europe", "North America", "Britain", "Russia"],
)
def test_rings_are_counted_whatever_country_they_ring_in(
    cadence: tuple[float, ...], frequencies: tuple[float, ...], every: float
) -> None:
    call = heard(ringing(16.0, *cadence, frequencies=frequencies))

    rings = [signal.at for signal in call.signals if signal.name is SignalName.RING]
    assert rings == [pytest.approx(place * every, abs=0.06) for place in range(len(rings))]
    assert len(rings) == -(-16 // every)
    assert not call.turns


@pytest.mark.parametrize("level", [-12.0, -40.0])
def test_rings_are_heard_loud_and_soft(level: float) -> None:
    call = heard(ringing(12.0, 1.0, 4.0, level=level))

    assert [one.kind for one in call.stretches] == [Kind.RING_BACK] * 3
    assert call.stretches[1].end == pytest.approx(6.0, abs=0.06)


@pytest.mark.parametrize(
    ("cadence", "frequencies"),
    [
        ((0.35, 0.35), (450.0,)),
        ((0.25, 0.25), (480.0, 620.0)),
        ((0.5, 0.5), (425.0,)),
        ((20.0, 1.0), (450.0,)),
        ((20.0, 1.0), (950.0,)),
        ((0.5, 30.0), (440.0,)),
    ],
    ids=["busy", "congestion", "busy in Europe", "dial tone", "howler", "one beep"],
)
def test_tones_that_ring_nobody_are_no_rings(
    cadence: tuple[float, ...], frequencies: tuple[float, ...]
) -> None:
    call = heard(ringing(10.0, *cadence, frequencies=frequencies))

    assert {one.kind for one in call.stretches} == {Kind.TONE}
    assert not call.signals
    assert not call.turns


def test_the_answer_is_no_earlier_than_can_be_told_and_no_later_than_the_first_word() -> None:
    line = laid(noise(20.0), 0.0, ringing(6.2, 1.0, 4.0))

    soon = heard(laid(line, 7.5, voice(3.0)))
    late = heard(laid(line, 14.0, voice(3.0)))

    assert [one.at for one in soon.signals if one.name is SignalName.ANSWER] == [
        soon.turns[0].start
    ]
    (answer,) = [one.at for one in late.signals if one.name is SignalName.ANSWER]
    assert answer == pytest.approx(10.0, abs=0.1)
    assert [round(one.start) for one in late.silences] == [10, 17]


def test_a_ring_that_both_channels_carry_is_counted_once() -> None:
    line = ringing(9.0, 1.0, 4.0)

    call = heard(line, customer=line * np.float32(0.1))

    assert [one.name for one in call.signals] == [SignalName.RING] * 2


def test_telephone_keys_are_not_taken_for_speech() -> None:
    line = noise(10.0)
    for number, pair in enumerate([(697, 1209), (770, 1336), (852, 1477), (941, 1336)] * 3):
        line = laid(line, 1.0 + 0.5 * number, tone(0.12, *pair))

    call = heard(line)

    assert not call.turns
    assert {one.kind for one in call.stretches} == {Kind.TONE}


def test_music_on_hold_explains_a_silence_and_says_nothing() -> None:
    agent, customer = noise(30.0), noise(30.0, seed=4)
    agent = laid(laid(agent, 1.0, voice(3.0)), 25.0, voice(3.0))
    customer = laid(customer, 5.0, melody(19.0))

    call = heard(agent, customer=customer)

    (music,) = [one for one in call.stretches if one.kind is Kind.MUSIC]
    assert music.channel == 1
    assert music.start == pytest.approx(5.0, abs=1.5)
    assert music.end == pytest.approx(24.0, abs=1.5)
    assert [turn.speaker for turn in call.turns] == [A, A]
    assert [(round(one.start), round(one.end), one.held) for one in call.silences] == [
        (4, 25, True),
        (28, 30, False),
    ]


def test_a_hum_that_never_changes_is_no_music() -> None:
    line = noise(20.0, -50.0) + tone(20.0, 100, 150, 200, 250, 350, 450, level=-40.0)

    call = heard(line)

    assert not [one for one in call.stretches if one.kind is Kind.MUSIC]


def test_speech_is_neither_music_nor_a_tone() -> None:
    call = heard(laid(noise(22.0), 1.0, np.tile(voice(5.0, pitch=110), 4)))

    assert {one.kind for one in call.stretches} == {Kind.SPEECH}


def test_a_soft_voice_after_long_loud_music_is_heard() -> None:
    line = laid(noise(50.0), 2.0, melody(40.0, level=-12.0))

    call = heard(laid(line, 44.0, voice(3.0, level=-38.0)))

    (turn,) = call.turns
    assert turn.start == pytest.approx(44.0, abs=0.2)
