"""The standard as data, and the evaluator that runs it: no framework, no server, no database.

``load`` a standard by name or folder, then ``inspect`` a conversation, or ``start``, ``feed`` and
``finish`` it event by event.
"""

from rexian.standard.domain.evaluator.evaluation import feed, finish, inspect, start
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.pack.loading import installed
from rexian.standard.domain.standards import Standard, load
from rexian.standard.domain.verdicts import Hint, HintKind, Inspection, Outcome, Verdict

__all__ = [
    "Event",
    "Facts",
    "Hint",
    "HintKind",
    "Inspection",
    "Outcome",
    "Signal",
    "SignalName",
    "Speaker",
    "Standard",
    "State",
    "Turn",
    "Verdict",
    "feed",
    "finish",
    "inspect",
    "installed",
    "load",
    "start",
]
