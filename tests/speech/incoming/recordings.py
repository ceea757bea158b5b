"""Recordings made on the spot: tones of known pitch on known channels, in every form."""

from __future__ import annotations

import struct
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from rexian.speech.adapters.decoding import Sound
from rexian.speech.ports import RATE

Samples = NDArray[np.float32]

FORMS = {
    "u8": ("pcm_u8", "wav"),
    "s16": ("pcm_s16le", "wav"),
    "s24": ("pcm_s24le", "wav"),
    "s32": ("pcm_s32le", "wav"),
    "float": ("pcm_f32le", "wav"),
    "a-law": ("pcm_alaw", "wav"),
    "u-law": ("pcm_mulaw", "wav"),
    "adpcm": ("adpcm_ima_wav", "wav"),
    "mp3": ("libmp3lame", "mp3"),
    "opus-webm": ("libopus", "webm"),
    "opus-ogg": ("libopus", "ogg"),
    "m4a": ("aac", "mp4"),
    "alac": ("alac", "mp4"),
    "flac": ("flac", "flac"),
}
PITCHES = (440.0, 1250.0)


def tones(seconds: float, rate: int, channels: int, loudness: float = 0.3) -> Samples:
    """Return a tone on each channel, each at its own pitch."""
    instants = np.arange(round(seconds * rate)) / rate
    waves = [loudness * np.sin(2 * np.pi * PITCHES[one % 2] * instants) for one in range(channels)]
    return np.stack(waves).astype(np.float32)


def encoded(samples: Samples, rate: int, form: str, **options: str) -> bytes:
    """Return ``samples`` as a file in one of ``FORMS``, with FFmpeg's ``options`` of its writer."""
    codec, container = FORMS[form]
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[samples.shape[0]]
    target = BytesIO()
    with av.open(target, mode="w", format=container, options=options) as output:
        own = 48_000 if codec == "libopus" else rate
        track = output.add_stream(codec, rate=own, layout=layout)
        assert isinstance(track, AudioStream)
        sample = track.format.name
        resampler = av.AudioResampler(format=sample, layout=layout, rate=own, frame_size=1024)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        for one in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(track.encode(one))
        output.mux(track.encode(None))
    return target.getvalue()


def wave(
    samples: Samples, rate: int = 8000, *, channels: int | None = None, stated: int | None = None
) -> bytes:
    """Return a WAV file of 16 bits written by hand, so that its header can lie."""
    count = samples.shape[0] if channels is None else channels
    data = (samples.T * 32767).astype("<i2").tobytes()
    layout = struct.pack("<HHIIHH", 1, count, rate, rate * count * 2, count * 2, 16)
    size = len(data) if stated is None else stated
    body = b"WAVEfmt " + struct.pack("<I", len(layout)) + layout + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data


def heard(sound: Sound) -> Samples:
    """Return all that a recording holds."""
    blocks = list(sound.blocks())
    if not blocks:
        return np.zeros((sound.format.channels, 0), np.float32)
    return np.concatenate(blocks, axis=1)


def pitch(samples: Samples) -> float:
    """Return the loudest pitch of one channel at ``RATE``, its middle taken."""
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    return float(np.argmax(spectrum)) * RATE / len(middle)


def loudness(samples: Samples) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
