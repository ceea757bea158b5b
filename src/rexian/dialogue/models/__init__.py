"""Tables of conversations, sent in or held here, and of what a standard says of them."""

from rexian.dialogue.models.batches import (
    Batch,
    BatchFile,
    BatchStandard,
    InspectedRow,
    UnreadableRow,
)
from rexian.dialogue.models.contacts import (
    ContactInspection,
    Finding,
    HeardConversation,
    LiveSession,
)
from rexian.dialogue.models.replays import Replay, ReplayedConversation
from rexian.dialogue.models.rules import DoubtedRule, RuleDay

__all__ = [
    "Batch",
    "BatchFile",
    "BatchStandard",
    "ContactInspection",
    "DoubtedRule",
    "Finding",
    "HeardConversation",
    "InspectedRow",
    "LiveSession",
    "Replay",
    "ReplayedConversation",
    "RuleDay",
    "UnreadableRow",
]
