"""A heard call as bytes and back, exactly: what is kept beside its recording."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.domain.heard import (
    HeardCall,
    HeardTurn,
    Interruption,
    Kind,
    Silence,
    SoundFormat,
    Stretch,
    Word,
)
from rexian.standard.domain.events import Signal, SignalName, Speaker

VERSION = 1
"""Raised when the shape of what is kept changes; older shapes stay readable."""

_LARGEST = 512 * 1024 * 1024
"""Bytes that a kept call may unfold to: more than a day of talk."""

Json = Any
"""What JSON is read as: lists, texts and numbers, checked where they are used."""


class UnreadableHeardCall(Invalid):
    """Bytes that are no heard call, or one of a newer version."""

    code = "unreadable-heard-call"


def kept(call: HeardCall) -> bytes:
    """Return a heard call as bytes: compressed JSON with the version of its shape."""
    shape = {
        "version": VERSION,
        "format": [getattr(call.format, name) for name in SoundFormat.__slots__],
        "roles": call.roles,
        "turns": [_turn(turn) for turn in call.turns],
        "stretches": [[one.kind, one.channel, one.start, one.end] for one in call.stretches],
        "interruptions": [
            [one.by, one.turn, one.interrupted, one.start, one.end] for one in call.interruptions
        ],
        "silences": [[one.start, one.end, one.awaited, one.held] for one in call.silences],
        "signals": [[one.name, one.at, one.by] for one in call.signals],
        "recogniser": call.recogniser,
        "peaks": [b64encode(peaks).decode() for peaks in call.peaks],
    }
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level=6)


def restored(data: bytes) -> HeardCall:
    """Return the call that was kept. Raises ``UnreadableHeardCall``."""
    try:
        shape = json.loads(_unfolded(data).decode("utf-8", "surrogatepass"))
        if shape["version"] > VERSION:
            raise UnreadableHeardCall(
                mark("This heard call was kept by a newer version: {version}."),
                version=shape["version"],
            )
        return _call(shape)
    except (zlib.error, ValueError, TypeError, LookupError) as wrong:
        raise UnreadableHeardCall(mark("This is not a heard call as it was kept.")) from wrong


def _unfolded(data: bytes) -> bytes:
    """Decompress, but no more than a call can be."""
    unfolding = zlib.decompressobj()
    text = unfolding.decompress(data, _LARGEST)
    if not unfolding.eof:
        raise ValueError("more than a call can be, or cut short")
    return text


def _turn(turn: HeardTurn) -> Json:
    """Return a turn as a list."""
    words = [[word.text, word.start, word.end, word.confidence] for word in turn.words]
    return [
        turn.index,
        turn.speaker,
        turn.channel,
        turn.start,
        turn.end,
        words,
        turn.spoken,
        turn.loudness,
        turn.backchannel,
    ]


def _call(shape: Json) -> HeardCall:
    """Return the call that a shape describes."""
    return HeardCall(
        SoundFormat(*shape["format"]),
        tuple(map(Speaker, shape["roles"])),
        tuple(map(_restored_turn, shape["turns"])),
        tuple(Stretch(Kind(kind), *rest) for kind, *rest in shape["stretches"]),
        tuple(Interruption(Speaker(by), *rest) for by, *rest in shape["interruptions"]),
        tuple(
            Silence(start, end, Speaker(who), held) for start, end, who, held in shape["silences"]
        ),
        tuple(Signal(SignalName(name), at, Speaker(by)) for name, at, by in shape["signals"]),
        shape["recogniser"],
        tuple(b64decode(peaks, validate=True) for peaks in shape["peaks"]),
    )


def _restored_turn(values: Json) -> HeardTurn:
    """Return the turn that a list describes."""
    index, speaker, channel, start, end, words, *rest = values
    return HeardTurn(
        index,
        Speaker(speaker),
        channel,
        start,
        end,
        tuple(Word(*word) for word in words),
        *rest,
    )
