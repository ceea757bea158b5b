"""Make a version of a draft, and publish it from a day on."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard import events, models
from rexian.standard.adapters.drafts import content_of
from rexian.standard.domain.drafts import DraftChanged, UnsoundDraft
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.editing.looking_over import errors_of
from rexian.standard.domain.editing.yaml_text import set_value
from rexian.standard.domain.pack.sources import MANIFEST
from rexian.standard.domain.rights import PUBLISH
from rexian.standard.services.drafting import open_draft
from rexian.standard.services.importing import keep_version
from rexian.standard.services.publishing import publish_version

DRAFT_ORIGIN = "draft"
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")


@transaction.atomic
def take_draft(draft_id: int, *, number: str, revision: int, actor: Actor, at: datetime) -> int:
    """Make a version of a draft as it stands at a revision, under a number; return its id.

    The draft is closed by it. Raises ``UnsoundDraft``, ``DraftChanged``, ``NumberTaken``,
    ``AlreadyImported``.
    """
    authorise(actor, PUBLISH)
    row = open_draft(draft_id, revision, actor)
    content = _numbered(content_of(row), number)
    if errors := errors_of(content):
        raise UnsoundDraft(errors)
    version_id = keep_version(
        row.organisation_id,
        content.sources,
        content.values,
        origin=f"{DRAFT_ORIGIN}:{row.id}",
        actor=actor,
        at=at,
    )
    _close(row, version_id, at)
    taken = events.DraftTaken(
        subject_id=row.id,
        organisation=row.organisation_id,
        standard=row.name,
        number=number,
        version=version_id,
    )
    record(taken, actor=actor, at=at)
    return version_id


@transaction.atomic
def publish_draft(
    draft_id: int,
    *,
    number: str,
    effective_on: date,
    revision: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Make a version of a draft and publish it from a day on; return its id.

    Raises as ``take_draft`` and ``publish_version``; either both happen or nothing.
    """
    version_id = take_draft(draft_id, number=number, revision=revision, actor=actor, at=at)
    publish_version(version_id, effective_on=effective_on, actor=actor, at=at)
    return version_id


def _numbered(content: Content, number: str) -> Content:
    if not _NUMBER.fullmatch(number):
        raise Invalid(
            mark("A version is numbered in digits, letters and dots, such as 1.0.1, not {number}."),
            number=number,
        )
    manifest = set_value(content.own.files[MANIFEST], ("version",), number)
    return content.with_files({**content.own.files, MANIFEST: manifest})


def _close(row: models.Draft, version_id: int, at: datetime) -> None:
    closed = models.Draft.objects.filter(pk=row.pk, revision=row.revision, taken_at=None)
    if not closed.update(taken_as_id=version_id, taken_at=at):
        raise DraftChanged(
            mark("Somebody has changed the draft since you read it; yours is not saved yet."),
            draft=row.pk,
            read=row.revision,
            revision=None,
        )
