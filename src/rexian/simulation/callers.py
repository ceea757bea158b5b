"""A customer who plays their part through the portal, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from rexian.simulation.doors import Told
from rexian.simulation.people import Answers, CustomerPart

LISTENS = 1.0
WRITES = 4.0
LOSES_PATIENCE = 180.0
"""Seconds between two looks, of writing a line, and of a wait that ends in leaving."""


class Door(Protocol):
    """What a customer needs of the portal."""

    def arrive(self, *, queue: str, text: str, name: str, number: str) -> None:
        """Begin a contact."""

    def say(self, text: str) -> Told:
        """Write something."""

    def hear(self, after: int) -> Told:
        """Return how the contact stands, with what is new."""

    def leave(self) -> None:
        """End the contact."""

    def rate(self, *, solved: bool, satisfied: int, why: str) -> None:
        """Say how it went."""


@dataclass
class Caller:
    """Somebody who writes: ``step`` does the next thing and says when to come back."""

    part: CustomerPart
    door: Door
    _answers: Answers = field(init=False)
    _known: int = 0
    _idle: float = 0.0
    _has_arrived: bool = False
    is_over: bool = False

    def __post_init__(self) -> None:
        self._answers = Answers(self.part.replies, self.part.otherwise)

    def step(self) -> float:
        """Arrive, then answer what is new; return after how many seconds to go on."""
        if not self._has_arrived:
            part = self.part
            self.door.arrive(
                queue=part.queue, text=part.opening, name=part.name, number=part.number
            )
            self._has_arrived = True
            return LISTENS
        told = self.door.hear(self._known)
        if told["state"] in {"after", "ended"}:
            return self._part_from(told)
        heard = self._heard(told)
        if heard:
            self._idle = 0.0
            return self._answer(heard)
        self._idle += LISTENS
        if self._idle > LOSES_PATIENCE:
            self.door.leave()
        return LISTENS

    def _heard(self, told: Told) -> str:
        """Return what the agent has said since the last look."""
        lines = told["lines"]
        self._known = max([self._known, *(one["seq"] for one in lines)])
        said = [one["text"] for one in lines if one["by"] == "agent" and one["text"]]
        return "\n".join(said)

    def _answer(self, heard: str) -> float:
        reply = None if self.part.silent else self._answers.to(heard)
        if reply is None:
            return LISTENS
        self.door.say(reply.say)
        if reply.ends:
            self.door.leave()
        return WRITES

    def _part_from(self, told: Told) -> float:
        rating = self.part.rating
        if rating and told["rating"]:
            self.door.rate(solved=rating.solved, satisfied=rating.satisfied, why=rating.why)
        self.is_over = True
        return LISTENS
