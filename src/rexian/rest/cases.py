"""Cases as values for machines, with nothing that their reader may not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rexian.cases.domain.masking import masked_text, without_customer
from rexian.cases.queries import CasePage, CaseShown, FileShown
from rexian.cases.queries.exporting import as_taken_out
from rexian.cases.queries.seeing import may_identify
from rexian.kernel.authority import Actor
from rexian.rest.case_schemas import Case, CaseClock, CaseFile, CaseSlip, CaseStep
from rexian.standard.domain.pack.recording import FormSpec


def case_values(one: CaseShown) -> dict[str, Any]:
    """Return a case as the list tells it."""
    return {name: getattr(one, name) for name in Case.model_fields}


def case_in_full(page: CasePage, actor: Actor) -> dict[str, Any]:
    """Return a case with all that belongs to it, masked as its reader may see it."""
    is_whole = may_identify(page.case, actor)
    return {
        **case_values(as_taken_out(page.case, actor)),
        "steps": [_step(asdict(one), is_whole=is_whole) for one in page.steps],
        "clocks": [
            {name: getattr(one, name) for name in CaseClock.model_fields} for one in page.clocks
        ],
        "slips": slips_of(page, actor),
        "files": [file_values(one) for one in page.files],
        "moves": [
            {
                "move": one.move.id,
                "title": dict(one.move.title),
                "does": one.move.does,
                "part": one.part,
                "to": one.move.to,
                "needs": list(one.move.needs),
                "form": one.move.form,
                "approves": one.approves,
            }
            for one in page.offers
        ],
    }


def slips_of(page: CasePage, actor: Actor) -> list[dict[str, Any]]:
    """Return the forms of a case; of a hidden customer without what says who they are."""
    is_whole = may_identify(page.case, actor)
    found = []
    for one in page.slips:
        told = {name: getattr(one, name) for name in CaseSlip.model_fields}
        if not is_whole:
            form = page.standard.forms.get(one.form)
            told["values"] = _masked(one.values, form, hides=page.case.hides_customer)
        found.append(told)
    return found


def file_values(one: FileShown) -> dict[str, Any]:
    """Return a file without its content."""
    return {name: getattr(one, name) for name in CaseFile.model_fields}


def _step(told: dict[str, Any], *, is_whole: bool) -> dict[str, Any]:
    values = {name: told[name] for name in CaseStep.model_fields}
    if not is_whole:
        values |= {"reason": masked_text(told["reason"]), "text": masked_text(told["text"])}
    return values


def _masked(values: Mapping[str, str], form: FormSpec | None, *, hides: bool) -> dict[str, str]:
    """Return the answers of a form with numbers masked, those that identify somebody left out."""
    if hides:
        return without_customer(values, form)
    return {name: masked_text(text) for name, text in values.items()}
