"""Import a version of a standard: look it over, then keep every file that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.standard import events, models
from rexian.standard.adapters.archives import pack_in, unpack, values_beside
from rexian.standard.adapters.offered import folder_of
from rexian.standard.adapters.sources import restore, store
from rexian.standard.adapters.versions import one_of
from rexian.standard.domain.pack.findings import Finding, Findings, Severity
from rexian.standard.domain.pack.linting import lint
from rexian.standard.domain.pack.sources import (
    PackSource,
    all_parameters,
    content_hash,
    gather,
    settle,
)
from rexian.standard.domain.publishing import NumberTaken, read_parameters
from rexian.standard.domain.rights import PUBLISH
from rexian.standard.domain.standards import load_sources

_LONGEST_NAME, _LONGEST_NUMBER = 60, 40


class UnsoundPack(Invalid):
    """A pack with errors; ``findings`` says of each the file, the line and the reason (422)."""

    code = "standard-unsound"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            mark("The standard has {count} errors and is not imported."), count=len(findings)
        )
        self.findings = findings


class AlreadyImported(Conflict):
    """The very same content has been imported before; ``details`` names its version (409)."""

    code = "standard-already-imported"


def import_folder(organisation_id: int, *, key: str, actor: Actor, at: datetime) -> int:
    """Import a pack that ships (``shipped:highway``) or is the operator's (``own:gas``).

    Raises ``UnsoundPack``, ``AlreadyImported``, ``NumberTaken``, ``NotFound``.
    """
    authorise(actor, PUBLISH)
    belongs(actor, organisation_id, code=str(organisation_id))
    sources = _sound_sources(folder_of(key))
    return keep_version(organisation_id, sources, {}, origin=key, actor=actor, at=at)


def import_archive(
    organisation_id: int, *, archive: BinaryIO, file_name: str, actor: Actor, at: datetime
) -> int:
    """Import a pack from an uploaded ZIP; its bases lie beside it there, or ship.

    Values of parameters that an export has put beside the packs are those of the version.

    Raises as ``import_folder``, and ``WrongArchive`` where the archive is not to be trusted.
    """
    authorise(actor, PUBLISH)
    belongs(actor, organisation_id, code=str(organisation_id))
    with TemporaryDirectory(prefix="rexian-pack-") as temporary:
        folder = Path(temporary) / "pack"
        folder.mkdir()
        unpack(archive, folder)
        sources = _sound_sources(pack_in(folder))
        given = _given(sources, values_beside(folder))
    origin = file_name[:200]
    return keep_version(organisation_id, sources, given, origin=origin, actor=actor, at=at)


def set_parameters(
    version_id: int, *, values: Mapping[str, str], actor: Actor, at: datetime
) -> int:
    """Import the same files once more with other values of their parameters.

    A version never changes, so this makes another one, and returns its id.
    """
    authorise(actor, PUBLISH)
    version = one_of(version_id, actor)
    sources = restore(version.id)
    read = read_parameters(all_parameters(sources), values)
    load_sources(sources, read)
    return keep_version(
        version.organisation_id, sources, read, origin=version.origin, actor=actor, at=at
    )


def _given(sources: tuple[PackSource, ...], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of an export, as its parameters are; raise ``WrongParameter``."""
    read = read_parameters(all_parameters(sources), values) if values else {}
    if read:
        load_sources(sources, read)
    return read


def _sound_sources(folder: Path) -> tuple[PackSource, ...]:
    findings = Findings()
    sources = gather(folder, findings)
    if findings.errors():
        raise UnsoundPack(_look_over(folder))
    if errors := _errors(folder, content_hash(sources, settle(all_parameters(sources), {}))):
        raise UnsoundPack(errors)
    return sources


@lru_cache(maxsize=16)
def _errors(folder: Path, content: str) -> tuple[Finding, ...]:
    """Return what is wrong with a pack; the same ``content`` is looked over once."""
    del content
    return _look_over(folder)


def _look_over(folder: Path) -> tuple[Finding, ...]:
    return tuple(one for one in lint(folder) if one.severity is Severity.ERROR)


@transaction.atomic
def keep_version(
    organisation_id: int,
    sources: tuple[PackSource, ...],
    given: Mapping[str, Any],
    *,
    origin: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep sound sources as a version, with values that go over the pack's own; return its id.

    Raises ``AlreadyImported`` and ``NumberTaken``.
    """
    values = settle(all_parameters(sources), given)
    manifest = sources[-1].manifest
    if len(manifest.name) > _LONGEST_NAME or len(manifest.version) > _LONGEST_NUMBER:
        raise Invalid(mark("The name or the number of the standard is too long."))
    _require_own_number(organisation_id, sources)
    row = models.Version(
        organisation_id=organisation_id,
        name=manifest.name,
        number=manifest.version,
        content_hash=content_hash(sources, values),
        title=dict(manifest.title),
        parameters=values,
        origin=origin,
        imported_by=actor.code,
        imported_at=at,
    )
    _insert(row)
    store(row, sources)
    record(
        events.VersionImported(
            subject_id=row.id,
            organisation=organisation_id,
            standard=row.name,
            number=row.number,
            content_hash=row.content_hash,
        ),
        actor=actor,
        at=at,
    )
    return row.id


def _insert(row: models.Version) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        same = models.Version.objects.filter(
            organisation_id=row.organisation_id, name=row.name, content_hash=row.content_hash
        ).values_list("id", flat=True)
        raise AlreadyImported(
            mark("This very version of {name} has been imported before."),
            name=row.name,
            version=same.first(),
        ) from None


def _require_own_number(organisation_id: int, sources: tuple[PackSource, ...]) -> None:
    """Raise where the version number stands for other files already: people would mix them up."""
    manifest = sources[-1].manifest
    same = models.Version.objects.filter(
        organisation_id=organisation_id, name=manifest.name, number=manifest.version
    )
    for version_id in same.values_list("id", flat=True)[:1]:
        if [one.files for one in restore(version_id)] != [one.files for one in sources]:
            raise NumberTaken(
                mark("{name} {number} is here already with other content: give it a new number."),
                name=manifest.name,
                number=manifest.version,
            )
