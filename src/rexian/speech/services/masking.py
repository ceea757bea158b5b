"""What a player is given of an opened recording: as it came in, or without its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.speech import models
from rexian.speech.domain.keeping import restored
from rexian.speech.domain.masking import masks_of
from rexian.speech.domain.playing import KIND, Mask
from rexian.speech.services.opening import Listened
from rexian.speech.services.playing import playable
from rexian.speech.services.vault import sound_of

_MEDIA = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
}
_PLAIN_WAVE = frozenset({"pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le"})
_MADE = 4
"""So many playable forms are kept in the memory of a process: a player asks for pieces of one."""


class NotReadYet(Refused):
    """Numbers are masked where they are read, and nobody has read this recording yet (403)."""

    code = "recording-not-read"


@dataclass(frozen=True, slots=True)
class Played:
    """The bytes that a player is given, of which it may ask for any piece."""

    media_type: str
    size: int
    source: Listened | bytes

    def pieces(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from ``start`` to before ``stop``."""
        if isinstance(self.source, bytes):
            yield self.source[start : self.size if stop is None else stop]
        else:
            yield from self.source.pieces(start, stop)


def as_sent(listened: Listened) -> Played:
    """Return a recording as it came in, masked where its leave is for no more."""
    if listened.masked:
        return _masked(listened.recording)
    ending = PurePath(listened.name).suffix.lower()
    media_type = _MEDIA.get(ending, "application/octet-stream")
    return Played(media_type, listened.size, listened)


def as_played(listened: Listened) -> Played:
    """Return a recording in a form that every browser plays; as it came in, where that is one."""
    sent = as_sent(listened)
    if listened.masked or _is_plain(listened):
        return sent
    content = _made(listened.recording, "")
    return Played(KIND, len(content), content)


def _masked(recording_id: int) -> Played:
    heard = models.Heard.objects.filter(pk=recording_id).exclude(recogniser="").first()
    if heard is None:
        raise NotReadYet(
            mark("This recording was not read yet: nobody knows where numbers are said in it."),
            recording=recording_id,
        )
    content = _made(recording_id, heard.heard_at.isoformat())
    return Played(KIND, len(content), content)


def _is_plain(listened: Listened) -> bool:
    """Tell whether browsers play a recording as it is: MP3, and WAV of plain samples."""
    known = models.Recording.objects.filter(pk=listened.recording).values_list("format", flat=True)
    found = known.first() or {}
    container, codec = found.get("container", ""), found.get("codec", "")
    return codec == "mp3" or ("wav" in container and codec in _PLAIN_WAVE)


@lru_cache(maxsize=_MADE)
def _made(recording_id: int, masked_by: str) -> bytes:
    """Return the playable form; ``masked_by`` is the hearing by which it is masked, if it is."""
    masks: tuple[Mask, ...] = ()
    if masked_by:
        masks = masks_of(restored(bytes(models.Heard.objects.get(pk=recording_id).content)))
    with sound_of(recording_id) as sound:
        return playable(sound, masks=masks).content
