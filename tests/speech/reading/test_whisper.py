"""Whisper base itself, where it is installed: few tests, for it takes seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.comparing_calls import compare_call
from rexian.speech.domain.heard import RATE
from rexian.speech.domain.loops import without_loops
from rexian.speech.services.engines import recogniser_of
from rexian.speech.services.finding import FoundCall, find_calls
from rexian.speech.services.hearing import hear
from tests.speech.listening.sounds import noise, tone

_CALLS = Path(__file__).parents[4] / "shared/data/calls_zh"

pytestmark = [
    pytest.mark.xdist_group("whisper"),
    pytest.mark.skipif(not _CALLS.is_dir(), reason="the recorded calls are not here"),
]


def call(name: str) -> FoundCall:
    """Return one of the calls with what is known of it."""
    (found,) = find_calls([_CALLS / f"{name}.wav"], channels="agent,customer")
    assert isinstance(found, FoundCall)
    return found


def test_a_call_is_read_and_every_turn_has_its_words(whisper_base: Path) -> None:
    found = call("zh06")
    engine = recogniser_of(f"whisper:{whisper_base}")
    heard = hear(found.path, roles=found.facts.roles, recogniser=engine)
    compared = compare_call(heard, found.facts.true_turns)
    assert compared.error_rate <= 0.16
    assert compared.by_turn.errors <= compared.errors + 3
    assert all(turn.words for turn in heard.turns)
    assert heard.recogniser.startswith("whisper:whisper-base:")


def test_a_hint_that_nobody_says_is_not_written(whisper_base: Path) -> None:
    with open_sound(call("zh02").path) as sound:
        first = next(iter(sound.blocks(24.0)))[1][13 * RATE :]
    hints = ("松源服务区", "白沙湾", "云岭高速", "青石镇", "沿江公路")
    read = recogniser_of(f"whisper:{whisper_base}").read(first, hints=hints)
    text = "".join(word.text for word in read)
    assert len(text) > 30
    assert not [hint for hint in hints if hint in text]


def test_nothing_is_made_of_noise_and_tones(whisper_base: Path) -> None:
    heard = hear(call("zh08").path, roles=(), recogniser=recogniser_of(f"whisper:{whisper_base}"))
    assert not heard.says_something


def test_no_words_are_made_of_noise_that_is_taken_for_speech(whisper_base: Path) -> None:
    engine = recogniser_of(f"whisper:{whisper_base}")
    for sound in (noise(6.0, -35.0), tone(6.0, 440.0, 554.0), np.zeros(3 * RATE, np.float32)):
        assert without_loops(engine.read(sound)) == []
