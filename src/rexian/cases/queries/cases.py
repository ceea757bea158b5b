"""One case with all that its page shows: timeline, clocks, slips, and the moves that are legal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rexian.cases import models
from rexian.cases.domain.masking import without_customer
from rexian.cases.domain.moving import Offer, has_at_home, offers, sees
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import IDENTIFY
from rexian.cases.domain.standing import CaseStanding
from rexian.cases.queries.lists import cases_by_id
from rexian.cases.queries.rows import CaseShown, rows, shown, whole_standing
from rexian.kernel.authority import Actor
from rexian.prepared import Prepared
from rexian.standard.domain.flows import Flow
from rexian.standard.domain.pack.casework import MoveSpec
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the timeline; people and units are ids, words are as they were written."""

    seq: int
    at: datetime
    kind: str
    move: str
    effect: str
    part: str
    state: str
    round: int
    person: int | None
    from_unit: int | None
    to_unit: int | None
    reason: str
    text: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock of the case; ``explanation`` is how its instant was reached."""

    id: int
    clock: str
    round: int
    soft: bool
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    breached_at: datetime | None
    extended_to: datetime | None
    asked_for: bool
    explanation: Mapping[str, Any]

    @property
    def is_running(self) -> bool:
        """Whether it runs, or stands still for a while."""
        return self.stopped_at is None


@dataclass(frozen=True, slots=True)
class SlipShown:
    """A form of the case as it stands."""

    id: int
    form: str
    round: int
    values: Mapping[str, str]
    missing: Mapping[str, str]
    filled_by: int | None
    filled_at: datetime
    signed_by: int | None
    signed_at: datetime | None
    signer: str
    signature: str
    version: int


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of the case; ``step`` is the number of the step that it came with."""

    id: int
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    stored_at: datetime
    step: int | None


@dataclass(frozen=True, slots=True)
class OfferShown:
    """A legal move, and by which part it is the reader's."""

    move: MoveSpec
    part: str
    approves: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with all that belongs to it, as the reader may see it.

    ``is_hidden`` tells that the reader is not to know the customer, who is left out everywhere.
    """

    case: CaseShown
    flow: Flow
    standard: Standard
    steps: tuple[StepShown, ...]
    clocks: tuple[ClockShown, ...]
    slips: tuple[SlipShown, ...]
    files: tuple[FileShown, ...]
    offers: tuple[OfferShown, ...]
    assisting: tuple[int, ...]
    parts: tuple[CaseShown, ...]
    is_hidden: bool = False


def case(case_id: int, *, actor: Actor) -> CaseShown:
    """Return a case that the actor sees; raise ``NotFound``."""
    row, standing = _seen(case_id, actor)
    return as_seen(shown(row), standing, actor)


def case_page(case_id: int, *, actor: Actor) -> CasePage:
    """Return a case with its timeline, clocks, slips, files and the moves that are legal now."""
    row, standing = _seen(case_id, actor)
    standard = load_version(row.standard)
    flow = standard.casework.flows[row.flow]
    found = shown(row)
    slips = tuple(_slip(one) for one in row.slips.order_by("pk"))
    is_hidden = hides(found, standing, actor)
    if is_hidden:
        slips = tuple(
            replace(one, values=without_customer(one.values, standard.forms.get(one.form)))
            for one in slips
        )
    return CasePage(
        as_seen(found, standing, actor),
        flow,
        standard,
        tuple(_step(one) for one in row.timeline.order_by("seq")),
        tuple(_clock(one) for one in row.clocks.order_by("pk")),
        slips,
        tuple(file_shown(one) for one in row.files.select_related("step").order_by("pk")),
        tuple(_offer(one) for one in offers(standing, flow, actor)),
        tuple(standing.assisting),
        _kin(row, actor),
        is_hidden,
    )


def as_seen(found: CaseShown, standing: CaseStanding, actor: Actor) -> CaseShown:
    """Return a case without who its customer is, where the actor is not to know."""
    if not hides(found, standing, actor):
        return found
    return replace(
        found, name="", number="", form_of_address="", contact=None, customer=None,
    )  # fmt: skip


def hides(found: CaseShown, standing: CaseStanding, actor: Actor) -> bool:
    """Tell whether the customer is hidden from an actor: all but the house that took the case."""
    if not found.hides_customer or actor.is_system:
        return False
    is_taker = actor.person is not None and actor.person == standing.taken_by
    return not is_taker and not has_at_home(standing, actor, IDENTIFY)


def _seen(case_id: int, actor: Actor) -> tuple[models.Case, CaseStanding]:
    row = _by_id.first(case_id)
    if row is None or not (actor.is_system or actor.organisation == row.organisation_id):
        raise nothing_there(f"case:{case_id}")
    standing = whole_standing(row)
    if not sees(standing, actor, tuple(_paths.all(case_id))):
        raise nothing_there(f"case:{case_id}")
    return row, standing


_by_id = Prepared(lambda case: rows().filter(pk=case))
_paths = Prepared(
    lambda case: models.Party.objects.filter(case=case).values_list("unit__path", flat=True)
)


def _kin(row: models.Case, actor: Actor) -> tuple[CaseShown, ...]:
    """Return the other parts of the event that a case is, or is part of, which the actor sees."""
    parts = models.Case.objects.filter(parent=row.parent_id or row.pk).exclude(pk=row.pk)
    found = cases_by_id(parts.values_list("pk", flat=True), actor=actor)
    return tuple(found[number] for number in sorted(found))


def _step(row: models.Step) -> StepShown:
    return StepShown(
        row.seq, row.at, row.kind, row.move, row.effect, row.part, row.state, row.round,
        row.person_id, row.from_unit_id, row.to_unit_id, row.reason, row.text, row.data,
    )  # fmt: skip


def _clock(row: models.Clock) -> ClockShown:
    return ClockShown(
        row.pk, row.clock, row.round, row.soft, row.started_at, row.due_at, row.paused_at,
        row.stopped_at, row.breached_at, row.extended_to, row.asked_for, row.explanation,
    )  # fmt: skip


def _slip(row: models.Slip) -> SlipShown:
    return SlipShown(
        row.pk, row.form, row.round, row.values, row.missing, row.filled_by_id, row.filled_at,
        row.signed_by_id, row.signed_at, row.signer, row.signature, row.version,
    )  # fmt: skip


def file_shown(row: models.File) -> FileShown:
    """Return a file of a case as a value."""
    return FileShown(
        row.pk, row.name, row.media_type, row.size, row.width, row.height, row.stored_at,
        row.step.seq if row.step else None,
    )  # fmt: skip


def _offer(one: Offer) -> OfferShown:
    return OfferShown(one.move, one.part, one.approves)
