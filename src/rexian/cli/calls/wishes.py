"""What a command line says of recordings, read into one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from rexian.standard.domain.events import Speaker

NOBODY_READS = "none"
"""What ``--asr`` says where voice and silence alone are wanted."""

ROLES = {
    "agent,customer": (Speaker.AGENT, Speaker.CUSTOMER),
    "customer,agent": (Speaker.CUSTOMER, Speaker.AGENT),
    "unknown": (Speaker.UNKNOWN, Speaker.UNKNOWN),
}

ASSUMED = ROLES["agent,customer"]
"""Who speaks on two channels of which nobody has said anything."""


class Playing(StrEnum):
    """Where the sound of a report that can play lies."""

    EMBED = "embed"
    BESIDE = "beside"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class HearingWishes:
    """How recordings are to be heard.

    ``asr`` names the engine that reads, "" where nobody said; ``channels`` who speaks on each
    channel, ``None`` where nobody said; ``keep`` is the folder of heard calls; ``compares`` tells
    that what was heard is to be compared with the true turns.
    """

    asr: str = ""
    facts: Path | None = None
    channels: tuple[Speaker, ...] | None = None
    jobs: int = 1
    keep: Path | None = None
    compares: bool = False

    @classmethod
    def of(
        cls,
        asr: str | None,
        facts: Path | None,
        channels: str | None,
        jobs: int,
        keep: Path | None,
        *,
        compares: bool,
    ) -> Self:
        """Return the wishes that the options of a command line make."""
        return cls(asr or "", facts, ROLES[channels] if channels else None, jobs, keep, compares)

    @property
    def engine(self) -> str:
        """The engine that reads, "" where none shall."""
        return "" if self.asr == NOBODY_READS else self.asr
