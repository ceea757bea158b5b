"""What a call measures: how much, how fast and how loud each side speaks, and who waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from rexian.dialogue.domain.conversations import Conversation
from rexian.speech.domain.heard import HeardCall, HeardTurn
from rexian.speech.domain.rates import articulation_rate, speaking_rate
from rexian.standard.domain.events import Speaker


@dataclass(frozen=True, slots=True)
class SideMeasures:
    """One side of a call.

    ``speech`` is seconds of speech; ``share`` its part of all speech; ``rate`` characters a minute
    over whole turns and ``articulation`` over speech alone, both without short signs of listening,
    ``None`` where too little was read; ``loudness`` in dB against full scale.
    """

    speaker: Speaker
    turns: int
    speech: float
    share: float | None
    rate: float | None
    articulation: float | None
    loudness: float | None
    interruptions: int
    backchannels: int
    doubtful: float | None


@dataclass(frozen=True, slots=True)
class CallMeasures:
    """A call as a whole: its sides, and the time in which nobody spoke."""

    duration: float
    sides: tuple[SideMeasures, ...]
    silences: int
    longest_silence: float
    held: float
    overlap: float


def measures_of(heard: HeardCall, conversation: Conversation) -> CallMeasures:
    """Return the measures of a call, as it was heard and as it was judged."""
    speakers = dict.fromkeys(heard.roles)
    speech = {one: _speech([t for t in heard.turns if t.speaker is one]) for one in speakers}
    whole = sum(speech.values())
    quiet = [one.end - one.start for one in heard.silences if not one.held]
    return CallMeasures(
        duration=heard.format.duration,
        sides=tuple(
            _side(heard, one, speech[one] / whole if whole else None, conversation)
            for one in speakers
        ),
        silences=len(quiet),
        longest_silence=max(quiet, default=0.0),
        held=sum(one.end - one.start for one in heard.silences if one.held),
        overlap=sum(one.end - one.start for one in heard.interruptions),
    )


def _side(
    heard: HeardCall, speaker: Speaker, share: float | None, conversation: Conversation
) -> SideMeasures:
    turns = [turn for turn in heard.turns if turn.speaker is speaker]
    return SideMeasures(
        speaker=speaker,
        turns=sum(not turn.backchannel for turn in turns),
        speech=_speech(turns),
        share=share,
        rate=speaking_rate(turns, by=speaker),
        articulation=articulation_rate(turns, by=speaker),
        loudness=_mean_loudness(turns),
        interruptions=sum(one.by is speaker for one in heard.interruptions),
        backchannels=sum(turn.backchannel for turn in turns),
        doubtful=_doubtful_share(conversation, speaker),
    )


def _doubtful_share(conversation: Conversation, speaker: Speaker) -> float | None:
    """Return which part of the characters of a side recognition was not sure of."""
    turns = [turn for turn in conversation.turns if turn.speaker is speaker and turn.voice]
    written = sum(len(turn.text) for turn in turns)
    spans = [span for turn in turns if turn.voice for span in turn.voice.doubtful]
    return sum(end - begin for begin, end in spans) / written if written else None


def _speech(turns: Sequence[HeardTurn]) -> float:
    return sum(turn.spoken or turn.end - turn.start for turn in turns)


def _mean_loudness(turns: Sequence[HeardTurn]) -> float | None:
    """Return the mean over the energy of all speech, not over its decibels."""
    known = [
        (one.loudness, one.spoken or one.end - one.start)
        for one in turns
        if one.loudness is not None
    ]
    weight = sum(seconds for _, seconds in known)
    if not weight:
        return None
    return 10 * log10(sum(10 ** (level / 10) * seconds for level, seconds in known) / weight)
