"""Compare one heard call with what people have written down of it."""

from __future__ import annotations

from dataclasses import replace

from rexian.cli.calls.hearing import Heard
from rexian.dialogue.domain.agreeing import compare_heard
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.calls.agreement import HeardTruth
from rexian.speech.domain.comparing_calls import compare_call
from rexian.standard.domain.events import Speaker


def true_conversation(one: Heard) -> Conversation | None:
    """Return a call with its true turns in place of those heard, ``None`` where nobody has them.

    What is known of it besides, its signals among it, is the same: only the hearing is compared.
    """
    turns = one.found.facts.true_turns
    return replace(one.conversation, turns=turns) if turns else None


def compared(one: Heard, judged: InspectedConversation, true: InspectedConversation) -> HeardTruth:
    """Return how a call was heard, and how the verdicts on it equal those on its true turns."""
    turns = one.found.facts.true_turns
    if Speaker.UNKNOWN in one.call.roles:
        return HeardTruth(mixed_calls=1, mixed=compare_call(one.call, turns))
    return HeardTruth(
        calls=1,
        heard=compare_call(one.call, turns),
        verdicts=compare_heard(
            (turns, true.inspection.verdicts),
            (one.conversation.turns, judged.inspection.verdicts),
        ),
    )
