"""A figure: how many of how many, which rows these are, and which were left out for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from rexian.callbacks.domain.case_calls import SurveyState
from rexian.callbacks.queries import SurveyShown
from rexian.cases.queries.months import CountedCase, CountedClock
from rexian.kernel.language import mark


class FigureId(StrEnum):
    """The figures, by the names under which standards set targets for them."""

    ANSWERED = "answered"
    ON_TIME = "on_time"
    CALLBACK_RATE = "callback_rate"
    FULL_CALLBACK_RATE = "full_callback_rate"
    SOLVED = "solved_of_reached"
    SATISFIED = "satisfied_of_reached"
    SATISFIED_OF_CALLED = "satisfied_of_called"


class LeftOut(StrEnum):
    """Why a row is in neither the numerator nor the denominator."""

    VOID = "void"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    TRANSIENT = "transient"
    NOT_ASKED_FOR = "not_asked_for"
    SETTLED_BEFORE = "settled_before"
    NOT_SAID = "not_said"


TITLES: Mapping[FigureId, str] = {
    FigureId.ANSWERED: mark("Answered"),
    FigureId.ON_TIME: mark("On time"),
    FigureId.CALLBACK_RATE: mark("Called back"),
    FigureId.FULL_CALLBACK_RATE: mark("Called back where all are to be"),
    FigureId.SOLVED: mark("Solved, of those reached"),
    FigureId.SATISFIED: mark("Satisfied, of those reached"),
    FigureId.SATISFIED_OF_CALLED: mark("Satisfied, of all who were called"),
}
FORMULAS: Mapping[FigureId, str] = {
    FigureId.ANSWERED: mark("cases taken in the month and answered ÷ cases taken in the month"),
    FigureId.ON_TIME: mark(
        "cases that kept every deadline of the month ÷ cases with a deadline in the month"
    ),
    FigureId.CALLBACK_RATE: mark(
        "cases done in the month whose customer was called ÷ cases done in the month"
    ),
    FigureId.FULL_CALLBACK_RATE: mark(
        "the same, of the kinds of cases of which every customer is to be called"
    ),
    FigureId.SOLVED: mark("customers who say that it is solved ÷ customers who said whether it is"),
    FigureId.SATISFIED: mark(
        "customers who say that they are satisfied ÷ customers who said whether they are"
    ),
    FigureId.SATISFIED_OF_CALLED: mark(
        "customers who say that they are satisfied ÷ customers first called in the month"
    ),
}
LEFT_OUT_NAMES: Mapping[LeftOut, str] = {
    LeftOut.VOID: mark("void"),
    LeftOut.MERGED: mark("merged into another"),
    LeftOut.WITHDRAWN: mark("withdrawn by the customer"),
    LeftOut.RUNNING: mark("deadline still running"),
    LeftOut.TRANSIENT: mark("transient caller"),
    LeftOut.NOT_ASKED_FOR: mark("asked for no answer"),
    LeftOut.SETTLED_BEFORE: mark("settled before anybody called"),
    LeftOut.NOT_SAID: mark("did not say"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A case, or a round of one, as a figure counts it; ``out`` says why it does not count.

    ``at`` is the instant by which it belongs to the month; ``key`` names it when it is frozen.
    """

    key: str
    case: int
    reference: str
    title: str
    at: datetime
    counts: bool
    out: LeftOut | None = None
    person: int | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a month with all its rows."""

    id: FigureId
    rows: tuple[Row, ...]

    @property
    def numerator(self) -> int:
        """How many count."""
        return sum(one.counts for one in self.rows)

    @property
    def denominator(self) -> int:
        """Of how many."""
        return sum(one.out is None for one in self.rows)

    @property
    def value(self) -> float | None:
        """The part that counts; ``None`` of nothing."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def left_out(self) -> Mapping[LeftOut, int]:
        """How many were left out, by reason."""
        found: dict[LeftOut, int] = {}
        for one in self.rows:
            if one.out is not None:
                found[one.out] = found.get(one.out, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed since a month was closed: keys that came, went, or count otherwise."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


def frozen_rows(figure: Figure) -> dict[str, Any]:
    """Return the rows of a figure as they are kept: keys, by how they count."""
    kept: dict[str, Any] = {"counted": [], "others": [], "left_out": {}}
    for one in figure.rows:
        if one.out is not None:
            kept["left_out"].setdefault(one.out.value, []).append(one.key)
        else:
            kept["counted" if one.counts else "others"].append(one.key)
    return kept


def difference(kept: Mapping[str, Any], now: Figure) -> Difference:
    """Return how the rows of a figure differ from those that were frozen."""
    before, after = dict(_told(kept)), dict(_told(frozen_rows(now)))
    return Difference(
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        tuple(key for key in after if key in before and before[key] != after[key]),
    )


def answered(taken: Iterable[CountedCase]) -> Figure:
    """Return how many of the cases taken in a month were answered."""
    rows = (
        Row(
            str(one.id),
            one.id,
            one.reference,
            one.title,
            one.taken_at,
            one.answered_at is not None and _case_out(one) is None,
            _case_out(one),
        )
        for one in taken
    )
    return Figure(FigureId.ANSWERED, tuple(rows))


def on_time(due: Iterable[CountedClock], *, at: datetime) -> Figure:
    """Return how many cases kept all their deadlines of a month; one that is late counts as such.

    A deadline counts in the month in which it is due, whether anybody has met it by now or not.
    """
    by_case: dict[int, list[CountedClock]] = {}
    for one in due:
        by_case.setdefault(one.case, []).append(one)
    return Figure(FigureId.ON_TIME, tuple(_of_clocks(clocks, at) for clocks in by_case.values()))


def called_back(done: Iterable[SurveyShown], figure: FigureId) -> Figure:
    """Return how many of the cases done in a month were called back: all, or those all must be."""
    wanted = (one for one in done if figure is FigureId.CALLBACK_RATE or one.share >= 1)
    rows = (
        _survey_row(one, one.done_at, counts=one.called_at is not None, out=_not_asked(one))
        for one in wanted
    )
    return Figure(figure, tuple(rows))


def solved(said: Iterable[SurveyShown]) -> Figure:
    """Return how many of those who said so in a month say that it is solved."""
    rows = (_said_row(one, one.answered_at or one.done_at, one.solved) for one in said)
    return Figure(FigureId.SOLVED, tuple(rows))


def satisfied(said: Iterable[SurveyShown]) -> Figure:
    """Return how many of those who said so in a month say that they are satisfied."""
    rows = (_said_row(one, one.answered_at or one.done_at, one.satisfied) for one in said)
    return Figure(FigureId.SATISFIED, tuple(rows))


def satisfied_of_called(called: Iterable[SurveyShown]) -> Figure:
    """Return how many of all who were called in a month are satisfied."""
    rows = (
        _survey_row(one, one.called_at or one.done_at, counts=one.satisfied is True, out=None)
        for one in called
    )
    return Figure(FigureId.SATISFIED_OF_CALLED, tuple(rows))


def _case_out(one: CountedCase | CountedClock) -> LeftOut | None:
    if one.merged_into is not None:
        return LeftOut.MERGED
    if one.standing == "void":
        return LeftOut.VOID
    if isinstance(one, CountedCase) and one.state == "withdrawn":
        return LeftOut.WITHDRAWN
    return None


def _of_clocks(clocks: list[CountedClock], at: datetime) -> Row:
    first = clocks[0]
    breached = any(_is_late(one, at) for one in clocks)
    running = all(one.stopped_at is None and one.due_at > at for one in clocks)
    out = _case_out(first) or (LeftOut.RUNNING if running and not breached else None)
    return Row(
        str(first.case),
        first.case,
        first.reference,
        first.title,
        min(one.due_at for one in clocks),
        out is None and not breached,
        out,
    )


def _is_late(one: CountedClock, at: datetime) -> bool:
    if one.breached_at is not None:
        return True
    return (one.stopped_at or at) > one.due_at


def _not_asked(one: SurveyShown) -> LeftOut | None:
    if one.state is SurveyState.WITHDRAWN and one.called_at is None:
        return LeftOut.SETTLED_BEFORE
    return LeftOut(one.why) if one.why in {"transient", "not_asked_for"} else None


def _said_row(one: SurveyShown, at: datetime, said: bool | None) -> Row:
    out = LeftOut.NOT_SAID if said is None else None
    return _survey_row(one, at, counts=said is True, out=out)


def _survey_row(one: SurveyShown, at: datetime, *, counts: bool, out: LeftOut | None) -> Row:
    return Row(
        f"{one.case}:{one.round}",
        one.case,
        one.reference,
        one.title,
        at,
        counts and out is None,
        out,
        one.handler,
        one.unit,
    )


def _told(kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("counted", "others"):
        yield from ((key, name) for key in kept.get(name, ()))
    for reason, keys in kept.get("left_out", {}).items():
        yield from ((key, reason) for key in keys)
