"""What a callback leaves on a case: its record, what the customer said, whom it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rexian.cases.domain.clocks import told_at
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries.standards import calendar_of
from rexian.cases.services.alerting import alert
from rexian.cases.services.slips import write_slip
from rexian.cases.services.stepping import held, hotline_of, save
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor


@in_one_transaction
def note_callback(
    case_id: int,
    *,
    form: str,
    values: Mapping[str, str],
    missing: Mapping[str, str],
    solved: bool | None,
    satisfied: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep what the customer of a case answered, and fill in the record of it (回访记录).

    Whoever calls this has seen to it that the actor may. Raises ``BadSlip``.
    """
    row = held(case_id)
    if form:
        write_slip(row, form, values=values, missing=missing, actor=actor, at=at)
    row.solved, row.satisfied = solved, satisfied
    save(row, "solved", "satisfied")


@in_one_transaction
def tell_duty_leaders(case_id: int, *, what: str, at: datetime, urgent: bool = False) -> None:
    """Tell the supervisors of the house that took a case; what is urgent also at night."""
    row = held(case_id)
    calendar = calendar_of(hotline_of(row))
    told = told_at(at, calendar, urgent=urgent or row.urgent)
    alert(row, what, unit=row.home_id, right=SUPERVISE, at=at, told=told)
