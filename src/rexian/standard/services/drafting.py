"""Write a standard as a draft: begin one, change it, undo, settle what is uncertain, remove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard import events, models
from rexian.standard.adapters.drafts import content_of, content_of_version
from rexian.standard.adapters.offered import bases_named
from rexian.standard.adapters.sources import keep_files
from rexian.standard.adapters.versions import one_of
from rexian.standard.domain.drafts import DraftChanged, DraftClosed, NothingToUndo, WrongDraft
from rexian.standard.domain.editing.beginning import manifest_text, require_name
from rexian.standard.domain.editing.changes import Change, Edited, carry_out
from rexian.standard.domain.editing.content import Content, own_source
from rexian.standard.domain.editing.questions import Question, read_question
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.sources import MANIFEST
from rexian.standard.domain.rights import DRAFT

BEGUN = "begun"
UNDONE = "undone"
SETTLED = "settled"


def begin_draft(version_id: int, *, actor: Actor, at: datetime) -> int:
    """Begin a draft that changes a version, and return its id."""
    authorise(actor, DRAFT)
    version = one_of(version_id, actor)
    content = content_of_version(version)
    row = models.Draft(
        organisation_id=version.organisation_id, based_on=version, origin=version.origin
    )
    return _begin(row, content, (), actor, at)


def begin_draft_from(  # noqa: PLR0913 - a new standard is all of this
    organisation_id: int,
    *,
    name: str,
    title: Mapping[str, str],
    extends: Sequence[str],
    files: Mapping[str, str],
    questions: Sequence[Question],
    origin: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Begin a draft of a new standard from files by their paths, and return its id.

    Without a ``pack.yaml`` among them one is written from ``name``, ``title`` and ``extends``: the
    packs that it builds on, which ship or lie in the operator's folders. The files must be YAML;
    whatever else is wrong is told in the draft. Raises ``WrongDraft`` (422).
    """
    authorise(actor, DRAFT)
    belongs(actor, organisation_id, code=str(organisation_id))
    require_name(name)
    written = {MANIFEST: manifest_text(name, title, extends), **files}
    try:
        content = Content(bases_named(extends), own_source(name, written))
    except Fault as fault:
        raise WrongDraft(
            mark("The files are no standard: {file}, line {line}: {reason}"),
            file=fault.place.file,
            line=fault.place.line,
            reason=fault.reason,
        ) from fault
    row = models.Draft(organisation_id=organisation_id, origin=origin[:200])
    return _begin(row, content, questions, actor, at)


@transaction.atomic
def change_draft(
    draft_id: int, *, change: Change, revision: int, actor: Actor, at: datetime
) -> Edited:
    """Change a draft that was read at ``revision``; return what it is now, and what was done.

    It may have errors then, which its findings tell; only what cannot be read at all is refused.
    Raises ``DraftChanged``, ``DraftClosed``, and what ``carry_out`` raises.
    """
    authorise(actor, DRAFT)
    row = open_draft(draft_id, revision, actor)
    edited = carry_out(change, content_of(row))
    if not edited.is_new:
        return edited
    _advance(row, edited.content, before=row.revision, change=edited.described, actor=actor, at=at)
    return edited


@transaction.atomic
def undo_change(draft_id: int, *, revision: int, actor: Actor, at: datetime) -> None:
    """Take the last change back that is not taken back yet; what it held stays on record."""
    authorise(actor, DRAFT)
    row = open_draft(draft_id, revision, actor)
    last = row.revisions.get(number=row.revision)
    if last.before is None:
        raise NothingToUndo(mark("Nothing has been changed that could be undone."))
    before = row.revisions.get(number=last.before)
    change = {"what": UNDONE, "revision": before.number}
    _advance(row, content_of(row, last.before), before.before, change, actor, at)


@transaction.atomic
def settle_question(
    draft_id: int, *, question: int, revision: int, actor: Actor, at: datetime
) -> None:
    """Say that what was uncertain (the ``question``-th, from 0) has been looked at and is right."""
    authorise(actor, DRAFT)
    row = open_draft(draft_id, revision, actor)
    known = [read_question(one) for one in row.questions]
    if not 0 <= question < len(known):
        raise NotFound(mark("There is no such question."), question=question)
    known[question] = replace(known[question], settled_by=actor.code, settled_at=at.isoformat())
    row.questions = [one.described() for one in known]
    last = row.revisions.get(number=row.revision)
    change = {"what": SETTLED, "question": question}
    _write(row, last.files, last.parameters, last.before, change, actor, at)
    settled = events.DraftQuestionSettled(
        **_of(row), question=question, left=sum(one.is_open for one in known)
    )
    record(settled, actor=actor, at=at)


@transaction.atomic
def discard_draft(draft_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove a draft that has not become a version, with all its changes."""
    authorise(actor, DRAFT)
    row = draft_of(draft_id, actor)
    if not models.Draft.objects.filter(pk=row.pk, taken_at=None).delete()[0]:
        raise _closed(row)
    record(events.DraftDiscarded(**_of(row)), actor=actor, at=at)


def draft_of(draft_id: int, actor: Actor) -> models.Draft:
    """Return a draft of the actor's own organisation; raise ``NotFound``."""
    found = models.Draft.objects.select_related("organisation").filter(pk=draft_id).first()
    belongs(actor, found.organisation_id if found else -1, code=f"standard-draft:{draft_id}")
    if found is None:
        raise NotFound(mark("There is no such draft."), draft=draft_id)
    return found


def open_draft(draft_id: int, revision: int, actor: Actor) -> models.Draft:
    """Return a draft that may be changed and stands at a revision, or raise."""
    row = draft_of(draft_id, actor)
    if row.taken_at is not None:
        raise _closed(row)
    if row.revision != revision:
        raise _changed(row, revision)
    return row


def _begin(
    row: models.Draft,
    content: Content,
    questions: Sequence[Question],
    actor: Actor,
    at: datetime,
) -> int:
    row.folder = content.own.name
    row.bases = [[one.name, keep_files(one.files)] for one in content.bases]
    row.questions = [one.described() for one in questions]
    row.revision, row.begun_by, row.begun_at = 1, actor.code, at
    with transaction.atomic():
        _describe(row, content, actor, at)
        row.save(force_insert=True)
        _keep_revision(
            row, keep_files(content.own.files), content.parameters, None, {"what": BEGUN}
        )
        record(events.DraftBegun(**_of(row), based_on=row.based_on_id), actor=actor, at=at)
    return row.id


def _advance(
    row: models.Draft,
    content: Content,
    before: int | None,
    change: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    """Write the next revision; whoever comes second finds the draft changed."""
    _describe(row, content, actor, at)
    _write(row, keep_files(content.own.files), content.parameters, before, change, actor, at)
    event = events.DraftChanged(**_of(row), revision=row.revision, change=change["what"])
    record(event, actor=actor, at=at)


def _write(
    row: models.Draft,
    files: Mapping[str, str],
    parameters: Mapping[str, Any],
    before: int | None,
    change: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    known = row.revision
    written = models.Draft.objects.filter(pk=row.pk, revision=known, taken_at=None).update(
        revision=known + 1,
        name=row.name,
        title=row.title,
        questions=row.questions,
        changed_by=actor.code,
        changed_at=at,
    )
    if not written:
        raise _changed(row, known)
    row.revision, row.changed_by, row.changed_at = known + 1, actor.code, at
    _keep_revision(row, files, parameters, before, change)


def _describe(row: models.Draft, content: Content, actor: Actor, at: datetime) -> None:
    manifest = content.own.manifest
    row.name, row.title = manifest.name[:60], dict(manifest.title)
    row.changed_by, row.changed_at = actor.code, at


def _keep_revision(
    row: models.Draft,
    files: Mapping[str, str],
    parameters: Mapping[str, Any],
    before: int | None,
    change: Mapping[str, Any],
) -> None:
    models.DraftRevision.objects.create(
        draft=row,
        number=row.revision,
        before=before,
        files=dict(files),
        parameters=dict(parameters),
        change=dict(change),
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )


def _of(row: models.Draft) -> events.DraftParticulars:
    return {"subject_id": row.id, "organisation": row.organisation_id, "standard": row.name}


def _changed(row: models.Draft, read: int) -> DraftChanged:
    return DraftChanged(
        mark("Somebody has changed the draft since you read it; yours is not saved yet."),
        draft=row.pk,
        read=read,
        revision=row.revision,
    )


def _closed(row: models.Draft) -> DraftClosed:
    return DraftClosed(
        mark("This draft has become a version and is not changed any more."), draft=row.pk
    )
