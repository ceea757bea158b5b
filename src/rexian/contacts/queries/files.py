"""Read the files of a contact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.contacts import models
from rexian.contacts.adapters.disk import file_store, most_bytes
from rexian.contacts.domain.refusals import nothing_there


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """A file as pages show it; ``name`` is text that somebody chose, and nothing but text."""

    id: int
    contact: int
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    stored_at: datetime

    @property
    def is_picture(self) -> bool:
        """Tell whether a page may show it, where all others are only to be kept."""
        return self.media_type.startswith("image/")


def attachment_content(attachment_id: int, contact_id: int) -> tuple[AttachmentShown, bytes]:
    """Return a file of a contact that the caller may see; raise ``NotFound``.

    Whoever serves it says ``Content-Disposition``, ``nosniff`` and a policy that lets it do
    nothing: ``default-src 'none'; sandbox``.
    """
    row = models.Attachment.objects.filter(pk=attachment_id, contact=contact_id).first()
    if row is None:
        raise nothing_there(f"attachment:{attachment_id}")
    try:
        return _shown(row), file_store().fetch(row.stored_as)
    except FileNotFoundError:
        raise nothing_there(f"attachment:{attachment_id}") from None


def attachments_of(contact_ids: Collection[int]) -> Mapping[int, AttachmentShown]:
    """Return the files of contacts that the caller may see, by their ids."""
    rows = models.Attachment.objects.filter(contact__in=contact_ids)
    return {row.pk: _shown(row) for row in rows}


def attachment_limit() -> int:
    """Return how many bytes a file may have."""
    return most_bytes()


def _shown(row: models.Attachment) -> AttachmentShown:
    return AttachmentShown(
        id=row.pk,
        contact=row.contact_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        width=row.width,
        height=row.height,
        stored_at=row.stored_at,
    )
