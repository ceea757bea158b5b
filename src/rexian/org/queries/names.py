"""The names behind the codes of the journal: of people, units, organisations, tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from rexian.kernel.authority import Actor
from rexian.org import models


def names_of(subjects: Iterable[str], *, actor: Actor) -> Mapping[str, str]:
    """Return the names of subjects and actors such as ``person:12``, of one's own organisation.

    Those who have left keep their name here; what cannot be named is left out. A token is called
    by its owner and its own name.
    """
    wanted: dict[str, set[int]] = {}
    for one in subjects:
        noun, _, number = one.partition(":")
        if number.isascii() and number.isdigit():
            wanted.setdefault(noun, set()).add(int(number))
    found: dict[str, str] = {}
    for noun, rows in _rows(actor).items():
        if noun in wanted:
            named = rows.filter(pk__in=wanted[noun]).values_list("pk", *_COLUMNS[noun])
            found |= {f"{noun}:{number}": " · ".join(names) for number, *names in named}
    return found


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("name",),
    "unit": ("name",),
    "organisation": ("name",),
    "token": ("person__name", "name"),
}


def _rows(actor: Actor) -> Mapping[str, QuerySet[Any]]:
    ours = actor.organisation
    found = {
        "person": (models.Person.objects.all(), "organisation"),
        "unit": (models.Unit.objects.all(), "organisation"),
        "organisation": (models.Organisation.objects.all(), "pk"),
        "token": (models.Token.objects.all(), "person__organisation"),
    }
    return {
        noun: rows if actor.is_system else rows.filter(**{column: ours})
        for noun, (rows, column) in found.items()
    }
