"""The shapes of what the interface takes and gives; the description of the interface shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

Speaker = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Texts = Annotated[dict[str, str], Field(description="A text by language: zh-Hans, en, ...")]


class Problem(Schema):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request: str


class Organisation(Schema):
    """The organisation that the token's owner belongs to."""

    id: int
    code: str
    name: str
    time_zone: str
    language: str


class Unit(Schema):
    """A unit; ``path`` is the ids from the organisation's top down."""

    id: int
    parent: int | None
    path: str
    tier: str
    code: str
    name: str


class Post(Schema):
    """A role that somebody holds in a unit."""

    role: str
    unit: int


class Person(Schema):
    """Somebody who works there now."""

    id: int
    name: str
    agent_number: str
    extension: str
    unit: int
    posts: list[Post]


class Page(Schema):
    """How much there is, and where the rest of it begins."""

    total: int = Field(description="How many there are in all.")
    offset: int
    limit: int


class People(Page):
    """Some of the people."""

    items: list[Person]


class Standard(Schema):
    """A version of a standard, and where it stands today."""

    id: int
    name: str
    version: str
    title: Texts
    content_hash: str
    standing: str = Field(description="in force, coming, earlier, or imported only")
    effective_on: date | None


class Clause(Schema):
    """A clause, and the ids of the rules that carry it out by machine."""

    id: str
    text: Texts
    means: list[str] = Field(description="machine, person, record, workflow")
    waiting_for: str | None
    rules: list[str]


class StandardWithClauses(Standard):
    """A version of a standard with its parameters and clauses."""

    parameters: dict[str, Any]
    clauses: list[Clause]


class Inspection(Schema):
    """Conversations that were sent in together, and how far their inspection has come."""

    id: int
    title: str
    state: str = Field(description="waiting, running, done, cancelled")
    uploaded_at: datetime
    done: int = Field(description="Records that are done.")
    total: int | None = Field(description="Records in all; null until they have been counted.")
    conversations: int
    unreadable: int
    with_misses: int
    with_suspicions: int


class Inspections(Page):
    """Some of the inspections, the latest first."""

    items: list[Inspection]


class InspectedConversation(Schema):
    """A conversation as a list shows it."""

    position: int
    id: str
    agent: str
    score: float | None
    turns: int
    met: int
    missed: int
    suspect: int
    clauses_missed: list[str]


class InspectedConversations(Page):
    """Some of the conversations of an inspection."""

    items: list[InspectedConversation]


class Verdict(Schema):
    """What the standard says of one opportunity to keep a clause."""

    clause: str
    rule: str
    verdict: str = Field(description="met, missed, suspect, not_applicable, undecided")
    turns: list[int]
    quote: str
    at: float | None = Field(description="Seconds from the start.")
    why: str


class Verdicts(Schema):
    """A conversation with everything that the standard says of it."""

    id: str
    standard: str
    version: str
    version_id: int = Field(description="The version of the standard that judged it.")
    score: float | None
    asked_for: str | None = None
    verdicts: list[Verdict]


class Unreadable(Schema):
    """A record that could not be read."""

    source: str
    line: int
    reason: str
    sentence: str


class Notice(Schema):
    """What everybody in a unit and below it has to know now."""

    id: int
    unit: int
    text: str
    importance: str = Field(description="ordinary, urgent")
    posted_at: datetime
    until_at: datetime
    read_at: datetime | None = Field(description="When the token's owner read it.")


class Sent(Schema):
    """Conversations sent in for inspection, each a record as ``rexian inspect`` reads it."""

    model_config = ConfigDict(extra="forbid")

    conversations: Annotated[
        list[dict[str, Any]],
        Field(
            min_length=1,
            max_length=10_000,
            description="Each with `turns` of `speaker` and `text`; times and facts if known.",
            examples=[[{"id": "S001", "turns": [{"speaker": "agent", "text": "您好！"}]}]],
        ),
    ]
    name: str = Field("conversations", max_length=80, description="What the inspection is called.")
    standard: int | None = Field(
        None,
        ge=1,
        le=2**53,
        description="The version that judges them; without it the one in force judges.",
    )
    roles: dict[Speaker, str] = Field(
        {}, max_length=50, description='Which side a speaker is: {"A": "agent"}.'
    )
