"""What happens to conversations: batches sent in, contacts as they last, findings reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from rexian.contacts.events import ContactEvent
from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchUploaded(Event):
    """Conversations were sent in to be inspected, in so many ``files``."""

    name: ClassVar[str] = "dialogue.batch_uploaded"
    noun: ClassVar[str] = "inspection-batch"

    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStarted(Event):
    """The inspection of a batch of ``total`` records began."""

    name: ClassVar[str] = "dialogue.batch_started"
    noun: ClassVar[str] = "inspection-batch"

    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAdvanced(Event):
    """So many records of a batch are done."""

    name: ClassVar[str] = "dialogue.batch_advanced"
    noun: ClassVar[str] = "inspection-batch"

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchInspected(Event):
    """A batch is inspected as a whole: so many conversations, so many records unreadable."""

    name: ClassVar[str] = "dialogue.batch_inspected"
    noun: ClassVar[str] = "inspection-batch"

    conversations: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCancelled(Event):
    """The inspection of a batch was stopped by a person; what was done stays."""

    name: ClassVar[str] = "dialogue.batch_cancelled"
    noun: ClassVar[str] = "inspection-batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchContinued(Event):
    """The inspection of a batch that had been stopped goes on."""

    name: ClassVar[str] = "dialogue.batch_continued"
    noun: ClassVar[str] = "inspection-batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDeleted(Event):
    """A batch was deleted; its conversations and its files go with it."""

    name: ClassVar[str] = "dialogue.batch_deleted"
    noun: ClassVar[str] = "inspection-batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionRaised(ContactEvent):
    """The evaluator missed something, or suspects it, while the contact lasts.

    No finding yet: the contact is inspected when it is over, and a person decides what counts.
    """

    name: ClassVar[str] = "dialogue.suspicion_raised"

    clause: str
    rule: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInspected(ContactEvent):
    """A contact that is over was inspected: so many misses, so many suspicions."""

    name: ClassVar[str] = "dialogue.contact_inspected"

    missed: int
    suspect: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReviewed(ContactEvent):
    """What the reviews of a finding share; ``person`` is whoever it is about."""

    finding: int
    clause: str
    rule: str
    outcome: str
    person: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingConfirmed(FindingReviewed):
    """A person confirmed a finding, so that it counts."""

    name: ClassVar[str] = "dialogue.finding_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRejected(FindingReviewed):
    """A person rejected a finding, so that it counts for nobody."""

    name: ClassVar[str] = "dialogue.finding_rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChanged(FindingReviewed):
    """A person says that a finding is something else."""

    name: ClassVar[str] = "dialogue.finding_changed"

    said_clause: str
    said_outcome: str


class RuleParticulars(TypedDict):
    """What the events of a rule's standing tell."""

    subject_id: int
    organisation: int
    standard: str
    rule: str
    clause: str
    reviewed: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWeighed(Event):
    """What the events of a rule's standing share: of ``reviewed`` so many ``confirmed`` it."""

    standard: str
    rule: str
    clause: str
    reviewed: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDoubted(RuleWeighed):
    """Reviews confirm a rule too seldom: from now on its misses are told as suspicions."""

    name: ClassVar[str] = "dialogue.rule_doubted"
    noun: ClassVar[str] = "doubted-rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrusted(RuleWeighed):
    """Reviews confirm a doubted rule often enough again: its misses are misses."""

    name: ClassVar[str] = "dialogue.rule_trusted"
    noun: ClassVar[str] = "doubted-rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayStarted(Event):
    """Somebody wants to know what another version of a standard says of a period.

    ``version`` is its id; of a draft, ``draft`` and ``revision`` say which.
    """

    name: ClassVar[str] = "dialogue.replay_started"
    noun: ClassVar[str] = "replay"

    standard: str
    version: int | None
    draft: int | None
    revision: int | None
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayAdvanced(Event):
    """So many conversations of a replay are judged."""

    name: ClassVar[str] = "dialogue.replay_advanced"
    noun: ClassVar[str] = "replay"

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayDone(Event):
    """A replay is through: of so many ``conversations``, so many ``changed``."""

    name: ClassVar[str] = "dialogue.replay_done"
    noun: ClassVar[str] = "replay"

    conversations: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayCancelled(Event):
    """A replay was stopped: by a person, or since its draft is no longer what it was."""

    name: ClassVar[str] = "dialogue.replay_cancelled"
    noun: ClassVar[str] = "replay"
