from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.unreadable_sound import Fault, UnreadableSound
from rexian.speech.ports import RATE
from tests.speech.incoming.recordings import (
    FORMS,
    PITCHES,
    encoded,
    heard,
    loudness,
    pitch,
    tones,
    wave,
)

_CLIPS = Path(__file__).parents[4] / "shared/data/audio_clips"
_RATES = {
    "mp3": (8000, 16000, 22050, 44100, 48000),
    "opus-webm": (8000, 16000, 48000),
    "opus-ogg": (8000, 16000, 48000),
    "alac": (16000, 22050, 44100, 48000),
}


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(sorted(FORMS)),
    place=st.integers(0, 5),
    channels=st.sampled_from((1, 2)),
    seconds=st.floats(0.5, 3.0),
)
def test_a_tone_comes_back_at_its_pitch_on_its_channel_and_as_long(
    form: str, place: int, channels: int, seconds: float
) -> None:
    rates = _RATES.get(form, (8000, 11025, 16000, 22050, 44100, 48000))
    rate = rates[place % len(rates)]
    with open_sound(BytesIO(encoded(tones(seconds, rate, channels), rate, form))) as sound:
        samples = heard(sound)
        assert sound.format.channels == sound.decoded.channels == channels
        one_frame = 2100 / rate  # AAC and its like end with a whole frame
        assert abs(samples.shape[1] / RATE - seconds) < one_frame
        assert abs(sound.decoded.duration - seconds) < one_frame
        assert not sound.is_cut
    for channel, wanted in zip(samples, PITCHES, strict=False):
        assert abs(pitch(channel) - wanted) < 2 * RATE / len(channel) + 2
        assert 0.18 < loudness(channel[len(channel) // 8 : len(channel) // 2]) < 0.24


@pytest.mark.parametrize("form", sorted(FORMS))
def test_what_one_channel_says_is_not_heard_on_the_other(form: str) -> None:
    both = tones(1.0, 16000, 2)
    both[1] = 0
    with open_sound(BytesIO(encoded(both, 16000, form))) as sound:
        samples = heard(sound)
    assert loudness(samples[1]) < loudness(samples[0]) / 50


@pytest.mark.parametrize("form", sorted(FORMS))
def test_what_was_said_stands_at_the_second_at_which_it_was_said(form: str) -> None:
    recording = tones(2.0, 16000, 1)
    recording[:, :8000] = 0
    recording[:, 24000:] = 0
    with open_sound(BytesIO(encoded(recording, 16000, form))) as sound:
        (sounding,) = np.nonzero(np.abs(heard(sound)[0]) > 0.1)
    assert sounding[0] / RATE == pytest.approx(0.5, abs=0.002)
    assert sounding[-1] / RATE == pytest.approx(1.5, abs=0.002)


def test_blocks_are_as_long_as_asked_and_the_last_one_is_what_is_left() -> None:
    with open_sound(BytesIO(wave(tones(2.6, 8000, 2)))) as sound:
        blocks = list(sound.blocks(seconds=0.5))
    assert [block.shape for block in blocks] == [(2, 8000)] * 5 + [(2, 1600)]
    assert all(block.dtype == np.float32 for block in blocks)


def test_samples_that_are_no_numbers_are_silence_and_none_is_beyond_full_scale() -> None:
    samples = tones(0.5, 16000, 1, loudness=3.0)
    samples[0, 100] = np.nan
    samples[0, 3000] = np.inf
    with open_sound(BytesIO(encoded(samples, 16000, "float"))) as sound:
        found = heard(sound)
    assert np.isfinite(found).all()
    assert np.abs(found).max() <= 1.0


def test_a_file_of_more_than_four_gigabytes_keeps_its_length_elsewhere() -> None:
    plain = wave(tones(1.0, 8000, 1))
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, len(plain), 16000, 8000, 0)
    large = b"RF64\xff\xff\xff\xff" + plain[8:12] + sizes + plain[12:40] + b"\xff" * 4 + plain[44:]
    with open_sound(BytesIO(large)) as sound:
        assert sound.format.duration == 1.0
        assert heard(sound).shape == (1, RATE)
        assert sound.remarks == ()


def test_two_channels_of_a_kind_of_their_own_are_not_mixed() -> None:
    plain = encoded(tones(1.0, 16000, 2), 16000, "s16")
    with open_sound(BytesIO(_behind_the_listener(plain))) as sound:
        samples = heard(sound)
    assert [round(pitch(one) / 10) for one in samples] == [44, 125]


def test_an_hour_is_never_held_at_once() -> None:
    """Counted where it is read: between two blocks about a block's worth of bytes is taken."""
    source = _Counted(wave(tones(0.5, 8000, 2)), repeats=7200)
    with open_sound(source) as sound:
        most, before, total = 0, source.taken, 0
        for block in sound.blocks(seconds=10):
            most = max(most, source.taken - before)
            before = source.taken
            total += block.shape[1]
    assert total == 3600 * RATE
    assert most < 1 << 20


@pytest.mark.skipif(not _CLIPS.is_dir(), reason="the clips are not there")
@pytest.mark.parametrize(
    "clip", sorted(_CLIPS.glob("*.[wm][ap][v3]")) or [_CLIPS], ids=lambda clip: clip.name
)
def test_each_clip_is_read_to_its_end_or_refused_for_its_fault(clip: Path) -> None:
    if "missing_wav_header" in clip.name:
        with pytest.raises(UnreadableSound) as refused:
            open_sound(clip)
        assert refused.value.fault is Fault.NO_HEADER
        return
    with open_sound(clip) as sound:
        samples = heard(sound)
        assert sound.remarks == ()
        assert samples.shape[1] == pytest.approx(sound.decoded.duration * RATE, abs=32)
        assert sound.format.duration in (0.0, pytest.approx(sound.decoded.duration, abs=0.01))
        assert loudness(samples) > 0.001


def _behind_the_listener(plain: bytes) -> bytes:
    """Return a WAV file whose header says that its channels stand behind the listener."""
    data = plain[plain.index(b"data") :]
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    layout = struct.pack("<HHIIHHHHI", 0xFFFE, 2, 16000, 64000, 4, 16, 22, 16, 0x30) + guid
    body = b"WAVEfmt " + struct.pack("<I", len(layout)) + layout + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


class _Counted(BytesIO):
    """A WAV file whose sound comes again and again, made as it is read."""

    def __init__(self, one: bytes, repeats: int) -> None:
        super().__init__()
        begins = one.index(b"data") + 8
        sound = one[begins:]
        self._head = one[: begins - 4] + (len(sound) * repeats).to_bytes(4, "little")
        self._sound = sound
        self._size = len(self._head) + len(sound) * repeats
        self._at = 0
        self.taken = 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = (0, self._at, self._size)[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= 1 << 20
        size = min(size, self._size - self._at)
        begins = self._at - len(self._head)
        if begins < 0:
            piece = self._head[self._at :][:size]
        else:
            offset = begins % len(self._sound)
            piece = self._sound[offset : offset + size]
        self._at += len(piece)
        self.taken += len(piece)
        return piece
