"""Text as it sounds: each character replaced by a sign for its syllable, tones left out.

Two texts of the same sound become the same string of the same length, so that a phrase that
speech recognition misspelt (稍登 for 稍等) can be found at its place. A character with several
readings takes its commonest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import count

_SIGNS = count(0xE000)  # Unicode's private use area: no text contains these by itself
_HAN = range(0x4E00, 0x9FFF + 1)

# What hurried speech and regional accents make the same (平翘舌, 前后鼻音, n and l).
_MERGED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_MERGED_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


class _Sounds(dict[int, int]):
    """A table for ``str.translate`` that looks a character's sound up when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a large dictionary, if wanted

        self._signs: dict[str, int] = {}
        self._syllables: Callable[[str], list[str]] = partial(lazy_pinyin, style=Style.NORMAL)

    def __missing__(self, point: int) -> int:
        self[point] = sign = self._sign(point) if point in _HAN else point
        return sign

    def _sign(self, point: int) -> int:
        syllable = _merge(self._syllables(chr(point))[0])
        if not syllable.isascii():
            return point
        return self._signs.get(syllable) or self._signs.setdefault(syllable, next(_SIGNS))


@cache
def _sounds() -> _Sounds:
    return _Sounds()


def sound(folded: str) -> str:
    """Return folded text as it sounds, of the same length."""
    return folded.translate(_sounds())


def _merge(syllable: str) -> str:
    for full, short in _MERGED_INITIALS:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
    for full, short in _MERGED_FINALS:
        if syllable.endswith(full):
            syllable = syllable[: -len(full)] + short
    return syllable
