"""Whose rights an entry may have changed, so that their streams are looked at before it is told."""

from __future__ import annotations

from collections.abc import Iterable

from rexian.journal.domain.entries import Entry
from rexian.live.domain.listening import Listener

_OF_PERSONS = "person"


def changes_rights(entry: Entry) -> bool:
    """Tell whether an entry may change anybody's rights."""
    return entry.name.startswith("org.")


def concerned(entries: Iterable[Entry], listeners: Iterable[Listener]) -> tuple[Listener, ...]:
    """Return the listeners whose rights, session or language may be others after these entries.

    What happens to a person in ``org`` concerns that person, what happens to a unit or to the
    organisation everybody in it: rights hang on the tree of units.
    """
    persons: set[int] = set()
    organisations: set[int | None] = set()
    for entry in entries:
        if not changes_rights(entry):
            continue
        noun, _, subject_id = entry.subject.partition(":")
        if noun == _OF_PERSONS and subject_id.isdecimal():
            persons.add(int(subject_id))
        else:
            organisations.add(entry.organisation)
    if not persons and not organisations:
        return ()
    return tuple(
        one
        for one in listeners
        if one.actor.person in persons or one.actor.organisation in organisations
    )
