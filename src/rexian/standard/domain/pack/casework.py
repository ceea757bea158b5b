"""What a pack says of cases: tiers of units, flows with moves and clocks, callbacks, targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.span_descriptions import describe_span, read_span
from rexian.kernel.calendar.spans import NaturalTime, Span
from rexian.standard.domain.pack.decoding import span_of
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node, Place
from rexian.standard.domain.pack.recording import CaseType
from rexian.standard.domain.pack.texts import Text

Standing = Literal["open", "waiting", "answered", "resolved", "closed", "void"]
"""What the states of every flow come down to: rules, counts and lists read nothing else of them.

``waiting`` stands still for the customer or an outsider, and the clocks with it; ``answered`` has
told the customer; ``resolved`` is done and not confirmed; ``closed`` and ``void`` are the end.
"""

Effect = Literal[
    "forward",
    "sign",
    "return",
    "arbitrate",
    "reassign",
    "assist",
    "assisted",
    "start",
    "extend",
    "pause",
    "resume",
    "interim",
    "answer",
    "find",
    "report",
    "resolve",
    "reopen",
    "confirm",
    "close",
    "void",
    "press",
    "add",
    "withdraw",
    "escalate",
    "dispatch",
    "reclass",
]
"""What a move does, from a closed vocabulary; ``docs/reference/flows.md`` tells each in a line."""

Part = Literal[
    "agent",
    "taker",
    "home",
    "holder",
    "handler",
    "assisting",
    "dispatcher",
    "supervisor",
    "arbiter",
    "callback",
    "customer",
    "machine",
]
"""The part somebody has in a case, by which a move is theirs.

``agent``: whoever serves customers; ``taker``: who took it first (首问); ``home``: the unit that
took it; ``holder``: the unit that has it; ``handler``: the person who signed for it; ``assisting``:
a unit asked to assist; ``dispatcher``; ``supervisor``: of the unit that has it, or of one above it;
``arbiter``: a supervisor of the unit that took it; ``callback``: who calls back; ``customer``: by
the portal; ``machine``: the clockwork.
"""

Source = Literal["contact", "portal", "outside", "rest", "person", "callback"]
"""By which way a case comes in; ``outside`` is a letter of another body (转办件)."""

Need = Literal["reason", "text", "unit", "person", "due", "finding", "file", "signature", "class"]
"""What a move asks for besides being made; a form is named by ``form``."""

RungName = Literal["press", "supervise", "escalate", "circulate"]
"""The ladder of a breach: 催办, 督办, 提级, 通报."""


@dataclass(frozen=True)
class SpanSpec:
    """A span in the unit in which it was promised; plain ``2h`` is natural time."""

    span: Span
    place: Place = field(default=NOWHERE, compare=False)

    @classmethod
    def from_node(cls, node: Node) -> SpanSpec:
        """Read ``30min``, ``D+1 12:00``, or a description such as ``{calendar_days: 1}``.

        What a parameter stands for is a single value: ``D+1`` are calendar days, ``W+5`` working
        days, with the time of day at which they are over or ``closing``, ``same-time``.
        """
        try:
            if isinstance(node.value, dict):
                return cls(read_span(_plain(node)), node.place)
            return cls(_written_span(str(node.scalar())), node.place)
        except BadCalendar as error:
            raise Fault(node.place, str(error)) from error
        except ValueError:
            reason = "a span is 30min, 2h, D+1 or W+5 12:00, or names its unit: {calendar_days: 1}"
            raise Fault(node.place, reason) from None

    def described(self) -> dict[str, Any]:
        """Return the span as plain values."""
        return describe_span(self.span)


_DAYS = re.compile(r"^([DW])\+(\d{1,5})(?: (\S+))?$")
_UNITS = {"D": "calendar_days", "W": "working_days"}


def _written_span(text: str) -> Span:
    """Return the span that is written in one word; raise ``ValueError`` for none."""
    days = _DAYS.match(text)
    if days:
        finish = {"finish": days[3]} if days[3] else {}
        return read_span({_UNITS[days[1]]: int(days[2]), **finish})
    length = span_of(text)
    if length is None:
        raise ValueError(text)
    return NaturalTime(length)


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {name: _plain(one) for name, one in node.value.items()}
    return [_plain(one) for one in node.value] if isinstance(node.value, list) else node.value


@dataclass(frozen=True)
class TierSpec:
    """A tier of the organisation that flows speak of, and the names that units have for theirs."""

    id: str
    title: Text
    names: tuple[str, ...]
    clause: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class StateSpec:
    """A state of a flow; ``public`` are the words by which the customer hears of it, if at all."""

    id: str
    title: Text
    standing: Standing = field(default="open", metadata={"name": "is"})
    public: Text = field(default_factory=Text)


@dataclass(frozen=True)
class MoveSpec:
    """A move: who makes it, from which states to which, and what it asks for.

    Without ``to`` the case stays where it is; without ``from`` the move is open in every state that
    is not the end. ``to_tier`` names the tiers that a unit may be of; ``most`` limits how often one
    is made in a round; ``not_by`` names moves whose maker may not make this one too (a second
    person); ``approved_by`` has somebody else let it happen; ``after`` are moves of which one must
    have been made in this round; ``key`` is a letter at the desk.
    """

    id: str
    does: Effect
    title: Text
    by: tuple[Part, ...]
    from_states: tuple[str, ...] = field(default=(), metadata={"name": "from"})
    to: str = ""
    clause: str = ""
    needs: tuple[Need, ...] = ()
    form: str = ""
    to_tier: tuple[str, ...] = ()
    most: int | None = None
    not_by: tuple[str, ...] = ()
    approved_by: Part | None = None
    after: tuple[str, ...] = ()
    public: Text = field(default_factory=Text)
    hint: Text = field(default_factory=Text)
    key: str = ""


AT_ONCE = SpanSpec(NaturalTime(timedelta(0)))


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder, so long after the breach."""

    does: RungName
    after: SpanSpec = AT_ONCE


@dataclass(frozen=True)
class ClockSpec:
    """A clock: which moves start it and which stop it, and how long it runs.

    ``starts`` and ``stops`` are ids of moves, or ``taken``; one in both has it run anew.
    ``by_class`` goes over ``within`` for a class of case, ``by_customer`` for a class of customer.
    It stands still while the case waits, unless it ``runs_on``. ``warn`` is how long before; a
    ``soft`` one is a target whose breach climbs no ladder. ``urgent``: its ladder wakes people at
    night. ``asked``: an outside body, or the customer, names the instant, and ``within`` counts
    where they name none. Without a clause it is ours.
    """

    id: str
    title: Text
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    clause: str = ""
    within: SpanSpec | None = None
    by_class: Mapping[str, SpanSpec] = field(default_factory=dict)
    by_customer: Mapping[str, SpanSpec] = field(default_factory=dict)
    warn: SpanSpec | None = None
    ladder: tuple[Rung, ...] = ()
    soft: bool = False
    urgent: bool = False
    runs_on: bool = False
    asked: bool = False


@dataclass(frozen=True)
class FlowSpec:
    """A flow: the way of a kind of case through the tiers, as states, moves and clocks.

    ``like`` has moves, states and clocks of another flow that this one does not redefine;
    ``case_types`` are those it is for, unless a category names another. ``sources`` are the ways
    in for which it is meant (none: all); an ``abstract`` flow is only built upon. ``principles``
    are reminders beside the case (WC-2.1). ``may_hide``: the complainant's identity can be kept
    from the unit complained of. ``cites`` are further clauses that it carries out as a whole.
    """

    id: str
    title: Text = field(default_factory=Text)
    clause: str = ""
    like: str = ""
    abstract: bool = False
    case_types: tuple[CaseType, ...] = ()
    sources: tuple[Source, ...] = ()
    first: str = ""
    form: str = ""
    classes: tuple[str, ...] = ()
    states: tuple[StateSpec, ...] = ()
    moves: tuple[MoveSpec, ...] = ()
    clocks: tuple[ClockSpec, ...] = ()
    principles: tuple[Text, ...] = ()
    without: tuple[str, ...] = ()
    may_hide: bool = False
    urgent: bool = False
    callback: str = ""
    cites: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


class Windows(tuple[str, ...]):
    """Hours of the day, such as ``09:00-12:00``; written as a list, or in one line with commas."""

    __slots__ = ()

    @classmethod
    def from_node(cls, node: Node) -> Windows:
        """Read the windows of a list, or those that a parameter stands for."""
        nodes = node.value if isinstance(node.value, list) else [node]
        lines = (str(one.scalar()) for one in nodes)
        return cls(part.strip() for line in lines for part in line.split(",") if part.strip())


ANY_TIME = Windows()


@dataclass(frozen=True)
class CallbackSpec:
    """Which cases are called back, by when, in which hours of the day, and when one has failed.

    ``share`` is the part of the cases, 1.0 for each; ``within`` runs from the case being done, a
    ``soft`` one is a target. ``windows`` are hours of the day such as ``09:00-12:00``, none for any
    time. A call has failed after ``attempts`` ``on_different_days``; with ``same_day`` one that was
    not reached is called again the next day without a breach (GH-4.6). ``dissatisfied`` is the move
    of the case that a dissatisfied customer makes necessary, ``satisfied`` that of one who is not;
    after so many ``rounds`` a supervisor looks at it. With ``merges`` one call is for all cases at
    an address; a ``transient`` caller is called too only where this says so. ``reasons`` are those
    for which an attempt is in vain; ``cites`` are further clauses that it carries out. Without a
    clause it is ours.
    """

    id: str
    title: Text
    clause: str = ""
    share: float = 1.0
    within: SpanSpec | None = None
    soft: bool = False
    windows: Windows = ANY_TIME
    attempts: int = 2
    on_different_days: bool = True
    same_day: bool = False
    merges: bool = True
    dissatisfied: str = "reopen"
    satisfied: str = "confirm"
    rounds: int = 2
    form: str = ""
    transient: bool = False
    reasons: Mapping[str, Text] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that the rule cites, each once."""
        return tuple(dict.fromkeys(filter(None, (self.clause, *self.cites))))


@dataclass(frozen=True)
class TargetSpec:
    """A figure that is to be kept: its formula by name, and the threshold."""

    id: str
    clause: str
    title: Text
    figure: str
    at_least: float | None = None
    at_most: float | None = None
    place: Place = field(default=NOWHERE, compare=False)
