"""Every case that is wanted as a row of a table: streamed, all of them, masked by role.

Nothing comes out of here that its reader may not see on a page: hidden customers are hidden, and
numbers of telephones are masked for those who may not identify their customers, in words too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import IO
from zoneinfo import ZoneInfo

from django.db.models import Q

from rexian.cases.adapters.tables import Cell, Row, csv_lines, write_workbook
from rexian.cases.domain.masking import masked_number, masked_text
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.rights import EXPORT
from rexian.cases.queries.lists import Wanted, case_count, each_case
from rexian.cases.queries.rows import CaseShown
from rexian.cases.queries.seeing import may_identify, sight_of
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark, text_in, translate
from rexian.org.queries import people_by_id
from rexian.standard.queries.published import load_version

FORMS = ("csv", "xlsx")
_AT_ONCE = 400
_MACHINE = Actor.system("export")
_STANDINGS = {
    "open": mark("in hand"),
    "waiting": mark("standing still, waiting"),
    "answered": mark("answered, to be closed"),
    "resolved": mark("done, to be confirmed"),
    "closed": mark("settled"),
    "void": mark("void case"),
}
_SOURCES = {
    "contact": mark("from a contact"),
    "portal": mark("from the web page"),
    "outside": mark("passed on by an outside body"),
    "rest": mark("from another system"),
    "person": mark("written down by hand"),
    "callback": mark("from a callback"),
}
FINDINGS = {
    "true": mark("true as complained"),
    "partly": mark("partly true"),
    "untrue": mark("not true"),
    "unverifiable": mark("cannot be verified"),
}
_CLASSES = {"simple": mark("simple case"), "complex": mark("complex case")}


@dataclass(frozen=True, slots=True)
class _Reading:
    """Who reads the table: their language, their zone, and the names of people by id."""

    language: str
    zone: ZoneInfo
    names: Mapping[int, str]

    def say(self, words: Mapping[str, str], code: str) -> str:
        """Return what a code is called, itself where it has no name."""
        return translate(words[code], self.language) if code in words else code

    def person(self, person_id: int | None) -> str:
        """Return somebody's name."""
        return self.names.get(person_id, "") if person_id is not None else ""

    def instant(self, at: datetime | None) -> datetime | None:
        """Return an instant as the clock on the wall shows it: spreadsheets know no zones."""
        return at.astimezone(self.zone).replace(tzinfo=None, microsecond=0) if at else None

    def yes_no(self, value: bool | None) -> str:
        """Return a yes or a no, nothing where nobody has said."""
        if value is None:
            return ""
        return translate(mark("yes") if value else mark("no"), self.language)


_Read = Callable[[CaseShown, _Reading], Cell]


def _flow(one: CaseShown, by: _Reading) -> str:
    flow = load_version(one.standard).casework.flows.get(one.flow)
    return text_in(flow.spec.title, by.language) if flow else one.flow


def _state(one: CaseShown, by: _Reading) -> str:
    flow = load_version(one.standard).casework.flows.get(one.flow)
    state = flow.states.get(one.state) if flow else None
    return text_in(state.title, by.language) if state else one.state


def _category(one: CaseShown, by: _Reading) -> str:
    taxonomy = load_version(one.standard).taxonomy
    return taxonomy.full_name(one.category, by.language) if taxonomy.get(one.category) else ""


_COLUMNS: Sequence[tuple[str, _Read]] = (
    (mark("Number of the case"), lambda one, _: one.reference),
    (mark("Taken at"), lambda one, by: by.instant(one.taken_at)),
    (mark("Came in"), lambda one, by: by.say(_SOURCES, one.source)),
    (mark("Kind of case"), _flow),
    (mark("Category"), _category),
    (mark("Simple or complex"), lambda one, by: by.say(_CLASSES, one.case_class)),
    (mark("Urgent case"), lambda one, by: by.yes_no(one.urgent)),
    (mark("Standing"), lambda one, by: by.say(_STANDINGS, one.standing)),
    (mark("State"), _state),
    (mark("Round"), lambda one, _: one.round),
    (mark("Taken by the unit"), lambda one, _: one.home_name),
    (mark("Taken by"), lambda one, by: by.person(one.taken_by)),
    (mark("With the unit"), lambda one, _: one.unit_name),
    (mark("Handled by"), lambda one, by: by.person(one.handler)),
    (mark("Customer"), lambda one, _: one.name + one.form_of_address),
    (mark("Telephone number"), lambda one, _: one.number),
    (mark("Place"), lambda one, _: one.place_text),
    (mark("Title of the case"), lambda one, _: one.title),
    (mark("Matter"), lambda one, _: one.matter),
    (mark("Outside body"), lambda one, _: one.outside_body),
    (mark("Their number"), lambda one, _: one.outside_number),
    (mark("Finding"), lambda one, by: by.say(FINDINGS, one.finding)),
    (mark("Our responsibility"), lambda one, by: by.yes_no(one.responsible)),
    (mark("Answer"), lambda one, _: one.answer),
    (mark("Due at"), lambda one, by: by.instant(one.due_at)),
    (mark("First late at"), lambda one, by: by.instant(one.breached_at)),
    (mark("Answered at"), lambda one, by: by.instant(one.answered_at)),
    (mark("Dealt with at"), lambda one, by: by.instant(one.resolved_at)),
    (mark("Closed at"), lambda one, by: by.instant(one.closed_at)),
    (mark("Times pressed"), lambda one, _: one.pressed),
    (mark("Times added to"), lambda one, _: one.added),
    (mark("Times returned"), lambda one, _: one.returned),
    (mark("Solved"), lambda one, by: by.yes_no(one.solved)),
    (mark("Satisfied"), lambda one, _: one.satisfied),
)


def exported(wanted: Wanted, *, actor: Actor, language: str, zone: str) -> Iterator[Row]:
    """Yield the titles, then a row for every case that fits and that the actor may take out."""
    authorise(actor, EXPORT)
    return _rows(wanted, actor, language, zone)


def export_lines(wanted: Wanted, *, actor: Actor, language: str, zone: str) -> Iterator[bytes]:
    """Yield the same as the lines of a CSV."""
    return csv_lines(exported(wanted, actor=actor, language=language, zone=zone))


def export_workbook(
    wanted: Wanted, file: IO[bytes], *, actor: Actor, language: str, zone: str
) -> None:
    """Write the same as a workbook, without ever holding it whole."""
    rows = exported(wanted, actor=actor, language=language, zone=zone)
    write_workbook(rows, file, title=translate(mark("Cases"), language))


def as_taken_out(one: CaseShown, actor: Actor) -> CaseShown:
    """Return a case as an actor may have it: numbers masked for who may not identify customers."""
    if may_identify(one, actor):
        return one
    return replace(
        one,
        number=masked_number(one.number),
        title=masked_text(one.title),
        matter=masked_text(one.matter),
        place_text=masked_text(one.place_text),
        answer=masked_text(one.answer),
    )


def export_count(wanted: Wanted, *, actor: Actor) -> int:
    """Return how many cases fit that the actor may take out."""
    authorise(actor, EXPORT)
    sight = sight_of(actor, EXPORT)
    ours = Q() if sight.all else Q(home__in=sight.homes) | Q(unit__in=sight.homes)
    return case_count(wanted, ours, actor=actor)


def _rows(wanted: Wanted, actor: Actor, language: str, zone: str) -> Iterator[Row]:
    yield [translate(title, language) for title, _ in _COLUMNS]
    names: dict[int, str] = {}
    found = (one for one in each_case(wanted, actor=actor) if _may_take_out(one, actor))
    while some := list(islice(found, _AT_ONCE)):
        _learn(names, some)
        reading = _Reading(language, ZoneInfo(zone), names)
        for one in some:
            shown = as_taken_out(one, actor)
            yield [read(shown, reading) for _, read in _COLUMNS]


def _may_take_out(one: CaseShown, actor: Actor) -> bool:
    return is_at_home(one.home_path, actor, EXPORT) or is_at_home(one.unit_path, actor, EXPORT)


def _learn(names: dict[int, str], some: Iterable[CaseShown]) -> None:
    people = {person for one in some for person in (one.taken_by, one.handler) if person}
    if unknown := people - names.keys():
        names |= {id_: one.name for id_, one in people_by_id(unknown, actor=_MACHINE).items()}
