"""The rows of each sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import translate
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.measures import measures_of
from rexian.reports.inspection.citations import Citations
from rexian.reports.inspection.problems import Problem
from rexian.reports.inspection.tallies import ClauseTally, Summary, counted
from rexian.reports.inspection.words import NOTHING, fact_words, outcome_word, speaker_word
from rexian.reports.inspection.xlsx.columns import COUNTED
from rexian.reports.inspection.xlsx.sheets import Value
from rexian.standard.domain.events import Speaker, Turn
from rexian.standard.domain.verdicts import Verdict

_SECONDS_A_DAY = 86_400

Row = list[Value]


def findings(
    inspected: InspectedConversation, citations: Citations, language: str
) -> Iterator[Row]:
    """Yield a row for each verdict, in the order of the evaluator; turns are counted from 1."""
    turns = {turn.index: turn for turn in inspected.conversation.turns}
    for verdict in inspected.inspection.verdicts:
        turn = turns.get(verdict.turns[-1]) if verdict.turns else None
        yield [
            inspected.conversation.id,
            inspected.inspection.standard,
            verdict.clause,
            citations.clause(inspected.inspection.standard, verdict.clause),
            outcome_word(verdict.outcome, language),
            None if turn is None else turn.index + 1,
            _days(verdict, turn),
            "" if turn is None else speaker_word(turn.speaker, language),
            verdict.quote,
            verdict.reason(language),
            None,
            None,
        ]


def score(inspected: InspectedConversation, language: str) -> Row:
    """Return the row of one conversation."""
    conversation, inspection = inspected.conversation, inspected.inspection
    counts = counted(inspection.verdicts)
    line = f":{conversation.line}" if conversation.line else ""
    return [
        conversation.id,
        " · ".join(fact_words(conversation.facts, language)),
        inspection.standard,
        inspected.asked_for or "",
        inspection.score,
        *(counts[outcome] for outcome in COUNTED),
        f"{conversation.source}{line}",
    ]


def clause(tally: ClauseTally, citations: Citations) -> Row:
    """Return the row of one clause."""
    return [
        tally.standard,
        tally.clause,
        citations.clause(tally.standard, tally.clause),
        *(tally[outcome] for outcome in COUNTED),
        tally.share_met,
    ]


def sides(call: InspectedCall, language: str) -> Iterator[Row]:
    """Yield a row for each side of a call."""
    measures = measures_of(call.heard, call.conversation)
    for side in measures.sides:
        yield [
            call.conversation.id,
            call.path.name,
            measures.duration / _SECONDS_A_DAY,
            speaker_word(side.speaker, language),
            side.speech / _SECONDS_A_DAY,
            side.share,
            side.rate,
            side.articulation,
            side.loudness,
            side.interruptions,
            side.backchannels,
            measures.silences,
            measures.longest_silence if measures.silences else None,
            side.doubtful,
            _doubtful_words(call, side.speaker),
            call.heard.recogniser,
        ]


def _doubtful_words(call: InspectedCall, speaker: Speaker) -> str:
    turns = [turn for turn in call.conversation.turns if turn.speaker is speaker and turn.voice]
    return " ".join(
        turn.text[begin:end] for turn in turns if turn.voice for begin, end in turn.voice.doubtful
    )


def about(
    summary: Summary,
    citations: Citations,
    problems: Iterable[Problem],
    at: datetime | None,
    language: str,
) -> Iterator[Row]:
    """Yield what was judged, by which standards, when, and what could not be read."""
    if at is not None:
        yield [translate("Date", language), f"{at:%Y-%m-%d %H:%M}"]
    if not summary.conversations:
        yield [translate("Conversations", language), translate(NOTHING, language)]
    figures: Mapping[str, Value] = {
        translate("Conversations", language): summary.conversations,
        translate("With faults", language): summary.with_misses,
        translate("With something to confirm", language): summary.with_suspicions,
    }
    for name, figure in figures.items():
        yield [name, figure]
    for standard, version, content_hash in sorted(summary.versions):
        title = f"{citations.title(standard)} ({standard} {version} {content_hash})"
        yield [translate("Standard", language), title]
    for problem in problems:
        text = f"{problem.place} {problem.sentence(language)}"
        yield [translate("Unreadable record", language), text]


def _days(verdict: Verdict, turn: Turn | None) -> float | None:
    """Return the time of a verdict as a spreadsheet counts it."""
    seconds = verdict.at if verdict.at is not None or turn is None else turn.start
    return None if seconds is None else seconds / _SECONDS_A_DAY
