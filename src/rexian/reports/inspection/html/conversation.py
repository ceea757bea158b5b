"""Everything that the page shows of one conversation, ready for its template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import mark, translate
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.findings import Findings, arranged
from rexian.reports.inspection.html.timeline import Timeline, timeline
from rexian.reports.inspection.html.transcript import Row, rows
from rexian.reports.inspection.tallies import counted
from rexian.reports.inspection.words import fact_words
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.verdicts import Outcome

_ENDED_BY = {
    Speaker.AGENT: mark("the agent hung up first"),
    Speaker.CUSTOMER: mark("the customer hung up first"),
}


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """One conversation; ``number`` is its place in the report and makes its anchors unique."""

    number: int
    id: str
    standard: str
    asked_for: str | None
    score: float | None
    facts: Sequence[str]
    source: str
    counts: Counter[Outcome]
    findings: Findings
    rows: Sequence[Row]
    timeline: Timeline | None
    told: str

    @property
    def size(self) -> int:
        """A step of 0 to 7 for the room it will need, so that the scroll bar does not jump."""
        return min(7, (len(self.rows) + len(self.findings.loose)) // 6)


def conversation_page(
    inspected: InspectedConversation, number: int, language: str
) -> ConversationPage:
    """Return the page of one conversation; every text in it is safe to show once escaped."""
    conversation, inspection = inspected.conversation, inspected.inspection
    findings = arranged(conversation, inspection.verdicts, language)
    drawn = timeline(conversation, (*findings.loose, *findings.pinned))
    return ConversationPage(
        number=number,
        id=one_line(conversation.id),
        standard=one_line(inspection.standard),
        asked_for=None if inspected.asked_for is None else one_line(inspected.asked_for),
        score=inspection.score,
        facts=fact_words(conversation.facts, language),
        source=_source(conversation),
        counts=counted(inspection.verdicts),
        findings=findings,
        rows=list(rows(conversation, findings, language)),
        timeline=drawn,
        told=told(drawn, language) if drawn else "",
    )


def _source(conversation: Conversation) -> str:
    """Return file and line, without folders: a report is passed on to people elsewhere."""
    name = one_line(re.split(r"[/\\]", conversation.source)[-1])
    return f"{name}:{conversation.line}" if conversation.line else name


def told(drawn: Timeline, language: str) -> str:
    """Return a time line in words, for those who do not see it."""
    parts = [translate("lasts {time}", language, time=minutes(drawn.seconds))]
    if drawn.rings:
        parts.append(translate("rings: {count}", language, count=drawn.rings))
    if drawn.held >= 1:
        parts.append(
            translate("on hold or muted: {seconds} s", language, seconds=round(drawn.held))
        )
    if drawn.longest_silence:
        seconds = round(drawn.longest_silence)
        parts.append(translate("longest silence: {seconds} s", language, seconds=seconds))
    if drawn.hung_up_by is not None and drawn.hung_up_by in _ENDED_BY:
        parts.append(translate(_ENDED_BY[drawn.hung_up_by], language))
    return " · ".join(parts)
