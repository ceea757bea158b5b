from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.speech.domain.heard import RATE
from rexian.speech.domain.passages import GAP, Passage, Piece, full, length_of, shared_out

_LONGEST = 28 * RATE


def pieces(*lengths: float, apart: float = 5.0) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for length in lengths:
        found.append(Piece(at, at + round(length * RATE)))
        at = found[-1].end + round(apart * RATE)
    return found


def test_a_moment_of_a_passage_is_one_of_the_recording_and_back() -> None:
    passage = Passage(0, tuple(pieces(2.0, 3.0)))
    assert passage.in_recording(1.0) == pytest.approx(1.0)
    assert passage.in_recording(2.0 + GAP / RATE + 1.0) == pytest.approx(8.0)
    for moment in (0.0, 1.5, 2.0, 2.2, 3.3, 5.0):
        assert passage.in_passage(passage.in_recording(moment)) == pytest.approx(moment)


def test_what_is_said_outside_a_passage_is_put_at_its_ends() -> None:
    passage = Passage(0, (Piece(RATE, 3 * RATE),))
    assert passage.in_recording(-1.0) == 1.0
    assert passage.in_recording(9.0) == 3.0


def test_pieces_wait_until_the_next_passage_is_not_left_short() -> None:
    assert full(pieces(10, 10, 10), longest=_LONGEST) == 0
    assert full(pieces(10, 10, 10, 10), longest=_LONGEST) == 2


def test_the_last_passages_are_of_like_length() -> None:
    assert shared_out(pieces(8, 8, 8, 8), longest=_LONGEST) == [2, 2]
    assert shared_out(pieces(8, 8), longest=_LONGEST) == [2]
    assert shared_out([], longest=_LONGEST) == []


@given(st.lists(st.floats(0.3, 28.0), max_size=30))
def test_every_piece_is_read_once_and_no_passage_is_too_long(lengths: list[float]) -> None:
    waiting, counts = pieces(*lengths), []
    while count := full(waiting, longest=_LONGEST):
        counts.append(waiting[:count])
        waiting = waiting[count:]
    for count in shared_out(waiting, longest=_LONGEST):
        counts.append(waiting[:count])
        waiting = waiting[count:]
    assert sum(map(len, counts)) == len(lengths)
    assert not waiting
    assert all(length_of(passage) <= _LONGEST or len(passage) == 1 for passage in counts)
