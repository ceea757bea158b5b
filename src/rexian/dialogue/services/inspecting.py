"""Inspect conversations by a standard, in this process or shared among several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, overload

from rexian.dialogue.adapters.found import Found
from rexian.dialogue.adapters.processes import work_through
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.failures import InspectionFailed
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.kernel.errors import Invalid
from rexian.standard.domain import inspect, installed, load

Made = TypeVar("Made")
Parameters = Mapping[str, str | int | float | bool]
Item = Conversation | Found | Unreadable

AUTO = "auto"
FALLBACK = "centre"


@overload
def inspect_batch(
    conversations: Iterable[Item],
    *,
    standard: str = ...,
    parameters: Parameters | None = ...,
    jobs: int = ...,
    transform: None = None,
) -> Iterator[InspectedConversation | Unreadable]: ...


@overload
def inspect_batch(
    conversations: Iterable[Item],
    *,
    standard: str = ...,
    parameters: Parameters | None = ...,
    jobs: int = ...,
    transform: Callable[[InspectedConversation], Made],
) -> Iterator[Made | Unreadable]: ...


def inspect_batch(
    conversations: Iterable[Item],
    *,
    standard: str = AUTO,
    parameters: Parameters | None = None,
    jobs: int = 1,
    transform: Callable[[InspectedConversation], Any] | None = None,
) -> Iterator[Any]:
    """Return the conversations inspected, in their order, and what is unreadable in its place.

    ``auto`` judges each by the standard that its record asks for, and by ``centre`` where that is
    not installed. With ``jobs`` beyond one, processes start at the call and the results are read
    from the iterator. Records that ``find_records`` found are read where they are inspected, and
    ``transform`` (a function of a module) is applied there, so that little has to travel.

    Raises at the call ``Invalid`` or ``NotFound`` where the standard cannot be had; from the
    iterator ``InspectionFailed``, naming the conversation, and ``WorkerLost``.
    """
    if jobs < 1:
        raise Invalid(f"At least one process has to do the work, not {jobs}.", jobs=jobs)
    if standard != AUTO:
        load(standard, parameters)
    inspector = _Inspector(standard, frozenset(installed()), parameters, transform)
    if jobs == 1:
        return _without_repetition(map(inspector, conversations))
    return _without_repetition(work_through(inspector, conversations, jobs=jobs, weigh=_turns_in))


class _Judged(NamedTuple):
    """What was made of an item; ``record`` is id, source and line of one read only here."""

    made: Any
    record: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Inspector:
    """Judges one item after another, in whichever process it is put."""

    standard: str
    installed: frozenset[str]
    parameters: Parameters | None
    transform: Callable[[InspectedConversation], Any] | None

    def __call__(self, item: Item) -> _Judged:
        """Return the item judged, or as it is if it is unreadable."""
        one = item.read() if isinstance(item, Found) else item
        if isinstance(one, Unreadable):
            return _Judged(one)
        made = self._judged(one)
        return _Judged(made, (one.id, one.source, one.line) if one is not item else None)

    def _judged(self, conversation: Conversation) -> Any:
        name, asked_for = self._standard_for(conversation)
        standard = load(name, self.parameters)
        try:
            inspection = inspect(standard, conversation.facts, conversation.events())
            inspected = InspectedConversation(conversation, inspection, asked_for)
            return self.transform(inspected) if self.transform else inspected
        except Exception as error:
            raise _failure(conversation, error) from error

    def _standard_for(self, conversation: Conversation) -> tuple[str, str | None]:
        """Return the standard that judges, and the one asked for if that is not installed.

        A record names a standard that ships with the product, never a folder.
        """
        if self.standard != AUTO:
            return self.standard, None
        asked_for = conversation.standard
        if asked_for is None or asked_for in self.installed:
            return asked_for or FALLBACK, None
        return FALLBACK, asked_for


def _without_repetition(judged: Iterator[_Judged]) -> Iterator[Any]:
    """Yield what was made of each, unless it comes from a record whose id has come before."""
    seen: set[str] = set()
    for made, record in judged:
        if record is None:
            yield made
            continue
        id_, source, line = record
        repeated = id_ in seen
        seen.add(id_)
        yield Unreadable(source, line, Reason.DUPLICATE, {"id": id_}) if repeated else made


def _failure(conversation: Conversation, error: Exception) -> InspectionFailed:
    """Return a bug with the conversation that shows it, as plain text between processes."""
    return InspectionFailed(
        f"Conversation {conversation.id} of {conversation.source}, line {conversation.line},"
        f" cannot be inspected: {type(error).__name__}: {error}",
        conversation=conversation.id,
        source=conversation.source,
        line=conversation.line,
    )


def _turns_in(item: Item) -> int:
    if isinstance(item, Unreadable):
        return 0
    return len(item.turns) if isinstance(item, Conversation) else item.size
