"""What cites a clause besides rules, in words: what cases do by it, and what holds its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rexian.kernel.calendar.span_descriptions import describe_span
from rexian.kernel.calendar.spans import NaturalTime
from rexian.kernel.language import mark, text_in
from rexian.standard.domain.pack.casework import SpanSpec, TargetSpec
from rexian.standard.domain.pack.checklists import CheckItem, Figure
from rexian.standard.domain.pack.conduct import ConductSpec, LadderStep, Sanction
from rexian.standard.domain.pack.coverage import Work
from rexian.standard.domain.pack.curriculum import Comfort, Compensation, Moment, Part
from rexian.standard.domain.pack.texts import Text

FLOWS = mark("Flows")
CLOCKS = mark("Clocks")
CALLBACKS = mark("Callback rules")
TARGETS = mark("Targets")
CONDUCT = mark("Conduct")
CHECKLISTS = mark("Checklists")
CURRICULA = mark("Curricula")


def work_of(work: Work, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each kind of work that there is: the message of its name, and what there is of it."""
    flows = tuple(text_in(one.spec.title, language) for one in work.flows)
    clocks = (
        _named(one.title, (one.within, *one.by_class.values()), language) for _, one in work.clocks
    )
    callbacks = (_named(one.title, (one.within,), language) for one in work.callbacks)
    targets = (_target(one, language) for one in work.targets)
    found = {
        FLOWS: flows,
        CLOCKS: clocks,
        CALLBACKS: callbacks,
        TARGETS: targets,
        CONDUCT: tuple(conduct_in_short(one, language) for one in work.conduct),
        CHECKLISTS: (
            _list(
                one.title,
                [item_in_short(each, language) for each in one.items_of(work.clause)],
                language,
            )
            for one in work.checklists
        ),
        CURRICULA: (
            _list(
                one.title,
                [part_in_short(each, language) for each in one.parts_of(work.clause)],
                language,
            )
            for one in work.curricula
        ),
    }
    for message, names in found.items():
        once = tuple(dict.fromkeys(names))
        if once:
            yield message, once


def conduct_in_short(spec: ConductSpec, language: str) -> str:
    """Return what a breach or a praise is called, with what follows at each count."""
    written = "; ".join(step_in_short(one, language) for one in spec.ladder)
    name = text_in(spec.title, language)
    return f"{name} ({written})" if written else name


def step_in_short(step: LadderStep, language: str) -> str:
    """Return the count of a step and what follows from it on: ``2: off post, fine 20 CNY``."""
    return f"{step.at}: {', '.join(_sanction(one, language) for one in step.then)}"


def _sanction(sanction: Sanction, language: str) -> str:
    amount = f" {sanction.amount}" if sanction.amount else ""
    unit = {"fine": f" {sanction.currency}", "fine_times": "×"}.get(sanction.does, "")
    return f"{text_in(sanction.title, language)}{amount}{unit}"


def item_in_short(item: CheckItem, language: str) -> str:
    """Return an item of a checklist with its figure, crossed where it is what must not be."""
    sign = "✗ " if item.never else ""
    figure = f" {_figure(item.figure)}" if item.figure else ""
    return f"{sign}{text_in(item.text, language)}{figure}"


def _figure(figure: Figure) -> str:
    bounds = {"≥": figure.at_least, "≤": figure.at_most}
    written = " ".join(f"{sign}{bound:g}" for sign, bound in bounds.items() if bound is not None)
    return f"{written} {figure.unit}"


def part_in_short(part: Part, language: str) -> str:
    """Return a part of a curriculum with its figures."""
    name = text_in(part.title, language)
    match part:
        case Comfort():
            most = f"-{part.at_most}" if part.at_most else "+"
            return f"{name} ({part.at_least}{most})"
        case Moment(by=by) if by is not None:
            return f"{name} ({span_in_short(SpanSpec(NaturalTime(by)))})"
        case Compensation(within=within) if within is not None:
            return f"{name} ({span_in_short(within)})"
    return name


def _list(title: Text, parts: Iterable[str], language: str) -> str:
    named = ", ".join(parts)
    name = text_in(title, language)
    return f"{name} ({named})" if named else name


def _named(title: Text, spans: Iterable[SpanSpec | None], language: str) -> str:
    written = " / ".join(span_in_short(one) for one in spans if one)
    name = text_in(title, language)
    return f"{name} ({written})" if written else name


def _target(target: TargetSpec, language: str) -> str:
    bounds = {"≥": target.at_least, "≤": target.at_most}
    written = " ".join(f"{sign}{bound:.0%}" for sign, bound in bounds.items() if bound is not None)
    return f"{text_in(target.title, language)} {written}"


def span_in_short(spec: SpanSpec) -> str:
    """Return a span as a pack writes a parameter: ``2h``, ``D+1 12:00``, ``W+5``."""
    described = describe_span(spec.span)
    unit, amount = next(iter(described.items()))
    if unit in _DAYS:
        return f"{_DAYS[unit]}+{amount} {described.get('finish', '')}".rstrip()
    return f"{amount:g}{_SHORT.get(unit, f' {unit}')}"


_DAYS = {"calendar_days": "D", "working_days": "W"}
_SHORT = {"hours": "h", "minutes": "min", "seconds": "s"}
