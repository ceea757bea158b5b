"""What happens to promises to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackEvent(Event):
    """What all events of a callback share; ``contact`` is the one that it began with."""

    noun: ClassVar[str] = "callback"

    hotline: int
    contact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackPromised(CallbackEvent):
    """A customer is to be called by ``due_at``, for a cause; ``clause`` where one asks for it."""

    name: ClassVar[str] = "callbacks.callback_promised"

    cause: str
    due_at: str
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRepeated(CallbackEvent):
    """The customer gave a further cause to be called, in the contact ``again``: it is one call."""

    name: ClassVar[str] = "callbacks.callback_repeated"

    cause: str
    again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTaken(CallbackEvent):
    """Somebody has taken it on to call."""

    name: ClassVar[str] = "callbacks.callback_taken"

    agent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAttempted(CallbackEvent):
    """Somebody called; ``attempt`` counts from 1."""

    name: ClassVar[str] = "callbacks.callback_attempted"

    agent: int | None
    attempt: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackReached(CallbackEvent):
    """The customer was reached."""

    name: ClassVar[str] = "callbacks.callback_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackFailed(CallbackEvent):
    """The customer was not reached, and is not called again."""

    name: ClassVar[str] = "callbacks.callback_failed"

    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackWithdrawn(CallbackEvent):
    """There is no need to call: the customer got through in the contact ``served``, or a reason."""

    name: ClassVar[str] = "callbacks.callback_withdrawn"

    served: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackBreached(CallbackEvent):
    """Nobody had called when it was due; dated at that instant."""

    name: ClassVar[str] = "callbacks.callback_breached"
