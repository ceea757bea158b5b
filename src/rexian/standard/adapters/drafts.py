"""Drafts in rows: what a revision held, put together again."""

from __future__ import annotations

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard import models
from rexian.standard.adapters.sources import kept_files, restore
from rexian.standard.domain.editing.content import Content, own_source
from rexian.standard.domain.pack.stored import sources_of


def content_of(draft: models.Draft, revision: int | None = None) -> Content:
    """Return what a draft holds, or held at a revision; raise ``NotFound`` for no such one."""
    wanted = draft.revision if revision is None else revision
    row = draft.revisions.filter(number=wanted).first()
    if row is None:
        raise NotFound(mark("The draft has no revision {revision}."), revision=wanted)
    *bases, own = kept_files([*(files for _, files in draft.bases), row.files])
    names = [name for name, _ in draft.bases]
    return Content(
        sources_of(zip(names, bases, strict=True)), own_source(draft.folder, own), row.parameters
    )


def content_of_version(version: models.Version) -> Content:
    """Return what a version holds, as the content that a draft of it begins with.

    Parameters that have the pack's own values are left to the pack.
    """
    *bases, own = restore(version.id)
    content = Content(tuple(bases), own)
    known = content.known_parameters
    given = {
        name: value
        for name, value in version.parameters.items()
        if name in known and value != known[name].default
    }
    return Content(content.bases, content.own, given)
