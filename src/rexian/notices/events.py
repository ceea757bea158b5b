"""What happens to notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePosted(Event):
    """A notice was put up for a unit and all below it."""

    name: ClassVar[str] = "notices.notice_posted"
    noun: ClassVar[str] = "notice"

    unit: int
    importance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Event):
    """Whoever acted has read a notice."""

    name: ClassVar[str] = "notices.notice_read"
    noun: ClassVar[str] = "notice"

    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTakenDown(Event):
    """A notice was taken down before its end."""

    name: ClassVar[str] = "notices.notice_taken_down"
    noun: ClassVar[str] = "notice"

    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExpired(Event):
    """A notice came down at its end; dated at the instant that it was put up until."""

    name: ClassVar[str] = "notices.notice_expired"
    noun: ClassVar[str] = "notice"

    unit: int
