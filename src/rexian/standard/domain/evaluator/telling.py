"""Facts of a contact that are told in words while it lasts, where nobody has said them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.doubts import is_cue_unsure
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Facts, Speaker
from rexian.standard.domain.pack.guiding import ToldFact

_KEPT = "told:"
_CONTRADICTED = ""


@dataclass(frozen=True, slots=True)
class _Told:
    act: int
    facts: Mapping[str, str]


class Telling:
    """Hears facts in the acts of either side.

    What was told once and otherwise later is unknown; what a record says goes over both.
    """

    def __init__(self, specs: Sequence[ToldFact], compiler: CourseCompiler) -> None:
        self._told: dict[Speaker, list[_Told]] = {Speaker.AGENT: [], Speaker.CUSTOMER: []}
        for one in specs:
            by, number = Speaker(one.by), compiler.book.numbers[one.act]
            compiler.used_by[by].add(number)
            facts = {name: values[0] for name, values in one.are.items()}
            self._told[by].append(_Told(number, facts))
        self._waking = {
            by: sum(1 << number for number in {one.act for one in told})
            for by, told in self._told.items()
        }

    def hear(self, state: State, item: Item) -> Facts | None:
        """Take in what a turn tells; return the facts where that changes them."""
        if not item.mask & self._waking[item.by]:
            return None
        for one in self._told[item.by]:
            if item.mask >> one.act & 1 and not is_cue_unsure(item, one.act):
                for name, value in one.facts.items():
                    _remember(state, name, value)
        facts = _told(state.facts, state)
        return None if facts == state.facts else facts


def _remember(state: State, name: str, value: str) -> None:
    """Remember what is told of a fact that no record has."""
    key = f"{_KEPT}{name}"
    if key in state.memory:
        if state.memory[key] != value:
            state.memory[key] = _CONTRADICTED
    elif getattr(state.facts, name) is None:
        state.memory[key] = value


def with_told(facts: Facts, state: State) -> Facts:
    """Return what a record says, with what was told in words of all that it leaves unknown."""
    for key in [one for one in state.memory if one.startswith(_KEPT)]:
        if getattr(facts, key.removeprefix(_KEPT)) is not None:
            del state.memory[key]
    return _told(facts, state)


def _told(facts: Facts, state: State) -> Facts:
    told: dict[str, Any] = {
        key.removeprefix(_KEPT): value or None
        for key, value in state.memory.items()
        if key.startswith(_KEPT)
    }
    return replace(facts, **told) if told else facts
