"""See that the flows of a pack lead somewhere: states, moves, clocks, forms and clauses exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from rexian.standard.domain.flows import OVER, TAKEN, Flow, whole_flow
from rexian.standard.domain.pack.casework import CallbackSpec, FlowSpec, MoveSpec, TargetSpec
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.whole import Pack, Sections

MOVERS = frozenset({"reopen", "confirm", "close", "void", "resolve"})
"""Effects that take a case from one standing to another, and so need a state to go to."""

GOES_ON = ("unreached", "not-drawn")
"""The moves by which a case goes on without its customer having been asked."""

FISCAL_YEAR = "fiscal_year_start"
"""The parameter of the day on which the fiscal year begins."""

MONTHS, EVERY_MONTH_HAS = 12, 28
_WINDOW = re.compile(r"([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d)")
_DAY = re.compile(r"(\d\d)-(\d\d)")


def check_cases(pack: Pack, findings: Findings) -> None:
    """Add to the findings what is wrong with what a pack says of cases."""
    sections = pack.sections
    known = {one.id: one for one in sections.flows}
    for spec in sections.flows:
        if spec.like and spec.like not in {*known, *findings.broken}:
            reason = f"there is no flow {spec.like!r}{suggest(spec.like, known)}"
            findings.error(spec.place, reason, spec.id)
        elif _is_like_itself(spec, known):
            findings.error(spec.place, "the flow is like itself", spec.id)
        elif not spec.abstract:
            for reason in _flow(whole_flow(spec, known), sections):
                findings.error(spec.place, reason, spec.id)
    for callback in sections.callbacks:
        for reason in _callback(callback, sections):
            findings.error(callback.place, reason, callback.id)
    for target in sections.targets:
        for reason in _target(target):
            findings.error(target.place, reason, target.id)
    _fiscal_year(pack, findings)
    _clauses(sections, findings)
    _categories(sections, findings)


def cited(sections: Sections) -> Iterator[tuple[FlowSpec | CallbackSpec | TargetSpec, str]]:
    """Yield every clause that flows, callbacks and targets cite, with what cites it."""
    for flow in sections.flows:
        moves, clocks = (one.clause for one in flow.moves), (one.clause for one in flow.clocks)
        for clause in filter(None, (flow.clause, *flow.cites, *moves, *clocks)):
            yield flow, clause
    for callback in sections.callbacks:
        for clause in callback.clauses():
            yield callback, clause
    for target in sections.targets:
        yield target, target.clause


def _flow(flow: Flow, sections: Sections) -> Iterator[str]:
    if flow.spec.first not in flow.states:
        yield f"the first state {flow.spec.first!r} is none of its states"
        return
    forms = {one.id for one in sections.forms}
    tiers = {one.id for one in sections.tiers}
    for move in flow.moves.values():
        yield from _move(move, flow, forms, tiers)
    for clock in flow.clocks.values():
        for name in (*clock.starts, *clock.stops):
            if name not in {TAKEN, *flow.moves}:
                yield f"the clock {clock.id!r} waits for a move {name!r} that there is not"
        if clock.within is None and not clock.by_class and not clock.asked:
            yield f"the clock {clock.id!r} needs within, by_class or asked"
        for name in clock.by_class:
            if name not in flow.spec.classes:
                yield f"the clock {clock.id!r} has a class {name!r} that the flow has not"
    yield from _ways(flow)
    yield from _keys(flow)
    yield from _waiting(flow)
    yield from _names((flow.spec.form,), forms, "form")
    yield from _called_back(flow, {one.id: one for one in sections.callbacks})


def _move(
    move: MoveSpec, flow: Flow, forms: Collection[str], tiers: Collection[str]
) -> Iterator[str]:
    for name in filter(None, (*move.from_states, move.to)):
        if name not in flow.states:
            yield f"the move {move.id!r} names a state {name!r}{suggest(name, flow.states)}"
    for name in (*move.not_by, *move.after):
        if name not in {TAKEN, *flow.moves}:
            yield f"the move {move.id!r} names a move {name!r}{suggest(name, flow.moves)}"
    if move.does in MOVERS and not move.to:
        yield f"the move {move.id!r} does {move.does!r}, and does not say to which state"
    if not move.by:
        yield f"nobody makes the move {move.id!r}"
    yield from _names((move.form,), forms, "form")
    yield from _names(move.to_tier, tiers, "tier")


def _keys(flow: Flow) -> Iterator[str]:
    """Yield the letters of the desk by which two moves that meet in a state would be made."""
    moves = [one for one in flow.moves.values() if one.key]
    for number, one in enumerate(moves):
        for other in moves[:number]:
            meet = any(
                flow.is_from(one, each) and flow.is_from(other, each) for each in flow.states
            )
            if one.key == other.key and meet:
                yield f"the moves {other.id!r} and {one.id!r} have the same key {one.key!r}"


def _waiting(flow: Flow) -> Iterator[str]:
    """Yield the moves that pause a case and do not lead to where its clocks stand still."""
    for move in flow.moves.values():
        stands = move.to in flow.states and flow.standing(move.to) == "waiting"
        if move.does == "pause" and not stands:
            yield f"the move {move.id!r} pauses, and does not lead to a state that is waiting"


def _called_back(flow: Flow, callbacks: Mapping[str, CallbackSpec]) -> Iterator[str]:
    """Yield the moves that a callback makes and the flow does not have."""
    yield from _names((flow.spec.callback,), callbacks, "callback")
    spec = callbacks.get(flow.spec.callback)
    if spec is not None:
        for name in (spec.satisfied, spec.dissatisfied, *GOES_ON):
            if name not in flow.moves:
                yield f"the flow is called back, and has no move {name!r}"


def _is_like_itself(spec: FlowSpec, known: Mapping[str, FlowSpec]) -> bool:
    passed: set[str] = set()
    while spec.like in known and spec.id not in passed:
        passed.add(spec.id)
        spec = known[spec.like]
    return spec.id in passed


def _ways(flow: Flow) -> Iterator[str]:
    """Yield the states that nothing leads to, and those from which no way leads to the end."""
    reached = _closure({flow.spec.first}, flow, forward=True)
    ends = {one.id for one in flow.states.values() if one.standing in OVER}
    if not ends:
        yield "no state is the end"
    ending = _closure(ends, flow, forward=False)
    for state in flow.states:
        if state not in reached:
            yield f"nothing leads to the state {state!r}"
        if state not in ending:
            yield f"no way leads from the state {state!r} to the end"


def _closure(states: set[str], flow: Flow, *, forward: bool) -> set[str]:
    found, ahead = set(states), list(states)
    while ahead:
        one = ahead.pop()
        near = _after(one, flow) if forward else _before(one, flow)
        ahead += [each for each in near if each not in found]
        found.update(near)
    return found


def _after(state: str, flow: Flow) -> set[str]:
    return {one.to for one in flow.moves_from(state) if one.to}


def _before(state: str, flow: Flow) -> set[str]:
    leading = [one for one in flow.moves.values() if one.to == state]
    return {each for each in flow.states for one in leading if flow.is_from(one, each)}


def _callback(spec: CallbackSpec, sections: Sections) -> Iterator[str]:
    if not 0 <= spec.share <= 1:
        yield f"share is a part of the cases, from 0 to 1, not {spec.share:g}"
    if spec.attempts < 1 or spec.rounds < 1:
        yield "attempts and rounds are counted from 1"
    for window in spec.windows:
        times = _WINDOW.fullmatch(window)
        if times is None or not times[1] < times[2]:
            yield f"a window is written 09:00-12:00, not {window!r}"
    yield from _names((spec.form,), {one.id for one in sections.forms}, "form")


def _target(spec: TargetSpec) -> Iterator[str]:
    if spec.at_least is None and spec.at_most is None:
        yield "a target says at_least or at_most"


def _fiscal_year(pack: Pack, findings: Findings) -> None:
    """See that the day on which the fiscal year begins is one of every year."""
    start = str(pack.values.get(FISCAL_YEAR, "01-01"))
    days = _DAY.fullmatch(start)
    if days is None or not 1 <= int(days[1]) <= MONTHS or not 1 <= int(days[2]) <= EVERY_MONTH_HAS:
        reason = f"{FISCAL_YEAR} is a month and a day up to the 28th, as 04-01, not {start!r}"
        findings.error(pack.manifest.place, reason, FISCAL_YEAR)


def _names(names: Iterable[str], known: Collection[str], what: str) -> Iterator[str]:
    for name in filter(None, names):
        if name not in known:
            yield f"there is no {what} {name!r}{suggest(name, known)}"


def _clauses(sections: Sections, findings: Findings) -> None:
    known = [one.id for one in sections.clauses]
    for element, clause in cited(sections):
        if clause not in {*known, *findings.broken}:
            reason = f"there is no clause {clause!r}{suggest(clause, known)}"
            findings.error(element.place, reason, element.id)


def _categories(sections: Sections, findings: Findings) -> None:
    flows = {one.id for one in sections.flows if not one.abstract}
    for one in sections.taxonomy:
        if one.flow and one.flow not in {*flows, *findings.broken}:
            reason = f"there is no flow {one.flow!r}{suggest(one.flow, flows)}"
            findings.error(one.place, reason, one.id)
