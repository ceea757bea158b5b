"""Hear a recording: decode, listen, read, and put it together as one heard call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rexian.speech.adapters.decoding import Sound, open_sound
from rexian.speech.domain.call_facts import roles_of
from rexian.speech.domain.heard import HeardCall, Listened, Word
from rexian.speech.domain.measures_words import with_words
from rexian.speech.domain.passages import Key, ReadPassage
from rexian.speech.ports import RATE, Recogniser
from rexian.standard.domain.events import Signal, Speaker

if TYPE_CHECKING:
    from rexian.speech.services.reading import Reader


def hear(
    source: Path | BinaryIO | Sound,
    *,
    roles: Sequence[Speaker],
    recogniser: Recogniser | None,
    hints: Sequence[str] = (),
    signals: Sequence[Signal] = (),
    known: Mapping[Key, Sequence[Word]] | None = None,
    on_passage: Callable[[ReadPassage], None] | None = None,
    progress: Callable[[float, float], None] | None = None,
) -> HeardCall:
    """Return all that is heard in a recording; without a ``recogniser`` its turns have no words.

    ``roles`` says who speaks on each channel; said of another number of channels, nobody is known.
    ``hints`` are names that are likely in it, ``signals`` what the telephone system knows of it.
    ``on_passage`` is told the words of each passage once they are read; the words of passages that
    are ``known`` already are not read again. ``progress`` is told how many seconds are done, and
    of how many (0 where the file does not say). Raises ``UnreadableSound``.
    """
    with ExitStack() as opened:
        sound = source if isinstance(source, Sound) else opened.enter_context(open_sound(source))
        told = progress or _nobody
        listened = _listened(sound, roles, told, _reading(recogniser, hints, known, on_passage))
    judged = with_words(listened, listened.turns, signals=signals)
    return HeardCall(
        replace(sound.decoded, is_cut=sound.is_cut),
        judged.roles,
        judged.turns,
        judged.stretches,
        judged.interruptions,
        judged.silences,
        judged.signals,
        recogniser.name if recogniser else "",
        judged.peaks,
    )


def _nobody(_done: float, _total: float) -> None:
    """Tell nobody."""


def _reading(
    recogniser: Recogniser | None,
    hints: Sequence[str],
    known: Mapping[Key, Sequence[Word]] | None,
    on_passage: Callable[[ReadPassage], None] | None,
) -> Reader | None:
    """Return what reads the speech, if anybody does."""
    if recogniser is None:
        return None
    from rexian.speech.services.reading import Reader  # noqa: PLC0415 - needs an extra

    return Reader(recogniser, hints=hints, known=known, on_passage=on_passage)


def _listened(
    sound: Sound,
    roles: Sequence[Speaker],
    progress: Callable[[float, float], None],
    reader: Reader | None,
) -> Listened:
    """Listen to all of a recording, its speech being read as it comes; return it with words."""
    from rexian.speech.services.listening import LONGEST, Listener  # noqa: PLC0415 - an extra

    total = sound.format.duration
    longest = reader.longest if reader else LONGEST
    listener = Listener(roles_of(roles, sound.format.channels), longest=longest)
    done = 0
    for block in sound.blocks():
        for spoken in listener.hear(block):
            if reader:
                reader.take(spoken)
        done += block.shape[1]
        progress(done / RATE, max(total, done / RATE) if total else 0.0)
    for spoken in listener.finish():
        if reader:
            reader.take(spoken)
    listened = listener.listened
    if reader is None:
        return listened
    reader.finish()
    return replace(listened, turns=tuple(reader.laid_on(listened.turns)))
