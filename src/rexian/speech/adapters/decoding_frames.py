"""Frames of sound as FFmpeg decodes them, made into samples of one rate, hole by hole.

Imports PyAV and numpy, so whoever needs it imports it when there is something to decode.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Never

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from rexian.speech.domain.unreadable_sound import Fault, UnreadableSound
from rexian.speech.ports import RATE

Samples = NDArray[np.float32]

LEAST_RATE, MOST_RATE = 8_000, 192_000
LONGEST = 24 * 3600
"""Seconds after which a recording is taken for one that never ends."""

_LONGEST_HOLE = 600
_TOLERATED = 0.1  # writers date their packets by a clock that is not the one of the sound
_BUFFER = 1 << 18
_DECODERS = """
    pcm_u8 pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_s32be
    pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_alaw pcm_mulaw
    mp3 mp3float opus libopus vorbis aac alac flac gsm_ms adpcm_ms adpcm_ima_wav
"""
_CODECS = frozenset(_DECODERS.split())


def open_container(stream: BinaryIO, container: str, *, whole: bool) -> InputContainer:
    """Open ``stream`` as what it is known to be; ``whole`` reads a WAV file to its very end.

    Nothing else is opened for it, whatever it points at. Raises ``UnreadableSound``.
    """
    options = {
        "format_whitelist": container,
        "codec_whitelist": ",".join(sorted(_CODECS)),
        "protocol_whitelist": "none",
        "max_streams": "100",
    }
    if whole:
        options["ignore_length"] = "1"
    try:
        return av.open(
            stream,
            mode="r",
            format=container,
            options=options,
            metadata_errors="replace",
            buffer_size=_BUFFER,
            io_open=_open_nothing,
        )
    except (FFmpegError, ValueError):
        raise UnreadableSound(Fault.BROKEN) from None


def track_of(container: InputContainer) -> AudioStream:
    """Return the track of sound that is to be heard; raises ``UnreadableSound``."""
    tracks = container.streams.audio
    if not tracks:
        raise UnreadableSound(Fault.ONLY_PICTURES if container.streams.video else Fault.NO_SOUND)
    track = tracks[0]
    codec = getattr(track.codec_context, "name", None)
    if codec is None or codec not in _CODECS:
        raise UnreadableSound(Fault.OTHER_CODEC, codec=codec or "?")
    return track


class Frames:
    """The decoded frames of a track in their order, and what was met on the way.

    ``damaged`` counts packets that hold nothing decodable; ``broke_off`` tells that the container
    could not be read to its end, or that its last packet was one of these. What ends an MP3 may be
    a tag of any kind.
    """

    def __init__(self, container: InputContainer, track: AudioStream) -> None:
        self._container, self._track = container, track
        self.damaged = 0
        self.broke_off = False
        self.channels = 0
        self.rate = 0

    def __iter__(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._track)
        while True:
            try:
                packet = next(packets, None)
            except FFmpegError:
                self.broke_off = True
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except FFmpegError:
                self.damaged += 1
                self.broke_off = self._container.format.name != "mp3"
                continue
            self.broke_off = self.broke_off and not frames
            for frame in frames:
                if frame.samples:
                    yield frame

    def settle(self, first: AudioFrame) -> None:
        """Take over how many channels and samples a second there are; raises where none can be."""
        self.channels, self.rate = len(first.layout.channels), first.sample_rate
        check_shape(self.channels, self.rate)


def check_shape(channels: int, rate: int) -> None:
    """Raise ``UnreadableSound`` where nobody can be told apart or nothing can be heard."""
    if channels < 1:
        raise UnreadableSound(Fault.NO_CHANNELS)
    if channels > 2:
        raise UnreadableSound(Fault.TOO_MANY_CHANNELS, channels=channels)
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise UnreadableSound(Fault.ABSURD_RATE, rate=rate, least=LEAST_RATE, most=MOST_RATE)


class Levelled:
    """Frames as samples at ``RATE``, holes in their times filled with silence.

    ``seconds`` is how much of the recording has been yielded; ``holes`` and ``missing`` count what
    was filled, in pieces and seconds.
    """

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._resampler: AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None
        self._origin: float | None = None
        self.seconds = 0.0
        self.holes = 0
        self.missing = 0.0

    def pieces(self, frames: Iterator[AudioFrame]) -> Iterator[Samples]:
        """Yield the samples of ``frames``, of any length; raises ``UnreadableSound``."""
        for frame in frames:
            yield from self._filled(frame.time)
            yield from self._resampled(frame)
            if self.seconds > LONGEST:
                raise UnreadableSound(Fault.ENDLESS, hours=LONGEST // 3600)
        yield from self._flushed()

    def _filled(self, at: float | None) -> Iterator[Samples]:
        """Yield silence where the frame ``at`` comes later than the one before it ended."""
        if at is None:
            return
        if self._origin is None:
            self._origin = at
        missing = at - self._origin - self.seconds
        if missing < _TOLERATED:
            return
        if missing > _LONGEST_HOLE:
            minutes = _LONGEST_HOLE // 60
            raise UnreadableSound(Fault.JUMPING_TIMES, seconds=round(self.seconds, 1), most=minutes)
        yield from self._flushed()
        for _ in range(round(missing)):
            yield np.zeros((self._channels, RATE), np.float32)
        rest = round((missing - round(missing)) * RATE)
        if rest > 0:
            yield np.zeros((self._channels, rest), np.float32)
        self.holes, self.missing = self.holes + 1, self.missing + missing
        self.seconds += missing

    def _resampled(self, frame: AudioFrame) -> Iterator[Samples]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            yield from self._flushed()
            self._change_to(frame)
            self._shape = shape
        if self._resampler is None:
            self._resampler = AudioResampler(format="fltp", rate=RATE)
        self.seconds += frame.samples / frame.sample_rate
        frame.pts = None
        for one in self._resampler.resample(frame):
            yield _clean(one)

    def _change_to(self, frame: AudioFrame) -> None:
        channels = len(frame.layout.channels)
        if channels != self._channels:
            raise UnreadableSound(Fault.CHANGING_CHANNELS, seconds=round(self.seconds, 1))
        check_shape(channels, frame.sample_rate)

    def _flushed(self) -> Iterator[Samples]:
        if self._resampler is not None:
            for one in self._resampler.resample(None):
                yield _clean(one)
            self._resampler = None


def _clean(frame: AudioFrame) -> Samples:
    """Return the samples of a frame, none beyond full scale and none that is no number."""
    samples = frame.to_ndarray().astype(np.float32, copy=False)
    return np.clip(np.nan_to_num(samples, nan=0.0), -1.0, 1.0)


def _open_nothing(*_: object) -> Never:
    """Refuse whatever FFmpeg would open on behalf of a file."""
    raise PermissionError
