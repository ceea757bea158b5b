"""Whether two characters sound alike: recognition mistakes one for the other then."""

from __future__ import annotations

from functools import cache

_FIGURES = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_INITIALS = {"zh": "z", "ch": "c", "sh": "s"}
_FINALS = {"ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan", "ueng": "uen"}


@cache
def _parts(character: str) -> tuple[str, str]:
    """Return the initial and the final of a character; itself, twice, where it has none."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a large dictionary, if wanted

    said = _FIGURES.get(character, character)
    initial = lazy_pinyin(said, style=Style.INITIALS, strict=False)[0]
    final = lazy_pinyin(said, style=Style.FINALS, strict=False)[0]
    if not final.isascii():
        return character, character
    return _INITIALS.get(initial, initial), _FINALS.get(final, final)


@cache
def alike(one: str, other: str) -> bool:
    """Say whether two characters begin alike or end alike (平翘舌, 前后鼻音 taken together)."""
    (initial, final), (its_initial, its_final) = _parts(one), _parts(other)
    return final == its_final or (initial == its_initial != "")
