from __future__ import annotations

import numpy as np
import pytest

from rexian.speech.domain.listening.edges import SEARCH, Piece, pieces_of

FLOOR, SPEECH = -56.0, -20.0
BEGUN, AWAKE, ENDED = 200, 270, 400


def found(*before: tuple[int, int, float]) -> list[Piece]:
    """Return the pieces of a turn that the network hears from ``AWAKE`` on.

    ``before`` is what sounds until then: from and to which frame, and how loud.
    """
    levels = np.full(500, FLOOR)
    scores = np.where((np.arange(500) >= AWAKE) & (np.arange(500) < ENDED), 0.9, 0.15)
    levels[AWAKE - 10 : ENDED] = SPEECH
    for start, end, level in before:
        levels[start:end] = level
    return pieces_of(scores, levels, floor=FLOOR)


@pytest.mark.parametrize("closure", [0, 4, 8])
def test_a_loud_first_syllable_belongs_to_a_turn_though_the_network_wakes_up_after_it(
    closure: int,
) -> None:
    first = (BEGUN, BEGUN + 22, SPEECH + 2)
    assert found(first, (BEGUN + 22 + closure, AWAKE, SPEECH)) == [Piece(BEGUN, ENDED)]


def test_so_does_the_soft_consonant_that_it_begins_with() -> None:
    assert found((BEGUN, BEGUN + 13, -44.0), (BEGUN + 13, AWAKE, SPEECH)) == [Piece(BEGUN, ENDED)]


def test_a_rustle_before_a_turn_does_not_make_it_begin_any_earlier_than_it_did() -> None:
    assert found((100, AWAKE, -44.0)) == [Piece(AWAKE - SEARCH, ENDED)]


def test_a_click_before_a_turn_is_none_of_it() -> None:
    assert found((BEGUN, BEGUN + 3, SPEECH)) == [Piece(AWAKE - 10, ENDED)]


def test_loud_sound_that_goes_on_for_long_before_a_turn_is_cut_off() -> None:
    (piece,) = found((0, AWAKE, SPEECH))
    assert piece.start >= AWAKE - 120
