"""Write a line of JSON a conversation, as soon as it is judged: the form for machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.plain import plain_call
from rexian.reports.inspection.cleaning import encodable
from rexian.standard.domain.verdicts import Verdict


def write(
    inspected: Iterable[InspectedConversation],
    target: BinaryIO,
    *,
    language: str = "zh-Hans",
    **_: object,
) -> None:
    """Write each conversation before the next one is asked for.

    A line holds verdicts and nothing else: whatever other reports are given besides is ignored.
    """
    target.writelines(line(one, language).encode() for one in inspected)


def line(inspected: InspectedConversation, language: str = "zh-Hans") -> str:
    """Return the line of one conversation, with its line feed; reasons are in ``language``."""
    return dumped(inspected, language).decode() + "\n"


def dumped(inspected: InspectedConversation, language: str = "zh-Hans") -> bytes:
    """Return one conversation as a JSON object in UTF-8, without a line feed.

    Half a surrogate pair, which JSON can smuggle in and UTF-8 cannot carry, becomes U+FFFD.
    """
    record = _record(inspected, language)
    try:
        return orjson.dumps(record)
    except orjson.JSONEncodeError:
        return orjson.dumps(encodable(record))


def _record(inspected: InspectedConversation, language: str) -> dict[str, Any]:
    inspection = inspected.inspection
    record: dict[str, Any] = {
        "id": inspected.conversation.id,
        "standard": inspection.standard,
        "version": inspection.version,
        "score": None if inspection.score is None else round(inspection.score, 2),
        "verdicts": [_verdict(verdict, language) for verdict in inspection.verdicts],
    }
    if inspected.asked_for is not None:
        record["asked_for"] = inspected.asked_for
    if isinstance(inspected, InspectedCall):
        record["call"] = plain_call(inspected)
    return record


def _verdict(verdict: Verdict, language: str) -> dict[str, Any]:
    why = verdict.why
    return {
        "clause": verdict.clause,
        "rule": verdict.rule,
        "verdict": verdict.outcome,
        "turns": verdict.turns,
        "quote": verdict.quote,
        "at": verdict.at,
        "why": why[0][1] if why and why[0][0] == language else verdict.reason(language),
    }
