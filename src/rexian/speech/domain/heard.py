"""A call as it was heard: timed turns of words, and whatever else sounded on its channels.

Times are seconds from the beginning of the recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rexian.standard.domain.events import Signal, Speaker

RATE = 16_000
"""Samples a second at which sound is heard and read, whatever the recording has."""

PEAKS_A_SECOND = 20
"""How many values of its wave a channel keeps for each second, to be drawn."""


class Kind(StrEnum):
    """What a stretch of sound is, where it is more than line noise."""

    SPEECH = "speech"
    RING_BACK = "ring_back"
    MUSIC = "music"
    TONE = "tone"
    """Dial, busy and howler tones, keys, beeps: made by machines, and no ring-back."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of one channel that sounds alike from ``start`` to ``end``."""

    kind: Kind
    channel: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word or character as recognition read it, with its ``confidence`` from 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """One utterance of one side.

    ``words`` are empty where nothing was read; punctuation belongs to the word before it.
    ``spoken`` is the seconds of speech in it, pauses taken out; ``loudness`` is that of its speech
    in dB against full scale. A ``backchannel`` is a short sign of listening (嗯, 是的) laid over
    the other side's speech.
    """

    index: int
    speaker: Speaker
    channel: int
    start: float
    end: float
    words: tuple[Word, ...] = ()
    spoken: float = 0.0
    loudness: float | None = None
    backchannel: bool = False

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Interruption:
    """One side begins to speak while the other has not finished, and is no backchannel.

    ``turn`` interrupts ``interrupted`` (indices); both are heard from ``start`` to ``end``.
    """

    by: Speaker
    turn: int
    interrupted: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody speaks, for longer than people do between turns.

    ``awaited`` is whose turn it was; ``held`` tells that a hold or its music explains it.
    """

    start: float
    end: float
    awaited: Speaker
    held: bool = False


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What a recording is: ``container`` and ``codec`` by the names that FFmpeg has for them.

    ``sample_rate`` in Hz; ``duration`` in seconds as decoded, not as the file claims. ``is_cut``
    tells that the end of the recording is missing.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    duration: float
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Listened:
    """What sound alone tells of a recording of ``duration`` seconds, before any word is read.

    Its fields are those of ``HeardCall``; no turn has words yet.
    """

    roles: tuple[Speaker, ...]
    duration: float
    turns: tuple[HeardTurn, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    silences: tuple[Silence, ...] = ()
    signals: tuple[Signal, ...] = ()
    peaks: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardCall:
    """All that was heard of one recording.

    ``roles`` says who speaks on each channel. ``signals`` are those that sound tells of: rings and
    the answer. ``recogniser`` names the engine and model that read the words, "" where none did.
    ``peaks`` is, for each channel, one byte (0 to 255, linear to full scale) for each
    1/``PEAKS_A_SECOND`` s.
    """

    format: SoundFormat
    roles: tuple[Speaker, ...]
    turns: tuple[HeardTurn, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    silences: tuple[Silence, ...] = ()
    signals: tuple[Signal, ...] = ()
    recogniser: str = ""
    peaks: tuple[bytes, ...] = ()

    @property
    def says_something(self) -> bool:
        """Tell whether anybody speaks at all: a line that only hums has nothing to inspect."""
        return bool(self.turns)
