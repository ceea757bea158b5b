"""What engines write that nobody said: endless repetitions, and lines learnt from subtitles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rexian.kernel.text.folding import fold
from rexian.speech.domain.heard import Word

LONGEST_UNIT = 24
"""So many words at most make up what is said over and over."""

_OFTEN = 4
"""People say a thing three times; the fourth time, and it is a loop, unless it is one syllable."""

_OFTEN_A_SYLLABLE = 6
"""对对对对对 is said; what goes on longer is cut."""

_OFTEN_A_FIGURE = 12
"""Telephone and account numbers repeat figures; none is that long of one."""

FASTEST = 9.0
"""Syllables a second that nobody exceeds: loops are written faster than anybody speaks."""

_GUESSED = 0.25
"""The mean confidence of a passage below which nothing in it was heard."""

_HEARD = 0.3
"""A loop makes itself surer, round by round; the first alone tells whether anything was heard."""

_SPACES_AND_MARKS = re.compile(r"[\W_]+")

# Lines that networks trained on subtitles write where nobody speaks, as they come without marks.
_PHANTOMS = re.compile(
    r"(?:请不吝点赞|点赞订阅转发|打赏支持|明镜与点点|明镜需要您的支持"
    r"|字幕(?:由|by|志愿者|制作|组|提供|校对)|中文字幕|amaraorg|优优独播剧场"
    r"|yoyotelevisionseries|mingpaocanada|(?:感谢|谢谢)(?:大家)?(?:的)?(?:观看|收看)"
    r"|(?:词曲|作词|作曲|编曲)(?:李宗盛|[by])"
    r"|请?订阅(?:我的|我们的|本)频道|thanksforwatching|subtitlesby)"
)


def without_guesses(words: Sequence[Word]) -> list[Word]:
    """Return words, or none where an engine was sure of hardly any: it has made them of noise.

    Real speech is read at 0.7 and more on the whole, also where much of it is misread.
    """
    sure = sum(word.confidence for word in words)
    return list(words) if sure >= _GUESSED * len(words) else []


def without_loops(words: Sequence[Word]) -> list[Word]:
    """Return words with every repetition cut down to what somebody can have said in its time."""
    kept = list(words)
    at = 0
    while at < len(kept):
        unit, times = _repetition(kept, at)
        if times:
            rounds = _sayable(kept[at : at + unit * times], unit)
            kept[at : at + unit * times] = rounds
            at += len(rounds)
        else:
            at += 1
    return kept


def without_phantoms(words: Sequence[Word]) -> list[Word]:
    """Return words without the lines that come from subtitles, whole sentences at a time."""
    kept: list[Word] = []
    for sentence in _sentences(words):
        text = _SPACES_AND_MARKS.sub("", fold("".join(word.text for word in sentence)))
        if not _PHANTOMS.search(text):
            kept += sentence
    return kept


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    """Cut words where a sentence ends."""
    sentences: list[list[Word]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if word.text.rstrip().endswith(("。", "！", "？", ".", "!", "?")):
            sentences.append([])
    return sentences


def _plain(word: Word) -> str:
    return _SPACES_AND_MARKS.sub("", fold(word.text))


def _repetition(words: Sequence[Word], at: int) -> tuple[int, int]:
    """Return of how many words a loop that begins ``at`` is made, and how often they come."""
    left = len(words) - at
    for unit in range(1, min(LONGEST_UNIT, left // _OFTEN) + 1):
        model = [_plain(word) for word in words[at : at + unit]]
        times = 1
        while _same(words, at + unit * times, model):
            times += 1
        if times >= _often(model) and any(model):
            return unit, times
    return 0, 0


def _often(unit: Sequence[str]) -> int:
    """Return how many rounds of something make a loop of it."""
    if all(text.isdecimal() for text in unit):
        return _OFTEN_A_FIGURE
    return _OFTEN_A_SYLLABLE if len(unit) == 1 else _OFTEN


def _same(words: Sequence[Word], start: int, model: Sequence[str]) -> bool:
    if start + len(model) > len(words):
        return False
    return all(_plain(words[start + place]) == text for place, text in enumerate(model))


def _sayable(loop: list[Word], unit: int) -> list[Word]:
    """Return as many rounds of a loop as fit into its time, three at most; none if none is sure."""
    if sum(word.confidence for word in loop[:unit]) < _HEARD * unit:
        return []
    syllables = max(1, sum(len(_plain(word)) for word in loop[:unit]))
    rounds = int((loop[-1].end - loop[0].start) * FASTEST / syllables)
    return loop[: unit * min(3, max(1, rounds))]
