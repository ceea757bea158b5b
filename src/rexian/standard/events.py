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
