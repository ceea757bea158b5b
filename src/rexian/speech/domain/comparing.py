"""What was read against what was said: how many characters are wrong, and which.

Punctuation counts for nothing, nor do traditional characters, letter case or the way in which a
number is written. A pronoun that sounds alike (他, 她, 它) is a difference like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rexian.kernel.text.folding import fold
from rexian.speech.domain.numbers import in_figures

_CONTEXT = 4
_FIRST_BAND = 32


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters that were ``said`` and what was ``read`` for them, with what stands around."""

    said: str
    read: str
    before: str
    after: str

    @property
    def errors(self) -> int:
        """How many characters are wrong, missing or too many."""
        return max(len(self.said), len(self.read))


@dataclass(frozen=True, slots=True)
class TextComparison:
    """A text as it was said against the same as it was read."""

    characters: int = 0
    errors: int = 0
    edits: tuple[Edit, ...] = ()

    @property
    def error_rate(self) -> float:
        """Errors for each character that was said; a text of none has no rate but 0 or 1."""
        if not self.characters:
            return float(bool(self.errors))
        return self.errors / self.characters

    def __add__(self, other: TextComparison) -> TextComparison:
        """Return both together."""
        return TextComparison(
            self.characters + other.characters,
            self.errors + other.errors,
            self.edits + other.edits,
        )


def comparable(text: str) -> str:
    """Return a text as it is compared: folded, in figures, letters and digits alone.

    >>> comparable("繳費八十六元！")
    '缴费86元'
    """
    said = "".join(character for character in fold(text) if character.isalnum())
    return in_figures(said)


def compare_texts(said: str, read: str) -> TextComparison:
    """Compare what was said with what was read, by the fewest edits."""
    true, heard = comparable(said), comparable(read)
    steps = list(_steps(true, heard))
    errors = sum(step != "=" for step in steps)
    return TextComparison(len(true), errors, tuple(_edits(true, heard, steps)))


def _steps(true: str, heard: str) -> Iterator[str]:
    """Yield how ``true`` becomes ``heard``: = kept, ~ replaced, - left out, + put in.

    Only a band around the diagonal is looked at, and a wider one where the edits do not fit: a
    call of an hour is compared in seconds.
    """
    band = max(_FIRST_BAND, abs(len(true) - len(heard)) + 1)
    while True:
        rows = _rows(true, heard, band)
        if rows[-1][len(heard)] <= band or band > max(len(true), len(heard)):
            break
        band *= 2
    yield from reversed(list(_backwards(true, heard, rows)))


def _rows(true: str, heard: str, band: int) -> list[dict[int, int]]:
    """Return the least edits from each beginning of ``true`` to each of ``heard`` in the band."""
    rows = [{place: place for place in range(min(len(heard), band) + 1)}]
    far = len(true) + len(heard)
    for number, character in enumerate(true, 1):
        above, row = rows[-1], {}
        first, last = max(0, number - band), min(len(heard), number + band)
        left = far
        for place in range(first, last + 1):
            cost = min(above.get(place, far), left) + 1
            if place and (before := above.get(place - 1)) is not None:
                cost = min(cost, before + (heard[place - 1] != character))
            row[place] = left = cost
        rows.append(row)
    return rows


def _backwards(true: str, heard: str, rows: Sequence[dict[int, int]]) -> Iterator[str]:
    """Yield the steps of the cheapest way from its end."""
    row, place = len(true), len(heard)
    far = len(true) + len(heard)
    while row or place:
        cost = rows[row][place]
        differs = row > 0 and place > 0 and true[row - 1] != heard[place - 1]
        if row and place and rows[row - 1].get(place - 1, far) + differs == cost:
            row, place = row - 1, place - 1
            yield "~" if differs else "="
        elif row and rows[row - 1].get(place, far) + 1 == cost:
            row -= 1
            yield "-"
        else:
            place -= 1
            yield "+"


def _edits(true: str, heard: str, steps: Sequence[str]) -> Iterator[Edit]:
    """Yield the places where they differ, neighbouring ones as one."""
    row = place = 0
    begun: tuple[int, int] | None = None
    for step in [*steps, "="]:
        if step == "=" and begun is not None:
            yield Edit(
                true[begun[0] : row],
                heard[begun[1] : place],
                true[max(0, begun[0] - _CONTEXT) : begun[0]],
                true[row : row + _CONTEXT],
            )
            begun = None
        elif step != "=" and begun is None:
            begun = row, place
        row += step != "+"
        place += step != "-"
