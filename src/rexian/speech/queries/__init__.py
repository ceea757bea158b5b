"""What the faces ask about recordings."""

from rexian.speech.queries.heard import HeardShown, heard_call, lines_to_read
from rexian.speech.queries.proofs import Proof, proofs
from rexian.speech.queries.recordings import (
    RecordingShown,
    held_recordings,
    kept_recording,
    may_listen,
    recorded_among,
    recording,
    recording_page,
    recordings_of,
    rules_of,
)

__all__ = [
    "HeardShown",
    "Proof",
    "RecordingShown",
    "heard_call",
    "held_recordings",
    "kept_recording",
    "lines_to_read",
    "may_listen",
    "proofs",
    "recorded_among",
    "recording",
    "recording_page",
    "recordings_of",
    "rules_of",
]
