"""The initials of a Chinese name, by which one types it: 服务区 is fwq."""

from __future__ import annotations

from functools import lru_cache

from rexian.kernel.text.folding import fold


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """Return the first letters of the syllables, small; letters and figures stay, marks fall out.

    A character with several readings has the one that is usual in its word (重庆 cq, 重要 zy).
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a large dictionary, if wanted

    spelt = lazy_pinyin(fold(text), style=Style.FIRST_LETTER)
    return "".join(one for letters in spelt for one in letters if one.isascii() and one.isalnum())
