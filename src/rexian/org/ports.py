"""What the organisation asks of those above it: what somebody holds open, and to hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rexian.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that somebody holds open: ``subject`` as the journal has it, and its title."""

    subject: str
    title: str


class Holding(Protocol):
    """A kind of thing that people hold open: a case to handle, a callback to make."""

    @property
    def kind(self) -> str:
        """What the journal calls it: ``cases.case``."""

    @property
    def title(self) -> str:
        """What people call it, as a message: ``Open cases``."""

    def held_by(self, person_id: int) -> Sequence[Held]:
        """Return what somebody holds open now."""

    def hand_over(self, person_id: int, *, successor_id: int, actor: Actor, at: datetime) -> int:
        """Give all of it to another person, in the caller's transaction; return how much it was."""
