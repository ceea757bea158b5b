"""The generated calls, where they are: heard as they are true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.hearing_truth import compare

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.heard import Listened
from rexian.speech.services.listening import listen
from rexian.standard.domain.events import Speaker

CALLS = Path(__file__).parents[4] / "shared/data/calls_zh"
pytestmark = pytest.mark.skipif(not CALLS.is_dir(), reason="the set of calls is not here")


def heard(name: str, *roles: Speaker) -> Listened:
    with open_sound(CALLS / name) as sound:
        return listen(sound.blocks(seconds=1.0), roles=roles)


@pytest.mark.parametrize("name", [f"zh0{number}" for number in range(1, 9)])
def test_a_call_is_heard_as_it_is_true(name: str) -> None:
    truth = json.loads((CALLS / f"{name}.json").read_text("utf-8"))

    found = compare(heard(f"{name}.wav", Speaker.AGENT, Speaker.CUSTOMER), truth)

    assert max(found.edges, default=0.0) < 0.1
    assert all(0.95 < rate < 1.05 for rate in found.rates)
    assert found.turns.right
    assert found.backchannels.right
    assert found.interruptions.right
    assert found.silences.right
    assert found.rings.right


def test_companding_does_not_move_a_turn() -> None:
    truth = json.loads((CALLS / "zh04.json").read_text("utf-8"))

    found = compare(heard("zh04_alaw.wav", Speaker.AGENT, Speaker.CUSTOMER), truth)

    assert found.turns.right
    assert max(found.edges) < 0.1


def test_a_mix_of_both_sides_claims_nothing_about_who_speaks() -> None:
    call = heard("zh04_mono.wav", Speaker.UNKNOWN)

    assert {turn.speaker for turn in call.turns} == {Speaker.UNKNOWN}
    assert not call.interruptions
    assert not any(turn.backchannel for turn in call.turns)
    assert {one.awaited for one in call.silences} == {Speaker.UNKNOWN}
