"""The flow of a case drawn: its states in order, the way it took, the clock where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rexian.cases.queries import CasePage, ClockShown, StepShown
from rexian.console.cases import left_until
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.flow import Drawing, Place, Station, draw
from rexian.look.instants import local_text
from rexian.look.shapes import Tone
from rexian.standard.domain.flows import OVER, Flow
from rexian.standard.domain.pack.casework import StateSpec

_ASIDE = frozenset({"return", "pause", "withdraw", "void", "reopen"})
"""What leads off the main way: a state that nothing else leads to stands beside it."""


@dataclass(frozen=True, slots=True)
class FlowShown:
    """The drawing of a flow, and the same told in words."""

    drawing: Drawing
    told: str


def flow_shown(
    page: CasePage, names: Mapping[str, str], *, clock: ClockShown | None, at: datetime, zone: str
) -> FlowShown:
    """Return the flow of a case as it is drawn for whoever looks."""
    flow, case = page.flow, page.case
    visits = _visits(page.steps)
    way = _way(page.steps)
    stations = []
    for state, beside in ordered_states(flow):
        came = visits.get(state.id)
        is_here = state.id == case.state
        stations.append(
            Station(
                id=state.id,
                title=text_in(state.title, current_language()),
                lines=_lines(came, names, zone) + (_now(page, clock, at) if is_here else []),
                place=Place.HERE if is_here else Place.BEEN if came else Place.AHEAD,
                beside=beside and not (is_here or came),
                share=_share(clock, at) if is_here and clock else None,
                tone=_tone(clock, at).value if clock else "info",
            )
        )
    main = [one for one in stations if not one.beside]
    apart = [one for one in stations if one.beside]
    return FlowShown(draw([*main, *apart], way), _told(page, stations, way, clock, at))


def ordered_states(flow: Flow) -> list[tuple[StateSpec, bool]]:
    """Return the states in the order in which a case goes through them, and which stand beside.

    What is open comes first, then what is answered or done, the end last; among them, how few
    moves lead there.
    """
    depth = _depths(flow)
    place = {one: number for number, one in enumerate(flow.states)}

    def order(one: StateSpec) -> tuple[int, int, int]:
        rank = 2 if one.standing in OVER else 0 if one.standing in {"open", "waiting"} else 1
        return rank, depth.get(one.id, len(place)), place[one.id]

    ends = [one for one in flow.states.values() if one.standing == "closed" and one.id in depth]
    end = max(ends, key=order, default=None)
    return [
        (one, one.id not in depth or (one.standing in OVER and one is not end))
        for one in sorted(flow.states.values(), key=order)
    ]


def _depths(flow: Flow) -> dict[str, int]:
    """Return how few moves lead to each state of the main way."""
    depth = {flow.first.id: 0}
    line = [flow.first.id]
    for state in line:
        for move in flow.moves_from(state):
            if move.to and move.to not in depth and move.does not in _ASIDE:
                depth[move.to] = depth[state] + 1
                line.append(move.to)
    return depth


def _visits(steps: Sequence[StepShown]) -> dict[str, StepShown]:
    """Return for each state the step by which the case came there last."""
    found: dict[str, StepShown] = {}
    before = ""
    for one in steps:
        if one.state != before:
            found[one.state] = one
        before = one.state
    return found


def _way(steps: Sequence[StepShown]) -> list[tuple[str, str]]:
    states = [one.state for one in steps]
    return [(a, b) for a, b in itertools.pairwise(states) if a != b]


def _lines(came: StepShown | None, names: Mapping[str, str], zone: str) -> list[str]:
    """Return when the case came to a state, and to which unit."""
    if came is None:
        return []
    unit = names.get(f"unit:{came.to_unit}", "")
    return [" · ".join(filter(None, (local_text(came.at, zone)[5:], unit)))]


def _now(page: CasePage, clock: ClockShown | None, at: datetime) -> list[str]:
    """Return what runs where the case stands."""
    if clock is None:
        return []
    title = clock_title(page.flow, clock.clock)
    if clock.paused_at is not None:
        return [translated(mark("{clock}: stands still"), clock=title)]
    return [translated(mark("{clock}: {left}"), clock=title, left=left_until(clock.due_at, at))]


def clock_title(flow: Flow, clock: str) -> str:
    """Return what a clock is called."""
    spec = flow.clocks.get(clock)
    return text_in(spec.title, current_language()) if spec else clock


def _share(clock: ClockShown, at: datetime) -> float:
    """Return which part of a clock has run."""
    whole = (clock.due_at - clock.started_at).total_seconds()
    gone = ((clock.paused_at or at) - clock.started_at).total_seconds()
    return gone / whole if whole > 0 else 1.0


def _tone(clock: ClockShown, at: datetime) -> Tone:
    if clock.due_at <= at:
        return Tone.BAD
    return Tone.CAUTION if _share(clock, at) > 0.75 else Tone.INFO


def _told(
    page: CasePage,
    stations: Sequence[Station],
    way: Sequence[tuple[str, str]],
    clock: ClockShown | None,
    at: datetime,
) -> str:
    """Return the drawing in words: the way, where the case stands, what runs, what comes."""
    titles = {one.id: one.title for one in stations}
    walked = [page.flow.first.id, *(end for _, end in way)]
    here = titles.get(page.case.state, page.case.state)
    ahead = [one.title for one in stations if one.place is Place.AHEAD and not one.beside]
    told = [
        translated(mark("The way so far: {way}."), way=" → ".join(titles[one] for one in walked)),
        translated(mark("It stands at: {state}."), state=here),
        *_now(page, clock, at),
    ]
    if ahead and page.case.standing not in OVER:
        told.append(translated(mark("Possible still: {states}."), states="、".join(ahead)))
    return " ".join(told)
