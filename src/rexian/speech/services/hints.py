"""Hints for recognition: the names that an organisation's calls are full of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rexian.speech.domain.hints import MOST_CHARACTERS, trimmed
from rexian.standard.domain.pack.whole import Pack


def hints_of(
    pack: Pack | None = None, *, names: Iterable[str] = (), most: int = MOST_CHARACTERS
) -> tuple[str, ...]:
    """Return the hints for an organisation's calls, at most so many characters.

    ``names`` are what the caller knows, such as places and people, and come first; then what the
    organisation has set in its standard, its name above all, and what its contacts are about.
    """
    return trimmed([*names, *(_names_in(pack) if pack else ())], most=most)


def _names_in(pack: Pack) -> Iterator[str]:
    """Yield the words that are set in a standard, and the names of its categories."""
    for value in pack.values.values():
        if isinstance(value, str):
            yield value
    for category in pack.sections.taxonomy:
        yield category.name.say("zh-Hans")
        yield from map(str, category.synonyms)
