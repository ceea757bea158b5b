"""What the journal says of contacts, told again: the states that follow from the entries alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rexian.contacts.domain.routing import Waiting, order
from rexian.journal.domain.entries import Entry


@dataclass
class Told:
    """A contact as the entries tell it."""

    state: str
    agent: int | None = None
    queue: str = ""
    priority: int = 9
    ending: str = ""


@dataclass
class Story:
    """All contacts and agents as the entries tell; ``wrongs`` is what went against the order."""

    contacts: dict[int, Told] = field(default_factory=dict)
    skills: dict[int, frozenset[str]] = field(default_factory=dict)
    wrongs: list[str] = field(default_factory=list)
    _directed: int | None = None

    def hear(self, entries: Iterable[Entry]) -> None:
        """Tell on, entry by entry."""
        for entry in entries:
            name = entry.name.removeprefix("contacts.")
            if entry.name.startswith("contacts.") and hasattr(self, f"_{name}"):
                number = int(entry.subject.partition(":")[2])
                getattr(self, f"_{name}")(number, entry)

    def _agent_assigned(self, person: int, entry: Entry) -> None:
        self.skills[person] = frozenset(entry.data["queues"])

    def _contact_arrived(self, contact: int, entry: Entry) -> None:  # noqa: ARG002
        assert contact not in self.contacts
        self.contacts[contact] = Told("arrived")

    def _contact_queued(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        told.state, told.queue, told.priority = (
            "queued",
            entry.data["queue"],
            entry.data["priority"],
        )

    def _contact_offered(self, contact: int, entry: Entry) -> None:
        told, agent = self.contacts[contact], entry.data["agent"]
        assert told.state == "queued"
        if contact != self._directed:
            self._see_that_nobody_comes_first(contact, agent)
        self._directed = None
        told.state, told.agent = "offered", agent

    def _see_that_nobody_comes_first(self, contact: int, agent: int) -> None:
        mine = self.contacts[contact]
        head = order(Waiting(contact, mine.queue, mine.priority))
        for number, other in self.contacts.items():
            fits = other.state == "queued" and other.queue in self.skills.get(agent, ())
            if fits and order(Waiting(number, other.queue, other.priority)) < head:
                self.wrongs.append(f"{agent} was offered {contact} before {number}")

    def _offer_missed(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        assert (told.state, told.agent) == ("offered", entry.data["agent"])
        told.state, told.agent = "queued", None

    def _contact_connected(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        told.state, told.agent = "connected", entry.data["agent"]

    def _contact_held(self, contact: int, entry: Entry) -> None:
        self._from(contact, entry, "connected", "held")

    def _contact_retrieved(self, contact: int, entry: Entry) -> None:
        self._from(contact, entry, "held", "connected")

    def _contact_ended(self, contact: int, entry: Entry) -> None:
        assert self.contacts[contact].state in {"connected", "held"}
        self._from(contact, entry, self.contacts[contact].state, "after")

    def _contact_resumed(self, contact: int, entry: Entry) -> None:
        self._from(contact, entry, "after", "connected")

    def _contact_finished(self, contact: int, entry: Entry) -> None:
        self._from(contact, entry, "after", "ended")
        self.contacts[contact].ending = "served"

    def _contact_transferred(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        assert told.state in {"connected", "held"}
        assert told.agent == entry.data["source"]
        told.state, told.agent = "queued", None
        told.queue, told.priority = entry.data["queue"], entry.data["priority"]

    def _contact_released(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        assert told.state in {"connected", "held"}
        assert told.agent == entry.data["source"]
        told.state, told.agent, told.priority = "queued", None, entry.data["priority"]

    def _contact_abandoned(self, contact: int, entry: Entry) -> None:
        told = self.contacts[contact]
        assert told.state in {"queued", "offered"}
        assert told.agent == entry.data["agent"]
        told.state, told.agent, told.ending = "ended", None, "abandoned"

    def _message_left(self, contact: int, entry: Entry) -> None:  # noqa: ARG002
        told = self.contacts[contact]
        assert told.state in {"arrived", "queued", "offered"}
        told.state, told.agent, told.ending = "ended", None, "message"

    def _from(self, contact: int, entry: Entry, before: str, after: str) -> None:
        told = self.contacts[contact]
        assert (told.state, told.agent) == (before, entry.data["agent"])
        told.state = after

    def direct(self, contact: int) -> None:
        """Let the next offer of a contact be one to a colleague who was chosen."""
        self._directed = contact
