"""What turns tell of each other: who broke in on whom, and who left whom waiting.

From times alone; ``measures_words`` says what words add.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log10

from rexian.speech.domain.heard import (
    HeardTurn,
    Interruption,
    Kind,
    Listened,
    Silence,
    Stretch,
)
from rexian.standard.domain.events import Signal, SignalName, Speaker

OVERLAP = 0.5
"""Seconds that both speak for in an interruption: below, people only foresee the end."""

BEGUN = 0.5
"""Seconds that a turn has gone on for when it is interrupted; else both began at once."""

SILENCE = 2.0
"""Seconds without speech that are told as a silence: several times the pause between turns."""


def interruptions_of(turns: Sequence[HeardTurn]) -> tuple[Interruption, ...]:
    """Return who begins while the other side has not finished; turns are in order of start."""
    found = []
    running: list[HeardTurn] = []
    for turn in turns:
        running = [other for other in running if other.end > turn.start]
        if not turn.backchannel:
            found += [_interruption(turn, other) for other in running if _breaks_in(turn, other)]
            running.append(turn)
    return tuple(found)


def _breaks_in(turn: HeardTurn, other: HeardTurn) -> bool:
    """Tell whether a turn breaks in on one that began before it."""
    together = min(turn.end, other.end) - turn.start
    return (
        other.channel != turn.channel and together >= OVERLAP and turn.start - other.start >= BEGUN
    )


def _interruption(turn: HeardTurn, other: HeardTurn) -> Interruption:
    """Say that a turn breaks in on another."""
    end = min(turn.end, other.end)
    return Interruption(turn.speaker, turn.index, other.index, turn.start, end)


def silences_among(listened: Listened, turns: Sequence[HeardTurn]) -> tuple[Silence, ...]:
    """Return where nobody speaks, from the answer (as far as rings tell of it) to the end.

    A line on which nobody ever speaks has no silences: nobody is awaited there.
    """
    answers = [one.at for one in listened.signals if one.name is SignalName.ANSWER]
    quiet_from, last = (answers[0] or 0.0) if answers else 0.0, None
    found = []
    for turn in turns:
        if turn.start - quiet_from >= SILENCE:
            found.append(Silence(quiet_from, turn.start, _awaited(last, turn, listened.roles)))
        if turn.end > quiet_from:
            quiet_from, last = turn.end, turn
    if turns and listened.duration - quiet_from >= SILENCE:
        found.append(Silence(quiet_from, round(listened.duration, 2), Speaker.UNKNOWN))
    return tuple(found)


def _awaited(last: HeardTurn | None, turn: HeardTurn, roles: Sequence[Speaker]) -> Speaker:
    """Return who was awaited: whoever then speaks, if the other side spoke before.

    Where the same side speaks before and after, times do not tell: it may have asked, or thought.
    """
    if last is None or len(roles) < 2 or last.speaker == turn.speaker:
        return Speaker.UNKNOWN
    return turn.speaker


def explained(
    silences: Iterable[Silence],
    *,
    signals: Iterable[Signal] = (),
    stretches: Iterable[Stretch] = (),
) -> tuple[Silence, ...]:
    """Return silences with those marked as held that a hold or its music covers for the most."""
    holds = _holds(signals) + [(one.start, one.end) for one in stretches if one.kind is Kind.MUSIC]
    return tuple(
        replace(one, held=True) if 2 * _covered(one, holds) >= one.end - one.start else one
        for one in silences
    )


def _holds(signals: Iterable[Signal]) -> list[tuple[float, float]]:
    """Return from when to when a call is held or mute, where signals tell."""
    begun: float | None = None
    holds = []
    for signal in signals:
        if signal.name in {SignalName.HOLD_ON, SignalName.MUTE}:
            begun = signal.at if begun is None else begun
        elif signal.name in {SignalName.HOLD_OFF, SignalName.UNMUTE, SignalName.HANG_UP}:
            if begun is not None and signal.at is not None:
                holds.append((begun, signal.at))
            begun = None
    return holds


def _covered(silence: Silence, holds: Sequence[tuple[float, float]]) -> float:
    """Return how many seconds of a silence lie in holds."""
    spans = ((max(silence.start, start), min(silence.end, end)) for start, end in sorted(holds))
    reached, covered = silence.start, 0.0
    for start, end in spans:
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def loudness_of(turns: Iterable[HeardTurn], *, by: Speaker) -> float | None:
    """Return how loud one side speaks in dB, over all its speech by its power."""
    known = [
        (turn.loudness, turn.spoken)
        for turn in turns
        if turn.speaker is by and turn.loudness is not None and turn.spoken > 0
    ]
    seconds = sum(spoken for _, spoken in known)
    if not seconds:
        return None
    return 10.0 * log10(sum(10.0 ** (level / 10.0) * spoken for level, spoken in known) / seconds)


def loudness_against(turns: Sequence[HeardTurn], *, by: Speaker) -> float | None:
    """Return by how many dB one side is louder than the other; None where only one speaks."""
    other = Speaker.CUSTOMER if by is Speaker.AGENT else Speaker.AGENT
    own, theirs = loudness_of(turns, by=by), loudness_of(turns, by=other)
    return None if own is None or theirs is None else own - theirs


def loudness_drift(turns: Iterable[HeardTurn], *, by: Speaker) -> float | None:
    """Return by how many dB one side's last turn is louder than its first; None for one turn.

    A turn under a second does not count: a greeting is called, a farewell is swallowed.
    """
    levels = [
        turn.loudness
        for turn in turns
        if turn.speaker is by and turn.loudness is not None and turn.spoken >= 1.0
    ]
    return levels[-1] - levels[0] if len(levels) > 1 else None
