"""Open opportunities to keep a clause: what has been seen of them since they opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rexian.standard.domain.evaluator.items import Evidence
from rexian.standard.domain.events import Speaker


@dataclass(slots=True)
class Opportunity:
    """An open opportunity of one scene.

    ``agent`` and ``customer`` are the acts that count, by side; ``done`` is where they were done,
    ``faults`` where something was done instead; ``answer_turn`` is the agent's first turn. It is
    ``unsure`` where it opened by words that recognition was not sure of; ``at`` is when a signal
    opened it.
    """

    scene: int
    since: int
    opened_by: Speaker
    opened_turn: int
    agent: int = 0
    customer: int = 0
    agent_turns: int = 0
    answer_turn: int = -1
    undecided: bool = False
    unsure: bool = False
    done: Evidence | None = None
    faults: Evidence | None = None
    at: float | None = None

    def copy(self) -> Opportunity:
        """Return an opportunity that can go on by itself."""
        return Opportunity(
            self.scene,
            self.since,
            self.opened_by,
            self.opened_turn,
            self.agent,
            self.customer,
            self.agent_turns,
            self.answer_turn,
            self.undecided,
            self.unsure,
            self.done,
            self.faults,
            self.at,
        )

    def note(self, seen: Evidence) -> None:
        """Remember where something that counts was done."""
        self.done = self.done.with_one(seen) if self.done else seen

    def note_fault(self, seen: Evidence) -> None:
        """Remember where something was done instead."""
        self.faults = self.faults.with_one(seen) if self.faults else seen

    def to_json(self) -> list[Any]:
        """Return the opportunity in values that JSON knows."""
        return [
            self.scene,
            self.since,
            self.opened_by.value,
            self.opened_turn,
            f"{self.agent:x}",
            f"{self.customer:x}",
            self.agent_turns,
            self.answer_turn,
            self.undecided,
            self.unsure,
            *(one.to_json() if one else None for one in (self.done, self.faults)),
            self.at,
        ]

    @classmethod
    def from_json(cls, plain: Sequence[Any]) -> Opportunity:
        """Return the opportunity that ``to_json`` gave."""
        scene, since, by, turn, agent, customer, *counts, done, faults, at = plain
        masks = int(agent, 16), int(customer, 16)
        seen = [Evidence.from_json(one) if one else None for one in (done, faults)]
        values: list[Any] = [scene, since, Speaker(by), turn, *masks, *counts, *seen, at]
        return cls(*values)
