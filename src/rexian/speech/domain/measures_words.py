"""What words add to what times tell: who only listens, who was asked, who said "one moment"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log10

from rexian.kernel.text.folding import fold
from rexian.speech.domain import measures
from rexian.speech.domain.heard import HeardTurn, Listened, Silence
from rexian.speech.domain.listening.talk import PAUSE
from rexian.standard.domain.events import Signal, Speaker

LAID_OVER_AT_MOST = 2.5
"""Seconds: a longer turn is more than a sign of listening, whatever its words."""

TRUSTED = 0.6
"""The confidence from which words may make an interruption of what times take for listening."""

_LISTENING = re.compile(
    r"(?:嗯哼|没错|是的|是吧|是啊|对的|对啊|对吧|好的|好嘞|好吧|行的|可以|明白了?|了解了?|知道了?|清楚了?|"
    r"您?请?您?讲|您?请?您?说|你说|你讲|这样啊?|原来如此|哎呀|嗯|恩|哦|噢|喔|啊|呃|唉|哎|诶|唔|对|好|是|行|呀|哈|了|吧|嘛)+"
)
"""Words by which Mandarin shows that one listens, or lets the other go on."""

_ASKS = re.compile(
    r"[??]$|(?:吗|呢|吧|么|没有|是不是|对不对|好不好|行不行|可不可以|几点|多少|哪里|哪儿|什么|谁)$"
)
_WAITS = re.compile(r"稍等|等一下|等一会|等会|等等|等着|别挂|查一下|看一下|核实一下|请等")

_OTHER = {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT}


def with_words(
    listened: Listened, turns: Sequence[HeardTurn], *, signals: Iterable[Signal] = ()
) -> Listened:
    """Return what was listened to, judged again by its turns with their words.

    ``turns`` are those of ``listened``, each with what was read in it; ``signals`` are what else is
    known of the call, such as its holds.
    """
    settled = _settled(turns, roles=listened.roles)
    silences = [_by_words(one, settled) for one in measures.silences_among(listened, settled)]
    return replace(
        listened,
        turns=settled,
        interruptions=measures.interruptions_of(settled),
        silences=measures.explained(silences, signals=signals, stretches=listened.stretches),
    )


def only_listens(text: str) -> bool:
    """Tell whether words are nothing but signs of listening."""
    said = "".join(character for character in fold(text) if character.isalnum())
    return bool(said) and _LISTENING.fullmatch(said) is not None


def _settled(turns: Sequence[HeardTurn], *, roles: Sequence[Speaker]) -> tuple[HeardTurn, ...]:
    """Return turns with their signs of listening judged by words, joined where only those part."""
    if len(roles) < 2:
        return tuple(turns)
    judged = [_judged(turn, turns) for turn in turns]
    joined: list[HeardTurn] = []
    for turn in judged:
        before = _before(turn, joined)
        if before is not None and _goes_on(joined[before], turn, joined[before + 1 :]):
            joined[before] = _one(joined[before], turn)
        else:
            joined.append(turn)
    joined.sort(key=lambda turn: (turn.start, turn.channel))
    return tuple(replace(turn, index=index) for index, turn in enumerate(joined))


def _judged(turn: HeardTurn, turns: Sequence[HeardTurn]) -> HeardTurn:
    """Return a turn that is a sign of listening, or is none, by what was read in it."""
    if not turn.words:
        return turn
    listening = only_listens(turn.text)
    if turn.backchannel:
        return turn if listening or not _trusted(turn) else replace(turn, backchannel=False)
    brief = turn.end - turn.start <= LAID_OVER_AT_MOST
    return replace(turn, backchannel=brief and listening and _laid_over(turn, turns))


def _trusted(turn: HeardTurn) -> bool:
    """Tell whether words were read surely enough to be held against somebody."""
    return min(word.confidence for word in turn.words) >= TRUSTED


def _laid_over(turn: HeardTurn, turns: Sequence[HeardTurn]) -> bool:
    """Tell whether another side speaks as a turn begins, and goes on after it has ended."""
    others = [one for one in turns if one.channel != turn.channel and not one.backchannel]
    begun = any(one.start < turn.start < one.end for one in others)
    return begun and any(one.start - PAUSE / 2 < turn.end < one.end for one in others)


def _before(turn: HeardTurn, turns: Sequence[HeardTurn]) -> int | None:
    """Return the place of the last turn of the same side that is not a sign of listening."""
    if turn.backchannel:
        return None
    for place in range(len(turns) - 1, -1, -1):
        if turns[place].channel == turn.channel and not turns[place].backchannel:
            return place
    return None


def _goes_on(first: HeardTurn, then: HeardTurn, between: Sequence[HeardTurn]) -> bool:
    """Tell whether only signs of listening lie between two turns of one side, and no long pause."""
    return then.start - first.end <= PAUSE and all(
        turn.backchannel or turn.channel == first.channel for turn in between
    )


def _one(first: HeardTurn, then: HeardTurn) -> HeardTurn:
    """Return two turns as one."""
    return replace(
        first,
        end=max(first.end, then.end),
        words=first.words + then.words,
        spoken=round(first.spoken + then.spoken, 2),
        loudness=_together(first, then),
    )


def _together(first: HeardTurn, then: HeardTurn) -> float | None:
    """Return the loudness of two turns together, each by its seconds of speech."""
    known = [(turn.loudness, turn.spoken) for turn in (first, then) if turn.loudness is not None]
    seconds = sum(spoken for _, spoken in known)
    if not seconds:
        return None
    power = sum(10.0 ** (decibels / 10.0) * spoken for decibels, spoken in known) / seconds
    return round(10.0 * log10(power), 1)


def _by_words(silence: Silence, turns: Sequence[HeardTurn]) -> Silence:
    """Return a silence with whoever was awaited after the words before it.

    Who asks to wait is awaited herself; who asks a question awaits the other side.
    """
    before = [turn for turn in turns if turn.end <= silence.start and not turn.backchannel]
    if not before or before[-1].speaker not in _OTHER:
        return silence
    last = max(before, key=lambda turn: turn.end)
    said = fold(last.text).rstrip("。.!！~…,， ")
    if _WAITS.search(said[-20:]):
        return replace(silence, awaited=last.speaker)
    return replace(silence, awaited=_OTHER[last.speaker]) if _ASKS.search(said) else silence
