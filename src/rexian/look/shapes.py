"""The values that faces hand to the macros: what is shown, never how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    """What a badge, a notice or a tile says before one has read it; each has a shape of its own."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """A section that one can go to; ``key`` is the letter that goes there after g."""

    title: str
    href: str
    icon: str = "right"
    key: str = ""
    badge: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside this one, below the same heading; ``count`` says how much is on it."""

    title: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one; the last crumb, this page, has no address."""

    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told at the top of a page: what was done, what went wrong."""

    text: str
    tone: Tone = Tone.INFO
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: ``name`` is what it is sorted by in an address, if it can be."""

    title: str
    name: str = ""
    numeric: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure with its unit, what it means, and the page that shows where it comes from."""

    title: str
    figure: str
    unit: str = ""
    note: str = ""
    href: str = ""
    badge: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts: its name and what it is here."""

    name: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A unit in a tree, with those below it."""

    title: str
    href: str = ""
    note: str = ""
    current: bool = False
    is_open: bool = True
    branches: Sequence[Branch] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One entry of a timeline: a sentence, who did it, and when, as it is shown here."""

    at: datetime
    at_text: str
    sentence: str
    who: str = ""
    note: str = ""
    href: str = ""
    tone: Tone = Tone.QUIET
