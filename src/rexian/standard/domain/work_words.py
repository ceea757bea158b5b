"""What cases do by a clause, in words: the flows, clocks, callbacks and targets that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rexian.kernel.calendar.span_descriptions import describe_span
from rexian.kernel.language import mark, text_in
from rexian.standard.domain.pack.casework import SpanSpec, TargetSpec
from rexian.standard.domain.pack.coverage import Work
from rexian.standard.domain.pack.texts import Text

FLOWS = mark("Flows")
CLOCKS = mark("Clocks")
CALLBACKS = mark("Callback rules")
TARGETS = mark("Targets")


def work_of(work: Work, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each kind of work that there is: the message of its name, and what there is of it."""
    flows = tuple(text_in(one.spec.title, language) for one in work.flows)
    clocks = (
        _named(one.title, (one.within, *one.by_class.values()), language) for _, one in work.clocks
    )
    callbacks = (_named(one.title, (one.within,), language) for one in work.callbacks)
    targets = (_target(one, language) for one in work.targets)
    found = {FLOWS: flows, CLOCKS: clocks, CALLBACKS: callbacks, TARGETS: targets}
    for message, names in found.items():
        once = tuple(dict.fromkeys(names))
        if once:
            yield message, once


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
