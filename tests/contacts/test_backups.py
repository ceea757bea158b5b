"""A backup has every file that its database names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from rexian.contacts import models
from rexian.contacts.services import attach_file
from rexian.site.backup import make_backup
from rexian.site.backup.archive import unpack
from tests.contacts.conftest import House, later
from tests.contacts.pictures import PDF, png


@pytest.mark.django_db(transaction=True)
def test_a_backup_carries_the_files_that_customers_sent(
    house: House, tmp_path: Path, settings: LazySettings
) -> None:
    here = replace(settings.CONFIGURATION, home=tmp_path / "here")
    settings.CONFIGURATION = here
    made = house.arrival()
    for name, content in (("a", png()), ("b", PDF)):
        attach_file(made, name=name, content=content, sent_as=name, actor=None, at=later(1))
    file, folder = tmp_path / "backup.tar", tmp_path / "unpacked"
    make_backup(file, here, at=later(2))
    manifest = unpack(file, folder, lambda _: None)
    assert manifest.rows["contacts_attachment"] == 2
    for row in models.Attachment.objects.all():
        kept = (folder / "files" / "contacts" / row.stored_as).read_bytes()
        assert kept == (here.files / "contacts" / row.stored_as).read_bytes()
        assert len(kept) == row.size
