from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.playing import Mask
from rexian.speech.domain.unreadable_sound import UnreadableSound
from rexian.speech.ports import RATE
from rexian.speech.services.playing import playable, write_playable
from tests.speech.incoming.recordings import Samples, heard, loudness, pitch, tones, wave


def _played(content: bytes) -> Samples:
    with open_sound(BytesIO(content)) as sound:
        assert sound.format.codec.startswith("mp3")
        return heard(sound)


def test_a_recording_is_played_as_long_as_it_is_with_its_channels_where_they_are() -> None:
    one = playable(BytesIO(wave(tones(3.0, 8000, 2))))
    samples = _played(one.content)
    assert samples.shape[1] == pytest.approx(3 * RATE, abs=RATE // 50)
    assert [round(pitch(channel) / 10) for channel in samples] == [44, 125]
    assert len(one.content) < 25_000


def test_a_page_can_hold_it_within_itself() -> None:
    one = playable(BytesIO(wave(tones(0.5, 8000, 1))))
    kind, _, content = one.address.partition(";base64,")
    assert kind == "data:audio/mpeg"
    assert b64decode(content) == one.content


def test_a_piece_begins_and_ends_where_it_was_asked() -> None:
    recording = np.concatenate([np.zeros((1, 16000), np.float32), tones(1.0, 8000, 1)], axis=1)
    samples = _played(playable(BytesIO(wave(recording)), start=1.5, end=2.5).content)
    assert samples.shape[1] == pytest.approx(RATE, abs=RATE // 50)
    assert loudness(samples[:, : RATE // 3]) < 0.01
    assert loudness(samples[:, 2 * RATE // 3 :]) > 0.1


@pytest.mark.parametrize("tone", [False, True])
def test_what_is_masked_is_not_heard_and_nothing_else_is_lost(tone: bool) -> None:
    masks = [Mask(1.0, 2.0, channel=0), Mask(2.5, 2.75)]
    source = BytesIO(wave(tones(4.0, 8000, 2)))
    samples = _played(playable(source, start=0.5, masks=masks, tone=tone).content)
    covered = samples[0, round(0.55 * RATE) : round(1.45 * RATE)]
    assert loudness(covered) == pytest.approx(0.035 if tone else 0.0, abs=0.005)
    assert not tone or pitch(covered) == pytest.approx(1000, abs=5)
    assert loudness(samples[1, round(0.55 * RATE) : round(1.45 * RATE)]) > 0.18
    assert loudness(samples[1, round(2.03 * RATE) : round(2.22 * RATE)]) < 0.05
    assert loudness(samples[:, round(2.4 * RATE) : round(3.4 * RATE)]) > 0.18


def test_it_is_written_where_nobody_can_seek() -> None:
    target = _Pipe()
    write_playable(BytesIO(wave(tones(1.0, 8000, 2))), target)
    assert _played(b"".join(target.pieces)).shape[1] == pytest.approx(RATE, abs=RATE // 10)


def test_what_cannot_be_heard_cannot_be_played() -> None:
    with pytest.raises(UnreadableSound):
        playable(BytesIO(b"hello"))


class _Pipe(BytesIO):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def seekable(self) -> bool:
        return False

    def write(self, piece: object, /) -> int:
        assert isinstance(piece, bytes | bytearray | memoryview)
        self.pieces.append(bytes(piece))
        return len(piece)
