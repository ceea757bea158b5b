"""The archive: conversations as they were judged, kept in files for years and judged again.

A shard is one file of conversations of one organisation and one month. Each conversation has a
``key`` that says what it was where it came from, so that it can be found again to be removed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from rexian.dialogue.domain.conversations import Conversation
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.events import Event
from rexian.standard.domain.verdicts import Verdict

FORM = 1
"""The version of the files' schema; a file of a later one is refused, an earlier one is read."""

UNDATED = "undated"
"""The month of what nobody dates."""

TRANSCRIPTS, VERDICTS, CHANGES = "transcripts", "verdicts", "changes"
REPLAYS = "replays"

_NAME = re.compile(r"[^\w.-]+")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class BrokenShard(Invalid):
    """A file of the archive that cannot be read: cut off, changed, or none of ours (422)."""

    code = "archive-broken-shard"


class NotAnArchive(Invalid):
    """A folder without any file of an archive (422)."""

    code = "archive-not-there"


class WrongMonth(Invalid):
    """A month that is written otherwise than 2026-11 (422)."""

    code = "archive-wrong-month"


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict that was kept, and what a person made of it, as a ``domain.reviewing.Review``.

    Where the review changed it, ``clause`` and ``outcome`` are what the reviewer says instead.
    """

    verdict: Verdict
    review: str = ""
    clause: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class JudgedThen:
    """What a standard said when the conversation was judged, by the hash of its content."""

    standard: str
    version: str
    content_hash: str
    score: float | None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Archived:
    """A conversation in the archive; ``key`` is as ``contact:12``, ``batch:3:5`` or nothing.

    ``number`` is its place in its shard, which it keeps when others are removed. ``heard`` is the
    order in which the evaluator heard it, where that is known: of a contact it is that of its
    lines, also of those of the same instant.
    """

    conversation: Conversation
    key: str = ""
    started_at: datetime | None = None
    judged: JudgedThen | None = None
    number: int = 0
    heard: tuple[Event, ...] | None = None

    def events(self) -> list[Event]:
        """Return turns and signals in the order in which they are judged."""
        return self.conversation.events() if self.heard is None else list(self.heard)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whose conversations of which month: a folder of the archive."""

    organisation: str
    month: str = UNDATED

    @classmethod
    def of(cls, organisation: str, month: str = UNDATED) -> Shelf:
        """Return the shelf; raise ``WrongMonth``."""
        if month != UNDATED and not _MONTH.fullmatch(month):
            raise WrongMonth(mark("A month is written 2026-11, not {month}."), month=month)
        return cls(_NAME.sub("-", organisation).strip("-.") or "organisation", month)

    @property
    def path(self) -> str:
        """The folder below ``transcripts``, in the way that other programs read partitions by."""
        return f"organisation={self.organisation}/month={self.month}"


def is_meant(key: str, keys: Collection[str]) -> bool:
    """Tell whether one of ``keys`` names the conversation; one that ends in a colon begins many."""
    return key in keys or any(one.endswith(":") and key.startswith(one) for one in keys)
