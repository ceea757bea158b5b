"""What the faces ask about conversations that were sent in: batches, and what is in them."""

from rexian.dialogue.queries.batches import (
    BatchDetail,
    BatchLine,
    JudgingVersion,
    SentFile,
    batch,
    batch_page,
    problems,
)
from rexian.dialogue.queries.conversations import (
    ConversationLine,
    KeptConversation,
    Wanted,
    agents,
    conversation,
    conversation_page,
    inspected_conversations,
    scores,
)

__all__ = [
    "BatchDetail",
    "BatchLine",
    "ConversationLine",
    "JudgingVersion",
    "KeptConversation",
    "SentFile",
    "Wanted",
    "agents",
    "batch",
    "batch_page",
    "conversation",
    "conversation_page",
    "inspected_conversations",
    "problems",
    "scores",
]
