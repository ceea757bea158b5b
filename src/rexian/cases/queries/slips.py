"""A form of a case as it stands, what it was before, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.cases import models
from rexian.cases.domain.masking import without_customer
from rexian.cases.domain.moving import parts_of
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.queries.cases import CasePage, FileShown, SlipShown, case_page, file_shown
from rexian.cases.queries.rows import rows, whole_standing
from rexian.kernel.authority import Actor
from rexian.standard.domain.flows import OVER, Casework, Flow
from rexian.standard.domain.pack.casework import Part
from rexian.standard.domain.pack.recording import FormSpec

FILLING: frozenset[Part] = frozenset({
    "taker", "home", "holder", "handler", "assisting", "dispatcher", "supervisor", "arbiter",
    "callback",
})  # fmt: skip
"""Who fills in the slips of a case: all who have a part in it, and no agent who merely sees it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else than in the version before."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SlipVersionShown:
    """A version of a slip: who filled it in, who signed it, what it changed."""

    version: int
    filled_by: int | None
    filled_at: datetime
    signer: str
    signed_at: datetime | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SlipPage:
    """A form of a case; without a ``slip`` nothing is filled in yet.

    ``versions`` are all, the newest first; ``papers`` are those that came scanned or by fax.
    """

    page: CasePage
    spec: FormSpec
    slip: SlipShown | None
    versions: tuple[SlipVersionShown, ...]
    papers: tuple[FileShown, ...]
    may_fill: bool


def forms_of_flow(flow: Flow, casework: Casework) -> tuple[str, ...]:
    """Return the ids of the forms that belong to a flow, in the order in which they are needed."""
    callback = casework.callbacks.get(flow.spec.callback)
    named = (
        flow.spec.form,
        *(one.form for one in flow.moves.values()),
        callback.form if callback else "",
    )
    return tuple(dict.fromkeys(filter(None, named)))


def forms_of(page: CasePage) -> tuple[FormSpec, ...]:
    """Return the forms that a case can have."""
    known = page.standard.forms
    ids = forms_of_flow(page.flow, page.standard.casework)
    return tuple(known[one] for one in ids if one in known)


def slip_page(case_id: int, form: str, *, round_: int | None = None, actor: Actor) -> SlipPage:
    """Return a form of a case that the actor sees, by default of this round; raise ``NotFound``."""
    page = case_page(case_id, actor=actor)
    spec = page.standard.forms.get(form)
    wanted = page.case.round if round_ is None else round_
    slip = next((one for one in page.slips if (one.form, one.round) == (form, wanted)), None)
    if spec is None or (slip is None and spec not in forms_of(page)):
        raise nothing_there(f"form:{form}")
    may = wanted == page.case.round and spec in forms_of(page) and _may_fill(page, actor)
    return SlipPage(
        page,
        spec,
        slip,
        _versions(slip, spec if page.is_hidden else None) if slip else (),
        _papers(slip) if slip else (),
        may,
    )


def changes(
    before: tuple[Mapping[str, str], Mapping[str, str]],
    after: tuple[Mapping[str, str], Mapping[str, str]],
) -> tuple[Change, ...]:
    """Return what differs between two versions, each given by its values and what it lacks."""
    names = dict.fromkeys(name for part in (*before, *after) for name in part)
    found = (Change(one, _said(one, *before), _said(one, *after)) for one in names)
    return tuple(one for one in found if one.before != one.after)


def _said(name: str, values: Mapping[str, str], missing: Mapping[str, str]) -> str:
    """Return what a version says of a field; ``?code`` stands for why it is missing."""
    value = str(values.get(name, ""))
    return value or (f"?{missing[name]}" if missing.get(name) else "")


def _may_fill(page: CasePage, actor: Actor) -> bool:
    if page.case.standing in OVER:
        return False
    row = rows().get(pk=page.case.id)
    return actor.is_system or bool(FILLING & parts_of(whole_standing(row), actor))


def _versions(slip: SlipShown, hidden: FormSpec | None) -> tuple[SlipVersionShown, ...]:
    """Return the versions of a slip, the newest first; of a ``hidden`` customer's without them."""
    earlier = list(models.SlipVersion.objects.filter(slip=slip.id).order_by("version"))
    return tuple(reversed(list(_told([*earlier, slip], hidden))))


def _told(
    versions: Iterable[models.SlipVersion | SlipShown], hidden: FormSpec | None
) -> Iterable[SlipVersionShown]:
    before: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    for one in versions:
        values = without_customer(one.values, hidden) if hidden else one.values
        after = (values, one.missing)
        filled_by = one.filled_by if isinstance(one, SlipShown) else one.filled_by_id
        yield SlipVersionShown(
            one.version, filled_by, one.filled_at, one.signer, one.signed_at,
            changes(before, after),
        )  # fmt: skip
        before = after


def _papers(slip: SlipShown) -> tuple[FileShown, ...]:
    kept = models.SlipPaper.objects.filter(slip=slip.id).select_related("file__step")
    return tuple(file_shown(one.file) for one in kept.order_by("pk"))
