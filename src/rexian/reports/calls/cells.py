"""What a heard call measures, a line a call, for tables and workbooks."""

from __future__ import annotations

from rexian.kernel.language import translate
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.measures import CallMeasures, SideMeasures, measures_of
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import minutes
from rexian.standard.domain.events import Speaker

Value = str | float | int | None


def call_headings(language: str) -> list[str]:
    """Return the titles of the columns of a terminal's table."""
    return [
        translate("Conversation", language),
        translate("Length", language),
        translate("Agent speaks", language),
        translate("Agent, characters a minute", language),
        translate("Interrupts", language),
        translate("Silences", language),
        translate("Longest", language),
        translate("Doubtful", language),
    ]


def call_cells(call: InspectedCall, language: str) -> list[str]:
    """Return the line of one call on a terminal; the agent is whoever is known to be."""
    del language
    measures = measures_of(call.heard, call.conversation)
    agent = side_of(measures, Speaker.AGENT)
    return [
        one_line(call.conversation.id),
        minutes(measures.duration),
        _share(agent.share if agent else None),
        _whole(agent.rate if agent else None),
        str(agent.interruptions) if agent else "–",
        str(measures.silences),
        f"{measures.longest_silence:.1f}" if measures.silences else "–",
        _share(doubtful_of(measures)),
    ]


def side_of(measures: CallMeasures, speaker: Speaker) -> SideMeasures | None:
    """Return the measures of one side, where it is known who it is."""
    return next((one for one in measures.sides if one.speaker is speaker), None)


def doubtful_of(measures: CallMeasures) -> float | None:
    """Return the doubtful part of the side that was read worst."""
    return max((one.doubtful for one in measures.sides if one.doubtful is not None), default=None)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
