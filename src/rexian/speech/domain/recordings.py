"""What a recording is to those who keep it: of which kind, in which state, refused for what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rexian.kernel.errors import Conflict, Invalid, NotFound, Refused
from rexian.kernel.language import mark
from rexian.standard.domain.events import Speaker

STORED_AS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30,60}")
"""What sealed bytes are called in a store: what lies there under another name is not ours."""


class RecordingKind(StrEnum):
    """What a recording is kept as; each kind has a retention of its own."""

    ORDINARY = "ordinary"
    COMPLAINT = "complaint"
    EMERGENCY = "emergency"
    EXAMPLE = "example"


KIND_NAMES: Mapping[RecordingKind, str] = MappingProxyType(
    {
        RecordingKind.ORDINARY: mark("Ordinary call"),
        RecordingKind.COMPLAINT: mark("Complaint"),
        RecordingKind.EMERGENCY: mark("Emergency"),
        RecordingKind.EXAMPLE: mark("Example for training"),
    }
)


class RecordingState(StrEnum):
    """How far a recording has come.

    ========== ==================================================================
    kept       sealed in the store, not heard yet
    heard      its words and times are known, and its contact is judged by them
    unreadable no sound could be made of it; it is kept as it was sent
    removed    its bytes and its key are gone; what is left is the proof of it
    ========== ==================================================================
    """

    KEPT = "kept"
    HEARD = "heard"
    UNREADABLE = "unreadable"
    REMOVED = "removed"


class BadRecording(Invalid):
    """A recording that cannot be taken as it is sent (422)."""

    code = "bad-recording"


class RecordingTooLarge(Invalid):
    """More bytes than the operator lets one recording have (413)."""

    code = "recording-too-large"
    status = 413


class KeptElsewhere(Conflict):
    """The same sound is kept already, at another contact (409)."""

    code = "recording-at-another-contact"


class NoCall(Refused):
    """The contact is no call, or goes on: it can have no recording now (403)."""

    code = "contact-has-no-recording"


class RecordingRemoved(NotFound):
    """The recording was removed; only the proof of that is left (404)."""

    code = "recording-removed"


class RecordingHeld(Refused):
    """Somebody has said that it is kept until further notice (403)."""

    code = "recording-held"


class CaseOpen(Refused):
    """A case that was taken from the call is not over yet (403)."""

    code = "recording-of-open-case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a recording is sent in: the name of its file, and what is known of it.

    ``sent_as`` is the sender's own name for this request: sent again under it, nothing new is
    made. ``kind`` is ``None`` where what becomes of the contact decides. ``roles`` says who speaks
    on each channel, empty where nobody knows; ``standard`` is the version that is to judge it,
    ``None`` for the one in force at the hotline.
    """

    name: str
    sent_as: str = ""
    kind: RecordingKind | None = None
    roles: tuple[Speaker, ...] = ()
    standard: int | None = None


def kind_of(given: str, *, is_emergency: bool, case_type: str) -> RecordingKind:
    """Return what a recording is kept as: as somebody says, else by what its contact was."""
    if given:
        return RecordingKind(given)
    if is_emergency:
        return RecordingKind.EMERGENCY
    return RecordingKind.COMPLAINT if case_type == "complaint" else RecordingKind.ORDINARY


def no_recording(recording_id: int) -> NotFound:
    """Return the error for a recording that is not there, or not to be known of."""
    return NotFound(mark("There is nothing under {code}."), code=f"recording:{recording_id}")


def removed_recording(recording_id: int) -> RecordingRemoved:
    """Return the error for a recording of which only the proof of its removal is left."""
    return RecordingRemoved(
        mark("This recording was removed; the proof of it is still there."),
        recording=recording_id,
    )
