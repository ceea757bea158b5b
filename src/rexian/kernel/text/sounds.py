"""Text as it sounds: each character replaced by a sign for its syllable, tones left out.

Two texts of the same sound become the same string of the same length, so that a phrase that
speech recognition misspelt (稍登 for 稍等) can be found at its place. A character with several
readings takes its commonest.
"""

from __future__ import annotations

from functools import cache

_FIRST_SIGN = 0xE000  # Unicode's private use area: no text contains these by itself
_HAN = range(0x4E00, 0x9FFF + 1)

# What hurried speech and regional accents make the same (平翘舌, 前后鼻音, n and l).
_MERGED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_MERGED_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def sound_table() -> dict[int, str]:
    """Return the table for ``str.translate`` that replaces a character by the sign of its sound."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - a large dictionary, only when wanted

    characters = [chr(point) for point in _HAN]
    readings = pinyin(characters, style=Style.NORMAL, errors="default")
    signs: dict[str, str] = {}
    table = {}
    for character, reading in zip(characters, readings, strict=True):
        syllable = _merge(reading[0])
        if syllable.isascii():
            sign = signs.setdefault(syllable, chr(_FIRST_SIGN + len(signs)))
            table[ord(character)] = sign
    return table


def sound(folded: str) -> str:
    """Return folded text as it sounds, of the same length."""
    return folded.translate(sound_table())


def _merge(syllable: str) -> str:
    for full, short in _MERGED_INITIALS:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
    for full, short in _MERGED_FINALS:
        if syllable.endswith(full):
            syllable = syllable[: -len(full)] + short
    return syllable
