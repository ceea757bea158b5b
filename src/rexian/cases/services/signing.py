"""Fill in and sign the forms of a case from its pages, and keep what came on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.cases import models
from rexian.cases.domain.moving import parts_of
from rexian.cases.domain.refusals import BadSlip, IllegalMove, Lacking, NotTheirMove, SlipChanged
from rexian.cases.domain.signatures import signature_svg
from rexian.cases.queries.slips import FILLING, forms_of_flow
from rexian.cases.services.files import attach_file
from rexian.cases.services.indexing import index_case
from rexian.cases.services.making import Making
from rexian.cases.services.slips import sign_slip, write_slip
from rexian.cases.services.stepping import save
from rexian.contacts.domain.words import one_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.queries import signed_in
from rexian.org.services import confirm_password
from rexian.standard.domain.flows import OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """By whom a slip is signed: the lines of a drawing with a name, or one's own password."""

    signer: str = ""
    drawing: str = ""
    password: str = ""


@in_one_transaction
def fill_slip(
    case_id: int,
    *,
    form: str,
    values: Mapping[str, str],
    missing: Mapping[str, str],
    version: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Fill in a form of a case, and return the slip's version; what stood there is kept (OP-3).

    ``version`` is that of the slip as the actor saw it, 0 for none; raises ``SlipChanged``,
    ``BadSlip`` for the first field that does not take what was filled in.
    """
    making = _to_fill(case_id, form, actor, at)
    _see_that_nobody_came_between(making, form, version)
    slip = write_slip(making.row, form, values=values, missing=missing, actor=actor, at=at)
    making.row.moved_at = at
    save(making.row, "moved_at")
    index_case(making.row)
    return slip.version


def sign(
    case_id: int, *, form: str, signature: Signature, version: int, actor: Actor, at: datetime
) -> None:
    """Sign a slip as it stands: a named person by a drawing, or oneself by one's password.

    A wrong password counts as a failed attempt at signing in. Raises ``Lacking``, ``WrongField``,
    ``SignInLocked``, ``SlipChanged``, ``BadSlip`` for what is still missing on it.
    """
    signer = one_line(signature.signer, most=80)
    if signature.drawing.strip():
        drawn = signature_svg(signature.drawing)
        if not signer:
            raise Lacking(mark("Say who signs."), field="signer")
    else:
        drawn, signer = "", _themselves(signature.password, actor, at)
    _sign(case_id, form, version, signer, drawn, actor=actor, at=at)


def attach_paper(
    case_id: int, *, form: str, name: str, content: bytes, actor: Actor, at: datetime
) -> int:
    """Keep a slip that came on paper or by fax with the slip that it is of; return the file."""
    _see_that_there_is_one(case_id, form, actor, at)
    file = attach_file(case_id, name=name, content=content, actor=actor, at=at)
    _note_paper(case_id, form, file, actor=actor, at=at)
    return file


@in_one_transaction
def _sign(
    case_id: int, form: str, version: int, signer: str, drawn: str, *, actor: Actor, at: datetime
) -> None:
    making = _to_fill(case_id, form, actor, at)
    slip = _slip(making, form)
    if slip is None:
        raise BadSlip(mark("Nothing is filled in yet that could be signed."), field="signer")
    _see_that_nobody_came_between(making, form, version)
    sign_slip(making.row, slip, signer=signer, signature=drawn, actor=actor, at=at)
    making.row.moved_at = at
    save(making.row, "moved_at")


@in_one_transaction
def _see_that_there_is_one(case_id: int, form: str, actor: Actor, at: datetime) -> None:
    if _slip(_to_fill(case_id, form, actor, at), form) is None:
        raise BadSlip(mark("Fill the slip in first, then attach the paper."), field="file")


@in_one_transaction
def _note_paper(case_id: int, form: str, file: int, *, actor: Actor, at: datetime) -> None:
    making = _to_fill(case_id, form, actor, at)
    slip = _slip(making, form)
    if slip is not None:
        models.SlipPaper.objects.get_or_create(file_id=file, defaults={"slip": slip})
        save(making.row)


def _themselves(password: str, actor: Actor, at: datetime) -> str:
    """Return the name of the actor, who has given their password."""
    person = signed_in(actor.person) if actor.person is not None else None
    if person is None or not password:
        raise Lacking(mark("Sign it: draw, or give your password."), field="password")
    confirm_password(person.id, password=password, actor=actor, at=at)
    return person.name


def _to_fill(case_id: int, form: str, actor: Actor, at: datetime) -> Making:
    """Take hold of a case whose form the actor may fill in."""
    making = Making.begin(case_id, actor=actor, at=at)
    if making.row.standing in OVER:
        raise IllegalMove(mark("This case is over."), move="fill")
    if not actor.is_system and not FILLING & parts_of(making.standing, actor):
        raise NotTheirMove(mark("This is for somebody else to do."), move="fill")
    if form not in forms_of_flow(making.flow, making.casework):
        raise BadSlip(mark("There is no such form."), field="form")
    return making


def _slip(making: Making, form: str) -> models.Slip | None:
    row = making.row
    return models.Slip.objects.filter(case=row, form=form, round=row.round).first()


def _see_that_nobody_came_between(making: Making, form: str, version: int) -> None:
    slip = _slip(making, form)
    if (slip.version if slip else 0) != version:
        raise SlipChanged(mark("Somebody has changed this slip meanwhile: look again."))
