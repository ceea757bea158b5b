"""The shapes of cases, of what one sends for them and of what one is told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from rexian.cases.domain.details import LONGEST_MATTER
from rexian.cases.domain.letters import MOST_LETTERS
from rexian.kernel.calendar.instants import in_utc

Some = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=LONGEST_MATTER)]
Instant = Annotated[AwareDatetime, AfterValidator(in_utc)]
Number = Annotated[int, Field(ge=1, le=2**53)]
Values = Annotated[dict[str, Words], Field(max_length=100)]


class Case(Schema):
    """A case; numbers and hidden customers are kept from those who may not identify them."""

    id: int
    reference: str = Field(description="The number by which customers name it.")
    version: int = Field(description="Counts its changes; a move names the one it was seen in.")
    source: str = Field(description="contact, portal, outside, rest, person, callback")
    flow: str
    state: str
    standing: str = Field(description="open, waiting, answered, resolved, closed, void")
    case_type: str
    category: str
    case_class: str
    urgent: bool
    round: int
    home: int = Field(description="The unit that took it.")
    unit: int = Field(description="The unit that has it.")
    taken_by: int | None
    handler: int | None
    contact: int | None
    parent: int | None
    merged_into: int | None
    title: str
    matter: str
    name: str
    number: str
    place: dict[str, Any]
    place_text: str
    outside_body: str
    outside_number: str
    finding: str
    responsible: bool | None
    answer: str
    pressed: int
    solved: bool | None
    satisfied: int | None
    taken_at: datetime
    due_at: datetime | None
    breached_at: datetime | None
    answered_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None


class Cases(Schema):
    """Some of the cases, the newest first."""

    items: list[Case]
    next: int | None = Field(description="What `before` is for the cases that follow.")


class CaseStep(Schema):
    """A step of a case's timeline."""

    seq: int
    at: datetime
    kind: str = Field(
        description="taken, move, asked, refused, clock, merged, joined, split, rated"
    )
    move: str
    effect: str
    state: str
    round: int
    person: int | None
    from_unit: int | None
    to_unit: int | None
    reason: str
    text: str


class CaseClock(Schema):
    """A clock that runs for a case, or ran."""

    clock: str
    round: int
    soft: bool
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    breached_at: datetime | None


class CaseSlip(Schema):
    """A form of a case as it stands."""

    form: str
    round: int
    version: int
    values: dict[str, str]
    missing: dict[str, str]
    filled_by: int | None
    filled_at: datetime
    signer: str
    signed_at: datetime | None


class CaseFile(Schema):
    """A file of a case; `step` is that of the timeline that it came with."""

    id: int
    name: str
    media_type: str
    size: int
    step: int | None


class CaseMove(Schema):
    """A move that is legal now for the token's owner."""

    move: str
    title: dict[str, str]
    does: str
    part: str = Field(description="The part by which it is theirs.")
    to: str = Field(description="The state that it leads to; empty: where it stands.")
    needs: list[str]
    form: str
    approves: bool = Field(description="Somebody asked for it, and they may approve it.")


class CaseInFull(Case):
    """A case with all that belongs to it."""

    steps: list[CaseStep]
    clocks: list[CaseClock]
    slips: list[CaseSlip]
    files: list[CaseFile]
    moves: list[CaseMove]


class CaseWanted(Schema):
    """Which cases are wanted; what is left out filters nothing."""

    text: str = Field("", max_length=80, description="Words, a case's number, a telephone number.")
    standing: list[Annotated[str, Field(max_length=10)]] = Field([], max_length=6)
    flow: str = Field("", max_length=60)
    category: str = Field("", max_length=60)
    source: str = Field("", max_length=10)
    finding: str = Field("", max_length=15)
    outside_body: str = Field("", max_length=20)
    unit: int | None = Field(None, ge=1, le=2**53, description="The unit that has it.")
    handler: int | None = Field(None, ge=1, le=2**53)
    urgent: bool | None = None
    late: bool | None = Field(None, description="Whether one of its deadlines was breached.")
    due_before: Instant | None = None
    taken_from: Instant | None = None
    taken_until: Instant | None = None


class Turn(Schema):
    """From where on, and how many."""

    before: int | None = Field(None, ge=1, le=2**53, description="Cases older than this id.")
    limit: int = Field(50, ge=1, le=200)


class CaseGiven(Schema):
    """What a case is taken with."""

    model_config = ConfigDict(extra="forbid")

    hotline: str = Field(max_length=40, description="The code of the hotline.")
    category: str = Field("", max_length=60)
    case_type: str = Field("", max_length=20, description="Where there is no category.")
    case_class: str = Field("", max_length=20)
    title: Some = ""
    matter: Words = ""
    name: str = Field("", max_length=80)
    form_of_address: str = Field("", max_length=20)
    number: str = Field("", max_length=60)
    place_text: Some = ""
    hides_customer: bool = False
    wants_answer: bool = True
    values: Values = Field(default_factory=dict)
    missing: Values = Field(default_factory=dict)


class MoveGiven(Schema):
    """A move, with what it asks for."""

    model_config = ConfigDict(extra="forbid")

    move: str = Field(max_length=60)
    version: int = Field(ge=1, le=2**31 - 1, description="That of the case as it was seen.")
    reason: str = Field("", max_length=500)
    text: Words = ""
    unit: Number | None = None
    person: Number | None = None
    due_at: Instant | None = None
    finding: str = Field("", max_length=15)
    responsible: bool | None = None
    case_class: str = Field("", max_length=20)
    files: list[Number] = Field([], max_length=40)
    signer: str = Field("", max_length=80)
    values: Values | None = None
    missing: Values | None = None


class Approval(Schema):
    """That what was asked for may happen."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31 - 1)
    text: Words = ""


class Refusal(Schema):
    """That what was asked for may not happen, and why."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31 - 1)
    reason: str = Field(max_length=500)


class LetterGiven(Schema):
    """What an outside body passes on; instants as it writes them, or with their zone."""

    model_config = ConfigDict(extra="forbid")

    number: str = Field(max_length=40, description="Their number: the same one is the same case.")
    matter: Words
    received_at: str = Field("", max_length=40)
    answer_by: str = Field("", max_length=40)
    answer_way: str = Field("", max_length=40, description="platform, letter, telephone")
    name: str = Field("", max_length=80)
    phone: str = Field("", max_length=60)
    case_type: str = Field("", max_length=20, description="complaint, enquiry, help, suggestion")
    category: str = Field("", max_length=60)
    title: Some = ""
    wish: Words = ""
    place: Some = ""


class LettersGiven(Schema):
    """Letters of one body: all are taken, or none."""

    model_config = ConfigDict(extra="forbid")

    hotline: str = Field(max_length=40)
    body: str = Field(max_length=20, description="12345, 12328, 12315, other")
    letters: list[LetterGiven] = Field(min_length=1, max_length=MOST_LETTERS)


class LetterTaken(Schema):
    """A letter as a case."""

    number: str
    case: int
    is_new: bool
