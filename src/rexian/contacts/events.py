"""What happens to contacts, and to those who serve them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEvent(Event):
    """What all events of a contact share; ``agent`` is whoever has it, or had."""

    noun: ClassVar[str] = "contact"

    hotline: int
    agent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactArrived(ContactEvent):
    """A customer reached us."""

    name: ClassVar[str] = "contacts.contact_arrived"

    channel: str
    follows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactImported(ContactEvent):
    """A call that was served elsewhere, or before, came in with its recording."""

    name: ClassVar[str] = "contacts.contact_imported"

    channel: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGreeted(ContactEvent):
    """The customer was greeted by the hotline itself, and told that it is recorded."""

    name: ClassVar[str] = "contacts.contact_greeted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactQueued(ContactEvent):
    """The contact waits for an agent with a skill, for the first time."""

    name: ClassVar[str] = "contacts.contact_queued"

    queue: str
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactOffered(ContactEvent):
    """An agent was asked to take the contact."""

    name: ClassVar[str] = "contacts.contact_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMissed(ContactEvent):
    """An agent did not take what was offered; it goes on, and they are no longer ready."""

    name: ClassVar[str] = "contacts.offer_missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConnected(ContactEvent):
    """An agent took the contact; ``waited`` is the queue time in seconds."""

    name: ClassVar[str] = "contacts.contact_connected"

    waited: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactHeld(ContactEvent):
    """The customer was asked to wait."""

    name: ClassVar[str] = "contacts.contact_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRetrieved(ContactEvent):
    """The agent came back to a customer who waited; ``held_for`` in seconds."""

    name: ClassVar[str] = "contacts.contact_retrieved"

    held_for: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTransferred(ContactEvent):
    """The contact went from ``source`` to another queue, or to ``agent`` at once."""

    name: ClassVar[str] = "contacts.contact_transferred"

    source: int | None
    queue: str
    priority: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTakenOver(ContactEvent):
    """A supervisor took the contact from ``source``.

    With it they have ``load`` of ``capacity`` contacts: a take-over may go beyond, but not unseen.
    """

    name: ClassVar[str] = "contacts.contact_taken_over"

    source: int | None
    load: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactReleased(ContactEvent):
    """The agent was gone; the contact returned to the front of its queue."""

    name: ClassVar[str] = "contacts.contact_released"

    source: int | None
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTaken(ContactEvent):
    """Somebody said something; the words are in the transcript."""

    name: ClassVar[str] = "contacts.turn_taken"

    seq: int
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhisperSent(ContactEvent):
    """Somebody who works here wrote something that the customer does not see."""

    name: ClassVar[str] = "contacts.whisper_sent"

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRead(ContactEvent):
    """The other side has seen the lines up to ``seq``: in journals of before this was a signal."""

    name: ClassVar[str] = "contacts.lines_read"

    seq: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(ContactEvent):
    """The agent asked for a supervisor, for a reason of the standard: abuse, a complaint."""

    name: ClassVar[str] = "contacts.help_asked"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEnded(ContactEvent):
    """The conversation is over: ``by`` agent, customer or system; ``reason`` where it needs one."""

    name: ClassVar[str] = "contacts.contact_ended"

    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactResumed(ContactEvent):
    """The customer wrote again before the agent had finished with the contact."""

    name: ClassVar[str] = "contacts.contact_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAbandoned(ContactEvent):
    """The customer left while queued; ``waited`` in seconds, ``missed`` offers that nobody took."""

    name: ClassVar[str] = "contacts.contact_abandoned"

    waited: float
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLeft(ContactEvent):
    """The customer left a message outside the service hours, or asked to be called.

    ``waited`` are the seconds that they had waited before: they keep that place.
    """

    name: ClassVar[str] = "contacts.message_left"

    waited: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFinished(ContactEvent):
    """After-contact work is done; ``worked`` is its time in seconds.

    Where the agent was gone before, it is not ``recorded`` yet.
    """

    name: ClassVar[str] = "contacts.contact_finished"

    worked: float
    recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRated(ContactEvent):
    """The customer said how it went."""

    name: ClassVar[str] = "contacts.contact_rated"

    solved: bool
    satisfied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSaved(ContactEvent):
    """The contact record was saved, as ``version``; ``complete`` where nothing is missing."""

    name: ClassVar[str] = "contacts.record_saved"

    category: str
    version: int
    urgent: bool
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecognised(ContactEvent):
    """The contact is known to be with a customer."""

    name: ClassVar[str] = "contacts.customer_recognised"

    customer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChanged(Event):
    """An agent became ready, took a break, missed an offer or left."""

    name: ClassVar[str] = "contacts.presence_changed"
    noun: ClassVar[str] = "person"

    hotline: int
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineSetUp(Event):
    """A hotline was set up, or its settings were changed."""

    name: ClassVar[str] = "contacts.hotline_set_up"
    noun: ClassVar[str] = "hotline"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAssigned(Event):
    """Somebody serves a hotline from now on, with these skills, or no longer (none)."""

    name: ClassVar[str] = "contacts.agent_assigned"
    noun: ClassVar[str] = "person"

    hotline: int
    queues: tuple[str, ...]
    capacity: int
