"""What an agent or a customer may have said where recognition was unsure.

A piece that nobody is sure of is read as words of a rule that it sounds like: where a third of a
phrase was heard, and unsure characters that sound alike stand for the rest, it may have been said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator.doubts import is_lost, room, unsure_pieces
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.language.earlier import Earlier
from rexian.standard.domain.language.hearing import Figures
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Span
from rexian.standard.domain.language.reading import Reader, bits
from rexian.standard.domain.language.syllables import alike

SHORTEST, LONGEST = 2, 16
"""The phrases that are tried: one character is anything, and long ones are known by a part."""
MOST_TRIED = 24
"""So many readings of one turn are tried, the likeliest first."""
SURELY_MISREAD = 4
"""Of so many characters one may be misread that recognition was sure of."""
POSSIBLE, LIKELY = 2 / 3, 1 / 3
"""The part of a phrase that may be unsure where it may have been said, and where it likely was."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a turn is read otherwise: what part of a phrase may be unsure, how far numbers count."""

    unsure: float
    figures: Figures


@dataclass(slots=True)
class _Phrases:
    """The phrases of some acts, with how they sound, and where in them each sound stands."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    by_sound: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Add a phrase."""
        if SHORTEST <= len(text) <= LONGEST:
            sounds = sound(text)
            for at, one in enumerate(sounds):
                self.by_sound.setdefault(one, []).append((len(self.texts), at))
            self.texts.append((text, sounds))

    def near(self, sounds: str) -> Iterator[tuple[str, str, int]]:
        """Yield the phrases of which a third of the sounds is heard in place, and the place."""
        heard: dict[tuple[int, int], int] = {}
        for at, one in enumerate(sounds):
            for number, within in self.by_sound.get(one, ()):
                place = number, at - within
                heard[place] = heard.get(place, 0) + 1
        for (number, at), count in heard.items():
            text, spoken = self.texts[number]
            length = len(text)
            fits = 0 <= at <= len(sounds) - length
            if fits and length <= 3 * count < 3 * length:
                yield text, spoken, at


@dataclass(slots=True)
class Mishearing:
    """Reads turns of which recognition was unsure, as they may have been meant."""

    book: ActBook
    readers: Mapping[Speaker, Reader]
    _phrases: dict[int, _Phrases] = field(default_factory=dict)

    def may_do(self, item: Item, wanted: int, earlier: Earlier) -> int:
        """Return the acts among ``wanted`` that a turn may do besides those that it does."""
        missing = wanted & ~item.mask
        if item.voice is None or not missing:
            return 0
        if is_lost(item):
            return sum(1 << act for act in bits(missing) if self._shortest(act) <= room(item))
        return self._read(item, missing, earlier, _Reading(POSSIBLE, Figures.GUESSED))

    def does_likely(self, item: Item, wanted: int, earlier: Earlier) -> int:
        """Return the acts among ``wanted`` of whose words all but a small part was heard."""
        missing = wanted & ~item.mask
        if item.voice is None or not missing or is_lost(item):
            return 0
        return self._read(item, missing, earlier, _Reading(LIKELY, Figures.HEARD))

    def _read(self, item: Item, missing: int, earlier: Earlier, how: _Reading) -> int:
        """Return what a turn does in other readings.

        Digits that are said back are misread more often than any word, and surely too.
        """
        reader = self.readers[item.by]
        without = reader.read(item.folded, earlier, figures=Figures.HEARD).mask
        found = reader.read(item.folded, earlier, figures=how.figures).mask
        for text in self._repaired(item, missing, how.unsure):
            found |= reader.read(text, earlier, figures=Figures.HEARD).mask
        return found & missing & ~without

    def _repaired(self, item: Item, wanted: int, most: float) -> Iterator[str]:
        """Yield the text of a turn with a piece of it read as words that it sounds like.

        Last comes the text with all pieces read as what they sound like most.
        """
        text = item.folded
        found = self._fits(text, _unsure_characters(item), unsure_pieces(item), wanted)
        fits = sorted((one for one in found if one[0] <= most), key=lambda one: one[0])
        taken: list[Span] = []
        whole = text
        for _, at, phrase in fits[:MOST_TRIED]:
            end = at + len(phrase)
            yield text[:at] + phrase + text[end:]
            if all(end <= a or b <= at for a, b in taken):
                taken.append((at, end))
                whole = whole[:at] + phrase + whole[end:]
        if len(taken) > 1:
            yield whole

    def _fits(
        self, text: str, unsure: frozenset[int], pieces: Sequence[Span], wanted: int
    ) -> Iterator[tuple[float, int, str]]:
        """Yield what part of a phrase was read otherwise, the place, the phrase.

        Of a long phrase recognition may have misread a little without knowing it.
        """
        sounds = sound(text)
        for phrase, spoken, at in self._phrases_of(wanted).near(sounds):
            length = len(spoken)
            other = [i for i in range(length) if spoken[i] != sounds[at + i]]
            sure = sum(at + i not in unsure for i in other)
            if sure > length // SURELY_MISREAD:
                continue
            unlike = [at + i for i in other if not alike(phrase[i], text[at + i])]
            if _may_be_unlike(unlike, other, pieces):
                worse = LIKELY if unlike and length < SURELY_MISREAD else 0.0
                yield len(other) / length + worse, at, phrase

    def _shortest(self, act: int) -> int:
        """Return how many characters an act takes at least."""
        return min((len(text) for text, _ in self._phrases_of(1 << act).texts), default=1)

    def _phrases_of(self, wanted: int) -> _Phrases:
        if wanted not in self._phrases:
            made = self._phrases[wanted] = _Phrases()
            for text in self.book.phrases(wanted):
                made.add(text)
        return self._phrases[wanted]


def _may_be_unlike(unlike: list[int], other: list[int], pieces: Sequence[Span]) -> bool:
    """Say whether what sounds unlike a phrase may be it: one unsure character, the rest heard."""
    if not unlike:
        return True
    if len(unlike) > 1 or len(other) > 1:
        return False
    return any(start <= unlike[0] < end for start, end in pieces)


def _unsure_characters(item: Item) -> frozenset[int]:
    """Return the places of the unsure characters and of those beside them.

    Where a word was misheard, the next is often cut wrong too; none goes over a clause's edge.
    """
    return frozenset(
        at
        for start, end in unsure_pieces(item)
        for at in range(max(0, start - 1), end + 1)
        if at < len(item.folded) and item.folded[at] not in CLAUSE_EDGES
    )
