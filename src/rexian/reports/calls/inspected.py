"""A call that was heard and judged, as the reports take it beside conversations that were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.speech.domain.heard import HeardCall


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedCall(InspectedConversation):
    """An inspected conversation with what was heard of it; ``path`` is its recording."""

    heard: HeardCall
    path: Path

    def __reduce__(self) -> tuple[Callable[..., InspectedCall], tuple[Any, ...]]:
        """Travel between processes with what was heard."""
        plain = InspectedConversation(self.conversation, self.inspection, self.asked_for)
        return with_sound, (plain, self.heard, self.path)


def with_sound(inspected: InspectedConversation, heard: HeardCall, path: Path) -> InspectedCall:
    """Return an inspected conversation together with the call that it was heard in."""
    return InspectedCall(
        conversation=inspected.conversation,
        inspection=inspected.inspection,
        asked_for=inspected.asked_for,
        heard=heard,
        path=path,
    )
