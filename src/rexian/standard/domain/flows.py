"""Flows ready to use: each with what it has from the one it is like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from rexian.standard.domain.pack.casework import (
    CallbackSpec,
    ClockSpec,
    FlowSpec,
    MoveSpec,
    Source,
    Standing,
    StateSpec,
    TierSpec,
)
from rexian.standard.domain.taxonomy import Taxonomy

Part = TypeVar("Part", StateSpec, MoveSpec, ClockSpec)

TAKEN = "taken"
"""What clocks call the beginning of a case; no move has this name."""

OVER: frozenset[Standing] = frozenset({"closed", "void"})


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole flow; states, moves and clocks by id, in the order of the pack."""

    spec: FlowSpec
    states: Mapping[str, StateSpec]
    moves: Mapping[str, MoveSpec]
    clocks: Mapping[str, ClockSpec]

    @property
    def id(self) -> str:
        """The flow's id."""
        return self.spec.id

    @property
    def first(self) -> StateSpec:
        """The state in which a case begins."""
        return self.states[self.spec.first]

    def standing(self, state: str) -> Standing:
        """Return what a state comes down to."""
        return self.states[state].standing

    def moves_from(self, state: str) -> tuple[MoveSpec, ...]:
        """Return the moves that may be made in a state, whoever makes them."""
        return tuple(one for one in self.moves.values() if self.is_from(one, state))

    def is_from(self, move: MoveSpec, state: str) -> bool:
        """Tell whether a move may be made in a state."""
        if move.from_states:
            return state in move.from_states
        return self.standing(state) not in OVER

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that the flow, its moves and its clocks cite, each once."""
        moves = (one.clause for one in self.moves.values())
        clocks = (one.clause for one in self.clocks.values())
        cited = (self.spec.clause, *self.spec.cites, *moves, *clocks)
        return tuple(dict.fromkeys(filter(None, cited)))


@dataclass(frozen=True, slots=True)
class Casework:
    """All that a standard says of cases: flows, tiers and rules on callbacks, by id."""

    flows: Mapping[str, Flow]
    tiers: Mapping[str, TierSpec]
    callbacks: Mapping[str, CallbackSpec]

    @classmethod
    def of(
        cls,
        flows: Sequence[FlowSpec],
        tiers: Iterable[TierSpec],
        callbacks: Iterable[CallbackSpec],
    ) -> Casework:
        """Return the flows that are no mere base of others, whole."""
        known = {one.id: one for one in flows}
        whole = {one.id: whole_flow(one, known) for one in flows if not one.abstract}
        return cls(
            whole,
            {one.id: one for one in tiers},
            {one.id: one for one in callbacks},
        )

    def flow_for(
        self, case_type: str, category: str, taxonomy: Taxonomy, *, source: str = "contact"
    ) -> Flow | None:
        """Return the flow of a case: its category's, else the first for its type and way in."""
        found = taxonomy.get(category)
        if found is not None and found.flow and source in _sources(self.flows.get(found.flow)):
            return self.flows[found.flow]
        wanted = found.case_type if found is not None else case_type
        fitting = [one for one in self.flows.values() if wanted in one.spec.case_types]
        meant = [one for one in fitting if source in one.spec.sources]
        general = [one for one in fitting if not one.spec.sources]
        return next(iter((*meant, *general)), None)

    def is_of_tier(self, name: str, tiers: Iterable[str]) -> bool:
        """Tell whether a unit whose tier is called ``name`` is of one of ``tiers``."""
        wanted = tuple(tiers)
        return not wanted or any(
            name == one or (one in self.tiers and name in self.tiers[one].names) for one in wanted
        )


_ANY = frozenset(get_args(Source))


def _sources(flow: Flow | None) -> frozenset[str]:
    if flow is None:
        return frozenset()
    return frozenset(flow.spec.sources) or _ANY


def whole_flow(spec: FlowSpec, known: Mapping[str, FlowSpec]) -> Flow:
    """Return a flow with what it has from the flows that it is like, the nearest first."""
    line = [spec]
    while line[-1].like in known and known[line[-1].like] not in line:
        line.append(known[line[-1].like])
    return Flow(
        replace(spec, **_inherited(line)),
        _merged((one.states, one.without) for one in line),
        _merged((one.moves, one.without) for one in line),
        _merged((one.clocks, one.without) for one in line),
    )


_INHERITED = (
    "title",
    "clause",
    "first",
    "form",
    "callback",
    "sources",
    "classes",
    "principles",
    "may_hide",
    "urgent",
)
"""What a flow has from the one that it is like, unless it says its own; whom it is for it says."""


def _inherited(line: Sequence[FlowSpec]) -> dict[str, Any]:
    return {
        name: next((said for one in line if (said := getattr(one, name))), getattr(line[0], name))
        for name in _INHERITED
    }


def _merged(line: Iterable[tuple[Sequence[Part], Sequence[str]]]) -> dict[str, Part]:
    """Return the parts by id: those of the flow itself in its order, then what is not redefined.

    What a flow is ``without`` is left out of what it is like, not of itself.
    """
    merged: dict[str, Part] = {}
    left_out: set[str] = set()
    for parts, without in line:
        for one in parts:
            if one.id not in left_out:
                merged.setdefault(one.id, one)
        left_out.update(without)
    return merged
