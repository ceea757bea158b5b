"""Names that are likely in a call, as an engine takes them, and no recital of them.

An engine is told them before it reads, and may write one for what sounds like it. It may also,
where nobody says anything clear, recite the list: that is taken out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rexian.kernel.text.folding import fold
from rexian.speech.domain.heard import Word

MOST_CHARACTERS = 160
"""All hints together: half of what Whisper looks back on, and more of them help no name."""

_RECITAL = 3
_HEARD = 0.5
_SHORTEST, _LONGEST = 2, 16
_NO_NAME = re.compile(r"[，。！？；,.!?;:：{}<>\n]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def trimmed(names: Iterable[str], *, most: int = MOST_CHARACTERS) -> tuple[str, ...]:
    """Return names worth telling, the first first, no more than ``most`` characters together.

    Sentences, figures and single characters are no names; what stands twice counts once.
    """
    chosen: dict[str, str] = {}
    left = most
    for name in names:
        bare = name.strip()
        if not _SHORTEST <= len(bare) <= _LONGEST or _NO_NAME.search(bare):
            continue
        if not _CHINESE.search(bare) or fold(bare) in chosen or len(bare) > left:
            continue
        chosen[fold(bare)] = bare
        left -= len(bare)
    return tuple(chosen.values())


def without_echo(words: Sequence[Word], hints: Sequence[str]) -> list[Word]:
    """Return words without what comes of the hints alone.

    That is a recital of three or more of them in the order told, and any that was read unsurely.
    """
    names = [name for name in map(_plain, hints) if name]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        until = _recited(words, at, names) or _unheard(words, at, names)
        if until:
            at = until
        else:
            kept.append(words[at])
            at += 1
    return kept


def _unheard(words: Sequence[Word], at: int, names: Sequence[str]) -> int:
    """Return where a hint ends that begins ``at`` and was hardly heard; 0 where none does."""
    for name in names:
        until = _reaches(words, at, name)
        if until and sum(word.confidence for word in words[at:until]) < _HEARD * (until - at):
            return until
    return 0


def _recited(words: Sequence[Word], at: int, names: Sequence[str]) -> int:
    """Return where a recital ends that begins ``at``; 0 where none begins."""
    for first in range(len(names) - _RECITAL + 1):
        until, count = at, 0
        for name in names[first:]:
            reached = _reaches(words, until, name)
            if not reached:
                break
            until, count = reached, count + 1
        if count >= _RECITAL:
            return until
    return 0


def _reaches(words: Sequence[Word], at: int, text: str) -> int:
    """Return where the words end that begin ``at`` and say ``text``; 0 if they say another."""
    said = ""
    for place in range(at, len(words)):
        said += _plain(words[place].text)
        if said == text:
            return place + 1
        if not text.startswith(said):
            return 0
    return 0


def _plain(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
