"""The people who are not real: what they say, and how they go through a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from rexian.simulation.answerers import Answerer
from rexian.simulation.callers import Caller
from rexian.simulation.doors import Refused
from rexian.simulation.people import Answers, Reply, people

Told = Mapping[str, Any]


@dataclass
class Room:
    """A contact, without a server between its two sides."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    state: str = "none"
    rated: dict[str, Any] = field(default_factory=dict)
    record: dict[str, str] = field(default_factory=dict)
    guide: dict[str, Any] = field(default_factory=lambda: {"next": None, "step": None})

    def add(self, speaker: str, text: str) -> None:
        """Write a line."""
        self.lines.append({"seq": len(self.lines) + 1, "speaker": speaker, "text": text})


@dataclass
class Telephone:
    """The customer's side."""

    room: Room

    def arrive(self, *, queue: str, text: str, name: str, number: str) -> None:  # noqa: ARG002 - as the door has it
        self.room.state = "offered"
        if text:
            self.room.add("customer", text)

    def say(self, text: str) -> Told:
        self.room.add("customer", text)
        return {}

    def hear(self, after: int) -> Told:
        room = self.room
        return {
            "state": room.state,
            "rating": room.state in {"after", "ended"},
            "lines": [{**one, "by": one["speaker"]} for one in room.lines if one["seq"] > after],
        }

    def leave(self) -> None:
        self.room.state = "after"

    def rate(self, *, solved: bool, satisfied: int, why: str) -> None:
        self.room.rated = {"solved": solved, "satisfied": satisfied, "why": why}


@dataclass
class Desk:
    """The agent's side."""

    room: Room
    ready: bool = False
    is_taken_over: bool = False

    def beat(self) -> str:
        return "ready" if self.ready else "offline"

    def be_ready(self) -> None:
        self.ready = True

    def desk(self) -> Told:
        going_on = self.room.state in {"offered", "connected", "after"}
        contact = {"id": 1, "state": self.room.state, "lines": len(self.room.lines)}
        return {"desk": {"contacts": [contact] if going_on else []}}

    def contact(self, contact: int) -> Told:  # noqa: ARG002 - as the door has it
        now = "2026-11-22T09:00:00"
        return {"now": now, "lines": list(self.room.lines), "guide": self.room.guide}

    def say(self, contact: int, text: str) -> None:  # noqa: ARG002 - as the door has it
        if self.is_taken_over:
            raise Refused(403, "not-your-contact")
        self.room.add("agent", text)

    def move(self, contact: int, move: str, **fields: str) -> None:  # noqa: ARG002 - as the door has it
        self.room.state = {"accept": "connected", "end": "after", "finish": "ended"}[move]

    def categories(self, contact: int, text: str) -> list[str]:  # noqa: ARG002 - as the door has it
        return ["road"]

    def save_record(self, contact: int, fields: Mapping[str, str]) -> Told:  # noqa: ARG002 - as the door has it
        self.room.record = dict(fields)
        wanted = ["matter", "name", "result"]
        lacks = [one for one in wanted if not {f"value.{one}", f"missing.{one}"} & fields.keys()]
        return {"version": int(fields["version"]) + 1, "faults": [{"field": one} for one in lacks]}


def test_a_reply_is_given_once_and_then_the_rest_in_order() -> None:
    answers = Answers([Reply(("贵姓",), "姓周")], ["哦", "好"])
    said = [answers.to("您贵姓"), answers.to("您贵姓"), answers.to("嗯"), answers.to("嗯")]
    assert [one.say if one else None for one in said] == ["姓周", "哦", "好", None]


@pytest.mark.parametrize("who", [one.id for one in people().customers if not one.silent])
@pytest.mark.parametrize("manner", ["good", "bad"])
def test_everybody_comes_to_an_end(who: str, manner: str) -> None:
    room = Room()
    caller = Caller(people().customer(who), Telephone(room))
    answerer = Answerer(people().manners[manner], Desk(room))
    for _ in range(600):
        if caller.is_over and room.state == "ended":
            break
        caller.step()
        answerer.step()
    assert room.state == "ended"
    assert room.record["category"] == "road"
    assert room.record["missing.name"] == "unknown"
    assert room.record["value.matter"]


def test_a_silent_customer_is_led_to_the_end_by_the_protocol() -> None:
    room = Room()
    caller, answerer = (
        Caller(people().customer("silent"), Telephone(room)),
        Answerer(people().manners["good"], Desk(room)),
    )
    step = {"due_at": "2026-11-22T08:59:00", "then": "say", "say": ["您好，请问还在吗？"]}
    for then in ("say", "say", "hang_up"):
        room.guide["step"] = {**step, "then": then}
        for _ in range(6):
            caller.step()
            answerer.step()
    assert room.state == "ended"
    assert "您好，请问还在吗？" in [one["text"] for one in room.lines]


def test_a_contact_that_somebody_took_over_is_let_go() -> None:
    room = Room()
    answerer = Answerer(people().manners["good"], Desk(room, is_taken_over=True))
    Telephone(room).arrive(queue="general", text="你好", name="", number="")
    answerer.step()
    answerer.step()
    assert [one["speaker"] for one in room.lines] == ["customer"]


def test_who_plays_belongs_to_the_demonstration() -> None:
    from rexian.site.demonstration import HOTLINE, SIMULATED  # noqa: PLC0415 - after the settings

    assert people().hotline == HOTLINE.code
    assert [one[2] for one in SIMULATED] == [one.sign_in for one in people().agents]
    assert {one.manner for one in people().agents} <= set(people().manners)
