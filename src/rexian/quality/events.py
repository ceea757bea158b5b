"""What happens to samples: drawn, listened to, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDrawn(Event):
    """So many contacts of ``candidates`` were drawn by a ``method`` to be listened to."""

    name: ClassVar[str] = "quality.sample_drawn"
    noun: ClassVar[str] = "sample"

    method: str
    contacts: int
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledContactTaken(Event):
    """An inspector began to listen to a contact; what the machine found is hidden from them."""

    name: ClassVar[str] = "quality.sampled_contact_taken"
    noun: ClassVar[str] = "sample"

    contact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledContactGivenBack(Event):
    """An inspector left a contact to others, without an answer."""

    name: ClassVar[str] = "quality.sampled_contact_given_back"
    noun: ClassVar[str] = "sample"

    contact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledContactAnswered(Event):
    """An inspector said of each clause what it is: so many faults."""

    name: ClassVar[str] = "quality.sampled_contact_answered"
    noun: ClassVar[str] = "sample"

    contact: int
    faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClosed(Event):
    """Nothing more is listened to for a sample; what was answered stays."""

    name: ClassVar[str] = "quality.sample_closed"
    noun: ClassVar[str] = "sample"
