"""Write an inspected conversation down so that it comes back exactly as it was.

The form is JSON of plain lists and objects, compressed. Python's own writer is used, since it
brings back every number and every character, also those that are not allowed elsewhere.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, astuple
from typing import Any

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn, Voice
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

_FORM = 1


def written(inspected: InspectedConversation) -> bytes:
    """Return an inspected conversation as bytes."""
    conversation, inspection = inspected.conversation, inspected.inspection
    record = {
        "form": _FORM,
        "id": conversation.id,
        "turns": [astuple(turn) for turn in conversation.turns],
        "signals": [astuple(signal) for signal in conversation.signals],
        "facts": asdict(conversation.facts),
        "standard": conversation.standard,
        "labels": [astuple(label) for label in conversation.labels],
        "source": conversation.source,
        "line": conversation.line,
        "agent": conversation.agent,
        "judged_by": [inspection.standard, inspection.version, inspection.content_hash],
        "score": inspection.score,
        "verdicts": [astuple(verdict) for verdict in inspection.verdicts],
        "asked_for": inspected.asked_for,
    }
    return zlib.compress(json.dumps(record, separators=(",", ":")).encode("ascii"))


def read(content: bytes) -> InspectedConversation:
    """Return the inspected conversation that ``written`` wrote."""
    record: dict[str, Any] = json.loads(zlib.decompress(content))
    standard, version, content_hash = record["judged_by"]
    verdicts = tuple(map(_verdict, record["verdicts"]))
    return InspectedConversation(
        _conversation(record),
        Inspection(standard, version, content_hash, record["score"], verdicts),
        record["asked_for"],
    )


def _conversation(record: dict[str, Any]) -> Conversation:
    return Conversation(
        id=record["id"],
        turns=tuple(map(_turn, record["turns"])),
        signals=tuple(
            Signal(SignalName(name), at, Speaker(by)) for name, at, by in record["signals"]
        ),
        facts=Facts.of_plain(record["facts"]),
        standard=record["standard"],
        labels=tuple(Label(*label) for label in record["labels"]),
        source=record["source"],
        line=record["line"],
        agent=record["agent"],
    )


def _voice(fields: list[Any]) -> Voice | None:
    return Voice.of_plain(fields[0]) if fields and fields[0] is not None else None


def _turn(fields: list[Any]) -> Turn:
    """Return a turn; how it sounded is written only since recordings are heard."""
    index, speaker, text, start, end, *voice = fields
    return Turn(index, Speaker(speaker), text, start, end, _voice(voice))


def _verdict(fields: list[Any]) -> Verdict:
    clause, rule, outcome, turns, quote, at, why = fields
    return Verdict(
        clause,
        rule,
        Outcome(outcome),
        tuple(turns),
        quote,
        at,
        tuple((language, text) for language, text in why),
    )
