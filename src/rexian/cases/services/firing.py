"""Have the clocks of a case do what is due."""

from __future__ import annotations

from datetime import datetime

from rexian.cases.queries.standards import calendar_of, flow_of
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.stepping import MACHINE, held, hotline_of, save
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.errors import NotFound


@in_one_transaction
def fire_clocks(case_id: int, *, at: datetime) -> None:
    """Do what the clocks of a case have to do by ``at``; done already, it is not done again."""
    try:
        row = held(case_id)
    except NotFound:
        return
    flow = flow_of(row.standard, row.flow)
    calendar = calendar_of(hotline_of(row))
    Clocks.of(row, flow=flow, calendar=calendar, actor=MACHINE, at=at).fire()
    save(row, "breached_at", "due_at", "work")
