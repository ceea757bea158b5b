"""Calls made on the spot, of voices that nobody has, and an engine that reads the same in all."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from rexian.speech.domain.heard import RATE, Word
from tests.speech.listening.sounds import laid, noise, voice

Samples = NDArray[np.float32]

TURN, PAUSE = 2.0, 0.5


@lru_cache(maxsize=16)
def call(turns: int, *, seed: int = 1) -> bytes:
    """Return a WAV file in which two sides speak by turns."""
    seconds = (TURN + PAUSE) * turns
    sides = [noise(seconds, seed=seed), noise(seconds, seed=seed + 100)]
    for turn in range(turns):
        sound = voice(TURN, pitch=180.0 if turn % 2 else 120.0)
        sides[turn % 2] = laid(sides[turn % 2], (TURN + PAUSE) * turn + 0.2, sound)
    sound = np.stack(sides)
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound.T.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return target.getvalue()


class Reader:
    """Reads the same two characters in every passage, and counts the passages."""

    name = "counting"
    longest = 3.0

    def __init__(self) -> None:
        self.passages = 0

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> Sequence[Word]:
        """Return two characters."""
        del hints
        self.passages += 1
        end = len(passage) / RATE
        return (Word("您", 0.0, end / 2, 0.9), Word("好", end / 2, end, 0.9))
