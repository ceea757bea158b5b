"""Take lists of cases out as files, and have the journal tell that it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import IO

from rexian.cases import events
from rexian.cases.domain.rights import EXPORT
from rexian.cases.queries.exporting import export_count, export_lines, export_workbook
from rexian.cases.queries.lists import Wanted
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise


def take_out_lines(
    wanted: Wanted, *, language: str, zone: str, actor: Actor, at: datetime
) -> Iterator[bytes]:
    """Return the lines of a CSV of the cases that fit: it is made while it is read."""
    _note(wanted, "csv", actor, at)
    return export_lines(wanted, actor=actor, language=language, zone=zone)


def take_out_workbook(
    wanted: Wanted, file: IO[bytes], *, language: str, zone: str, actor: Actor, at: datetime
) -> None:
    """Write a workbook of the cases that fit."""
    _note(wanted, "xlsx", actor, at)
    export_workbook(wanted, file, actor=actor, language=language, zone=zone)


@in_one_transaction
def _note(wanted: Wanted, form: str, actor: Actor, at: datetime) -> None:
    """Write down who takes out how many cases, before the first is sent: nobody gets round it."""
    authorise(actor, EXPORT)
    taken_out = events.CasesExported(
        subject_id=actor.organisation or 0,
        organisation=actor.organisation,
        form=form,
        count=export_count(wanted, actor=actor),
        filters=filter_codes(wanted),
    )
    record(taken_out, actor=actor, at=at)


def filter_codes(wanted: Wanted) -> dict[str, str]:
    """Return what a list is filtered by in ids and codes; of a text only that there was one."""
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    return {name: _code(name, value) for name, value in told.items() if value not in (None, "", ())}


def _code(name: str, value: object) -> str:
    if name == "text":
        return "yes"
    if isinstance(value, datetime):
        return value.isoformat()
    return ",".join(value) if isinstance(value, tuple) else str(value).lower()
