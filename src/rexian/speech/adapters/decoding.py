"""Recordings in any usual form as blocks of samples, or the sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Self

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.adapters import decoding_signatures as signatures
from rexian.speech.adapters.decoding_claims import claim_of
from rexian.speech.domain.heard import SoundFormat
from rexian.speech.domain.unreadable_sound import Fault, Oddity, Remark, UnreadableSound
from rexian.speech.ports import RATE

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from rexian.speech.ports import Samples

_TOLERATED = 0.5  # seconds by which headers and decoders count an end differently


class SpeechIsNotInstalled(Invalid):
    """The libraries that read recordings are not installed."""

    code: ClassVar[str] = "speech-not-installed"

    def __init__(self) -> None:
        super().__init__(
            mark("Recordings are read by an extra that is not installed: pip install {extra}."),
            extra='"rexian[speech]"',
        )


class Sound:
    """An open recording, to be read once from its beginning; a context manager.

    ``format`` is what the file claims; its duration is 0 where it claims none. After the last
    block, ``decoded`` says what the sound really is and ``remarks`` what was odd about it.
    """

    def __init__(self, stream: BinaryIO, kept: ExitStack) -> None:
        from rexian.speech.adapters import decoding_frames as decoder  # noqa: PLC0415 - an extra

        head = _from_the_beginning(stream, signatures.HEAD)
        container = signatures.format_of(head)
        self._claim = claim_of(stream, container, head)
        stream.seek(0)
        opened = decoder.open_container(stream, container, whole=self._claim.goes_on)
        kept.callback(opened.close)
        self._open(opened, decoder.track_of(opened))
        self._kept = kept.pop_all()

    def _open(self, opened: InputContainer, track: AudioStream) -> None:
        from rexian.speech.adapters import decoding_frames as decoder  # noqa: PLC0415 - an extra

        self._frames = decoder.Frames(opened, track)
        frames = iter(self._frames)
        first = next(frames, None)
        if first is None:
            broken = self._frames.damaged or self._frames.broke_off
            raise UnreadableSound(Fault.BROKEN if broken else Fault.NO_SOUND)
        self._frames.settle(first)
        self._waiting: Iterator[AudioFrame] = chain((first,), frames)
        self._levelled = decoder.Levelled(self._frames.channels)
        self._promised = self._claim.promised_by(opened, track)
        self._tracks = len(opened.streams.audio)
        self.format = self._shaped(opened.format.name, track.codec_context.name)

    def _shaped(self, container: str, codec: str) -> SoundFormat:
        promised = self._promised or 0.0
        return SoundFormat(container, codec, self._frames.rate, self._frames.channels, promised)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()

    def blocks(self, seconds: float = 1.0) -> Iterator[Samples]:
        """Yield arrays (channels, samples) of ``seconds`` at ``RATE``, the last one shorter.

        Only one block is held at a time. Raises ``UnreadableSound`` where it shows on the way that
        nothing can be heard rightly.
        """
        import numpy as np  # noqa: PLC0415 - an extra

        size = max(1, round(seconds * RATE))
        waiting: list[Samples] = []
        held = 0
        for piece in self._pieces():
            waiting.append(piece)
            held += piece.shape[1]
            if held < size:
                continue
            joined = np.concatenate(waiting, axis=1)
            for start in range(0, held - size + 1, size):
                yield joined[:, start : start + size]
            held %= size
            waiting = [joined[:, joined.shape[1] - held :].copy()]
        if held:
            yield np.concatenate(waiting, axis=1)

    def _pieces(self) -> Iterator[Samples]:
        try:
            yield from self._levelled.pieces(self._waiting)
        except OSError as error:
            raise _cannot_open(error) from None

    @property
    def decoded(self) -> SoundFormat:
        """What the recording turned out to be, as far as its blocks have been read."""
        one = self.format
        duration = self._levelled.seconds
        return SoundFormat(one.container, one.codec, one.sample_rate, one.channels, duration)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was odd about it, once all blocks have been read."""
        return tuple(self._remarks())

    @property
    def is_cut(self) -> bool:
        """Tell whether the end of the call is missing, once all blocks have been read."""
        return any(remark.is_cut for remark in self._remarks())

    def _remarks(self) -> Iterator[Remark]:
        yield from self._of_its_length()
        if self._frames.damaged:
            yield Remark(Oddity.DAMAGED, {"pieces": self._frames.damaged})
        if self._levelled.holes:
            missing = round(self._levelled.missing, 1)
            yield Remark(Oddity.HOLES, {"holes": self._levelled.holes, "seconds": missing})
        if self._tracks > 1:
            yield Remark(Oddity.SEVERAL_TRACKS, {"tracks": self._tracks})

    def _of_its_length(self) -> Iterator[Remark]:
        seconds, promised = self._levelled.seconds, self._promised
        shown = {"seconds": round(seconds, 1), "promised": round(promised or 0.0, 1)}
        if promised is not None and (self._claim.is_cut or seconds < promised - _TOLERATED):
            yield Remark(Oddity.CUT_SHORT, shown)
        elif self._frames.broke_off or self._claim.is_unfinished:
            yield Remark(Oddity.UNFINISHED, {"seconds": shown["seconds"]})
        elif promised is not None and seconds > promised + _TOLERATED:
            yield Remark(Oddity.LONGER, shown)


def open_sound(source: Path | BinaryIO) -> Sound:
    """Open a recording: a path, or a stream that can seek.

    Raises ``UnreadableSound`` with the sentence that says what is wrong, and
    ``SpeechIsNotInstalled`` where the extra is missing.
    """
    with ExitStack() as kept:
        try:
            stream = kept.enter_context(_opened(source)) if isinstance(source, Path) else source
            sound = Sound(stream, kept)
        except ImportError:
            raise SpeechIsNotInstalled from None
        except OSError as error:
            raise _cannot_open(error) from None
    return sound


def _opened(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        raise UnreadableSound(Fault.NOT_A_FILE)
    return path.open("rb")


def _from_the_beginning(stream: BinaryIO, most: int) -> bytes:
    stream.seek(0)
    return stream.read(most)


def _cannot_open(error: OSError) -> UnreadableSound:
    if isinstance(error, FileNotFoundError):
        return UnreadableSound(Fault.NO_SUCH_FILE)
    return UnreadableSound(Fault.CANNOT_OPEN, problem=error.strerror or type(error).__name__)
