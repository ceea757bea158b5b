"""Write down what is known of a call beside its recording, so that it can be heard another day.

What people found in a call for measuring (labels, true turns) is not kept: nobody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rexian.speech.domain.call_facts import CallFacts
from rexian.standard.domain.events import Signal, SignalName, Speaker

_PLAIN = (
    "id", "agent", "number", "channel", "direction", "rings", "ring_seconds", "queue", "waited",
    "standard", "case_type", "case_class", "signals",
)  # fmt: skip


def plain_facts(facts: CallFacts) -> dict[str, Any]:
    """Return facts as JSON holds them."""
    plain: dict[str, Any] = {name: getattr(facts, name) for name in _PLAIN}
    plain["start"] = facts.start.isoformat() if facts.start else None
    plain["hung_up_by"] = facts.hung_up_by.value if facts.hung_up_by else None
    plain["roles"] = [one.value for one in facts.roles]
    plain["events"] = [[one.name.value, one.at, one.by.value] for one in facts.events]
    return {name: value for name, value in plain.items() if value not in (None, "", [])}


def facts_from(plain: Mapping[str, Any]) -> CallFacts:
    """Return the facts that ``plain_facts`` wrote."""
    given: dict[str, Any] = {name: plain[name] for name in _PLAIN if name in plain}
    if start := plain.get("start"):
        given["start"] = datetime.fromisoformat(start)
    if by := plain.get("hung_up_by"):
        given["hung_up_by"] = Speaker(by)
    given["roles"] = tuple(Speaker(one) for one in plain.get("roles", ()))
    given["events"] = tuple(
        Signal(SignalName(name), at, Speaker(by)) for name, at, by in plain.get("events", ())
    )
    return CallFacts(**{"id": "", **given})
