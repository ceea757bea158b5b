"""Stakes (桩号): how far along a road something is, as signs write it and as callers say it.

Read are ``K123+400``, ``k123 + 400``, ``K123.4``, ``123公里400米``, ``123公里``, ``K123``,
``一百二十三公里四百``, full width or not, with the carriageway before it (``ZK12+300`` left,
``YK12+300`` right, ``AK0+200`` a ramp's own). Written it is ``K123+400``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.kernel.text.folding import fold
from rexian.kernel.text.numerals import parse_numeral

FARTHEST = 9999
SIDES = ("", "Z", "Y")
"""The lines that count along the road itself: all of it, its left and its right carriageway."""

_SAID = r"[0-9]{1,4}(?:\.[0-9]{1,3})?|[零〇一二两三四五六七八九十百千幺]{1,9}"
_METRES = r"[0-9]{1,6}(?![0-9.])|[零〇一二两三四五六七八九十百幺]{1,8}"
_WRITTEN = re.compile(
    r"(?<![a-z])(?P<line>[a-z]?)k ?(?P<km>[0-9]{1,5}(?:\.[0-9]{1,3})?)(?![0-9])"
    r"(?: ?(?:\+|加) ?(?P<m>[0-9]{1,6}))?(?P<unit> ?(?:米|m(?![a-z])))?"
)
_BARE = re.compile(r"(?<![a-z0-9.+])(?P<km>[0-9]{1,4}) ?\+ ?(?P<m>[0-9]{3})(?![0-9])")
_SPOKEN = re.compile(
    rf"(?P<km>{_SAID}) ?(?:公里|千米|km(?![a-z]))(?! ?(?:/|每)(?:h|小?时))(?P<half>半)?"
    rf"(?:(?P<joint> ?[加零又+] ?| ?)(?P<m>{_METRES})(?P<unit> ?(?:米|m(?![a-z])))?)?"
)
_HUNDRED_AND = re.compile(r"百(?P<tens>[一二三四五六七八九])$")


class NotAStake(Invalid):
    """Words that name no stake (422)."""

    code = "not-a-stake"


@dataclass(frozen=True, slots=True, order=True)
class Stake:
    """A point of a road by its metres from the road's beginning, and the carriageway's letter.

    Stakes are in order by their metres: left and right carriageway run beside each other.
    """

    metres: int
    line: str = ""

    def __str__(self) -> str:
        return f"{self.line}K{self.metres // 1000}+{self.metres % 1000:03d}"


@dataclass(frozen=True, slots=True)
class StakeSaid:
    """A stake at ``start``..``end`` of a text.

    ``is_spoken`` tells that it was said in kilometres, as a distance is too; ``is_short`` that less
    than three digits stand after the plus, so that it may mean hundreds.
    """

    start: int
    end: int
    stake: Stake
    is_spoken: bool = False
    is_short: bool = False


def read_stake(text: str) -> Stake:
    """Return the stake that ``text`` names and nothing else; raise ``NotAStake``."""
    folded = fold(text).strip()
    if found := next((one for one in find_stakes(folded) if _is_all(one, folded)), None):
        return found.stake
    if re.search(r"[0-9] ?\+ ?[0-9]{4}", folded):
        raise NotAStake(
            mark("After the kilometre come 0 to 999 metres, as in K123+400."), field="stake"
        )
    raise NotAStake(
        mark("“{text}” is no stake. A stake is written K123+400, or 123公里400米."),
        text=text.strip()[:40],
        field="stake",
    )


def find_stakes(folded: str) -> Iterator[StakeSaid]:
    """Yield the stakes that folded text names, in order; of two that overlap the first counts."""
    found = [said for read in (_written, _bare, _spoken) for said in read(folded)]
    end = 0
    for said in sorted(found, key=lambda one: (one.start, -one.end)):
        if said.start >= end:
            end = said.end
            yield said


def _is_all(said: StakeSaid, folded: str) -> bool:
    before, after = folded[: said.start].strip(), folded[said.end :].strip()
    return before in {"", "桩号", "公里桩"} and after in {"", "处"}


def _written(folded: str) -> Iterator[StakeSaid]:
    for match in _WRITTEN.finditer(folded):
        has_point = "." in match["km"]
        metres = _metres(float(match["km"]), match["m"] or "")
        if metres is not None and not (has_point and match["m"]):
            stake = Stake(metres, match["line"].upper())
            is_short = 0 < len(match["m"] or "") < 3 and not match["unit"]
            yield StakeSaid(match.start(), match.end(), stake, is_short=is_short)


def _bare(folded: str) -> Iterator[StakeSaid]:
    for match in _BARE.finditer(folded):
        metres = _metres(float(match["km"]), match["m"])
        if metres is not None:
            yield StakeSaid(match.start(), match.end(), Stake(metres))


def _spoken(folded: str) -> Iterator[StakeSaid]:
    for match in _SPOKEN.finditer(folded):
        kilometres = _number(match["km"])
        if kilometres is None or kilometres > FARTHEST:
            continue
        metres = round(kilometres * 1000) + (500 if match["half"] else 0)
        end, more, is_short = match.end(), _more(match), False
        if more is not None and metres % 1000 == 0:
            is_short = not match["unit"] and 0 < more < 100
            metres += more
        elif match["m"]:
            end = match.start("joint")
        yield StakeSaid(match.start(), end, Stake(metres), is_spoken=True, is_short=is_short)


def _more(match: re.Match[str]) -> int | None:
    """Return the metres after the kilometres, if there are any that can be metres.

    Without 米 behind them they must be joined or said as hundreds: 123公里四百, 123公里加400.
    """
    said = match["m"]
    number = _number(said) if said else None
    if number is None or number >= 1000:
        return None
    is_plain = bool(match["unit"] or match["joint"].strip() or re.fullmatch("[0-9]{3}|.百.*", said))
    return int(number) if is_plain else None


def _metres(kilometres: float, more: str) -> int | None:
    if kilometres > FARTHEST or len(more) > 3:
        return None
    return round(kilometres * 1000) + int(more or 0)


def _number(said: str) -> float | None:
    """Return what a numeral says; 一百二 is 120 to everybody who is not a machine."""
    number = parse_numeral(said)
    if number is not None and (match := _HUNDRED_AND.search(said)):
        number += 9 * (parse_numeral(match["tens"]) or 0)
    return number
