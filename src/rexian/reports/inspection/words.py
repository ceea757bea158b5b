"""Say outcomes, speakers, channels and signals in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rexian.kernel.language import mark, translate
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import minutes
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker
from rexian.standard.domain.verdicts import Outcome

SIGNS: Mapping[Outcome, str] = {
    Outcome.MET: "✓",
    Outcome.MISSED: "×",
    Outcome.SUSPECT: "?",
    Outcome.NOT_APPLICABLE: "–",
    Outcome.UNDECIDED: "○",
}
"""A shape for each outcome, so that none is told by its colour alone."""

NOTHING = mark("Nothing was inspected: there was no conversation to read.")

OUTCOMES = {
    Outcome.MET: mark("Met"),
    Outcome.MISSED: mark("Missed"),
    Outcome.SUSPECT: mark("To confirm"),
    Outcome.NOT_APPLICABLE: mark("Not applicable"),
    Outcome.UNDECIDED: mark("Undecided"),
}
_SPEAKERS = {
    Speaker.AGENT: mark("Agent"),
    Speaker.CUSTOMER: mark("Customer"),
    Speaker.SYSTEM: mark("System"),
    Speaker.UNKNOWN: mark("Unknown speaker"),
}
_FACTS = {
    "phone": mark("Phone"),
    "chat": mark("Chat"),
    "counter": mark("Counter"),
    "in": mark("Incoming"),
    "out": mark("Outgoing"),
    "enquiry": mark("Enquiry"),
    "help": mark("Help"),
    "complaint": mark("Complaint"),
    "suggestion": mark("Suggestion"),
    "nuisance": mark("Nuisance"),
    "none": mark("No matter"),
    "simple": mark("Simple"),
    "complex": mark("Complex"),
}
_SIGNALS = {
    SignalName.RING: mark("ringing"),
    SignalName.ANSWER: mark("answered"),
    SignalName.HOLD_ON: mark("put on hold"),
    SignalName.HOLD_OFF: mark("back from hold"),
    SignalName.MUTE: mark("muted"),
    SignalName.UNMUTE: mark("no longer muted"),
    SignalName.TRANSFER: mark("transferred"),
}
_HANG_UPS = {
    Speaker.AGENT: mark("agent hangs up"),
    Speaker.CUSTOMER: mark("customer hangs up"),
    Speaker.SYSTEM: mark("line ends"),
    Speaker.UNKNOWN: mark("line ends"),
}


def outcome_word(outcome: Outcome, language: str) -> str:
    """Return what an outcome is called."""
    return translate(OUTCOMES[outcome], language)


def speaker_word(speaker: Speaker, language: str) -> str:
    """Return what a speaker is called."""
    return translate(_SPEAKERS[speaker], language)


def signal_words(name: SignalName, by: Speaker, language: str) -> str:
    """Return what happened; a hang-up says whose it was."""
    return translate(_HANG_UPS[by] if name is SignalName.HANG_UP else _SIGNALS[name], language)


def fact_words(facts: Facts, language: str) -> list[str]:
    """Return channel, direction, case and class as far as they are known.

    A word of an organisation's own is shown as it stands; only a telephone call has a direction
    that is worth the reader's time.
    """
    direction = facts.direction if facts.channel == "phone" or facts.direction != "in" else None
    known = (facts.channel, direction, facts.case_type, facts.case_class)
    return [
        translate(_FACTS[fact], language) if fact in _FACTS else one_line(fact)
        for fact in known
        if fact
    ]


def happening(signals: Sequence[Signal], language: str) -> str:
    """Return signals that follow each other as one line, each with its time where it has one."""
    parts = []
    for name, group in groupby(signals, lambda signal: signal.name):
        same = list(group)
        words = signal_words(name, same[-1].by, language)
        if name is SignalName.RING and len(same) > 1:
            words = f"{words} ×{len(same)}"
        at = same[0].at
        parts.append(words if at is None else f"{minutes(at)} {words}")
    return " · ".join(parts)
