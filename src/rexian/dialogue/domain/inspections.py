"""An inspected conversation: what was said, and what the standard says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rexian.dialogue.domain.conversations import Conversation
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class InspectedConversation:
    """A conversation with its inspection.

    ``asked_for`` names the standard that its record asked for and that is not installed, where
    another one had to judge it.
    """

    conversation: Conversation
    inspection: Inspection
    asked_for: str | None = None

    def __reduce__(self) -> tuple[Callable[..., InspectedConversation], tuple[Any, ...]]:
        """Travel between processes as plain tuples, in a third of the time that objects take."""
        one = self.inspection
        verdicts = [
            (v.clause, v.rule, v.outcome.value, v.turns, v.quote, v.at, v.why) for v in one.verdicts
        ]
        head = (one.standard, one.version, one.content_hash, one.score)
        return _restored, (self.conversation, head, verdicts, self.asked_for)


def _restored(
    conversation: Conversation,
    head: tuple[str, str, str, float | None],
    verdicts: list[tuple[Any, ...]],
    asked_for: str | None,
) -> InspectedConversation:
    outcomes = _OUTCOMES
    judged = tuple(
        [Verdict(clause, rule, outcomes[said], *rest) for clause, rule, said, *rest in verdicts]
    )
    return InspectedConversation(conversation, Inspection(*head, judged), asked_for)
