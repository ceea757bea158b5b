"""Read an utterance: which acts it does, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rexian.standard.domain.language.before import Before
from rexian.standard.domain.language.earlier import Earlier
from rexian.standard.domain.language.hearing import Figures, Heard
from rexian.standard.domain.language.matching import PhraseIndex
from rexian.standard.domain.language.operators import Places


@dataclass(frozen=True, slots=True)
class Readable:
    """A condition on one utterance, ready to run.

    ``slots`` and ``acts`` wake it: one of them must be there for it to hold, unless it is
    ``always`` awake. ``all_slots`` and ``all_acts`` are what it asks for altogether.
    """

    places: Places
    slots: frozenset[int] = frozenset()
    acts: frozenset[int] = frozenset()
    all_slots: frozenset[int] = frozenset()
    all_acts: frozenset[int] = frozenset()
    always: bool = False


class Reader:
    """Reads utterances for the acts it was given; immutable, and shared."""

    def __init__(self, index: PhraseIndex, acts: Mapping[int, Readable]) -> None:
        self._index = index
        self._places = {number: one.places for number, one in acts.items()}
        self._woken_by_slot: dict[int, int] = {}
        self._woken_by_act = dict.fromkeys(acts, 0)
        self._always = 0
        for number, one in acts.items():
            bit = 1 << number
            for slot in one.slots:
                self._woken_by_slot[slot] = self._woken_by_slot.get(slot, 0) | bit
            for act in one.acts:
                self._woken_by_act[act] |= bit
            if one.always:
                self._always |= bit

    def read(
        self,
        folded: str,
        earlier: Earlier | None = None,
        sounded: str | None = None,
        before: Before | None = None,
        *,
        figures: Figures = Figures.WRITTEN,
    ) -> Heard:
        """Work out the acts of folded text; an act comes after those that it is built on.

        ``earlier`` is what the customer has said lately; ``sounded`` is the text as it sounds, for
        a reader by sound; ``before`` is what has passed; ``figures`` is how far numbers count.
        """
        found = self._index.read(folded if sounded is None else sounded)
        heard = Heard(folded, found, earlier, before, figures)
        awake, woken_by_slot = self._always, self._woken_by_slot
        for slot in found:
            awake |= woken_by_slot.get(slot, 0)
        places_of, woken_by_act, places = self._places, self._woken_by_act, heard.places
        while awake:
            bit = awake & -awake
            awake ^= bit
            number = bit.bit_length() - 1
            spans = places_of[number](heard)
            if spans:
                heard.mask |= bit
                places[number] = spans
                awake |= woken_by_act[number]
        return heard


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit.bit_length() - 1
