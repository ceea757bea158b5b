"""A call made by hand: a greeting, a story that is broken into, a silence, an end."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.calls.inspected import InspectedCall, with_sound
from rexian.speech.domain.heard import (
    PEAKS_A_SECOND,
    HeardCall,
    HeardTurn,
    Interruption,
    Kind,
    Silence,
    SoundFormat,
    Stretch,
    Word,
)
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn, Voice
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

LENGTH = 40.0
RATE = 8000


def words(text: str, start: float, end: float, unsure: str = "") -> tuple[Word, ...]:
    """Return a word a character, spread evenly; those in ``unsure`` are doubtful."""
    each = (end - start) / len(text)
    return tuple(
        Word(one, start + place * each, start + (place + 1) * each, 0.3 if one in unsure else 0.9)
        for place, one in enumerate(text)
    )


def turn(index: int, speaker: Speaker, text: str, start: float, end: float) -> HeardTurn:
    """Return a turn on the channel of its speaker."""
    channel = 0 if speaker is Speaker.AGENT else 1
    said = words(text, start, end, unsure="牌")
    return HeardTurn(index, speaker, channel, start, end, said, (end - start) * 0.9, -20.0)


TURNS = (
    turn(0, Speaker.AGENT, "您好请问有什么可以帮您", 6.0, 9.0),
    turn(1, Speaker.CUSTOMER, "我的车牌照片不对说了三次了", 9.5, 15.0),
    turn(2, Speaker.AGENT, "不知道不归我管", 14.0, 16.0),
    turn(3, Speaker.CUSTOMER, "好吧再见", 28.5, 31.5),
)


def _peaks(turns: tuple[HeardTurn, ...], channel: int, length: float) -> Iterator[int]:
    spans = [(one.start, one.end) for one in turns if one.channel == channel]
    for place in range(int(length * PEAKS_A_SECOND)):
        at = place / PEAKS_A_SECOND
        yield 120 if any(start <= at < end for start, end in spans) else 1


def heard(length: float = LENGTH, turns: tuple[HeardTurn, ...] = TURNS) -> HeardCall:
    """Return the call as it was heard: two rings, an interruption, a silence of 12 s."""
    peaks = tuple(bytes(_peaks(turns, channel, length)) for channel in (0, 1))
    return HeardCall(
        SoundFormat("wav", "pcm_s16le", RATE, 2, length),
        (Speaker.AGENT, Speaker.CUSTOMER),
        turns,
        (Stretch(Kind.RING_BACK, 0, 0.0, 1.0), Stretch(Kind.RING_BACK, 0, 5.0, 6.0)),
        (Interruption(Speaker.AGENT, 2, 1, 14.0, 15.0),) if turns else (),
        (Silence(16.0, 28.5, Speaker.AGENT),) if turns else (),
        (Signal(SignalName.RING, 0.0), Signal(SignalName.RING, 5.0)),
        "whisper base" if turns else "",
        peaks,
    )


def conversation(call: HeardCall, id_: str = "A-CALL") -> Conversation:
    """Return the conversation that was heard, 牌 being doubtful."""
    made = []
    for one in call.turns:
        at = one.text.find("牌")
        voice = Voice(((at, at + 1),) if at >= 0 else (), one.spoken, one.loudness)
        made.append(Turn(one.index, one.speaker, one.text, one.start, one.end, voice))
    signals = (*call.signals, Signal(SignalName.HANG_UP, 39.0, Speaker.CUSTOMER))
    return Conversation(id_, tuple(made), signals, Facts("phone", "in"), source=f"{id_}.wav")


def verdict(
    clause: str, outcome: Outcome, on: int | None = None, quote: str = "", at: float | None = None
) -> Verdict:
    """Return a verdict on a turn, or on the call as a whole."""
    turns = () if on is None else (on,)
    return Verdict(clause, clause, outcome, turns, quote, at, (("en", f"because {clause}"),))


VERDICTS = (
    verdict("HW-3.14", Outcome.MET, 0, "您好", 6.0),
    verdict("HW-3.12", Outcome.MISSED, 2, "不知道", 14.0),
    verdict("HW-3.13", Outcome.SUSPECT, 2, "不归我管", 14.9),
    verdict("HW-3.6", Outcome.MISSED, None, "", 20.0),
    verdict("HW-3.9", Outcome.UNDECIDED),
)


def inspected_call(
    path: Path, id_: str = "A-CALL", length: float = LENGTH, turns: tuple[HeardTurn, ...] = TURNS
) -> InspectedCall:
    """Return the call with its verdicts; ``path`` is where its recording lies."""
    call = heard(length, turns)
    judged = Inspection("highway", "1.0.0", "0123456789abcdef", 40.0, VERDICTS if turns else ())
    return with_sound(InspectedConversation(conversation(call, id_), judged), call, path)


def tone(length: float = LENGTH) -> bytes:
    """Return a recording: a quiet tone on the left channel, a higher one on the right."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        turn_of = [2 * math.pi * n / RATE for n in range(RATE)]
        second = b"".join(
            struct.pack("<hh", *(int(3000 * math.sin(hertz * at)) for hertz in (220, 440)))
            for at in turn_of
        )
        file.writeframes(second * int(length))
    return target.getvalue()
