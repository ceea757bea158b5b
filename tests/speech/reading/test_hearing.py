"""A whole recording is heard, with an engine that says what it is told to."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray

from rexian.speech.adapters.scripted import Scripted
from rexian.speech.domain.heard import RATE, HeardCall, HeardTurn, Word
from rexian.speech.domain.passages import ReadPassage
from rexian.speech.services.hearing import hear
from rexian.speech.services.reading import Reader
from rexian.standard.domain.events import Speaker
from tests.speech.listening.sounds import laid, noise, voice

Sound = NDArray[np.float32]
ROLES = (Speaker.AGENT, Speaker.CUSTOMER)
SAID = (Word("您", 0.3, 0.6, 0.9), Word("好。", 0.6, 0.9, 0.4))


class Counting(Scripted):
    """Counts the passages that it reads, and may break off before one."""

    def __init__(self, *, longest: float = 28.0, breaks_at: int = -1) -> None:
        super().__init__(SAID, name="counting", longest=longest)
        self.lengths: list[float] = []
        self._breaks_at = breaks_at

    def read(self, passage: Sound, *, hints: Sequence[str] = ()) -> list[Word]:
        if len(self.lengths) == self._breaks_at:
            raise KeyboardInterrupt
        self.lengths.append(len(passage) / RATE)
        return super().read(passage, hints=hints)


@lru_cache
def recording(turns: int, *, sides: int = 2) -> bytes:
    """Return a WAV file in which two sides speak 2 s each in turn, every 3 s."""
    lanes = [noise(3.0 * max(turns, 1) + 2, seed=side) for side in range(sides)]
    for turn in range(turns):
        side = turn % sides
        lanes[side] = laid(lanes[side], 3.0 * turn + 0.5, voice(2.0, pitch=120.0 + 60 * (turn % 2)))
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(sides)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.stack(lanes).T.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return target.getvalue()


def heard(turns: int, engine: Scripted | None, sides: int = 2) -> HeardCall:
    return hear(BytesIO(recording(turns, sides=sides)), roles=ROLES, recogniser=engine)


def test_a_recording_whose_end_is_missing_is_heard_as_cut() -> None:
    whole = recording(2)
    cut = hear(BytesIO(whole[: len(whole) // 2]), roles=ROLES, recogniser=None)
    assert cut.format.is_cut
    assert not heard(2, None).format.is_cut


def test_words_are_on_the_turns_in_which_they_sound() -> None:
    engine = Counting()
    found = heard(4, engine)
    assert [turn.speaker for turn in found.turns] == [*ROLES, *ROLES]
    assert [turn.text for turn in found.turns] == ["您好。", "您好。", "", ""]
    assert all(turn.start <= word.start for turn in found.turns for word in turn.words)
    assert len(engine.lengths) == 2
    assert found.recogniser == "counting"


def test_what_is_shorter_than_a_word_and_read_as_nothing_is_no_turn() -> None:
    reader = Reader(Scripted())
    turns = [
        HeardTurn(0, Speaker.AGENT, 0, 0.0, 0.2, spoken=0.2),
        HeardTurn(1, Speaker.AGENT, 0, 3.0, 4.0, spoken=1.0),
    ]
    assert [(one.index, one.start) for one in reader.laid_on(turns)] == [(0, 3.0)]


def test_turns_of_a_side_share_a_passage_and_none_is_too_long() -> None:
    engine = Counting(longest=6.0)
    heard(8, engine)
    assert max(engine.lengths) <= 6.0
    assert len(engine.lengths) == 4


def test_where_nobody_speaks_nothing_is_read() -> None:
    engine = Counting()
    found = heard(0, engine)
    assert not found.says_something
    assert engine.lengths == []
    assert found.format.duration == pytest.approx(5.0)


def test_without_an_engine_turns_have_no_words() -> None:
    found = heard(2, None)
    assert [turn.words for turn in found.turns] == [(), ()]
    assert found.recogniser == ""


def test_of_one_channel_nobody_is_known() -> None:
    found = heard(2, Counting(), sides=1)
    assert found.roles == (Speaker.UNKNOWN,)
    assert {turn.speaker for turn in found.turns} == {Speaker.UNKNOWN}


def test_what_was_read_before_is_not_read_again_and_the_call_is_the_same() -> None:
    whole = Counting(longest=6.0)
    once = heard(8, whole)
    known: dict[tuple[int, int, int], tuple[Word, ...]] = {}

    def keep(passage: ReadPassage) -> None:
        known[passage.key] = passage.words

    source = BytesIO(recording(8))
    with pytest.raises(KeyboardInterrupt):
        hear(
            source,
            roles=ROLES,
            recogniser=Counting(longest=6.0, breaks_at=2),
            on_passage=keep,
        )
    assert len(known) == 2
    rest = Counting(longest=6.0)
    again = hear(source, roles=ROLES, recogniser=rest, known=known)
    assert len(rest.lengths) == len(whole.lengths) - 2
    assert again == once


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[float, float]] = []
    hear(
        BytesIO(recording(2)),
        roles=ROLES,
        recogniser=None,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert told[-1][0] == pytest.approx(8.0)
    assert told[-1][1] == pytest.approx(8.0)
