"""Measure listening: how fast it is, how its memory grows, and how far it is from the truth.

``python bench/hearing.py`` measures the set of generated calls, where it is there, and streams of
generated sound; ``python bench/hearing.py stream SECONDS`` listens to one stream and says what it
took: seconds of the processor, and the memory in MiB that it grew by.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from hearing_truth import Compared, Counted, compare
from measure import Figure, at_least, at_most
from numpy.typing import NDArray

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.heard import RATE, Listened
from rexian.speech.services.listening import listen
from rexian.standard.domain.events import Speaker

CALLS = Path(__file__).parents[2] / "shared" / "data" / "calls_zh"
ROLES = (Speaker.AGENT, Speaker.CUSTOMER)
SHORT, LONG = 600, 7200
TURN = 6
"""Seconds that one side of a stream speaks for before the other does."""


def figures() -> list[Figure]:
    """Return the speed of listening, its memory and, where there are calls, its truth."""
    (_, little), (long, much) = _stream_apart(SHORT), _stream_apart(LONG)
    measured = [
        at_least("listening, seconds of sound a second of a core", LONG / long, 100),
        at_most("memory of 2 h of sound over that of 10 min, MiB", much - little, 16),
    ]
    return measured + (_of_calls() if CALLS.is_dir() else [])


def _of_calls() -> list[Figure]:
    """Return speed, decoding included, and agreement over the set of calls."""
    begin, heard, lasting = time.process_time(), [], 0.0
    for truth in sorted(CALLS.glob("zh??.json")):
        call, known = _heard(truth.with_suffix(".wav")), json.loads(truth.read_text("utf-8"))
        lasting += call.duration
        heard.append(compare(call, known))
    spent = time.process_time() - begin
    edges = [off for one in heard for off in one.edges]
    wrong = sum(not counted.right for one in heard for counted in _counted(one))
    rates = [abs(1 - rate) for one in heard for rate in one.rates]
    return [
        at_least("decoding and listening to calls, seconds a second", lasting / spent, 100),
        at_most("edges of turns, largest error in s", max(edges), 0.2),
        at_most("edges of turns, 95th percentile of the error in s", _share(edges, 95), 0.05),
        at_most("calls with a wrong turn, interruption, silence or ring", wrong, 0),
        at_most("rate over heard times, largest error in %", 100 * max(rates), 5),
    ]


def _counted(one: Compared) -> tuple[Counted, ...]:
    return (one.turns, one.backchannels, one.interruptions, one.silences, one.rings)


def _share(values: list[float], percentile: float) -> float:
    return float(np.percentile(values, percentile))


def _heard(recording: Path) -> Listened:
    """Listen to a file."""
    with open_sound(recording) as sound:
        return listen(sound.blocks(seconds=1.0), roles=ROLES)


def _stream_apart(seconds: int) -> tuple[float, float]:
    """Listen to a stream in a process of its own; return processor time and MiB."""
    command = [sys.executable, __file__, "stream", str(seconds)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent, grown = said.split()
    return float(spent), float(grown)


def stream(seconds: int) -> Iterator[NDArray[np.float32]]:
    """Yield a conversation of two voices on line noise, second by second."""
    random = np.random.default_rng(1)
    hiss = (random.standard_normal((2, RATE)) * 10**-2.75).astype(np.float32)
    voices = [_voice(pitch) for pitch in (110.0, 130.0)]
    for second in range(seconds):
        block = np.roll(hiss, int(random.integers(RATE)), axis=1)
        turn, inside = divmod(second, TURN)
        if inside < TURN - 1:
            block[turn % 2] += voices[turn % 2][inside * RATE : (inside + 1) * RATE]
        yield block


def _voice(pitch: float) -> NDArray[np.float32]:
    """Return syllables that the network takes for a voice."""
    at = np.arange(TURN * RATE) / RATE
    drift = 1 + 0.15 * np.sin(2 * np.pi * 0.7 * at)
    phase = 2 * np.pi * pitch * np.cumsum(drift) / RATE
    formants = np.array([(800, 1200), (300, 2300), (350, 800), (500, 1800)])[
        (at * 4).astype(int) % 4
    ]
    wave = np.zeros(len(at))
    for harmonic in range(1, int(3700 / pitch)):
        off = (harmonic * pitch * drift)[:, None] - formants
        wave += (1 / (1 + (off / 90) ** 2)).sum(axis=1) * np.sin(harmonic * phase)
    wave *= 0.55 + 0.45 * np.sin(8 * np.pi * at)
    return np.asarray(0.1 * wave / np.sqrt(np.mean(wave**2)), np.float32)


def _stream(seconds: int) -> None:
    """Listen to a stream; print processor time and the MiB by which memory grew."""
    list(stream(TURN))
    listen(stream(TURN), roles=ROLES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    call = listen(stream(seconds), roles=ROLES)
    spent = time.process_time() - begin
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if len(call.turns) < seconds // TURN:
        raise SystemExit(f"only {len(call.turns)} turns were heard")
    print(spent, (after - before) / 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["stream"]:
        _stream(int(sys.argv[2]))
    else:
        for figure in figures():
            print(f"{figure.what}: {figure.measured} ({figure.wanted})")
