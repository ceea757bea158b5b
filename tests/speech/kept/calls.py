"""Calls as they were heard, made by hand."""

from __future__ import annotations

from rexian.speech.domain.heard import HeardCall, HeardTurn, SoundFormat, Word
from rexian.standard.domain.events import Signal, SignalName, Speaker

_CHANNEL = {Speaker.AGENT: 0, Speaker.CUSTOMER: 1}


def call_of(*said: tuple[Speaker, str], start: float = 6.0, lasted: float = 20.0) -> HeardCall:
    """Return a call in which the sides say this, three or four seconds apart, each word half."""
    turns = []
    for index, (speaker, text) in enumerate(said):
        words = tuple(
            Word(one, start + 0.3 * number, start + 0.3 * (number + 1), 0.9)
            for number, one in enumerate(text)
        )
        end = start + 0.3 * len(text)
        channel = _CHANNEL.get(speaker, 0)
        turns.append(
            HeardTurn(
                index, speaker, channel, start, end, words, spoken=end - start, loudness=-20.0
            )
        )
        start += 3.0 if index < 2 else 4.0
    return HeardCall(
        format=SoundFormat("wav", "pcm_s16le", 8000, 2, lasted),
        roles=(Speaker.AGENT, Speaker.CUSTOMER),
        turns=tuple(turns),
        signals=(Signal(SignalName.RING, 0.0), Signal(SignalName.ANSWER, 5.0)),
        recogniser="by hand",
    )


CALL = call_of(
    (Speaker.AGENT, "您好华通高速"),
    (Speaker.CUSTOMER, "前面堵车吗"),
    (Speaker.AGENT, "不知道"),
    (Speaker.CUSTOMER, "再见"),
)
