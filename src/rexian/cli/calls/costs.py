"""Say before it begins what hearing many recordings will cost."""

from __future__ import annotations

from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark
from rexian.reports.inspection.figures import minutes
from rexian.speech.domain.costs import ASSUMED_LISTENING, ASSUMED_READING, Pace, cost_of

WORTH_TELLING = 600.0
"""Seconds of sound from which the cost is told."""


def tell_cost(terminal: Terminal, count: int, seconds: float, *, reads: bool) -> None:
    """Tell how many hours of a core so much sound takes, where it is much.

    It is an assumption, and says so: a command line keeps no figures of the runs before.
    """
    if seconds < WORTH_TELLING:
        return
    cost = cost_of(seconds, Pace(), assumed=ASSUMED_READING if reads else ASSUMED_LISTENING)
    terminal.remark(
        mark(
            "{count} recordings, {time} of sound: to hear them takes about {least} to {most} hours"
            " of one core (assumed; the bar tells it as measured)."
        ),
        count=count,
        time=minutes(seconds),
        least=_hours(cost.least),
        most=_hours(cost.most),
    )


def _hours(hours: float) -> str:
    return f"{hours:.2f}" if hours < 1 else f"{hours:.1f}"
