from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.speech.domain import heard
from rexian.speech.domain.keeping import UnreadableHeardCall, kept, restored
from rexian.standard.domain.events import Signal, SignalName, Speaker

SECONDS = st.floats(0, 1e6, allow_nan=False)
SPEAKERS = st.sampled_from(Speaker)
SMALL = st.integers(0, 999)
WORDS = st.builds(heard.Word, st.text(max_size=4), SECONDS, SECONDS, st.floats(0, 1))
TURNS = st.builds(
    heard.HeardTurn,
    SMALL,
    SPEAKERS,
    SMALL,
    SECONDS,
    SECONDS,
    st.lists(WORDS, max_size=3).map(tuple),
    SECONDS,
    st.none() | st.floats(-100, 0),
    st.booleans(),
)
CALLS = st.builds(
    heard.HeardCall,
    st.builds(
        heard.SoundFormat,
        st.text(max_size=9),
        st.text(max_size=9),
        SMALL,
        SMALL,
        SECONDS,
        st.booleans(),
    ),
    st.lists(SPEAKERS, max_size=2).map(tuple),
    st.lists(TURNS, max_size=3).map(tuple),
    st.lists(
        st.builds(heard.Stretch, st.sampled_from(heard.Kind), SMALL, SECONDS, SECONDS), max_size=3
    ).map(tuple),
    st.lists(
        st.builds(heard.Interruption, SPEAKERS, SMALL, SMALL, SECONDS, SECONDS), max_size=3
    ).map(tuple),
    st.lists(st.builds(heard.Silence, SECONDS, SECONDS, SPEAKERS, st.booleans()), max_size=3).map(
        tuple
    ),
    st.lists(
        st.builds(Signal, st.sampled_from(SignalName), st.none() | SECONDS, SPEAKERS), max_size=3
    ).map(tuple),
    st.text(max_size=20),
    st.lists(st.binary(max_size=9), max_size=2).map(tuple),
)


@given(CALLS)
def test_a_heard_call_comes_back_exactly_as_it_was_kept(call: heard.HeardCall) -> None:
    assert restored(kept(call)) == call


def test_speakers_and_kinds_come_back_as_what_they_were() -> None:
    shape = heard.SoundFormat("wav", "pcm_s16le", 8000, 2, 1.5)
    stretch = heard.Stretch(heard.Kind.MUSIC, 1, 0.0, 1.0)
    call = restored(kept(heard.HeardCall(shape, (Speaker.AGENT,), stretches=(stretch,))))

    assert call.roles[0] is Speaker.AGENT
    assert call.stretches[0].kind is heard.Kind.MUSIC


def test_a_call_that_was_kept_before_anybody_asked_whether_it_was_cut_was_not() -> None:
    whole = heard.HeardCall(heard.SoundFormat("wav", "pcm_s16le", 8000, 2, 1.5), (Speaker.AGENT,))
    shape = json.loads(zlib.decompress(kept(whole)))
    shape["format"].pop()

    assert restored(zlib.compress(json.dumps(shape).encode())) == whole


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing of the kind",
        zlib.compress(b"[]"),
        zlib.compress(b'{"version": 1}'),
        zlib.compress(json.dumps({"version": 99}).encode()),
        zlib.compress(b'{"version": 1, "format": [1]}')[:-3],
    ],
)
def test_what_is_no_heard_call_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableHeardCall):
        restored(data)
