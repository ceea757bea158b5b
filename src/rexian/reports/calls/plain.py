"""A heard call as plain values, for programs that read a report."""

from __future__ import annotations

from typing import Any

from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.measures import SideMeasures, measures_of
from rexian.speech.domain.rates import turn_rate
from rexian.standard.domain.events import Turn


def plain_call(call: InspectedCall) -> dict[str, Any]:
    """Return what was heard: the sound, the engine, turns with their times, and measures."""
    heard = call.heard
    measures = measures_of(heard, call.conversation)
    return {
        "recording": call.path.name,
        "duration": round(heard.format.duration, 2),
        "codec": heard.format.codec,
        "sample_rate": heard.format.sample_rate,
        "channels": list(heard.roles),
        "recogniser": heard.recogniser or None,
        "turns": _turns(call),
        "silences": [
            {"start": one.start, "end": one.end, "awaited": one.awaited, "held": one.held}
            for one in heard.silences
        ],
        "interruptions": [
            {"by": one.by, "turn": one.turn, "start": one.start, "end": one.end}
            for one in heard.interruptions
        ],
        "sides": [_side(one) for one in measures.sides],
    }


def _turns(call: InspectedCall) -> list[dict[str, Any]]:
    heard = {turn.index: turn for turn in call.heard.turns}
    made = []
    for turn in call.conversation.turns:
        plain = _turn(turn)
        found = heard.get(turn.index)
        if found is not None:
            plain["characters_a_minute"] = _rounded(turn_rate(found), 1)
        made.append(plain)
    return made


def _turn(turn: Turn) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "speaker": turn.speaker,
        "text": turn.text,
        "start": turn.start,
        "end": turn.end,
    }
    if turn.voice is not None:
        plain["doubtful"] = [turn.text[begin:end] for begin, end in turn.voice.doubtful]
        plain["loudness"] = _rounded(turn.voice.loudness, 1)
        plain["backchannel"] = turn.voice.backchannel
    return plain


def _side(side: SideMeasures) -> dict[str, Any]:
    return {
        "speaker": side.speaker,
        "speech": round(side.speech, 2),
        "share": _rounded(side.share, 3),
        "characters_a_minute": _rounded(side.rate, 1),
        "articulation": _rounded(side.articulation, 1),
        "loudness": _rounded(side.loudness, 1),
        "interruptions": side.interruptions,
        "backchannels": side.backchannels,
        "doubtful": _rounded(side.doubtful, 3),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
