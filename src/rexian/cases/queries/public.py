"""A case as its customer may see it: in the words that its flow has for the public, and no others.

Nothing of the house is in here: no unit, no name, no word that was written for colleagues. A move
or a state without words for the public is not told; of what people wrote, only answers, interim
answers, and what the customer said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.cases import models
from rexian.cases.domain.customers import CUSTOMER, FOR_CUSTOMER, OFFERED
from rexian.cases.domain.masking import masked_number
from rexian.cases.domain.moving import offers
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.standing import Source
from rexian.cases.queries.keys import case_key
from rexian.cases.queries.rows import rows, whole_standing
from rexian.cases.queries.standards import flow_of, version_now
from rexian.contacts.queries import HotlineShown
from rexian.standard.domain.flows import OVER, Flow
from rexian.standard.domain.pack.casework import Effect
from rexian.standard.queries.published import load_version

Words = Mapping[str, str]
"""A text by language."""

STAGES = ("taken", "in-hand", "answered", "settled")
"""What the way of every case comes to for the public."""

_ASKED_BY_CUSTOMER = frozenset({"press", "add", "withdraw"})
_TOLD = frozenset({"answer", "interim"})
_PROMISES = frozenset({"answer", "resolve", "interim"})
_LONGEST_CHAIN = 5


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file that the customer sent, or that came with an answer."""

    id: int
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None

    @property
    def is_picture(self) -> bool:
        """Tell whether a page may show it."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A step of the way; ``kind`` is ``taken``, ``move``, ``merged`` or ``rated``.

    ``words`` are the flow's for the public, empty where there are none; ``text`` is what was
    written, by the customer where the step ``is_theirs``.
    """

    kind: str
    at: datetime
    words: Words
    text: str
    is_theirs: bool
    files: tuple[PublicFile, ...]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a case stands: a stage of ``STAGES``, and what its flow says of it.

    ``due_at`` is when the customer is to hear of it, and ``is_late`` that this was missed.
    """

    stage: str
    standing: str
    words: Words
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase:
    """A case for its customer.

    ``matter`` and ``place_text`` are their own words, nothing where somebody else wrote it down.
    ``acts`` are the effects that the flow offers to the customer now; ``goes_on`` is the key of the
    case that this one was merged into, where that is the same customer's.
    """

    key: str
    reference: str
    hotline: int
    subject: Words
    matter: str
    place_text: str
    number: str
    wants_answer: bool
    taken_at: datetime
    round: int
    solved: bool | None
    satisfied: int | None
    where: Whereabouts
    steps: tuple[PublicStep, ...]
    acts: frozenset[Effect]
    is_merged: bool
    goes_on: str

    @property
    def may_rate(self) -> bool:
        """Whether the flow wants to hear how it went."""
        return not self.acts.isdisjoint({"confirm", "reopen"})


@dataclass(frozen=True, slots=True)
class PublicLink:
    """A case by its number, with the key that opens it."""

    reference: str
    key: str


def public_case(case_id: int, *, at: datetime) -> PublicCase:
    """Return a case for whoever has shown its key; raise ``NotFound``."""
    row = rows().filter(pk=case_id).first()
    if row is None:
        raise nothing_there("case")
    last = _goes_on(row)
    standard = load_version(row.standard)
    flow = standard.casework.flows[row.flow]
    category = standard.taxonomy.get(row.category)
    is_own = row.source == Source.PORTAL.value  # else the words are those of whoever took it
    return PublicCase(
        key=case_key(row.pk),
        reference=row.reference,
        hotline=row.hotline_id,
        subject=category.name if category else flow.spec.title,
        matter=row.matter if is_own else "",
        place_text=row.place_text if is_own else "",
        number=masked_number(row.number),
        wants_answer=row.wants_answer,
        taken_at=row.taken_at,
        round=row.round,
        solved=row.solved,
        satisfied=row.satisfied,
        where=_where(last, at),
        steps=tuple(_steps(row, flow)),
        acts=_acts(row, flow) if last is row else frozenset(),
        is_merged=last is not row,
        goes_on=case_key(last.pk) if last is not row and _is_same_customers(last, row) else "",
    )


@dataclass(frozen=True, slots=True)
class PublicCategory:
    """Something that a case can be about; ``group`` is the name of the kind that it belongs to."""

    code: str
    name: Words
    group: Words


def categories_for_public(hotline: HotlineShown, at: datetime) -> tuple[PublicCategory, ...]:
    """Return what customers may submit a case about, kind by kind; never an emergency.

    In an emergency nobody is to fill in a form: those are taken by telephone and in the chat.
    """
    standard = load_version(version_now(hotline, at))
    taxonomy, casework = standard.taxonomy, standard.casework
    return tuple(
        PublicCategory(one.code, one.name, taxonomy.categories[one.path[0]].name)
        for one in taxonomy
        if one.is_leaf
        and one.urgency != "emergency"
        and casework.flow_for(one.case_type, one.code, taxonomy, source=Source.PORTAL.value)
    )


def public_file(case_id: int, file_id: int) -> PublicFile:
    """Return a file that the public page of a case shows; raise ``NotFound``."""
    files = models.File.objects.filter(pk=file_id, case=case_id)
    row = files.select_related("step", "case").first()
    if row is None or not _is_shown(row, flow_of(row.case.standard, row.case.flow)):
        raise nothing_there(f"file:{file_id}")
    return _file(row)


def cases_of_contact(contact_id: int) -> tuple[PublicLink, ...]:
    """Return the cases that were taken from a contact, for whoever has shown its key."""
    found = models.Case.objects.filter(contact=contact_id).order_by("pk")
    return tuple(
        PublicLink(reference, case_key(pk))
        for pk, reference in found.values_list("pk", "reference")
    )


def _goes_on(row: models.Case) -> models.Case:
    """Return the case as which it goes on, itself where it was merged into none."""
    last = row
    for _ in range(_LONGEST_CHAIN):
        if last.merged_into_id is None:
            break
        last = rows().get(pk=last.merged_into_id)
    return last


def _is_same_customers(one: models.Case, other: models.Case) -> bool:
    return bool(one.number) and one.number == other.number


def _acts(row: models.Case, flow: Flow) -> frozenset[Effect]:
    offered = offers(whole_standing(row), flow, CUSTOMER)
    return frozenset(one.move.does for one in offered) & frozenset(OFFERED)


def _where(row: models.Case, at: datetime) -> Whereabouts:
    flow = load_version(row.standard).casework.flows[row.flow]
    due_at = _heard_by(row, flow)
    is_late = due_at is not None and due_at < at
    return Whereabouts(_stage(row, flow), row.standing, _told(row, flow), due_at, is_late)


def _told(row: models.Case, flow: Flow) -> Words:
    """Return the words of its state, else of the latest state that has some and is not the end."""
    now = flow.states[row.state].public
    if now or row.standing in OVER:
        return now
    states = row.timeline.order_by("-seq").values_list("state", flat=True)
    said = (flow.states[one].public for one in states if one in flow.states)
    return next(filter(None, said), {})


def _stage(row: models.Case, flow: Flow) -> str:
    if row.standing in OVER:
        return "settled"
    if row.standing in {"answered", "resolved"}:
        return "answered"
    is_first = row.state == flow.spec.first and row.round == 1
    return "taken" if is_first else "in-hand"


def _heard_by(row: models.Case, flow: Flow) -> datetime | None:
    """Return when the first clock is due that is stopped by telling the customer something."""
    due = [
        one.due_at
        for one in row.clocks.filter(stopped_at=None, paused_at=None, soft=False)
        if one.clock in flow.clocks and _is_promise(flow, one.clock)
    ]
    return min(due, default=None)


def _is_promise(flow: Flow, clock: str) -> bool:
    stops = flow.clocks[clock].stops
    return any(one in flow.moves and flow.moves[one].does in _PROMISES for one in stops)


def _steps(row: models.Case, flow: Flow) -> Iterator[PublicStep]:
    """Yield the steps that the public is told of, what is said twice in a row once."""
    files = _by_step(row.files.exclude(step=None).select_related("step").order_by("pk"), flow)
    before: Words = {}
    for step in row.timeline.order_by("seq"):
        shown = _step(step, flow, files.get(step.pk, ()), before)
        if shown is not None:
            before = shown.words or before
            yield shown


def _step(
    step: models.Step, flow: Flow, files: tuple[PublicFile, ...], before: Words
) -> PublicStep | None:
    is_theirs = step.part == "customer"
    if step.kind == "rated" and is_theirs:
        return PublicStep("rated", step.at, {}, step.text, True, ())
    if step.kind == "merged" and "into" in step.data:
        return PublicStep("merged", step.at, {}, "", False, ())
    if step.kind not in {"taken", "move"}:
        return None
    words = _words(step, flow)
    text = _text(step, flow)
    if step.kind == "move" and not text and not files and (not words or words == before):
        return None
    return PublicStep(step.kind, step.at, words, text, is_theirs, files)


def _words(step: models.Step, flow: Flow) -> Words:
    """Return what the flow says of a step: of its move, else of the state that it led to."""
    move = flow.moves.get(step.move)
    if step.effect in _ASKED_BY_CUSTOMER:
        return move.public if move and step.part in FOR_CUSTOMER else {}
    if move is not None and move.public:
        return move.public
    if move is not None and not move.to:
        return {}
    return flow.states[step.state].public if step.state in flow.states else {}


def _text(step: models.Step, flow: Flow) -> str:
    """Return what was written for the customer, or by them."""
    if step.part == "customer":
        return step.text or step.reason
    return step.text if _is_told(step, flow) else ""


def _is_told(step: models.Step, flow: Flow) -> bool:
    """Tell whether a step is one by which the customer was told something."""
    move = flow.moves.get(step.move)
    return move is not None and bool(move.public) and step.effect in _TOLD


def _by_step(files: Iterable[models.File], flow: Flow) -> Mapping[int, tuple[PublicFile, ...]]:
    found: dict[int, tuple[PublicFile, ...]] = {}
    for one in files:
        if one.step_id is not None and _is_shown(one, flow):
            found[one.step_id] = (*found.get(one.step_id, ()), _file(one))
    return found


def _is_shown(row: models.File, flow: Flow) -> bool:
    """Tell whether a file came with what the customer said, or with what they were told.

    One without a step may be that of another customer, whose case was merged into this one.
    """
    if row.step is None:
        return False
    is_theirs = row.person_id is None and (row.step.kind == "taken" or row.step.part == "customer")
    return is_theirs or _is_told(row.step, flow)


def _file(row: models.File) -> PublicFile:
    return PublicFile(row.pk, row.name, row.media_type, row.size, row.width, row.height)
