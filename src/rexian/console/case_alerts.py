"""What somebody is told of cases, and what waits for their approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rexian.cases.domain.moving import parts_of
from rexian.cases.domain.standing import CaseStanding, Unit
from rexian.cases.queries import AlertShown, CaseShown, alerts_for
from rexian.console.case_flow import clock_title
from rexian.console.cases import ALERTS, standards_of
from rexian.console.telling import instant, who
from rexian.kernel.authority import Actor
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tone
from rexian.standard.domain.standards import Standard

MOST = 50


@dataclass(frozen=True, slots=True)
class AlertLine:
    """Something that one is told of a case, as a line."""

    alert: AlertShown
    word: str
    tone: Tone
    clock: str
    unit: str
    at: str


def alert_lines(request: PageRequest, at: datetime) -> list[AlertLine]:
    """Return what somebody is told and nobody has seen yet, the newest first."""
    found = alerts_for(request.actor, at=at, limit=MOST)
    names = who({f"unit:{one.unit}" for one in found}, request)
    standards = standards_of(one.standard for one in found)
    return [
        AlertLine(
            one,
            *ALERTS.get(one.what, (one.what, Tone.QUIET)),
            _clock(one, standards[one.standard]),
            names.get(f"unit:{one.unit}", ""),
            instant(one.at, request.person.time_zone),
        )
        for one in found
    ]


def approvable(case: CaseShown, standard: Standard, actor: Actor) -> bool:
    """Tell whether what waits for approval in a case is somebody's to approve."""
    move = standard.casework.flows[case.flow].moves.get(case.asked.get("move", ""))
    if move is None or move.approved_by is None:
        return False
    standing = CaseStanding(
        state=case.state,
        round=case.round,
        unit=Unit(case.unit, case.unit_path),
        home=Unit(case.home, case.home_path),
        taken_by=case.taken_by,
        handler=case.handler,
    )
    is_other = actor.person != case.asked.get("person")
    return is_other and move.approved_by in parts_of(standing, actor)


def _clock(one: AlertShown, standard: Standard) -> str:
    flow = standard.casework.flows[one.flow]
    return clock_title(flow, one.clock) if one.clock else ""
