"""Sounds made of nothing but sums of sines: a voice that the network takes for one, and others."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rexian.speech.domain.heard import RATE

Sound = NDArray[np.float32]

_FORMANTS = np.array(
    [(800, 1200, 2600), (300, 2300, 3000), (350, 800, 2400), (500, 1800, 2500), (450, 900, 2600)]
)
_SYLLABLES_A_SECOND = 4.0


def decibels(level: float) -> float:
    """Return the factor of an amplitude."""
    return float(10.0 ** (level / 20.0))


def clock(seconds: float) -> NDArray[np.float64]:
    """Return the instants of the samples of some seconds."""
    return np.arange(round(seconds * RATE)) / RATE


def silence(seconds: float) -> Sound:
    """Return digital zero."""
    return np.zeros(round(seconds * RATE), np.float32)


def noise(seconds: float, level: float = -55.0, *, seed: int = 7) -> Sound:
    """Return line noise of a level in dB."""
    random = np.random.default_rng(seed)
    return np.asarray(random.standard_normal(round(seconds * RATE)) * decibels(level), np.float32)


def tone(seconds: float, *frequencies: float, level: float = -20.0) -> Sound:
    """Return sines of these frequencies together."""
    at = clock(seconds)
    waves = sum(np.sin(2 * np.pi * frequency * at) for frequency in frequencies)
    return np.asarray(np.sqrt(2.0) * decibels(level) * np.asarray(waves), np.float32)


@lru_cache(maxsize=32)
def voice(seconds: float, *, pitch: float = 120.0, level: float = -20.0) -> Sound:
    """Return syllables of changing vowels, sung by nobody, but a voice to the network."""
    at = clock(seconds)
    drift = 1 + 0.15 * np.sin(2 * np.pi * 0.7 * at) + 0.05 * np.sin(2 * np.pi * 2.3 * at)
    phase = np.cumsum(pitch * drift) / RATE * 2 * np.pi
    formants = _FORMANTS[(at * _SYLLABLES_A_SECOND).astype(int) % len(_FORMANTS)]
    wave = np.zeros(len(at))
    for harmonic in range(1, int(3700 / pitch)):
        frequency = harmonic * pitch * drift
        strength = sum(1 / (1 + ((frequency - formants[:, k]) / 90) ** 2) for k in range(3))
        wave += strength * np.sin(harmonic * phase)
    wave *= 0.55 + 0.45 * np.sin(2 * np.pi * _SYLLABLES_A_SECOND * at - np.pi / 2)
    wave *= np.minimum(1.0, np.minimum(at + 0.002, seconds - at) / 0.02)
    return np.asarray(wave / np.sqrt(np.mean(wave**2)) * decibels(level), np.float32)


def laid(onto: Sound, start: float, sound: Sound) -> Sound:
    """Return a channel with a sound added from an instant on."""
    together = onto.copy()
    first = round(start * RATE)
    together[first : first + len(sound)] += sound
    return together


def blocks(*channels: Sound, seconds: float = 0.7) -> list[Sound]:
    """Return channels as the blocks that a decoder would give."""
    sound = np.stack(channels)
    step = round(seconds * RATE)
    return [sound[:, start : start + step] for start in range(0, sound.shape[1], step)]
