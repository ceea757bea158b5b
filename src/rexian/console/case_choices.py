"""Who and what may be chosen with a move: open units of the right tier, people, what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rexian.cases.domain.rights import HANDLE, SUPERVISE
from rexian.cases.queries import CasePage, SlipShown
from rexian.cases.queries.seeing import may_identify
from rexian.console.case_forms import Choices, Choosable, MoveForm
from rexian.kernel.authority import Actor
from rexian.look.requests import PageRequest
from rexian.org.queries import Wanted, people, units_of
from rexian.standard.domain.pack.casework import MoveSpec

_READER = Actor.system("console")
_MOST_PEOPLE = 300
_ELSEWHERE = frozenset({"forward", "arbitrate", "assist"})


def move_form(
    move: MoveSpec, page: CasePage, request: PageRequest, data: Any = None, files: Any = None
) -> MoveForm:
    """Return the form of a move, with what may be chosen and what is known already."""
    sheet = page.standard.forms.get(move.form) if move.form else None
    slip = _slip(page, move.form)
    choosable = Choosable(
        units=_units(move, page) if "unit" in move.needs else (),
        people=_people(move, page) if "person" in move.needs else (),
        signer=request.person.name,
        sheet=sheet,
        values=slip.values if slip else _known(page, request.actor),
        missing=slip.missing if slip else {},
    )
    return MoveForm(move, page, choosable, data, files)


def _units(move: MoveSpec, page: CasePage) -> Choices:
    """Return the open units to which a move may go, each with the one above it."""
    units = units_of(page.case.organisation)
    names = {one.id: one.name for one in units}
    casework = page.standard.casework
    found = []
    for one in units:
        if one.id == page.case.unit and move.does in _ELSEWHERE:
            continue
        if casework.is_of_tier(one.tier, move.to_tier):
            above = names.get(one.parent or 0, "")
            found.append((str(one.id), f"{one.name}（{above}）" if above else one.name))
    return found


def _people(move: MoveSpec, page: CasePage) -> Choices:
    """Return who may handle the case where it is; to report to, who supervises there."""
    right = SUPERVISE if move.does == "report" else HANDLE
    wanted = Wanted(within=page.case.unit_path, right=right)
    found = list(people(_READER, wanted, offset=0, limit=_MOST_PEOPLE))
    if move.does == "report" or not found:
        above = Wanted(within=f"/{page.case.unit_path.split('/')[1]}/", right=right)
        found += people(_READER, above, offset=0, limit=_MOST_PEOPLE)
    named = {one.id: f"{one.name}（{one.unit_name}）" for one in found}
    return [(str(number), name) for number, name in named.items()]


def _slip(page: CasePage, form: str) -> SlipShown | None:
    """Return the slip of a form as it stands in this round."""
    ours = (one for one in page.slips if one.form == form and one.round == page.case.round)
    return next(ours, None)


def _known(page: CasePage, actor: Actor) -> Mapping[str, str]:
    """Return what the case says already of what slips ask for."""
    case = page.case
    return {
        "matter": case.matter or case.title,
        "name": case.name,
        "phone": case.number if may_identify(case, actor) else "",
        "place": case.place_text,
        "body_number": case.outside_number,
    }
