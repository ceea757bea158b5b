"""Keep phrases, share them, change them, forget them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.knowledge import events, models
from rexian.knowledge.domain.phrases import (
    MOST,
    BadPhrase,
    PhraseChanged,
    ShortcutTaken,
    phrase_shortcut,
    phrase_text,
)
from rexian.knowledge.domain.rights import SHARE, USE
from rexian.knowledge.queries import PhraseShown, phrase
from rexian.org.queries import unit


@transaction.atomic
def keep_phrase(*, shortcut: str, text: str, actor: Actor, at: datetime) -> int:
    """Write a phrase for oneself, and return its id."""
    authorise(actor, USE)
    row = models.Phrase(organisation_id=actor.organisation or 0, person_id=actor.person)
    _write(row, shortcut, text)
    kept = events.PhraseKept(subject_id=row.pk, organisation=row.organisation_id)
    record(kept, actor=actor, at=at)
    return row.pk


@transaction.atomic
def share_phrase(unit_id: int, *, shortcut: str, text: str, actor: Actor, at: datetime) -> int:
    """Give a unit and all below it a phrase, and return its id."""
    shown = unit(unit_id, actor=actor)
    authorise(actor, SHARE, within=shown.path)
    row = models.Phrase(organisation_id=shown.organisation, unit_id=unit_id)
    _write(row, shortcut, text)
    shared = events.PhraseShared(
        subject_id=row.pk, organisation=row.organisation_id, unit=row.unit_id
    )
    record(shared, actor=actor, at=at)
    return row.pk


@transaction.atomic
def change_phrase(
    phrase_id: int, *, shortcut: str, text: str, version: int, actor: Actor, at: datetime
) -> None:
    """Change a phrase; raise ``PhraseChanged`` where somebody was faster."""
    shown = _changeable(phrase_id, actor)
    own = models.Phrase.objects.filter(pk=phrase_id, version=version)
    try:
        with transaction.atomic():
            changed = own.update(
                shortcut=phrase_shortcut(shortcut),
                text=phrase_text(text),
                version=F("version") + 1,
            )
    except IntegrityError:
        raise _taken() from None
    if not changed:
        raise PhraseChanged(mark("This phrase was changed meanwhile."))
    event = events.PhraseChanged(
        subject_id=phrase_id, organisation=actor.organisation, unit=shown.unit
    )
    record(event, actor=actor, at=at)


@transaction.atomic
def forget_phrase(phrase_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove a phrase."""
    shown = _changeable(phrase_id, actor)
    models.Phrase.objects.filter(pk=phrase_id).delete()
    forgotten = events.PhraseForgotten(
        subject_id=phrase_id, organisation=actor.organisation, unit=shown.unit
    )
    record(forgotten, actor=actor, at=at)


def _changeable(phrase_id: int, actor: Actor) -> PhraseShown:
    shown = phrase(phrase_id, actor=actor)
    if shown.unit is not None:
        authorise(actor, SHARE, within=unit(shown.unit, actor=actor).path)
    return shown


def _write(row: models.Phrase, shortcut: str, text: str) -> None:
    row.shortcut, row.text = phrase_shortcut(shortcut), phrase_text(text)
    owned = models.Phrase.objects.filter(person=row.person_id, unit=row.unit_id)
    if owned.count() >= MOST:
        raise BadPhrase(mark("There are {most} phrases already. Remove some first."), most=MOST)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _taken() from None


def _taken() -> ShortcutTaken:
    return ShortcutTaken(mark("This shortcut is taken."), field="shortcut")
