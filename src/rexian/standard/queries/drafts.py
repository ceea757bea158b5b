"""Read drafts: who writes which, what they hold, what is wrong with them, and judge by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard import models
from rexian.standard.adapters.archives import packed
from rexian.standard.adapters.drafts import content_of, content_of_version
from rexian.standard.adapters.versions import one_of
from rexian.standard.domain.drafts import UnsoundDraft
from rexian.standard.domain.editing.comparing import Comparison, compare
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.looking_over import errors_of, findings_of
from rexian.standard.domain.editing.numbering import next_number
from rexian.standard.domain.editing.questions import Question, read_question
from rexian.standard.domain.pack.findings import Finding
from rexian.standard.domain.rights import DRAFT, READ
from rexian.standard.domain.standards import Standard, load_sources


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as a list shows it; ``number`` is that of the version it changes, or its own so far.

    ``based_on`` is the id of the version that it changes, ``taken_as`` of what it has become.
    """

    id: int
    organisation_id: int
    name: str
    number: str
    title: Mapping[str, str]
    based_on: int | None
    based_on_number: str
    revision: int
    origin: str
    begun_by: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime
    open_questions: int
    taken_as: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A change of a draft, as the list of its changes has it."""

    number: int
    change: Mapping[str, Any]
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft with all that it holds; ``may_undo`` tells whether there is a change to undo."""

    line: DraftLine
    content: Content
    questions: tuple[Question, ...]
    changes: tuple[RevisionLine, ...]
    may_undo: bool


def drafts(actor: Actor) -> tuple[DraftLine, ...]:
    """Return the open drafts of the actor's organisation, the last changed first."""
    authorise(actor, DRAFT)
    rows = _rows().filter(organisation_id=actor.organisation or 0, taken_at=None)
    return tuple(_line(row) for row in rows.order_by("-changed_at", "-pk"))


def draft(draft_id: int, *, actor: Actor) -> DraftShown:
    """Return a draft of the actor's organisation; raise ``NotFound``."""
    row = _row(draft_id, actor)
    revisions = list(row.revisions.order_by("-number"))
    content = content_of(row)
    return DraftShown(
        replace(_line(row), number=content.own.manifest.version),
        content,
        tuple(map(read_question, row.questions)),
        tuple(
            RevisionLine(one.number, one.change, one.changed_by, one.changed_at)
            for one in revisions
        ),
        may_undo=bool(revisions) and revisions[0].before is not None,
    )


def draft_at(draft_id: int, revision: int, *, actor: Actor) -> Content:
    """Return what a draft held at a revision."""
    return content_of(_row(draft_id, actor), revision)


def draft_comparison(draft_id: int, *, actor: Actor) -> Comparison:
    """Return what a draft changes: of its version, or of itself as it was begun."""
    row = _row(draft_id, actor)
    old = content_of_version(row.based_on) if row.based_on else content_of(row, 1)
    return compare(old, content_of(row))


def changed_since(draft_id: int, revision: int, *, actor: Actor) -> Comparison:
    """Return what has changed in a draft since a revision."""
    row = _row(draft_id, actor)
    return compare(content_of(row, revision), content_of(row))


def version_comparison(old: int, new: int, *, actor: Actor) -> Comparison:
    """Return what one version says and another does not."""
    authorise(actor, READ)
    return compare(content_of_version(one_of(old, actor)), content_of_version(one_of(new, actor)))


def version_archive(version_id: int, *, actor: Actor) -> bytes:
    """Return a version as a ZIP that can be imported again: its pack with all its bases."""
    authorise(actor, READ)
    content = content_of_version(one_of(version_id, actor))
    return packed(content.sources, content.parameters)


def draft_archive(draft_id: int, *, actor: Actor) -> bytes:
    """Return a draft as a ZIP, as it stands."""
    content = content_of(_row(draft_id, actor))
    return packed(content.sources, content.parameters)


def proposed_number(draft_id: int, *, actor: Actor) -> str:
    """Return the number that the next version of the draft's standard may have."""
    row = _row(draft_id, actor)
    taken = models.Version.objects.filter(organisation_id=row.organisation_id, name=row.name)
    number = content_of(row).own.manifest.version
    known = set(taken.values_list("number", flat=True))
    return next_number(number, known) if known else number


def draft_findings(content: Content) -> tuple[Finding, ...]:
    """Return what is wrong with what a draft holds, by file and line; a process reads it once."""
    return findings_of(content)


def compiled_draft(draft_id: int, *, revision: int | None = None) -> Standard:
    """Return a draft ready to judge, as it is or was at a revision; asks for no right.

    Raises ``UnsoundDraft`` with what is wrong, ``NotFound`` where there is no such draft.
    """
    row = models.Draft.objects.filter(pk=draft_id).first()
    if row is None:
        raise _missing(draft_id)
    return compiled_content(content_of(row, revision))


def compiled_content(content: Content) -> Standard:
    """Return a draft's content ready to judge; raise ``UnsoundDraft`` with what is wrong."""
    if wrong := errors_of(content):
        raise UnsoundDraft(wrong)
    return load_sources(content.sources, content.values)


def _row(draft_id: int, actor: Actor) -> models.Draft:
    """Return a draft of the actor's organisation, who may write drafts; or raise."""
    authorise(actor, DRAFT)
    row = _rows().filter(pk=draft_id).first()
    belongs(actor, row.organisation_id if row else -1, code=f"standard-draft:{draft_id}")
    if row is None:
        raise _missing(draft_id)
    return row


def _rows() -> QuerySet[models.Draft]:
    return models.Draft.objects.select_related("based_on")


def _line(row: models.Draft) -> DraftLine:
    return DraftLine(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        number=row.based_on.number if row.based_on else "",
        title=row.title,
        based_on=row.based_on_id,
        based_on_number=row.based_on.number if row.based_on else "",
        revision=row.revision,
        origin=row.origin,
        begun_by=row.begun_by,
        begun_at=row.begun_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        open_questions=sum(not one.get("settled_at") for one in row.questions),
        taken_as=row.taken_as_id,
        is_open=row.taken_at is None,
    )


def _missing(draft_id: int) -> NotFound:
    return NotFound(mark("There is no such draft."), draft=draft_id)
