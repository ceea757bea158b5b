from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.kernel.language import Language
from rexian.speech.adapters import decoding_frames
from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.unreadable_sound import Fault, Oddity, Remark, UnreadableSound
from tests.speech.incoming.recordings import FORMS, Samples, encoded, heard, tones, wave


class Sealed(Exception):
    """What a vault might raise."""


class _Failing(BytesIO):
    """A file of which only the beginning can be read."""

    def __init__(self, content: bytes, raised: Exception) -> None:
        super().__init__(content)
        self._raised = raised

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 1_000_000:
            raise self._raised
        return super().read(size)


@cache
def _tone() -> Samples:
    return tones(1.0, 8000, 2)


@cache
def _file(form: str) -> bytes:
    return encoded(tones(1.0, 16000, 2), 16000, form)


def _video(*, sound: bool) -> bytes:
    target = BytesIO()
    with av.open(target, mode="w", format="matroska") as output:
        picture = output.add_stream("mjpeg", rate=5)
        picture.width = picture.height = 32
        picture.pix_fmt = "yuvj420p"
        track = output.add_stream("pcm_s16le", rate=8000, layout="mono") if sound else None
        for place in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            frame.pts, frame.time_base = place, Fraction(1, 5)
            output.mux(picture.encode(frame))
        if track is not None:
            one = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
            one.sample_rate, one.pts = 8000, 0
            output.mux(track.encode(one))
            output.mux(track.encode(None))
        output.mux(picture.encode(None))
    return target.getvalue()


def _archive(*, locked: bool) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("a.wav", b"sound")
    content = bytearray(target.getvalue())
    content[6] |= locked
    return bytes(content)


def _with_layout(content: bytes, offset: int, value: bytes) -> bytes:
    begins = content.index(b"fmt ") + 8 + offset
    return content[:begins] + value + content[begins + len(value) :]


_REFUSED: dict[str, tuple[Fault, Callable[[], bytes]]] = {
    "nothing": (Fault.EMPTY, lambda: b""),
    "zeros": (Fault.ONLY_ZEROS, lambda: bytes(4000)),
    "sound without a header": (Fault.NO_HEADER, lambda: wave(_tone())[44:]),
    "text": (Fault.TEXT, lambda: "您好，请问有什么可以帮您？".encode("gb18030")),
    "a page of HTML": (Fault.TEXT, lambda: b"<html><body>404 Not Found</body></html>"),
    "a list of HLS": (Fault.PLAYLIST, lambda: b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n"),
    "a list of FFmpeg": (Fault.PLAYLIST, lambda: b"ffconcat version 1.0\nfile /etc/passwd\n"),
    "a ZIP": (Fault.ARCHIVE, lambda: _archive(locked=False)),
    "a ZIP with a password": (Fault.LOCKED_ARCHIVE, lambda: _archive(locked=True)),
    "a PDF": (Fault.NOT_SOUND, lambda: b"%PDF-1.7 \x00\x01\x02"),
    "AMR": (Fault.OTHER_FORMAT, lambda: b"#!AMR\n\x3c\x00\x01"),
    "AVI": (Fault.OTHER_FORMAT, lambda: b"RIFF\x00\x01\x00\x00AVI LIST"),
    "the first half of a header": (Fault.CUT_HEADER, lambda: wave(_tone())[:24]),
    "a header alone": (Fault.NO_SOUND, lambda: wave(_tone())[:44]),
    "no layout": (Fault.NO_CODING, lambda: b"RIFF\0\0\0\0WAVEdata\x10\0\0\0" + bytes(16)),
    "no channels": (Fault.NO_CHANNELS, lambda: wave(_tone(), channels=0)),
    "six channels": (Fault.TOO_MANY_CHANNELS, lambda: wave(tones(0.5, 8000, 6))),
    "one sample a second": (Fault.ABSURD_RATE, lambda: wave(_tone(), 1)),
    "a billion samples a second": (Fault.ABSURD_RATE, lambda: wave(_tone(), 1_000_000_000)),
    "bits that do not fit": (
        Fault.CONTRADICTION,
        lambda: _with_layout(wave(_tone()), 14, struct.pack("<H", 24)),
    ),
    "a codec of another world": (
        Fault.OTHER_CODEC,
        lambda: _with_layout(wave(_tone()), 0, struct.pack("<H", 0x4242)),
    ),
    "a video without sound": (Fault.ONLY_PICTURES, lambda: _video(sound=False)),
    "an M4A without its index": (
        Fault.NO_INDEX,
        lambda: _file("m4a")[: _file("m4a").index(b"moov") - 4],
    ),
    "an MP3 of noise": (Fault.BROKEN, lambda: b"ID3\x04\0\0\0\0\0\0" + bytes(range(9)) * 400),
}


@pytest.mark.parametrize("what", _REFUSED)
def test_a_broken_file_is_refused_for_what_is_wrong_with_it(what: str) -> None:
    fault, made = _REFUSED[what]
    with pytest.raises(UnreadableSound) as refused, open_sound(BytesIO(made())) as sound:
        heard(sound)
    assert refused.value.fault is fault
    sentence = refused.value.sentence(Language.ENGLISH)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "Errno" not in sentence


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, fault in ((tmp_path, Fault.NOT_A_FILE), (tmp_path / "no.wav", Fault.NO_SUCH_FILE)):
        with pytest.raises(UnreadableSound) as refused:
            open_sound(path)
        assert refused.value.fault is fault


def test_a_video_with_sound_is_heard() -> None:
    with open_sound(BytesIO(_video(sound=True))) as sound:
        assert heard(sound).shape == (1, 16000)


def test_a_recording_that_was_cut_is_read_as_far_as_it_goes_and_said_to_be_cut() -> None:
    whole = wave(_tone())
    with open_sound(BytesIO(whole[: len(whole) // 2])) as sound:
        assert sound.format.duration == 1.0
        assert heard(sound).shape[1] == pytest.approx(8000, abs=50)
        assert sound.is_cut
        assert [remark.oddity for remark in sound.remarks] == [Oddity.CUT_SHORT]
    assert sound.remarks[0].sentence() == (
        "The recording breaks off after 0.5 s; it should last 1.0 s."
    )


@pytest.mark.parametrize("form", ["flac", "opus-ogg", "mp3", "m4a"])
def test_whatever_tells_its_length_or_its_end_is_said_to_be_cut(form: str) -> None:
    whole = encoded(tones(4.0, 16000, 1), 16000, form)
    if form == "m4a":  # its index lies behind the sound: only the end of the sound is missing
        begins = whole.index(b"mdat") + 4
        middle = (begins + whole.index(b"moov")) // 2
        whole = (
            whole[:middle] + bytes(whole.index(b"moov") - middle) + whole[whole.index(b"moov") :]
        )
        with open_sound(BytesIO(whole)) as sound:
            heard(sound)
            assert sound.remarks
        return
    with open_sound(BytesIO(whole[: len(whole) * 2 // 3])) as sound:
        assert heard(sound).shape[1] > 16000
        assert sound.is_cut


@pytest.mark.parametrize("stated", [0, 0xFFFFFFFF])
def test_a_header_that_was_never_finished_promises_nothing(stated: int) -> None:
    with open_sound(BytesIO(wave(_tone(), stated=stated))) as sound:
        assert heard(sound).shape[1] == 16000
        assert sound.remarks == ()


@pytest.mark.parametrize(
    ("form", "options"),
    [("opus-webm", {"live": "1"}), ("m4a", {"movflags": "frag_keyframe+empty_moov"})],
)
def test_what_a_browser_writes_as_it_records_is_heard_to_its_end(
    form: str, options: dict[str, str]
) -> None:
    recorded = encoded(tones(4.0, 48000, 1), 48000, form, **options)
    with open_sound(BytesIO(recorded)) as sound:
        assert heard(sound).shape[1] == pytest.approx(64000, abs=1000)
        assert sound.remarks == ()


def test_sound_behind_the_end_that_the_header_states_is_heard_and_told() -> None:
    with open_sound(BytesIO(wave(tones(3.0, 8000, 1), stated=8000))) as sound:
        assert heard(sound).shape[1] == 48000
        assert sound.remarks == (Remark(Oddity.LONGER, {"seconds": 3.0, "promised": 0.5}),)


@pytest.mark.parametrize("behind", [b"LIST\x04\0\0\0INFO", bytes(40), b"zzzz\x02\0\0\0ab"])
def test_what_follows_the_sound_and_is_none_is_left_alone(behind: bytes) -> None:
    with open_sound(BytesIO(wave(_tone()) + behind)) as sound:
        assert heard(sound).shape[1] == 16000
        assert sound.remarks == ()


def test_a_recording_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding_frames, "LONGEST", 2)
    silence = encoded(np.zeros((1, 16000 * 5), np.float32), 16000, "flac")
    with pytest.raises(UnreadableSound) as refused, open_sound(BytesIO(silence)) as sound:
        heard(sound)
    assert refused.value.fault is Fault.ENDLESS


def test_a_hole_in_the_times_is_silence_and_what_follows_keeps_its_place() -> None:
    with open_sound(BytesIO(_with_a_hole(3.0))) as sound:
        samples = heard(sound)
        assert [remark.oddity for remark in sound.remarks] == [Oddity.HOLES]
    assert samples.shape[1] == pytest.approx(5 * 16000, abs=50)
    assert not samples[0, 17000:63000].any()
    assert samples[0, 65000:79000].any()


def test_times_that_jump_by_hours_are_refused() -> None:
    jumping = BytesIO(_with_a_hole(40_000.0))
    with pytest.raises(UnreadableSound) as refused, open_sound(jumping) as sound:
        heard(sound)
    assert refused.value.fault is Fault.JUMPING_TIMES


def test_channels_that_change_on_the_way_are_refused() -> None:
    both = [encoded(tones(1.0, 16000, channels), 16000, "mp3") for channels in (1, 2)]
    with pytest.raises(UnreadableSound) as refused, open_sound(BytesIO(b"".join(both))) as sound:
        heard(sound)
    assert refused.value.fault is Fault.CHANGING_CHANNELS


def test_of_several_tracks_the_first_is_heard_and_it_is_told() -> None:
    with open_sound(BytesIO(_with_a_hole(3.0, tracks=2))) as sound:
        heard(sound)
        assert Remark(Oddity.SEVERAL_TRACKS, {"tracks": 2}) in sound.remarks


@pytest.mark.parametrize(
    ("raised", "expected"),
    [(OSError(5, "Input/output error"), UnreadableSound), (Sealed(), Sealed)],
)
def test_what_a_source_raises_is_told_in_words_or_passed_on_as_it_is(
    raised: Exception, expected: type[Exception]
) -> None:
    source = _Failing(wave(tones(60.0, 16000, 2)), raised)
    with pytest.raises(expected) as refused, open_sound(source) as sound:
        heard(sound)
    if isinstance(refused.value, UnreadableSound):
        assert refused.value.fault is Fault.CANNOT_OPEN


@settings(max_examples=120, deadline=None)
@given(form=st.sampled_from(sorted(FORMS)), share=st.floats(0, 1))
def test_a_file_cut_anywhere_is_read_or_refused(form: str, share: float) -> None:
    whole = _file(form)
    _read_or_refuse(whole[: round(len(whole) * share)])


@settings(max_examples=120, deadline=None)
@given(
    form=st.sampled_from(sorted(FORMS)),
    spoilt=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), max_size=8),
)
def test_a_file_spoilt_anywhere_is_read_or_refused(
    form: str, spoilt: list[tuple[float, bytes]]
) -> None:
    content = bytearray(_file(form))
    for share, piece in spoilt:
        at = int(len(content) * share**3)  # most of them in the header
        content[at : at + len(piece)] = piece
    _read_or_refuse(bytes(content))


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from((b"", b"RIFF\0\0\0\0WAVE", b"OggS", b"ID3", b"fLaC"))
)
def test_whatever_else_lies_there_is_read_or_refused(content: bytes, beginning: bytes) -> None:
    _read_or_refuse(beginning + content)


def test_nothing_else_is_opened_for_a_file_whatever_it_points_at(tmp_path: Path) -> None:
    """A QuickTime file may say that its sound lies in another one."""
    other = tmp_path / "other.wav"
    other.write_bytes(wave(_tone()))
    pointing = _file("m4a").replace(b"url \0\0\0\x01", b"url \0\0\0\0") + bytes(other)
    path = tmp_path / "pointing.m4a"
    path.write_bytes(pointing)
    with open_sound(path) as sound:
        heard(sound)
    for name in ("list.wav", "list.m3u8"):
        list_ = tmp_path / name
        list_.write_text(f"#EXTM3U\n#EXTINF:1,\n{other}\n", "utf-8")
        with pytest.raises(UnreadableSound) as refused:
            open_sound(list_)
        assert refused.value.fault is Fault.PLAYLIST


def _read_or_refuse(content: bytes) -> None:
    try:
        with open_sound(BytesIO(content)) as sound:
            samples = heard(sound)
            assert np.isfinite(samples).all()
            assert all(remark.sentence() for remark in sound.remarks)
    except UnreadableSound as refused:
        sentence = refused.sentence(Language.ENGLISH)
    else:
        sentence = ""
    assert "{" not in sentence


def _with_a_hole(seconds: float, tracks: int = 1) -> bytes:
    target = BytesIO()
    with av.open(target, mode="w", format="matroska") as output:
        track = output.add_stream("pcm_s16le", rate=8000, layout="mono")
        others = [output.add_stream("pcm_s16le", rate=8000) for _ in range(tracks - 1)]
        for start in (0.0, 1.0 + seconds):
            frame = av.AudioFrame.from_ndarray(
                (tones(1.0, 8000, 1) * 32767).astype(np.int16), "s16", "mono"
            )
            frame.sample_rate, frame.pts = 8000, round(start * 8000)
            frame.time_base = Fraction(1, 8000)
            for one in (track, *others):
                output.mux(one.encode(frame))
        output.mux(track.encode(None))
    return target.getvalue()
