"""The columns of each sheet."""

from __future__ import annotations

from collections.abc import Iterator

from rexian.kernel.language import translate
from rexian.reports.inspection.agreement import headings
from rexian.reports.inspection.words import outcome_word
from rexian.reports.inspection.xlsx.sheets import Heading, Kind
from rexian.standard.domain.verdicts import Outcome

COUNTED = (
    Outcome.MISSED,
    Outcome.SUSPECT,
    Outcome.MET,
    Outcome.NOT_APPLICABLE,
    Outcome.UNDECIDED,
)
_SHOWN = COUNTED[:3]


def findings(language: str) -> list[Heading]:
    """Return the columns of the findings, with room for what the inspector says of each."""
    shown = tuple(outcome_word(outcome, language) for outcome in _SHOWN)
    choices = (translate("Confirmed", language), translate("Rejected", language))
    return [
        Heading(translate("Conversation", language), 16),
        Heading(translate("Standard", language), 11),
        Heading(translate("Clause", language), 9),
        Heading(translate("What it asks", language), 34),
        Heading(translate("Outcome", language), 11, shown=shown),
        Heading(translate("Turn", language), 8, Kind.COUNT),
        Heading(translate("Time", language), 8, Kind.CLOCK),
        Heading(translate("Speaker", language), 10),
        Heading(translate("Quote", language), 36),
        Heading(translate("Reason", language), 40),
        Heading(translate("Review", language), 10, choices=choices),
        Heading(translate("Remark", language), 24),
    ]


def scores(language: str) -> list[Heading]:
    """Return the columns of the scores, a row a conversation."""
    return [
        Heading(translate("Conversation", language), 16),
        Heading(translate("Contact", language), 22),
        Heading(translate("Standard", language), 11),
        Heading(translate("Standard asked for", language), 14),
        Heading(translate("Score", language), 8, Kind.SCORE),
        *_counts(language),
        Heading(translate("Source", language), 28),
    ]


def clauses(language: str) -> list[Heading]:
    """Return the columns of the summary by clause."""
    return [
        Heading(translate("Standard", language), 11),
        Heading(translate("Clause", language), 9),
        Heading(translate("What it asks", language), 60),
        *_counts(language),
        Heading(translate("Share met", language), 10, Kind.SHARE),
    ]


def agreement(language: str) -> list[Heading]:
    """Return the columns of the agreement with a person's labels."""
    return [Heading(title, 14) for title in headings(language)]


def calls(language: str) -> list[Heading]:
    """Return the columns of what was heard, a row a side of a call."""
    return [
        Heading(translate("Conversation", language), 16),
        Heading(translate("Recording", language), 24),
        Heading(translate("Length", language), 9, Kind.CLOCK),
        Heading(translate("Speaker", language), 10),
        Heading(translate("Speech", language), 9, Kind.CLOCK),
        Heading(translate("Share of speech", language), 10, Kind.SHARE),
        Heading(translate("Characters a minute", language), 12, Kind.COUNT),
        Heading(translate("Characters a minute without pauses", language), 14, Kind.COUNT),
        Heading(translate("Loudness in dB", language), 10, Kind.SCORE),
        Heading(translate("Interrupts", language), 10, Kind.COUNT),
        Heading(translate("Signs of listening", language), 10, Kind.COUNT),
        Heading(translate("Silences", language), 10, Kind.COUNT),
        Heading(translate("Longest silence in s", language), 10, Kind.SCORE),
        Heading(translate("Doubtful", language), 10, Kind.SHARE),
        Heading(translate("Doubtful words", language), 30),
        Heading(translate("Words read by", language), 24),
    ]


def about(language: str) -> list[Heading]:
    """Return the columns of what is to be known of the whole report."""
    return [Heading(translate("Item", language), 28), Heading(translate("Value", language), 90)]


def _counts(language: str) -> Iterator[Heading]:
    for outcome in COUNTED:
        yield Heading(outcome_word(outcome, language), 10, Kind.COUNT)
