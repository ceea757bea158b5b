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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallEvent(Event):
    """What all events of a call on cases share."""

    noun: ClassVar[str] = "case_call"

    hotline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallArranged(CaseCallEvent):
    """A customer is to be called by ``due_at`` on a round of a case that is done."""

    name: ClassVar[str] = "callbacks.case_call_arranged"

    case: int
    round: int
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallGiven(CaseCallEvent):
    """A call was given to somebody as their share."""

    name: ClassVar[str] = "callbacks.case_call_given"

    agent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallTaken(CaseCallEvent):
    """Somebody has taken it on to call."""

    name: ClassVar[str] = "callbacks.case_call_taken"

    agent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallAttempted(CaseCallEvent):
    """A call on cases was made, the so-manieth, and ended so."""

    name: ClassVar[str] = "callbacks.case_call_attempted"

    agent: int | None
    attempt: int
    call_result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallPutOff(CaseCallEvent):
    """The customer was not reached on the day that was asked for, and is called on the next."""

    name: ClassVar[str] = "callbacks.case_call_put_off"

    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCorrected(CaseCallEvent):
    """The number of a customer who is to be called was corrected."""

    name: ClassVar[str] = "callbacks.number_corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallFailed(CaseCallEvent):
    """The customer was not reached, and is not called again."""

    name: ClassVar[str] = "callbacks.case_call_failed"

    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallWithdrawn(CaseCallEvent):
    """There is nothing left to ask the customer about."""

    name: ClassVar[str] = "callbacks.case_call_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCallBreached(CaseCallEvent):
    """Nobody had called when it was due; dated at that instant. A ``soft`` one is a target."""

    name: ClassVar[str] = "callbacks.case_call_breached"

    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpared(Event):
    """A case that is done is not called back, and ``spared`` says why."""

    name: ClassVar[str] = "callbacks.case_spared"
    noun: ClassVar[str] = "case"

    round: int
    spared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSurveyed(Event):
    """A customer answered on a round of a case: solved, satisfied, and what follows."""

    name: ClassVar[str] = "callbacks.case_surveyed"
    noun: ClassVar[str] = "case"

    round: int
    solved: bool | None
    satisfied: bool | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordHeard(Event):
    """A problem, a suggestion or praise was heard when a customer was called back."""

    name: ClassVar[str] = "callbacks.word_heard"
    noun: ClassVar[str] = "case"

    word: str
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordAnswered(Event):
    """A department said what became of something that was heard."""

    name: ClassVar[str] = "callbacks.word_answered"
    noun: ClassVar[str] = "case"
