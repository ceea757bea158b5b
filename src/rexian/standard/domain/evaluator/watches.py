"""What every rule that is no scene has in common: it watches the conversation event by event."""

from __future__ import annotations

from typing import Protocol

from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.output import Output
from rexian.standard.domain.evaluator.state import State


class Watch(Protocol):
    """One rule at work; what it remembers is in the state's ``memory``."""

    def turn(self, state: State, item: Item, out: Output, /) -> None:
        """Take a turn in."""

    def signal(self, state: State, item: Item, out: Output, /) -> None:
        """Take a signal in."""

    def finish(self, state: State, out: Output, /) -> None:
        """Say what the end of the conversation decides."""
