"""What stands beside a recording: facts of the telephone system, and what people found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rexian.dialogue.domain.naming import SIGNALS, folded, layout_of
from rexian.dialogue.domain.records import conversation_of
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.domain.unreadable import BrokenRecord
from rexian.speech.domain.call_columns import BadCell, columns_of, facts_of
from rexian.speech.domain.call_facts import CallFacts

# A record of a call in which nobody speaks has no turns; the reader of conversations wants one.
_NOBODY = [{"speaker": "system", "text": "-"}]


@dataclass(frozen=True, slots=True)
class Beside:
    """The facts of a sidecar, what of them cannot be understood, and whether its rest can be."""

    facts: CallFacts
    bad: tuple[BadCell, ...] = ()
    is_broken: bool = False


def facts_beside(record: Mapping[str, Any], *, name: str, source: str = "") -> Beside:
    """Return the facts in a sidecar.

    Its events are the telephone system's and count; its turns and labels are truth to measure by,
    and are kept apart. A time of ringing places no signal: nobody says when the recording began.
    """
    plain = {key: value for key, value in record.items() if not isinstance(value, dict)}
    facts, bad = facts_of(plain, columns_of(plain), name=name)
    assessable = record.get("assessable")
    facts = replace(facts, assessable=assessable if isinstance(assessable, bool) else None)
    try:
        return Beside(_with_events_and_truth(facts, record, source), bad)
    except BrokenRecord:
        return Beside(facts, bad, is_broken=True)


def _with_events_and_truth(facts: CallFacts, record: Mapping[str, Any], source: str) -> CallFacts:
    layout = layout_of(tuple(record))
    turns = record.get(layout.turns or "") or []
    whole = {**record, layout.turns or "turns": turns or _NOBODY}
    read = conversation_of(whole, speakers_with(()), name=facts.id, source=source)
    has_events = _has_signals(record.get(layout.events or ""))
    return replace(
        facts,
        signals=has_events,
        events=read.signals if has_events else (),
        labelled=isinstance(record.get("truth"), list),
        labels=read.labels,
        true_turns=read.turns if turns else (),
    )


def _has_signals(events: Any) -> bool:
    if not isinstance(events, list):
        return False
    return any(
        folded(event.get(layout_of(tuple(event)).event)) in SIGNALS
        for event in events
        if isinstance(event, Mapping)
    )
