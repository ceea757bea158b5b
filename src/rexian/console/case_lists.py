"""The lists of cases: what an address asks for, and the lines that it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from rexian.cases.domain.rights import HANDLE
from rexian.cases.domain.views import FILTERS
from rexian.cases.queries import LIVE, CaseShown, Wanted
from rexian.console.cases import (
    SOURCES,
    STANDINGS,
    category_of,
    customer_of,
    is_late,
    left_until,
    number_text,
    standards_of,
    standing_of,
    state_title,
)
from rexian.console.telling import instant, who
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Tone
from rexian.org.queries import Wanted as People
from rexian.org.queries import people, units_of
from rexian.standard.domain.flows import Flow
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version, standards_in_force

ALL, OPEN = "", "live"
MINE, UNIT, APPROVE, LATE, TODAY = "mine", "unit", "approve", "late", "today"
VIEWS: Mapping[str, str] = {
    ALL: mark("All cases"),
    MINE: mark("For me to do"),
    UNIT: mark("With my unit"),
    APPROVE: mark("To approve"),
    LATE: mark("Late"),
    TODAY: mark("Due today"),
}
"""The ready lists; the first is everything that one sees."""
TO_DO = frozenset({MINE, UNIT})
BY_DEADLINE = TO_DO | {LATE, TODAY}
MOST_PEOPLE = 300
_READER = Actor.system("console")
COLUMNS = (
    Column(title=mark("Case")),
    Column(title=mark("Standing")),
    Column(title=mark("Category")),
    Column(title=mark("Customer")),
    Column(title=mark("With the unit")),
    Column(title=mark("Due")),
    Column(title=mark("Taken")),
)


EVERYTHING = "?view=all"
"""What asks for everything; a bare address asks for whatever one has the list open with."""
TICKS = Column(title=mark("Choose"), unseen=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filter as it stands in an address; what makes no sense there asks for nothing."""

    view: str = ""
    standing: str = ""
    flow: str = ""
    category: str = ""
    unit: str = ""
    handler: str = ""
    source: str = ""
    late: str = ""
    today: str = ""
    urgent: str = ""
    q: str = ""
    saved: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Return what an address asks for."""
        view, standing = query.get("view", ""), query.get("standing", "")
        return cls(
            view=view if view in VIEWS else "",
            standing=standing if standing in STANDINGS or standing == OPEN else "",
            flow=query.get("flow", "")[:60],
            category=query.get("category", "")[:60],
            unit=_digits(query.get("unit", "")),
            handler=_digits(query.get("handler", "")),
            source=query.get("source", "") if query.get("source", "") in SOURCES else "",
            late=_yes(query.get("late", "")),
            today=_yes(query.get("today", "")),
            urgent=_yes(query.get("urgent", "")),
            q=query.get("q", "").strip()[:80],
            saved=_digits(query.get("saved", "")),
        )

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is filtered."""
        return replace(self, saved="") == Asked(view=self.view)

    @property
    def filter_by(self) -> dict[str, str]:
        """What is filtered by, as it is kept under a name; ``saved`` is under which it was."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    def wanted(self, request: PageRequest, at: datetime) -> Wanted:
        """Return the same as the query takes it."""
        standings = LIVE if self.standing == OPEN else (self.standing,) if self.standing else ()
        tonight = end_of_day(at, request.person.time_zone)
        wanted = Wanted(
            text=self.q,
            standings=standings,
            flow=self.flow,
            category=self.category,
            unit=int(self.unit) if self.unit else None,
            handler=int(self.handler) if self.handler else None,
            source=self.source,
            urgent=True if self.urgent else None,
            due_before=at if self.late else tonight if self.today else None,
            due_from=at if self.today and not self.late else None,
        )
        return _of_view(self.view, wanted, request, at, tonight)

    def query(self, **changes: str) -> str:
        """Return the part of an address that asks for the same, changed; or nothing."""
        changed = replace(self, **changes)
        names = [one.name for one in fields(self)]
        asked = {name: getattr(changed, name) for name in names if getattr(changed, name)}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it."""

    case: CaseShown
    standing: tuple[str, Tone]
    state: str
    flow: str
    category: str
    customer: str
    number: str
    handler: str
    due: str
    left: str
    is_late: bool
    taken: str


def lines_of(shown: Sequence[CaseShown], request: PageRequest, at: datetime) -> list[CaseLine]:
    """Return cases as lines; names are looked up for all at once."""
    names = who({f"person:{one.handler}" for one in shown if one.handler}, request)
    standards = standards_of(one.standard for one in shown)
    return [_line(one, standards[one.standard], request, names, at) for one in shown]


def choices(request: PageRequest, at: datetime) -> dict[str, Any]:
    """Return what the filter offers."""
    organisation, language = request.actor.organisation, current_language()
    units = units_of(organisation) if organisation is not None else ()
    standards = _standards(request, at)
    return {
        "views": VIEWS,
        "standings": [(OPEN, mark("not settled yet")), *_words(STANDINGS)],
        "flows": {flow.id: text_in(flow.spec.title, language) for flow in _flows(standards)},
        "categories": _categories(standards, language),
        "units": [(str(one.id), f"{'　' * one.depth}{one.name}") for one in units],
        "handlers": _handlers(units[0].path) if units else [],
        "sources": list(SOURCES.items()),
    }


def end_of_day(at: datetime, zone: str) -> datetime:
    """Return the instant at which the day is over in a time zone."""
    local = at.astimezone(ZoneInfo(zone))
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def own_unit(request: PageRequest) -> int | None:
    """Return the unit nearest the ground in which somebody handles cases."""
    paths = sorted(request.actor.reach(HANDLE), key=len)
    return int(paths[-1].strip("/").rpartition("/")[2]) if paths else None


def _of_view(
    view: str, wanted: Wanted, request: PageRequest, at: datetime, tonight: datetime
) -> Wanted:
    """Return what a ready list asks for besides."""
    if view == ALL:
        return wanted
    wanted = replace(wanted, standings=wanted.standings or LIVE)
    if view == MINE:
        return replace(wanted, handler=request.person.id)
    if view == UNIT:
        return replace(wanted, unit=wanted.unit or own_unit(request) or -1)
    if view == APPROVE:
        return replace(wanted, asks_approval=True)
    return replace(wanted, due_before=at if view == LATE else tonight)


def _line(
    one: CaseShown,
    standard: Standard,
    request: PageRequest,
    names: Mapping[str, str],
    at: datetime,
) -> CaseLine:
    flow, zone = standard.casework.flows[one.flow], request.person.time_zone
    runs = one.standing in LIVE and one.due_at is not None
    return CaseLine(
        one,
        standing_of(one),
        state_title(one, flow),
        text_in(flow.spec.title, current_language()),
        category_of(one, standard),
        customer_of(one),
        number_text(one, request.actor),
        names.get(f"person:{one.handler}", ""),
        instant(one.due_at, zone) if runs else "",
        left_until(one.due_at, at) if runs and one.due_at else "",
        is_late(one, at),
        instant(one.taken_at, zone),
    )


def _standards(request: PageRequest, at: datetime) -> list[Standard]:
    """Return the standards in force, under which cases are taken now."""
    day = at.astimezone(ZoneInfo(request.person.time_zone)).date()
    ruling = standards_in_force(request.actor.organisation or 0, day)
    return [load_version(one.id) for one in ruling.values()]


def _flows(standards: Sequence[Standard]) -> list[Flow]:
    found: dict[str, Flow] = {}
    for one in standards:
        for flow in one.casework.flows.values():
            found.setdefault(flow.id, flow)
    return list(found.values())


def _categories(standards: Sequence[Standard], language: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for one in standards:
        for code, category in one.taxonomy.categories.items():
            if category.case_type not in {"none", "nuisance"}:
                found.setdefault(code, one.taxonomy.full_name(code, language))
    return sorted(found.items(), key=lambda each: each[1])


def _handlers(top: str) -> list[tuple[str, str]]:
    found = people(_READER, People(within=top, right=HANDLE), offset=0, limit=MOST_PEOPLE)
    return [(str(one.id), f"{one.name}（{one.unit_name}）") for one in found]


def _words(known: Mapping[str, tuple[str, Tone]]) -> list[tuple[str, str]]:
    return [(code, word) for code, (word, _) in known.items()]


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 10 else ""


def _yes(text: str) -> str:
    return "yes" if text == "yes" else ""
