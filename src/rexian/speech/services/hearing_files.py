"""Hear a recording that lies in a file, by an engine that is named: no server, no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.unreadable_sound import Remark, UnreadableSound
from rexian.speech.services.engines import recogniser_of
from rexian.speech.services.hearing import hear
from rexian.standard.domain.events import Signal, Speaker


def engine_named(engine: str, *, threads: int = 1) -> str:
    """Load an engine, once for the process, and return its name; "" is none, and reads nothing.

    Raises ``Invalid`` where it cannot be had.
    """
    return recogniser_of(engine, threads=threads).name if engine else ""


def hear_file(
    path: Path,
    *,
    roles: Sequence[Speaker],
    engine: str,
    threads: int = 1,
    signals: Sequence[Signal] = (),
    progress: Callable[[float, float], None] | None = None,
) -> tuple[HeardCall, tuple[Remark, ...]]:
    """Return all that is heard in a recording, and what was odd about it.

    Raises ``UnreadableSound``, and ``OSError`` where the file cannot be opened.
    """
    recogniser = recogniser_of(engine, threads=threads) if engine else None
    with open_sound(path) as sound:
        call = hear(sound, roles=roles, recogniser=recogniser, signals=signals, progress=progress)
        return call, tuple(sound.remarks)


def claimed_length(path: Path) -> float:
    """Return how many seconds a recording claims to last, 0 where it does not say."""
    try:
        with open_sound(path) as sound:
            return sound.format.duration
    except (UnreadableSound, OSError):
        return 0.0
