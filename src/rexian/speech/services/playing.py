"""Make a small form of a recording that every browser plays."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.playing import Mask, Playable


def playable(
    source: Path | BinaryIO,
    *,
    start: float = 0.0,
    end: float | None = None,
    masks: Sequence[Mask] = (),
    tone: bool = False,
) -> Playable:
    """Return a recording, or what lies from ``start`` to ``end`` of it, in its playable form.

    About 22 MB an hour in stereo, all in memory; for more there is ``write_playable``. Raises
    ``UnreadableSound``.
    """
    target = BytesIO()
    write_playable(source, target, start=start, end=end, masks=masks, tone=tone)
    return Playable(target.getvalue())


def write_playable(
    source: Path | BinaryIO,
    target: BinaryIO,
    *,
    start: float = 0.0,
    end: float | None = None,
    masks: Sequence[Mask] = (),
    tone: bool = False,
) -> None:
    """Write a recording, or a piece of it, to ``target`` as an MP3, however long it is.

    Channels stay where they are. Where ``masks`` lie there is silence, or a tone, before anything
    is encoded: nothing of what is masked is left in the file. Raises ``UnreadableSound``.
    """
    with open_sound(source) as sound:
        from rexian.speech.adapters import playing_encoder as encoder  # noqa: PLC0415 - an extra

        blocks = encoder.masked(sound.blocks(), masks, tone=tone)
        cut = encoder.cut_out(blocks, max(0.0, start), end)
        encoder.encode(cut, sound.format.channels, target)
