"""Which contacts were inspected, and what was found in them, for whoever draws samples.

They ask for no right: whoever calls them does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rexian.dialogue import models
from rexian.dialogue.domain.reviewing import Review
from rexian.standard.domain.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class InspectedLine:
    """A contact that was inspected: whose it was, and how it came out."""

    contact: int
    agent: int | None
    missed: int
    suspect: int
    undecided: int
    score: float | None


def inspected_between(
    organisation: int, *, standard: str, since: date, until: date
) -> Iterator[InspectedLine]:
    """Yield the contacts that a standard judged on these days, both included."""
    rows = models.ContactInspection.objects.filter(
        organisation=organisation, day__range=(since, until), version__name=standard
    ).order_by("contact")
    columns = ("contact", "contact__agent", "missed", "suspect", "undecided", "score")
    for row in rows.values_list(*columns).iterator():
        yield InspectedLine(*row)


def outcomes_by_clause(contact: int) -> Mapping[str, Collection[Outcome]]:
    """Return what the machine said of each clause in a contact, whatever reviews made of it."""
    found: dict[str, set[Outcome]] = defaultdict(set)
    rows = models.Finding.objects.filter(contact=contact)
    for clause, outcome in rows.values_list("clause", "outcome"):
        found[clause].add(Outcome(outcome))
    return found


def clauses_found(contacts: Collection[int]) -> tuple[str, ...]:
    """Return the clauses on which the machine has said anything in these contacts."""
    rows = models.Finding.objects.filter(contact__in=contacts)
    return tuple(rows.order_by("clause").values_list("clause", flat=True).distinct())


def reviewed_by(person: int, contacts: Collection[int]) -> frozenset[int]:
    """Return those of the contacts whose findings somebody has seen and reviewed already."""
    rows = models.Finding.objects.filter(contact__in=contacts, reviewed_by=person)
    seen = rows.exclude(review=Review.NONE.value).values_list("contact", flat=True)
    return frozenset(seen.distinct())


def standards_found(organisation: int) -> tuple[str, ...]:
    """Return the names of the standards that have judged contacts of an organisation."""
    rows = models.ContactInspection.objects.filter(organisation=organisation)
    return tuple(rows.order_by("version__name").values_list("version__name", flat=True).distinct())


def judging_version(contact: int) -> int | None:
    """Return the version of a standard that judged a contact, ``None`` where none did."""
    rows = models.ContactInspection.objects.filter(contact=contact)
    return rows.values_list("version", flat=True).first()
