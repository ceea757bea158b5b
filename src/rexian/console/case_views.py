"""Views of the list of cases: filters under names, in words, and what of them is there no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rexian.cases.queries.views import ViewShown
from rexian.console.case_lists import MOST_PEOPLE, Asked
from rexian.console.cases import FILTER_NAMES
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.shapes import Fact

_CHOSEN = {"flow": "flows", "category": "categories", "unit": "units", "handler": "handlers"}
"""Which part of a filter is chosen from which list."""
_WORDS = {"view": "views", "standing": "standings", "source": "sources"}
_TICKED = frozenset({"late", "today", "urgent"})


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A view as the page of views shows it; ``gone`` are the parts that are there no more."""

    view: ViewShown
    href: str
    facts: tuple[Fact, ...]
    gone: tuple[str, ...]


def view_address(view: ViewShown) -> str:
    """Return the address of the list as a view filters it."""
    return reverse("console:cases") + Asked.of({**view.filter_by, "saved": str(view.id)}).query()


def view_lines(views: Iterable[ViewShown], choices: Mapping[str, Any]) -> list[ViewLine]:
    """Return views with their filters in words."""
    return [
        ViewLine(
            one,
            view_address(one),
            tuple(filter_facts(one.filter_by, choices)),
            tuple(gone_from(one.filter_by, choices)),
        )
        for one in views
    ]


def filter_facts(filter_by: Mapping[str, str], choices: Mapping[str, Any]) -> Iterable[Fact]:
    """Yield what a filter filters by, in words."""
    for name, value in filter_by.items():
        if name in FILTER_NAMES:
            yield Fact(FILTER_NAMES[name], _word(name, value, choices))


def gone_from(filter_by: Mapping[str, str], choices: Mapping[str, Any]) -> Iterable[str]:
    """Yield the names of what a filter asks for that is there no more: it finds nothing by it.

    A unit that was closed, somebody who handles cases no longer, a category that the standards in
    force do not have.
    """
    for name, value in filter_by.items():
        if name in _CHOSEN:
            known = _known(name, choices)
            is_whole = name != "handler" or len(known) < MOST_PEOPLE
            if value not in known and is_whole:
                yield translated(FILTER_NAMES[name])
        elif not getattr(Asked.of({name: value}), name, ""):
            yield translated(FILTER_NAMES.get(name, name))


def _known(name: str, choices: Mapping[str, Any]) -> Mapping[str, str]:
    return dict(choices[_CHOSEN[name]])


def _word(name: str, value: str, choices: Mapping[str, Any]) -> str:
    if name in _CHOSEN:
        return _known(name, choices).get(value, value).strip("　")
    if name in _WORDS:
        return translated(dict(choices[_WORDS[name]]).get(value, value))
    return translated(mark("yes")) if name in _TICKED else value
