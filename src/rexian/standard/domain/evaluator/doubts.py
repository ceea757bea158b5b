"""Where recognition was unsure of what was said: there nobody is convicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Span

FEWEST_LOST = 6
"""So many unsure characters, two in three of a turn, are a turn that was not heard."""
SECONDS_A_CHARACTER = 0.25
LONG, FEW = 8, 0.25
"""Words of so many characters are sure where less than such a part of them is unsure."""
LIGHT = frozenset("我你您他她它咱们这那个要想来就现今天了的吗呢吧啊呀嘛哦哎嗯")
"""Characters that name nothing: a cue (我要投诉) is known by the others in it."""
HEAVY = 2
"""So many characters that name something make a cue."""


def unsure_pieces(item: Item) -> Sequence[Span]:
    """Return the pieces of a turn that recognition was not sure of; most turns have none."""
    return item.voice.doubtful if item.voice is not None else ()


def is_unsure(item: Item, span: Span) -> bool:
    """Say whether words lie on unsure characters, or beside one that may belong to them.

    What stands nowhere in particular, or fills the turn, is unsure where most of the turn is.
    """
    pieces = unsure_pieces(item)
    if not pieces:
        return False
    start, end = span
    text = item.folded
    if end <= start or (start == 0 and end >= len(text) >= LONG):
        return is_lost(item)
    if end - start >= LONG:
        unsure = sum(max(0, min(b, end) - max(a, start)) for a, b in pieces)
        return unsure >= FEW * (end - start)
    low = start - (start > 0 and text[start - 1] not in CLAUSE_EDGES)
    high = end + (end < len(text) and text[end] not in CLAUSE_EDGES)
    return any(a < high and low < b for a, b in pieces)


def is_cue_unsure(item: Item, act: int) -> bool:
    """Say whether what an act is known by, pronouns and particles aside, was not read surely."""
    if item.voice is None or not is_act_unsure(item, act):
        return False
    heavy = tuple(
        (at, at + 1)
        for start, end in item.voice.doubtful
        for at in range(start, end)
        if item.folded[at : at + 1] not in LIGHT
    )
    told = replace(item, voice=replace(item.voice, doubtful=heavy))
    return not any(
        sum(one not in LIGHT for one in item.folded[start:end]) >= HEAVY
        and not is_unsure(told, (start, end))
        for start, end in item.places.get(act, ())
    )


def is_act_unsure(item: Item, act: int) -> bool:
    """Say whether an act of a turn is known from unsure words alone."""
    if not unsure_pieces(item):
        return False
    return all(is_unsure(item, span) for span in item.places.get(act, ()))


def room(item: Item) -> int:
    """Return how many characters a turn may have had: those that were read, or that fit in it."""
    seconds = (item.voice.spoken or 0.0) if item.voice is not None else 0.0
    return max(sum(map(str.isalnum, item.folded)), int(seconds / SECONDS_A_CHARACTER + 0.5))


def is_lost(item: Item) -> bool:
    """Say whether recognition lost a turn: most of its words are unsure, or none was read."""
    if item.voice is None:
        return False
    said = sum(map(str.isalnum, item.folded))
    if not said:
        return room(item) > 0
    unsure = sum(
        sum(map(str.isalnum, item.folded[start:end])) for start, end in item.voice.doubtful
    )
    return unsure >= FEWEST_LOST and 3 * unsure >= 2 * said
