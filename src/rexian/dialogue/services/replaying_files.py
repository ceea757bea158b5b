"""Replay conversations of files under another standard, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rexian.dialogue.adapters.found import Found
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.replays import Replayed, compared
from rexian.dialogue.domain.unreadable import Unreadable
from rexian.dialogue.services.inspecting import Parameters, inspect_batch
from rexian.standard.domain import inspect, load


@dataclass(frozen=True, slots=True)
class ReplayedFile:
    """A conversation of a file: its id, and what changes in it.

    ``asked_for`` is never the question here: whoever replays says which standards judge.
    """

    id: str
    replayed: Replayed
    asked_for: str | None = None


def replay_files(
    conversations: Iterable[Conversation | Found | Unreadable],
    *,
    old: str,
    new: str,
    parameters: Parameters | None = None,
    jobs: int = 1,
) -> Iterator[ReplayedFile | Unreadable]:
    """Return the conversations compared, in their order, and what is unreadable in its place.

    ``old`` and ``new`` are names or folders of standards. Raises as ``inspect_batch`` does, at the
    call for a standard that cannot be had.
    """
    load(new, parameters)
    return inspect_batch(
        conversations,
        standard=old,
        parameters=parameters,
        jobs=jobs,
        transform=_Comparing(new, parameters),
    )


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Judges what was judged by another standard too, in whichever process it is put."""

    new: str
    parameters: Parameters | None

    def __call__(self, one: InspectedConversation) -> ReplayedFile:
        """Return what changes."""
        conversation = one.conversation
        standard = load(self.new, self.parameters)
        after = inspect(standard, conversation.facts, conversation.events())
        return ReplayedFile(conversation.id, compared(one.inspection, after))
