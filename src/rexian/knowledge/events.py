"""What happens to phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseEvent(Event):
    """What all events of a phrase share; ``unit`` is whom it is shared with, if it is."""

    noun: ClassVar[str] = "phrase"

    unit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseKept(PhraseEvent):
    """Somebody wrote a phrase for themselves."""

    name: ClassVar[str] = "knowledge.phrase_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseShared(PhraseEvent):
    """Somebody gave a unit, and all below it, a phrase."""

    name: ClassVar[str] = "knowledge.phrase_shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseChanged(PhraseEvent):
    """The shortcut or the words of a phrase were changed."""

    name: ClassVar[str] = "knowledge.phrase_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseForgotten(PhraseEvent):
    """A phrase was removed."""

    name: ClassVar[str] = "knowledge.phrase_forgotten"
