"""Where other contexts keep files, checked and stored as those of contacts are."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from rexian.contacts.adapters.disk import DiskStore
from rexian.contacts.ports import FileStore


def store_of(context: str) -> FileStore:
    """Return where a context keeps its files, apart from those of others."""
    return DiskStore(Path(settings.CONFIGURATION.files) / context)
