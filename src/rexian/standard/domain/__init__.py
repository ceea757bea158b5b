"""The standard as data, and the evaluator that runs it: no framework, no server, no database.

``load`` a standard by name or folder, then ``inspect`` a conversation, or ``start``, ``feed`` and
``finish`` it event by event. While it lasts, ``guide`` tells what to say next, ``may_end`` whether
it may be ended; ``suggest_category`` and ``check_form`` help with its record.
"""

from rexian.standard.domain.categories import Suggestion, suggest_category
from rexian.standard.domain.evaluator.evaluation import feed, finish, inform, inspect, start
from rexian.standard.domain.evaluator.guide import before_hold, guide, may_end, promises
from rexian.standard.domain.evaluator.numbers import unconfirmed_number
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.forms import (
    FaultCode,
    FormFault,
    check_form,
    lacks_to_dispatch,
    next_to_ask,
)
from rexian.standard.domain.guidance import (
    Advice,
    Clock,
    Ending,
    Guide,
    Names,
    Piece,
    Promised,
    ProtocolStep,
    SaidNumber,
    SlotKind,
    Words,
)
from rexian.standard.domain.language.digits import numbers_said
from rexian.standard.domain.pack.loading import installed
from rexian.standard.domain.pack.recording import FieldSpec, FormSpec, Prompt
from rexian.standard.domain.standards import Standard, load
from rexian.standard.domain.taxonomy import Category, Taxonomy
from rexian.standard.domain.verdicts import Hint, HintKind, Inspection, Outcome, Verdict

__all__ = [
    "Advice",
    "Category",
    "Clock",
    "Ending",
    "Event",
    "Facts",
    "FaultCode",
    "FieldSpec",
    "FormFault",
    "FormSpec",
    "Guide",
    "Hint",
    "HintKind",
    "Inspection",
    "Names",
    "Outcome",
    "Piece",
    "Promised",
    "Prompt",
    "ProtocolStep",
    "SaidNumber",
    "Signal",
    "SignalName",
    "SlotKind",
    "Speaker",
    "Standard",
    "State",
    "Suggestion",
    "Taxonomy",
    "Turn",
    "Verdict",
    "Words",
    "before_hold",
    "check_form",
    "feed",
    "finish",
    "guide",
    "inform",
    "inspect",
    "installed",
    "lacks_to_dispatch",
    "load",
    "may_end",
    "next_to_ask",
    "numbers_said",
    "promises",
    "start",
    "suggest_category",
    "unconfirmed_number",
]
