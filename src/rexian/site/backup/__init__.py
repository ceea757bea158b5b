"""Backups: one file with the database, what people uploaded and the secret; and restoring it."""

from rexian.site.backup.archive import DamagedBackup, Headway, Manifest, read_manifest
from rexian.site.backup.making import make_backup
from rexian.site.backup.restoring import NotEmpty, Restored, restore_backup

__all__ = [
    "DamagedBackup",
    "Headway",
    "Manifest",
    "NotEmpty",
    "Restored",
    "make_backup",
    "read_manifest",
    "restore_backup",
]
