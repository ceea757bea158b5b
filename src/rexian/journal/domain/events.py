"""The form of every event: a fact in the past tense, about a subject, in ids and codes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

_KNOWN: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that a context records; subclasses are frozen dataclasses of ids and codes.

    ``name`` is ``context.past_participle`` (``org.person_joined``), ``noun`` what the subject is
    (``person``). No field holds personal data or free text, so that a person can be erased while
    the journal stays whole.
    """

    name: ClassVar[str]
    noun: ClassVar[str]

    subject_id: int | str
    organisation: int | None

    def __init_subclass__(cls, **options: Any) -> None:
        super(Event, cls).__init_subclass__(**options)
        if "name" not in cls.__dict__:
            return  # fields that several events of a context share
        if cls.name in _KNOWN and _KNOWN[cls.name].__qualname__ != cls.__qualname__:
            raise TypeError(f"Two events are called {cls.name}.")
        _KNOWN[cls.name] = cls

    @property
    def subject(self) -> str:
        """What it happened to, as ``person:12``."""
        return f"{self.noun}:{self.subject_id}"

    @property
    def data(self) -> dict[str, Any]:
        """The particulars, ready for JSON, without what an entry keeps in columns of its own."""
        own = {"subject_id", "organisation"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in own}


def known_events() -> dict[str, type[Event]]:
    """Return every event that the loaded contexts can record, by name."""
    return dict(_KNOWN)
