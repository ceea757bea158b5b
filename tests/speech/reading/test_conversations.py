from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.dialogue.domain.conversations import Label
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.conversations import NOT_UNDERSTOOD, conversation_of
from rexian.speech.domain.heard import HeardCall, HeardTurn, SoundFormat, Word
from rexian.standard.domain.events import Signal, SignalName, Speaker, Turn
from tests.speech.reading.words import words

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
RANG = (Signal(SignalName.RING, 0.0), Signal(SignalName.ANSWER, 4.0))
HEARD = HeardCall(
    SoundFormat("wav", "pcm_s16le", 8000, 2, 20.0),
    (AGENT, CUSTOMER),
    (
        HeardTurn(0, AGENT, 0, 5.0, 7.0, tuple(words("您好。", 5.0)), 1.8, -20.0),
        HeardTurn(1, CUSTOMER, 1, 8.0, 9.0, (), 0.9, -30.0),
        HeardTurn(2, AGENT, 0, 9.5, 10.0, tuple(words("嗯", 9.5)), 0.5, -22.0, backchannel=True),
    ),
    signals=RANG,
)
FACTS = CallFacts("c1", agent="8001", direction="in", standard="gas")


def test_turns_keep_their_number_and_how_they_sounded() -> None:
    found = conversation_of(HEARD, FACTS)
    assert [turn.index for turn in found.turns] == [0, 1, 2]
    voice = found.turns[2].voice
    assert voice is not None
    assert (voice.spoken, voice.loudness, voice.backchannel) == (0.5, -22.0, True)
    assert (found.id, found.agent, found.standard) == ("c1", "8001", "gas")


def test_speech_in_which_nothing_was_read_is_doubtful_from_beginning_to_end() -> None:
    turn = conversation_of(HEARD, FACTS).turns[1]
    assert turn.text == NOT_UNDERSTOOD
    assert turn.voice is not None
    assert turn.voice.doubtful == ((0, 1),)


def test_neighbours_that_were_not_read_surely_are_one_doubtful_piece() -> None:
    read = (
        Word("贵", 0, 1, 0.9),
        Word("心,", 1, 2, 0.2),
        Word("吗", 2, 3, 0.3),
        Word("是", 3, 4, 0.9),
    )
    heard = replace(HEARD, turns=(replace(HEARD.turns[0], words=read),))
    voice = conversation_of(heard, FACTS).turns[0].voice
    assert voice is not None
    assert voice.doubtful == ((1, 4),)


def test_what_the_telephone_system_tells_rules_over_what_sounded() -> None:
    hold = Signal(SignalName.HOLD_ON, 11.0, AGENT)
    known = replace(FACTS, signals=True, events=(hold,))
    found = conversation_of(HEARD, known)
    assert found.signals == (hold,)
    assert found.facts.signals_told is None


def test_a_recording_alone_tells_of_rings_and_the_answer_and_of_nothing_else() -> None:
    found = conversation_of(HEARD, FACTS)
    assert [(one.name, one.by) for one in found.signals] == [
        (SignalName.RING, Speaker.SYSTEM),
        (SignalName.ANSWER, AGENT),
    ]
    assert found.facts.tells([SignalName.ANSWER])
    assert not found.facts.tells([SignalName.HOLD_ON])
    assert not found.facts.tells([SignalName.HANG_UP])


def test_a_recording_that_begins_with_talk_tells_of_no_signals() -> None:
    assert not conversation_of(replace(HEARD, signals=()), FACTS).facts.signals


def test_rings_of_the_table_lie_before_a_recording_in_which_none_is_heard() -> None:
    known = replace(FACTS, ring_seconds=7.0, hung_up_by=CUSTOMER)
    found = conversation_of(replace(HEARD, signals=()), known)
    assert [(one.name, one.at) for one in found.signals] == [
        (SignalName.RING, -7.0),
        (SignalName.RING, -2.0),
        (SignalName.ANSWER, 0.0),
        (SignalName.HANG_UP, None),
    ]
    assert found.signals[-1].by is CUSTOMER


@pytest.mark.parametrize("recorded", [True, False], ids=["told-by-telephone", "told-by-table"])
def test_a_recording_without_its_end_does_not_tell_how_the_call_ended(recorded: bool) -> None:
    ended = Signal(SignalName.HANG_UP, 40.0, CUSTOMER)
    known = replace(FACTS, hung_up_by=CUSTOMER, signals=recorded, events=(*RANG, ended))
    cut = replace(HEARD, format=replace(HEARD.format, is_cut=True))
    found = conversation_of(cut, known)
    assert [one.name for one in found.signals] == [SignalName.RING, SignalName.ANSWER]
    assert not found.facts.tells([SignalName.HANG_UP])
    assert found.facts.tells([SignalName.RING])
    assert conversation_of(HEARD, known).facts.tells([SignalName.HANG_UP])


def test_a_label_is_moved_to_the_turn_that_sounds_at_its_time() -> None:
    true = (Turn(0, CUSTOMER, "喂", 4.0, 4.5), Turn(1, AGENT, "您好", 5.1, 7.0))
    labels = (Label("GH-3.2", "met", 1), Label("GH-3.3", "met", 0), Label("GH-3.4", "met"))
    found = conversation_of(HEARD, replace(FACTS, true_turns=true, labels=labels))
    assert [label.turn for label in found.labels] == [0, None, None]
