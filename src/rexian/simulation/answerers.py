"""An agent who plays their part at the desk: by the guide, or not quite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rexian.simulation.doors import Refused, Told
from rexian.simulation.people import Answers, Manner

LOOKS = 1.0
BEATS = 15.0
WRITES = 3.0
LOOKS_CLOSER = 5
TOLD_BY_CUSTOMER = {"matter", "facts", "place"}
SILENCE = "客户没有说话"
CHANGED = 409
NO_NUMBER = "13800000000"
OTHER = "enquiry-other"
FAREWELLS = ("再见",)
QUIET_ENDS = 90.0
"""Seconds between two looks, of a lease renewed, of writing, of a silence that ends a contact."""


class Door(Protocol):
    """What an agent needs of the desk."""

    def desk(self) -> Told:
        """Return how the desk stands."""

    def contact(self, contact: int) -> Told:
        """Return a contact."""

    def be_ready(self) -> None:
        """Be ready."""

    def beat(self) -> str:
        """Say that the desk is open."""

    def say(self, contact: int, text: str) -> None:
        """Say something."""

    def move(self, contact: int, move: str, **fields: str) -> None:
        """Do something with a contact."""

    def categories(self, contact: int, text: str) -> list[str]:
        """Return what words suggest."""

    def save_record(self, contact: int, fields: Mapping[str, str]) -> Told:
        """Save the record."""


@dataclass
class _Talk:
    """A contact as the agent has it in mind: how far it was heard, what is left to say."""

    answers: Answers
    heard: int = 0
    has_greeted: bool = False
    quiet: float = 0.0
    asked_for_help: bool = False
    words: list[str] = field(default_factory=list)
    record: int = 0


@dataclass
class Answerer:
    """Somebody who answers; ``step`` looks at the desk and does the next thing."""

    manner: Manner
    door: Door
    _talks: dict[int, _Talk] = field(default_factory=dict)
    _since_beat: float = BEATS

    def step(self) -> float:
        """Take what is offered, answer whoever has written; return when to look again."""
        self._be_there()
        contacts = self.door.desk()["desk"]["contacts"]
        for gone in set(self._talks) - {one["id"] for one in contacts}:
            del self._talks[gone]
        for one in contacts:
            try:
                self._attend(one)
            except Refused:
                continue  # a supervisor has it now, or the customer has gone
        return LOOKS

    def _be_there(self) -> None:
        self._since_beat += LOOKS
        if self._since_beat >= BEATS:
            self._since_beat = 0.0
            if self.door.beat() != "ready":
                self.door.be_ready()

    def _attend(self, contact: Told) -> None:
        number, state = contact["id"], contact["state"]
        manner = self.manner
        talk = self._talks.setdefault(number, _Talk(Answers(manner.answers, manner.otherwise)))
        if state == "offered":
            self.door.move(number, "accept")
        elif state == "connected":
            if contact["lines"] > talk.heard or int(talk.quiet) % LOOKS_CLOSER == 0:
                self._converse(number, talk)
            else:
                talk.quiet += LOOKS
        elif state == "after":
            self._write_up(number, talk, contact.get("number") or NO_NUMBER)

    def _converse(self, number: int, talk: _Talk) -> None:
        told = self.door.contact(number)
        heard = self._heard(told, talk)
        advice = told["guide"].get("next")
        words = advice["words"] if advice and self.manner.name == "good" else []
        if heard or not talk.has_greeted:
            talk.quiet = 0.0
            self._answer(number, talk, heard, words)
        else:
            talk.quiet += LOOKS
            self._keep_on(number, talk, told)

    def _heard(self, told: Told, talk: _Talk) -> str:
        new = [one for one in told["lines"] if one["seq"] > talk.heard]
        talk.heard = max([talk.heard, *(one["seq"] for one in new)])
        said = [one["text"] for one in new if one["speaker"] == "customer" and one["text"]]
        talk.words += said
        return "\n".join(said)

    def _answer(self, number: int, talk: _Talk, heard: str, words: list[str]) -> None:
        """Greet by the guide first, then answer what was asked."""
        if not talk.has_greeted:
            talk.has_greeted = True
            self._say(number, words[0] if words else "您好！很高兴为您服务，请问有什么可帮您？")
            if not heard:
                return
        reply = talk.answers.to(heard)
        if reply is not None:
            self._say(number, reply.say)
        elif any(word in heard for word in FAREWELLS):
            self._end(number, "")

    def _keep_on(self, number: int, talk: _Talk, told: Told) -> None:
        """Follow the protocol while the customer is silent, and end when it allows."""
        step = told["guide"].get("step")
        is_due = step is not None and step["due_at"] <= told["now"]
        if is_due and step["then"] == "hang_up":
            self._end(number, "")
        elif is_due and step["say"] and self.manner.name == "good":
            self._say(number, step["say"][0])
        elif talk.quiet > QUIET_ENDS:
            self._end(number, "silent")

    def _say(self, number: int, text: str) -> None:
        self.door.say(number, text)

    def _end(self, number: int, reason: str) -> None:
        self.door.move(number, "end", reason=reason)

    def _write_up(self, number: int, talk: _Talk, telephone: str) -> None:
        """Save the record with what the customer said, and the rest as not known."""
        said = "。".join(talk.words) or SILENCE
        found = self.door.categories(number, said[:40])
        fields = {"category": found[0] if found else OTHER, "version": str(talk.record)}
        fields |= {"value.result": "answered", "result": "answered", "value.phone": telephone}
        try:
            told = self.door.save_record(number, fields)
        except Refused as refused:
            talk.record += refused.status == CHANGED  # saved before we began to play
            return
        for fill in ("missing", "value"):  # what cannot be unknown is what the customer said
            for fault in told["faults"]:
                is_told = fault["field"] in TOLD_BY_CUSTOMER or fill == "value"
                fields.pop(f"missing.{fault['field']}", None)
                field_ = f"{'value' if is_told else 'missing'}.{fault['field']}"
                fields[field_] = said[:200] if is_told else "unknown"
            told = self.door.save_record(number, {**fields, "version": str(told["version"])})
        talk.record = told["version"]
        self.door.move(number, "finish")
