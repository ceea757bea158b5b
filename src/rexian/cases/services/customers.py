"""What customers do by themselves: submit a case, find theirs again, add, press, withdraw, rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.crypto import constant_time_compare

from rexian.cases import events, models
from rexian.cases.domain.customers import (
    CUSTOMER,
    MOST_STEPS,
    PRESSED_WITHIN,
    STEPS_WITHIN,
    TWICE_WITHIN,
    NotOffered,
    Submission,
    TooManySteps,
    WrongCase,
)
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.moving import offers
from rexian.cases.domain.numbers import read_case_number
from rexian.cases.domain.standing import Source
from rexian.cases.queries.keys import case_key
from rexian.cases.services.files import attach_file
from rexian.cases.services.giving import Given
from rexian.cases.services.making import Making
from rexian.cases.services.moving import move_case
from rexian.cases.services.stepping import about, held, save
from rexian.cases.services.taking import take_case
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.domain.words import request_name, several_lines
from rexian.contacts.queries import HotlineShown, hotline_named
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.language import mark
from rexian.org.domain.lockout import Attempt
from rexian.org.services.attempts import count_attempt, forget_attempts, take_back_attempt
from rexian.standard.domain.pack.casework import Effect

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came, checked already by whoever took it."""

    name: str
    content: bytes


def submit_case(
    hotline_code: str, *, submission: Submission, files: Sequence[Sent] = (), at: datetime
) -> int:
    """Take a case that a customer has filled in, with its pictures, and return its id.

    The same form again is the same case, and so are the same words from the same number within a
    few minutes: whoever presses twice has one case. Raises ``BadCase``, ``NoFlow``, ``NoNumber``.
    """
    hotline = hotline_named(hotline_code)
    given = replace(submission, number=read_number(submission.number))
    found = _before(hotline, given, at)
    if found is None:
        found = _taken(hotline, given, at)
    for one in files:
        attach_file(found, name=one.name, content=one.content, actor=CUSTOMER, at=at)
    loose = models.File.objects.filter(case=found, step=None, person=None)
    loose.update(step=models.Step.objects.get(case=found, seq=1))
    return found


def find_case(hotline_code: str, *, reference: str, number: str, address: str, at: datetime) -> str:
    """Return the key of the case with a number, for whoever knows its telephone number too.

    The attempt is counted first, by the address and by the case; raises ``SignInLocked`` where too
    many have failed, and ``WrongCase`` without a word on which of the two is wrong.
    """
    hotline = hotline_named(hotline_code)
    wanted = read_case_number(reference) or ""
    _count(wanted or reference[:40], address, at)
    row = models.Case.objects.filter(organisation=hotline.organisation, reference=wanted).first()
    if not constant_time_compare(_digits(number) or "-", row.number if row else ""):
        raise WrongCase(mark("There is no case with this number and this telephone number."))
    assert row is not None  # noqa: S101 - nobody has no number
    forget_attempts(Attempt.CASE_OF_REFERENCE, wanted)
    take_back_attempt(Attempt.CASE_FROM_ADDRESS, address)
    return case_key(row.pk)


def add_to_case(
    case_id: int, *, text: str, files: Sequence[Sent] = (), sent_as: str, at: datetime
) -> int:
    """Add a customer's words and pictures to their case; return the step's number."""
    words = several_lines(text) or ("—" if files else "")
    return _moved(case_id, "add", text=words, files=files, sent_as=sent_as, at=at)


def press_case(case_id: int, *, at: datetime) -> int:
    """Press for a case; whoever presses again in the same few minutes has pressed once."""
    window = int(at.timestamp() // PRESSED_WITHIN.total_seconds())
    return _moved(case_id, "press", sent_as=str(window), at=at)


def withdraw_case(case_id: int, *, reason: str, sent_as: str, at: datetime) -> int:
    """Withdraw a case for the customer, with a reason."""
    return _moved(case_id, "withdraw", reason=reason, sent_as=sent_as, at=at)


def resume_case(case_id: int, *, sent_as: str, at: datetime) -> int:
    """Have a case go on that waited for its customer."""
    return _moved(case_id, "resume", sent_as=sent_as, at=at)


@in_one_transaction
def rate_case(
    case_id: int, *, solved: bool, satisfied: int, why: str, sent_as: str, at: datetime
) -> int:
    """Keep how a customer found what was done, and confirm it or have it taken up again.

    It is kept with who had the case then, so that nobody who comes later is credited with it. Not
    solved is another round, where the flow has one; that needs to know why. Returns the number of
    the last step.
    """
    making = Making.begin(case_id, actor=CUSTOMER, at=at)
    name = _name("rated", sent_as)
    before = models.Step.objects.filter(case=making.row, sent_as=name).first() if name else None
    if before is not None:
        return before.seq
    _refuse_a_flood(making.row, at)
    offered = _offered(making)
    if not offered & {"confirm", "reopen"}:
        raise _not_offered()
    seq = _rated(making, solved=solved, satisfied=satisfied, why=why, sent_as=name)
    follows: Effect = "confirm" if solved else "reopen"
    if follows in offered:
        return _made(case_id, follows, Given(reason=why, text=why), at)
    return seq


def _rated(making: Making, *, solved: bool, satisfied: int, why: str, sent_as: str) -> int:
    row = making.row
    row.solved, row.satisfied = solved, satisfied
    told = {"solved": solved, "satisfied": satisfied, "unit": row.unit_id}
    if row.handler_id is not None:
        told["handler"] = row.handler_id
    step = making.step(
        "rated", part="customer", text=several_lines(why), data=told, sent_as=sent_as
    )
    save(row, "solved", "satisfied")
    rated = events.CaseRated(
        **about(row), solved=solved, satisfied=satisfied, handler=row.handler_id
    )
    making.note(rated)
    return step.seq


@in_one_transaction
def _moved(
    case_id: int,
    effect: Effect,
    *,
    sent_as: str,
    at: datetime,
    text: str = "",
    reason: str = "",
    files: Sequence[Sent] = (),
) -> int:
    """Make the move of an effect that the flow offers to the customer; once for a request."""
    row = held(case_id)
    name = _name(effect, sent_as)
    before = models.Step.objects.filter(case=row, sent_as=name).first() if name else None
    if before is not None:
        return before.seq
    _refuse_a_flood(row, at)
    stored = [
        attach_file(case_id, name=one.name, content=one.content, actor=CUSTOMER, at=at)
        for one in files
    ]
    given = Given(text=text, reason=reason, files=tuple(stored), sent_as=name)
    return _made(case_id, effect, given, at)


def _made(case_id: int, effect: Effect, given: Given, at: datetime) -> int:
    """Make the move; what others have done to the case meanwhile is no reason to refuse it."""
    making = Making.begin(case_id, actor=CUSTOMER, at=at)
    for one in offers(making.standing, making.flow, CUSTOMER):
        if one.move.does == effect:
            return move_case(
                case_id,
                move=one.move.id,
                given=given,
                version=making.row.version,
                actor=CUSTOMER,
                at=at,
            )
    raise _not_offered()


def _offered(making: Making) -> set[Effect]:
    return {one.move.does for one in offers(making.standing, making.flow, CUSTOMER)}


def _not_offered() -> NotOffered:
    return NotOffered(mark("This is not possible any more: look how it stands."))


def _name(deed: str, sent_as: str) -> str:
    """Return the name of a request: one page has one for all that can be done on it."""
    return request_name(f"{deed}:{sent_as}") if sent_as else ""


def _refuse_a_flood(row: models.Case, at: datetime) -> None:
    recent = models.Step.objects.filter(case=row, part="customer", at__gt=at - STEPS_WITHIN)
    if recent.count() >= MOST_STEPS:
        raise TooManySteps(mark("That was a lot at once. Please wait a little, or ring us."))


@transaction.atomic
def _count(reference: str, address: str, at: datetime) -> None:
    count_attempt(Attempt.CASE_FROM_ADDRESS, address, at=at)
    count_attempt(Attempt.CASE_OF_REFERENCE, reference, at=at)


def _digits(number: str) -> str:
    try:
        return read_number(number)
    except NoNumber:
        return ""


def _before(hotline: HotlineShown, given: Submission, at: datetime) -> int | None:
    """Return the case that the same form, or the same words just now, have become already."""
    recent = models.Case.objects.filter(
        organisation=hotline.organisation,
        number=given.number,
        source=Source.PORTAL.value,
        taken_at__gt=at - _DAY,
    ).order_by("pk")
    name = request_name(given.sent_as)
    for row in recent:
        is_same_form = row.timeline.filter(seq=1, sent_as=name).exists()
        is_now = row.taken_at > at - TWICE_WITHIN
        if is_same_form or (is_now and row.matter == several_lines(given.matter)):
            return row.pk
    return None


def _taken(hotline: HotlineShown, given: Submission, at: datetime) -> int:
    """Take the case, under a name that the same words have at one time."""
    details = CaseDetails(
        source=Source.PORTAL,
        sent_as=_name_of(given, at),
        category=given.category,
        matter=given.matter,
        name=given.name,
        number=given.number,
        place_text=given.place_text,
        wants_answer=given.wants_answer,
        hides_customer=given.hides_customer,
    )
    return _take(hotline.code, details, given, at)


@in_one_transaction
def _take(hotline_code: str, details: CaseDetails, given: Submission, at: datetime) -> int:
    found = take_case(hotline_code, details=details, actor=CUSTOMER, at=at)
    name = request_name(given.sent_as) or None
    models.Step.objects.filter(case=found, seq=1, sent_as=None).update(sent_as=name)
    return found


def _name_of(given: Submission, at: datetime) -> str:
    """Return one name for the same words from one number at one time, whoever sends them when."""
    window = int(at.timestamp() // TWICE_WITHIN.total_seconds())
    whole = "\0".join((given.number, given.category, several_lines(given.matter), str(window)))
    return f"portal-{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"
