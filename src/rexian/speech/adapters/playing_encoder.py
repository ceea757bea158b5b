"""Samples as a small MP3 that every browser plays, written piece by piece.

Imports PyAV and numpy, so whoever needs it imports it when there is something to encode.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from rexian.speech.domain.playing import Mask
from rexian.speech.ports import RATE

Samples = NDArray[np.float32]

_LAYOUTS = {1: "mono", 2: "stereo"}
_BITS_A_SECOND = {1: 32_000, 2: 48_000}
_EFFORT = "7"  # of 0 to 9: half the time that LAME takes by itself, and no worse on telephone lines
_TONE_PITCH, _TONE_LOUDNESS = 1000.0, 0.05


def encode(blocks: Iterable[Samples], channels: int, target: BinaryIO) -> None:
    """Write ``blocks`` at ``RATE`` to ``target``; only one block is held at a time.

    The bit rate is constant, so that a browser finds any second without an index. Where ``target``
    can seek, the file also says how long it is and what the encoder has put before the sound.
    """
    with av.open(target, mode="w", format="mp3") as container:
        track = container.add_stream(
            "libmp3lame",
            rate=RATE,
            layout=_LAYOUTS[channels],
            options={"compression_level": _EFFORT},
        )
        track.bit_rate = _BITS_A_SECOND[channels]
        at = 0
        for block in blocks:
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(block), format="fltp", layout=_LAYOUTS[channels]
            )
            frame.sample_rate = RATE
            frame.pts = at
            at += block.shape[1]
            container.mux(track.encode(frame))
        container.mux(track.encode(None))


def cut_out(blocks: Iterable[Samples], start: float, end: float | None) -> Iterator[Samples]:
    """Yield what of ``blocks`` lies from ``start`` to ``end`` in seconds; stop reading there."""
    first = round(start * RATE)
    last = None if end is None else round(end * RATE)
    at = 0
    for block in blocks:
        stop = block.shape[1] if last is None else min(block.shape[1], last - at)
        begin = max(0, first - at)
        if begin < stop:
            yield block[:, begin:stop]
        at += block.shape[1]
        if last is not None and at >= last:
            return


def masked(blocks: Iterable[Samples], masks: Sequence[Mask], *, tone: bool) -> Iterator[Samples]:
    """Yield ``blocks`` with silence, or a tone, where a mask lies; times count from the first."""
    at = 0
    for block in blocks:
        covered = block.copy() if masks else block
        for mask in masks:
            _cover(covered, mask, at, tone=tone)
        yield covered
        at += block.shape[1]


def _cover(block: Samples, mask: Mask, at: int, *, tone: bool) -> None:
    """Cover whole samples from below to above, so that none of what is masked is left."""
    begin = max(0, int(np.floor(mask.start * RATE)) - at)
    stop = min(block.shape[1], int(np.ceil(mask.end * RATE)) - at)
    if begin >= stop:
        return
    sound: Samples | float = 0.0
    if tone:
        instants = np.arange(at + begin, at + stop) / RATE
        sound = (_TONE_LOUDNESS * np.sin(2 * np.pi * _TONE_PITCH * instants)).astype(np.float32)
    if mask.channel is None:
        block[:, begin:stop] = sound
    elif mask.channel < block.shape[0]:
        block[mask.channel, begin:stop] = sound
