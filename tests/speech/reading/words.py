"""Words as an engine would write them."""

from __future__ import annotations

from rexian.speech.domain.heard import Word


def words(text: str, start: float = 0.0, *, each: float = 0.2, sure: float = 0.9) -> list[Word]:
    """Return the characters of ``text``, one after another; marks belong to the one before."""
    found: list[Word] = []
    for character in text:
        if found and not character.isalnum():
            last = found[-1]
            found[-1] = Word(last.text + character, last.start, last.end, sure)
        else:
            begin = start + len(found) * each
            found.append(Word(character, begin, begin + each, sure))
    return found


def text_of(read: list[Word]) -> str:
    """Return words as one text."""
    return "".join(word.text for word in read)
