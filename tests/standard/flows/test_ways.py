"""No case gets stuck: from wherever a flow may lead, there is a way on to the archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.flows import TAKEN, Flow
from rexian.standard.domain.pack.casework import MoveSpec

Where = tuple[str, frozenset[str], tuple[int, ...]]
"""A state, the moves made in this round on which others wait, how often the limited ones were."""

FLOWS = [
    (name, flow)
    for name in ("centre", "highway", "gas", "counter", "lessons", "station")
    for flow in load(name).casework.flows
]
CALLED_FOR = frozenset({"outside-deadline", "reply", "counter-enquiry/promise"})
"""Clocks of an answer that is given after the matter is done: to the body, or by calling back."""

GIVEN_UP = frozenset({"void", "withdraw"})


def limited(flow: Flow) -> list[str]:
    return [one.id for one in flow.moves.values() if one.most is not None]


def awaited(flow: Flow) -> frozenset[str]:
    return frozenset(name for one in flow.moves.values() for name in one.after)


def may(flow: Flow, move: MoveSpec, where: Where) -> bool:
    _, made, counts = where
    times = dict(zip(limited(flow), counts, strict=True))
    is_left = move.most is None or times[move.id] < move.most
    return is_left and (not move.after or any(one in made for one in move.after))


def following(flow: Flow, where: Where) -> Iterator[tuple[str, Where]]:
    state, made, counts = where
    for move in flow.moves_from(state):
        if move.does in GIVEN_UP or not may(flow, move, where):
            continue
        before = frozenset({TAKEN}) if move.does == "reopen" else made
        old = (0,) * len(counts) if move.does == "reopen" else counts
        times = [n + (name == move.id) for name, n in zip(limited(flow), old, strict=True)]
        onward = move.to or state, before | ({move.id} & awaited(flow)), tuple(times)
        yield move.id, onward


def beginning(flow: Flow) -> Where:
    return flow.spec.first, frozenset({TAKEN}), (0,) * len(limited(flow))


def graph(flow: Flow) -> dict[Where, list[tuple[str, Where]]]:
    """Return everywhere that a case may come, with the moves from there and where they lead."""
    found, ahead = {}, [beginning(flow)]
    while ahead:
        where = ahead.pop()
        if where not in found:
            found[where] = list(following(flow, where))
            ahead += [onward for _, onward in found[where]]
    return found


@pytest.mark.parametrize(("standard", "name"), FLOWS)
def test_from_everywhere_a_case_can_come_to_the_archive(standard: str, name: str) -> None:
    flow = load(standard).casework.flows[name]
    ways = graph(flow)
    back: dict[Where, list[Where]] = {one: [] for one in ways}
    for where, onward in ways.items():
        for _, one in onward:
            back[one].append(where)
    ahead = [one for one in ways if flow.standing(one[0]) == "closed"]
    good = set(ahead)
    while ahead:
        for one in back[ahead.pop()]:
            if one not in good:
                good.add(one)
                ahead.append(one)
    assert sorted({one[0] for one in ways if one not in good}) == []


@pytest.mark.parametrize(("standard", "name"), FLOWS)
def test_every_move_can_be_made_somewhere(standard: str, name: str) -> None:
    flow = load(standard).casework.flows[name]
    made = {
        move.id
        for where in graph(flow)
        for move in flow.moves_from(where[0])
        if may(flow, move, where)
    }
    assert set(flow.moves) - made == set()


@pytest.mark.parametrize(("standard", "name"), FLOWS)
def test_a_clock_that_started_is_stopped_on_every_way_to_the_archive(
    standard: str, name: str
) -> None:
    """A clock that no move can stop any more would be breached by a case that is done."""
    flow = load(standard).casework.flows[name]
    ways = graph(flow)
    for clock in flow.clocks.values():
        ahead = [beginning(flow)] if TAKEN in clock.starts else []
        ahead += [to for moves in ways.values() for move, to in moves if move in clock.starts]
        running = set(ahead)
        while ahead:
            for move, onward in ways[ahead.pop()]:
                if move not in clock.stops and onward not in running:
                    running.add(onward)
                    ahead.append(onward)
        done = {one[0] for one in running if flow.standing(one[0]) == "resolved"}
        called_for = {clock.id, f"{name}/{clock.id}"} & CALLED_FOR
        assert called_for or done == set(), clock.id
