"""The shapes of recordings in the interface; the description of the interface shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from ninja.params.functions import Form
from pydantic import ConfigDict, Field, StringConstraints

from rexian.speech.domain.opening import Why
from rexian.speech.domain.recordings import RecordingKind

Word = Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Channels = Literal["", "agent", "customer", "agent,customer", "customer,agent"]


class CallSent(Schema):
    """What is known of a call whose recording is sent; what is left out is unknown."""

    model_config = ConfigDict(extra="forbid")

    hotline: Word = Field("", description="The hotline's code; not needed with a contact.")
    contact: int | None = Field(
        None, ge=1, le=2**53, description="The contact that was served here, if it was."
    )
    id: Word = Field("", description="What the call is called where it comes from.")
    agent: Word = Field("", description="The agent's number.")
    number: Word = Field("", description="The customer's telephone number.")
    direction: Literal["", "in", "out"] = ""
    start: datetime | None = Field(None, description="When the recording begins.")
    queue: Word = Field("", description="The queue's code or name.")
    waited: float | None = Field(None, ge=0, le=86_400, description="Seconds in the queue.")
    rings: int | None = Field(None, ge=0, le=1000)
    hung_up_by: Literal["", "agent", "customer", "system"] = ""
    standard: Word = Field("", description="The standard's name; without it, the hotline's.")
    case_type: Word = ""
    channels: Channels = Field("", description="Who speaks on which channel, if that is known.")
    kind: RecordingKind | None = Field(
        None, description="What it is kept as; without it, what its contact was decides."
    )
    priority: Literal["now", "later"] = Field(
        "now", description="Heard as soon as a worker is free, or not before somebody orders it."
    )


CallForm = Annotated[CallSent, Form()]


class Recording(Schema):
    """A recording, and how far it has come."""

    id: int
    contact: int
    name: str
    kind: RecordingKind
    digest: str = Field(description="SHA-256 of the sound as it was sent.")
    size: int
    seconds: float | None
    format: dict[str, Any] | None
    channels: list[str]
    state: str = Field(description="kept, heard, unreadable, removed")
    problem: str = Field(description="Why it is unreadable, as a code.")
    agent_said: str = Field(description="The agent as whoever sent it names them.")
    received_at: datetime
    keep_until: date | None = Field(description="The last day on which it is kept.")
    held_at: datetime | None
    held_why: str
    removed_at: datetime | None


class Recordings(Schema):
    """A part of the recordings."""

    total: int
    offset: int
    limit: int
    items: list[Recording]


class Asked(Schema):
    """Why a recording is opened, and whether the numbers in it are to be heard."""

    reason: str = Field("", max_length=20, description=", ".join(Why), pattern="^[a-z-]*$")
    note: Words = Field("", description="In words; needed where the reason is other.")
    masked: bool = False


class Held(Schema):
    """Why a recording is kept beyond its time."""

    why: Words = Field("", description="In words; never empty.")


class ProofOfRemoval(Schema):
    """What was removed, by whom, under which rule."""

    recording: int
    contact: int
    name: str
    digest: str = Field(description="SHA-256 of the sound as it came in.")
    size: int
    received_at: datetime
    removed_at: datetime
    removed_by: str
    cause: str = Field(description="retention, request")
    kind: str
    days: int | None
    words: bool = Field(description="Whether what was said went with the sound.")
    entry: int = Field(description="The number of its entry in the journal.")
