"""What happens to the versions of a standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from rexian.journal.domain.events import Event


class Particulars(TypedDict):
    """What every event of a version tells: which it is, and of which standard."""

    subject_id: int
    organisation: int
    standard: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionImported(Event):
    """A version was imported, with all that it is put together from."""

    name: ClassVar[str] = "standard.version_imported"
    noun: ClassVar[str] = "standard-version"

    standard: str
    number: str
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPublished(Event):
    """A version was published; ``effective_on`` is its first day, as ``2026-12-01``."""

    name: ClassVar[str] = "standard.version_published"
    noun: ClassVar[str] = "standard-version"

    standard: str
    number: str
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWithdrawn(Event):
    """A version was withdrawn before its first day."""

    name: ClassVar[str] = "standard.version_withdrawn"
    noun: ClassVar[str] = "standard-version"

    standard: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiscarded(Event):
    """A version that was never published was removed."""

    name: ClassVar[str] = "standard.version_discarded"
    noun: ClassVar[str] = "standard-version"

    standard: str
    number: str


class DraftParticulars(TypedDict):
    """What every event of a draft tells: which it is, and of which standard."""

    subject_id: int
    organisation: int
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBegun(Event):
    """A draft was begun; ``based_on`` is the version that it changes, if it changes one."""

    name: ClassVar[str] = "standard.draft_begun"
    noun: ClassVar[str] = "standard-draft"

    standard: str
    based_on: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanged(Event):
    """A draft was changed; ``revision`` is the one that came of it, ``change`` what was done."""

    name: ClassVar[str] = "standard.draft_changed"
    noun: ClassVar[str] = "standard-draft"

    standard: str
    revision: int
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestionSettled(Event):
    """A person settled what was uncertain in a draft; ``left`` are still open."""

    name: ClassVar[str] = "standard.draft_question_settled"
    noun: ClassVar[str] = "standard-draft"

    standard: str
    question: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTaken(Event):
    """A draft became a version, under a number of its own."""

    name: ClassVar[str] = "standard.draft_taken"
    noun: ClassVar[str] = "standard-draft"

    standard: str
    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Event):
    """A draft was removed, with all its changes."""

    name: ClassVar[str] = "standard.draft_discarded"
    noun: ClassVar[str] = "standard-draft"

    standard: str
