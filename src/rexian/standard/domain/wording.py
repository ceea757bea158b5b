"""Fill prescribed wording: its marks become names, and what is not known stays a blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rexian.standard.domain.guidance import Names, Piece, SlotKind, Words
from rexian.standard.domain.pack.guiding import SlotSpec

MISS, WOMAN, MAN = "小姐", "女士", "先生"
_UNITS = ((timedelta(days=1), "天"), (timedelta(hours=1), "小时"), (timedelta(minutes=1), "分钟"))
_MORE_THAN_A_DAY = timedelta(days=2)

_Part = str | SlotSpec


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills the wording of one contact, in the language of its blanks.

    ``says_miss`` where the organisation asks for 小姐 as the form of address for women.
    """

    wordings: Wordings
    names: Names
    language: str
    says_miss: bool = False

    def reading(self, number: str) -> Filler:
        """Return a filler that has this number to read back."""
        return replace(self, names=replace(self.names, number=number))

    def fill(self, sentence: str) -> Words:
        """Return a sentence with its slots filled."""
        return Words(tuple(map(self._piece, self.wordings.parts(sentence))))

    def fill_all(self, sentences: Iterable[str]) -> tuple[Words, ...]:
        """Return sentences filled, each once."""
        return tuple({one.text: one for one in map(self.fill, sentences)}.values())

    def _piece(self, part: _Part) -> Piece:
        if isinstance(part, str):
            return Piece(part)
        if part.kind in _ADDRESSES:
            return self._address(part)
        known = _KNOWN[part.kind](self.names) if part.kind in _KNOWN else ""
        known = known or self.names.more.get(part.id, "")
        said = part.values.get(known, part.otherwise or known)
        return Piece(said, part.kind) if said else self._blank(part)

    def _blank(self, part: SlotSpec) -> Piece:
        return Piece(f"【{part.title.say(self.language)}】", part.kind, is_blank=True)

    def _address(self, part: SlotSpec) -> Piece:
        """Return the form of address, after the surname where it is known or must be."""
        form, surname = self._form(), self.names.customer_surname
        if not surname and part.kind is SlotKind.CUSTOMER:
            return self._blank(part)
        woman = MISS if self.says_miss else WOMAN
        said = f"{surname}{form or f'{MAN}/{woman}'}"
        return Piece(said, part.kind, is_blank=not form)

    def _form(self) -> str:
        form = self.names.form_of_address
        if form in (WOMAN, MISS):
            return MISS if self.says_miss else WOMAN
        return form


@dataclass(frozen=True, slots=True)
class Wordings:
    """The slots of a pack, ready to be found in its wording; the longest mark is taken."""

    slots: Mapping[str, SlotSpec]
    _split: re.Pattern[str] | None
    _known: dict[str, tuple[_Part, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, specs: Iterable[SlotSpec]) -> Wordings:
        """Return the wordings of a pack with these slots."""
        slots = {mark: spec for spec in specs for mark in spec.marks}
        longest_first = sorted(slots, key=len, reverse=True)
        found = "|".join(map(re.escape, longest_first))
        return cls(slots, re.compile(f"({found})") if found else None)

    def parts(self, sentence: str) -> tuple[_Part, ...]:
        """Return the words and the slots of a sentence, in order."""
        known = self._known.get(sentence)
        if known is None:
            pieces = self._split.split(sentence) if self._split else [sentence]
            known = tuple(self.slots.get(one, one) for one in pieces if one)
            self._known[sentence] = known
        return known


def say_span(span: timedelta) -> str:
    """Return a span of time as it is promised: 2小时, 24小时, 30分钟, 3天."""
    for unit, name in _UNITS:
        if span % unit == timedelta(0) and (name != "天" or span >= _MORE_THAN_A_DAY):
            return f"{span // unit}{name}"
    return f"{span.total_seconds():.0f}秒"


_ADDRESSES = frozenset({SlotKind.CUSTOMER, SlotKind.FORM_OF_ADDRESS})
_KNOWN: Mapping[SlotKind, Callable[[Names], str]] = {
    SlotKind.COMPANY: lambda names: names.company,
    SlotKind.AGENT_NUMBER: lambda names: names.agent_number,
    SlotKind.PART_OF_DAY: lambda names: names.part_of_day,
    SlotKind.HOLIDAY: lambda names: names.holiday,
    SlotKind.PROMISED: lambda names: names.promised,
    SlotKind.NUMBER: lambda names: names.number,
}
