"""What happens to recordings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingEvent(Event):
    """What all events of a recording share."""

    noun: ClassVar[str] = "recording"

    contact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingReceived(RecordingEvent):
    """A recording came in and lies sealed in the store."""

    name: ClassVar[str] = "speech.recording_received"

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingHeard(RecordingEvent):
    """A recording was heard, and read by ``recogniser`` where one read it."""

    name: ClassVar[str] = "speech.recording_heard"

    recogniser: str
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRefused(RecordingEvent):
    """No sound could be made of a recording; ``problem`` is the code of why."""

    name: ClassVar[str] = "speech.recording_refused"

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOpened(RecordingEvent):
    """Somebody listens to a recording, for a reason; ``grant`` tells of what they wrote beside."""

    name: ClassVar[str] = "speech.recording_opened"

    reason: str
    grant: int
    masked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingHeld(RecordingEvent):
    """Somebody said that a recording is kept until further notice."""

    name: ClassVar[str] = "speech.recording_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingReleased(RecordingEvent):
    """A recording is no longer kept beyond its time."""

    name: ClassVar[str] = "speech.recording_released"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingKeptAs(RecordingEvent):
    """Somebody said what a recording is kept as; an empty ``kind`` leaves it to its contact."""

    name: ClassVar[str] = "speech.recording_kept_as"

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRemoved(RecordingEvent):
    """The proof that a recording was removed: what it was, under which rule, its key destroyed.

    ``digest`` is the SHA-256 of the sound as it came in, ``size`` its bytes; ``kept_since`` when it
    came. ``cause`` is ``retention`` or ``request``; of a rule, ``kind`` and ``days`` say which.
    ``words`` tells whether what was said went with it.
    """

    name: ClassVar[str] = "speech.recording_removed"

    digest: str
    size: int
    kept_since: str
    cause: str
    kind: str
    days: int | None
    words: bool
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSet(Event):
    """An organisation said for how long recordings of a kind are kept; ``None`` is for good."""

    name: ClassVar[str] = "speech.retention_set"
    noun: ClassVar[str] = "organisation"

    kind: str
    days: int | None
    words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Event):
    """The keys of so many recordings were wrapped anew, under the key ``key_id``."""

    name: ClassVar[str] = "speech.key_rotated"
    noun: ClassVar[str] = "organisation"

    key_id: str
    recordings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEvent(Event):
    """What the events of a batch of recordings share."""

    noun: ClassVar[str] = "recording-batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSent(BatchEvent):
    """Recordings were sent in together: so many ``files``, 0 for a folder of the server."""

    name: ClassVar[str] = "speech.batch_sent"

    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTakenIn(BatchEvent):
    """A batch is taken in: so many ``calls`` of so many ``seconds``, so many ``unreadable``."""

    name: ClassVar[str] = "speech.batch_taken_in"

    calls: int
    seconds: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStarted(BatchEvent):
    """Somebody ordered a batch to be heard, not before ``begins_at``, with a ``priority``."""

    name: ClassVar[str] = "speech.batch_started"

    begins_at: str
    priority: str
    wants: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAdvanced(BatchEvent):
    """So many calls of a batch are through, of so many."""

    name: ClassVar[str] = "speech.batch_advanced"

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHeard(BatchEvent):
    """A batch is through: so many calls ``heard``, so many that cannot be."""

    name: ClassVar[str] = "speech.batch_heard"

    heard: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStopped(BatchEvent):
    """The hearing of a batch was stopped by a person; what was heard stays."""

    name: ClassVar[str] = "speech.batch_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchContinued(BatchEvent):
    """The hearing of a batch that had been stopped goes on."""

    name: ClassVar[str] = "speech.batch_continued"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDeleted(BatchEvent):
    """A batch was deleted; its calls stay with their contacts."""

    name: ClassVar[str] = "speech.batch_deleted"
