"""Tables of recordings: how long they are kept, who has them heard, what was read and heard."""

from rexian.speech.models.batches import EnginePace, Hearing, RecordingBatch
from rexian.speech.models.recordings import Heard, Listening, Reading, Recording
from rexian.speech.models.retention import RetentionRule

__all__ = [
    "EnginePace",
    "Heard",
    "Hearing",
    "Listening",
    "Reading",
    "Recording",
    "RecordingBatch",
    "RetentionRule",
]
