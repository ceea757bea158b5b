"""Forget a contact in the archive of transcripts too, where the operator has named it."""

from __future__ import annotations

from django.conf import settings

from rexian.speech import models


def forget_in_archive(row: models.Recording) -> None:
    """Remove the contact of a recording from the archive; nothing happens without one.

    It comes before the rows: whoever is killed in between does it again.
    """
    folder = settings.CONFIGURATION.archive
    if folder is None or not folder.is_dir():
        return
    from rexian.dialogue.services import archiving_removal as archive  # noqa: PLC0415 - an extra

    keys = [f"contact:{row.contact_id}"]
    archive.forget_conversations(folder, organisation=row.organisation.code, keys=keys)
