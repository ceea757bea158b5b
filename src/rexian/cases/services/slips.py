"""Fill in and sign the forms of a case; every version of one is kept (OP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rexian.cases import events, models
from rexian.cases.domain.masking import identifying
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.refusals import BadSlip, LacksToDispatch
from rexian.cases.domain.rights import IDENTIFY
from rexian.cases.queries.notifications import wanted_before
from rexian.cases.queries.rows import shown
from rexian.cases.services.stepping import about
from rexian.contacts.domain.words import keepable
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.standard.domain.forms import MESSAGES, FaultCode, FormFault, check_form
from rexian.standard.domain.pack.recording import FormSpec
from rexian.standard.queries.published import load_version


def write_slip(
    row: models.Case,
    form: str,
    *,
    values: Mapping[str, str],
    missing: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> models.Slip:
    """Write a form of a case that is held; what was written before becomes a version of it.

    What the form wants before the case is closed may still be missing. Raises ``BadSlip`` for what
    it does not take.
    """
    spec = form_of(row, form)
    slip = models.Slip.objects.filter(case=row, form=form, round=row.round).first()
    unseen = _unseen(row, slip, spec, actor)
    given: dict[str, Any] = keepable({"values": unseen | dict(values), "missing": dict(missing)})
    faults = check_form(spec, given["values"], given["missing"])
    see_that_nothing_is_wrong(one for one in faults if one.code is not FaultCode.NEEDED)
    if slip is None:
        slip = models.Slip(case=row, form=form, round=row.round, version=0)
    elif (slip.values, slip.missing) == (given["values"], given["missing"]):
        return slip
    else:
        keep_version(slip)
    slip.values, slip.missing = given["values"], given["missing"]
    slip.filled_by_id, slip.filled_at = actor.person, at
    slip.signed_by_id, slip.signed_at, slip.signer, slip.signature = None, None, "", ""
    slip.version += 1
    slip.save()
    saved = events.SlipSaved(**about(row), form=form, version=slip.version)
    record(saved, actor=actor, at=at)
    return slip


def _unseen(
    row: models.Case, slip: models.Slip | None, form: FormSpec, actor: Actor
) -> dict[str, str]:
    """Return the answers that are kept from whoever writes: they stay as they are."""
    if slip is None or not row.hides_customer or is_at_home(row.home.path, actor, IDENTIFY):
        return {}
    return {name: one for name, one in slip.values.items() if name in identifying(form)}


def form_of(row: models.Case, form: str) -> FormSpec:
    """Return a form of the standard under which a case runs; raise ``BadSlip`` for none."""
    spec = load_version(row.standard).forms.get(form)
    if spec is None:
        raise BadSlip(mark("There is no such form."), field="form")
    return spec


def see_that_nothing_is_wrong(faults: Iterable[FormFault]) -> None:
    """Raise ``BadSlip`` for the first fault, with its field and the label in every language."""
    for one in faults:
        raise BadSlip(MESSAGES[one.code], field=one.field, label=one.label)


def see_that_it_is_whole(row: models.Case, slip: models.Slip) -> None:
    """Raise ``BadSlip`` for the first thing that a form lacks."""
    see_that_nothing_is_wrong(check_form(form_of(row, slip.form), slip.values, slip.missing))


def see_that_it_is_enough(row: models.Case) -> None:
    """Raise ``LacksToDispatch`` for what has to be known before a case is sent, and is not."""
    for one in wanted_before(shown(row)):
        raise LacksToDispatch(MESSAGES[FaultCode.NEEDED_TO_DISPATCH], field=one.id, label=one.label)


def keep_version(slip: models.Slip) -> None:
    """Keep a slip as it stands, before it is changed."""
    models.SlipVersion.objects.create(
        slip=slip,
        version=slip.version,
        values=slip.values,
        missing=slip.missing,
        filled_by_id=slip.filled_by_id,
        filled_at=slip.filled_at,
        signed_by_id=slip.signed_by_id,
        signed_at=slip.signed_at,
        signer=slip.signer,
        signature=slip.signature,
    )


def sign_slip(
    row: models.Case, slip: models.Slip, *, signer: str, signature: str, actor: Actor, at: datetime
) -> None:
    """Have a slip signed by a named person; what is signed is the version that stands, and whole.

    Raises ``BadSlip`` for what is still missing.
    """
    see_that_it_is_whole(row, slip)
    slip.signed_by_id, slip.signed_at = actor.person, at
    slip.signer, slip.signature = signer, signature
    slip.save(update_fields=["signed_by", "signed_at", "signer", "signature"])
    signed = events.SlipSigned(**about(row), form=slip.form, version=slip.version)
    record(signed, actor=actor, at=at)
