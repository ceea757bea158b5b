"""What is to be said and what is never said: quoted wording, and lists of it without quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rexian.standard.domain.drafting.blocks import Spot
from rexian.standard.domain.drafting.cues import (
    BARE_NOT,
    CUES,
    LABELLED,
    LEADS_TO_NEVER,
    LEADS_TO_SAY,
    NEVER_AFTER,
    SAY_AFTER,
    SPOKEN,
    UNSPOKEN,
    WEAK,
)
from rexian.standard.domain.drafting.passages import QUOTED, Passage


class Stance(StrEnum):
    """What a document says of words: say them, never say them, or nothing that we can tell."""

    SAY = "say"
    NEVER = "never"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that the document prescribes or forbids; ``is_sure``: it says so in so many words."""

    text: str
    stance: Stance
    spot: Spot
    is_sure: bool = True
    situation: str = ""


_SITUATION = re.compile(r"^(?P<situation>[^:。;“”「」!?]{2,24}):\s*(?=\S)")
_APART = re.compile(r"\s+[/／|]\s+|(?<=[。!?！？])\s*[/／|]\s*|(?<=[。!?！？”])\s*(?:或者?|或:)\s*")
_MARKS = "“”「」『』\"'‘’ 　"
LONGEST_TERM, _NEAR = 8, 6


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence says of its quotations; ``is_spoken``: that they are something one says.

    ``corrects``: it says what is right, even in a list of what is wrong.
    """

    stance: Stance
    is_sure: bool = False
    is_spoken: bool = False
    corrects: bool = False


NOTHING = _Told(Stance.NONE)


def stance_of_lead(folded: str) -> Stance:
    """Return what a heading, or the words before a colon, say of the list below them."""
    lead = folded.rstrip(" :。;")
    if LEADS_TO_NEVER.search(lead):
        return Stance.NEVER
    return Stance.SAY if LEADS_TO_SAY.search(lead) else Stance.NONE


def find_wordings(passage: Passage, inherited: Stance = Stance.NONE) -> list[Wording]:
    """Return the wording in a passage; ``inherited`` is what stands over the list it is in."""
    found: list[Wording] = []
    if inherited and not QUOTED.search(passage.text):
        for start, end in _lines(passage.text, 0, len(passage.text)):
            found.extend(_unquoted(passage, start, end, inherited))
        return found
    for start, end in passage.sentences():
        for line_start, line_end in _lines(passage.text, start, end):
            found.extend(_in_sentence(passage, line_start, line_end, inherited))
    return found


def is_spoken(folded: str) -> bool:
    """Say whether words are such as one says to somebody."""
    return bool(SPOKEN.search(folded))


def words_apart(text: str) -> list[str]:
    """Return the single words of a list such as 喂、什么、不知道; a sentence stays as it is."""
    trimmed = text.strip().rstrip("。；;，,").strip(_MARKS)
    listed = re.search("[、;；/／]", trimmed)
    parts = [one.strip(_MARKS) for one in re.split(r"[、;；/／]" if listed else "[,，]", trimmed)]
    least, longest = (2, 12) if listed else (3, 3)
    is_list = len(parts) >= least and all(len(one) <= longest for one in parts)
    if not is_list or re.search(r"[。！!？?]", trimmed):
        return [trimmed]
    return [word for one in parts if (word := re.sub(r"等+$", "", one))]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield place, place + len(line)
        place += len(line) + 1


def _in_sentence(passage: Passage, start: int, end: int, inherited: Stance) -> Iterator[Wording]:
    folded = passage.folded
    quotes = [one for one in QUOTED.finditer(passage.text, start, end) if one[0][1:-1].strip()]
    if quotes:
        before, told = start, NOTHING
        for quote in quotes:
            told = _told(folded[before : quote.start()], told)
            yield from _quoted(passage, quote, told, folded[quotes[-1].end() : end], inherited)
            before = quote.end()
        return
    yield from _unquoted(passage, start, end, inherited)


def _told(between: str, before: _Told) -> _Told:
    """Return what the words before a quotation say of it; in a list the first of them tells."""
    cues = list(CUES.finditer(between.rstrip(" :")))
    if cues:
        cue = cues[-1]  # the nearest tells, unless it says little and one before it says more
        if cue[0] in WEAK and len(cues) > 1 and cue.start() - cues[-2].end() <= _NEAR:
            cue = cues[-2]
        if cue["never"]:
            return _Told(Stance.NEVER, is_sure=True, is_spoken=True, corrects=True)
        word = cue["say"]
        corrects = word.startswith(("应", "改", "须", "可", "请", "再"))
        return _Told(Stance.SAY, word not in WEAK, word not in UNSPOKEN, corrects=corrects)
    return _Told(Stance.NEVER, is_sure=False) if BARE_NOT.search(between) else before


def _quoted(
    passage: Passage, quote: re.Match[str], told: _Told, after: str, inherited: Stance
) -> Iterator[Wording]:
    words = next(one for one in quote.groups() if one is not None).strip()
    folded = passage.folded[quote.start() : quote.end()][1:-1]
    spot, spoken = passage.spot_at(quote.start()), is_spoken(folded)
    if not told.is_sure and NEVER_AFTER.search(after):
        told = _Told(Stance.NEVER, is_sure=True, is_spoken=True)
    elif told.stance is Stance.NONE and SAY_AFTER.search(after):
        told = _Told(Stance.SAY, is_sure=True, is_spoken=True)
    elif inherited and (told.stance is Stance.NONE or not told.corrects):
        told = _Told(inherited, is_sure=True, is_spoken=True)
    if told.stance is Stance.NONE:
        if spoken and len(folded) > LONGEST_TERM // 2:
            yield Wording(words, Stance.SAY, spot, is_sure=False)
    elif spoken or told.is_spoken or (told.stance is Stance.NEVER and told.is_sure):
        sure = told.is_sure and (spoken or told.is_spoken)
        yield Wording(words, told.stance, spot, is_sure=sure)


def _unquoted(passage: Passage, start: int, end: int, inherited: Stance) -> Iterator[Wording]:
    """Yield wording that stands without quotation marks: after a label, or in a list of it."""
    folded, text = passage.folded[start:end], passage.text[start:end]
    labelled = LABELLED.match(folded)
    if labelled:
        stance = stance_of_lead(labelled["who"])
        told = stance or inherited or Stance.SAY
        yield from _apart(passage, start + labelled.end(), end, told, is_sure=bool(stance))
    elif inherited:
        situation = _SITUATION.match(folded)
        first = situation.end() if situation else 0
        about = text[: situation.end("situation")] if situation else ""
        about = "" if stance_of_lead(about) else about
        sure = is_spoken(folded[first:]) or inherited is Stance.NEVER
        yield from _apart(passage, start + first, end, inherited, is_sure=sure, situation=about)


def _apart(
    passage: Passage, start: int, end: int, stance: Stance, *, is_sure: bool, situation: str = ""
) -> Iterator[Wording]:
    text = passage.text[start:end].strip()
    spot = passage.spot_at(start)
    parts = words_apart(text) if stance is Stance.NEVER else _APART.split(text)
    for part in parts:
        words = part.strip(_MARKS).rstrip("；;") if stance is Stance.SAY else part.strip(_MARKS)
        if words:
            yield Wording(words, stance, spot, is_sure=is_sure, situation=situation)
