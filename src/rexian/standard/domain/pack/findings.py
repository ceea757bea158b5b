"""What is wrong with a pack, collected: all of it, not only what comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rexian.standard.domain.pack.documents import NOWHERE, Fault, Place


class Severity(StrEnum):
    """An error keeps a pack from doing what it says; a warning says what it could do better."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend: where it stands, in which element (a rule, an act, a clause), and why."""

    place: Place
    severity: Severity
    rule: str
    reason: str

    @property
    def pack(self) -> str:
        """The name of the folder of the pack."""
        return self.place.pack

    @property
    def file(self) -> str:
        """The file, relative to the folder of the pack."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.place.line

    def __str__(self) -> str:
        subject = f"{self.rule}: " if self.rule else ""
        return f"{self.place}: {self.severity}: {subject}{self.reason}"

    def fault(self) -> Fault:
        """Return the error that a loader raises for this."""
        return Fault(self.place, self.reason, rule=self.rule)


@dataclass(slots=True)
class Findings:
    """A growing list of findings, each told once."""

    found: dict[Finding, None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """The ids of elements with an error: what builds on them is not told off for it."""

    def error(self, place: Place, reason: str, rule: str = "") -> None:
        """Add an error, and remember that the element is broken."""
        self.found[Finding(place, Severity.ERROR, rule, reason)] = None
        self.broken.add(rule)

    def warn(self, place: Place, reason: str, rule: str = "") -> None:
        """Add a warning."""
        self.found[Finding(place, Severity.WARNING, rule, reason)] = None

    @contextmanager
    def catching(self, place: Place = NOWHERE, rule: str = "") -> Iterator[None]:
        """Turn a fault into an error; one without place or rule gets those given here."""
        try:
            yield
        except Fault as fault:
            self.error(fault.place or place, fault.reason, fault.rule or rule)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Add faults as errors."""
        for fault in faults:
            self.error(fault.place, fault.reason, fault.rule)

    def errors(self) -> list[Finding]:
        """Return the errors in the order of files and lines."""
        return [one for one in self.sorted() if one.severity is Severity.ERROR]

    def sorted(self) -> list[Finding]:
        """Return everything in the order of packs, files and lines."""
        return sorted(self.found, key=lambda one: (one.place.pack, one))

    def raise_first(self) -> None:
        """Raise the first error as a ``Fault``, saying how many more there are."""
        errors = self.errors()
        if errors:
            first = errors[0]
            more = len(errors) - 1
            note = f" (and {more} more: see rexian standard lint)" if more else ""
            raise replace(first, reason=first.reason + note).fault()
