"""Read the versions of standards that an organisation has imported and published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.prepared import Prepared
from rexian.standard import models
from rexian.standard.adapters.offered import offered
from rexian.standard.adapters.sources import compiled, restore
from rexian.standard.domain import publishing
from rexian.standard.domain.pack.coverage import ClauseCoverage, cover
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.sources import PackSource, gather
from rexian.standard.domain.pack.whole import Parameter
from rexian.standard.domain.publishing import Publication, Standing
from rexian.standard.domain.rights import PUBLISH, READ
from rexian.standard.domain.standards import Standard


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version as a list shows it, with where it stands on the day that was asked for."""

    id: int
    organisation_id: int
    name: str
    number: str
    title: Mapping[str, str]
    content_hash: str
    origin: str
    imported_by: str
    imported_at: datetime
    effective_on: date | None
    published_by: str
    published_at: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class PackLine:
    """One of the packs that a version is put together from, the last being the version's own."""

    folder: str
    name: str
    number: str
    title: Mapping[str, str]
    files: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter of a version: what it is called, its value, and what the pack has for it."""

    name: str
    title: Mapping[str, str]
    value: Any
    default: Any


@dataclass(frozen=True, slots=True)
class PublishedStandard:
    """A version as a book to read."""

    line: VersionLine
    standard: Standard
    packs: tuple[PackLine, ...]
    settings: tuple[Setting, ...]
    clauses: tuple[ClauseCoverage, ...]

    def clause(self, clause_id: str) -> ClauseCoverage:
        """Return a clause with what carries it out; raise ``NotFound``."""
        for one in self.clauses:
            if one.clause.id == clause_id:
                return one
        raise NotFound(mark("The standard has no clause {clause}."), clause=clause_id)


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that can be imported without an upload; ``fault`` says why it cannot be read."""

    key: str
    name: str
    number: str = ""
    title: Mapping[str, str] | None = None
    fault: RexianError | None = None


def versions(actor: Actor, organisation_id: int, *, on: date) -> tuple[VersionLine, ...]:
    """Return all versions of an organisation: by standard, the latest day first, then imports."""
    authorise(actor, READ)
    belongs(actor, organisation_id, code=str(organisation_id))
    rows = list(models.Version.objects.filter(organisation_id=organisation_id))
    lines = [_line(row, _publications(rows, row.name), on) for row in rows]
    return tuple(sorted(lines, key=_order))


def in_force(organisation_id: int, name: str, on: date) -> VersionLine | None:
    """Return the version of a standard that is in force on a day, if there is one."""
    return standards_in_force(organisation_id, on).get(name)


def ruling_version(organisation_id: int, name: str, on: date) -> int | None:
    """Return the id of the version that is in force on a day: for what is asked very often."""
    return _ruling.first(organisation_id, name, on.isoformat())


_ruling = Prepared(
    lambda organisation, name, on: (
        models.Version.objects.filter(organisation=organisation, name=name, effective_on__lte=on)
        .order_by("-effective_on", "-pk")
        .values_list("pk", flat=True)
    )
)


def standards_in_force(organisation_id: int, on: date) -> dict[str, VersionLine]:
    """Return by name the version of each standard that is in force on a day."""
    rows = list(
        models.Version.objects.filter(
            organisation_id=organisation_id, effective_on__isnull=False
        ).order_by("name")
    )
    lines = (_line(row, _publications(rows, row.name), on) for row in rows)
    return {one.name: one for one in lines if one.standing is Standing.IN_FORCE}


def version(actor: Actor, version_id: int, *, on: date) -> VersionLine:
    """Return one version of the actor's organisation; raise ``NotFound``."""
    authorise(actor, READ)
    row = models.Version.objects.filter(pk=version_id).first()
    belongs(actor, row.organisation_id if row else -1, code=f"standard-version:{version_id}")
    if row is None:
        raise NotFound(mark("There is no such version of a standard."), version=version_id)
    siblings = models.Version.objects.filter(
        organisation_id=row.organisation_id, name=row.name, effective_on__isnull=False
    )
    return _line(row, _publications(siblings, row.name), on)


def published_standard(actor: Actor, version_id: int, *, on: date) -> PublishedStandard:
    """Return a version with everything that there is to read in it."""
    line = version(actor, version_id, on=on)
    standard = compiled(version_id)
    parameters = models.Version.objects.values_list("parameters", flat=True).get(pk=version_id)
    return PublishedStandard(
        line=line,
        standard=standard,
        packs=tuple(_packs(version_id)),
        settings=tuple(_settings(standard.pack.manifest.parameters, parameters)),
        clauses=tuple(cover(standard.pack)),
    )


def load_version(version_id: int) -> Standard:
    """Return a version ready to judge, exactly as it was imported; asks for no right."""
    return compiled(version_id)


def kept_sources(version_id: int) -> tuple[PackSource, ...]:
    """Return the files of a version as they were imported, to be carried elsewhere."""
    return restore(version_id)


def offers(actor: Actor) -> tuple[Offer, ...]:
    """Return the packs that ship and those in the operator's folders."""
    authorise(actor, PUBLISH)
    return tuple(_offer(key, folder) for key, folder in offered().items())


def _offer(key: str, folder: Any) -> Offer:
    try:
        findings = Findings()
        manifest = gather(folder, findings)[-1].manifest
    except (RexianError, IndexError) as error:
        fault = error if isinstance(error, RexianError) else findings.errors()[0].fault()
        return Offer(key, folder.name, fault=fault)
    return Offer(key, manifest.name, manifest.version, dict(manifest.title))


def _line(row: models.Version, publications: Iterable[Publication], on: date) -> VersionLine:
    return VersionLine(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        number=row.number,
        title=row.title,
        content_hash=row.content_hash,
        origin=row.origin,
        imported_by=row.imported_by,
        imported_at=row.imported_at,
        effective_on=row.effective_on,
        published_by=row.published_by,
        published_at=row.published_at,
        standing=publishing.standing(row.id, row.effective_on, publications, on),
    )


def _publications(rows: Iterable[models.Version], name: str) -> list[Publication]:
    return [
        Publication(row.id, row.effective_on)
        for row in rows
        if row.name == name and row.effective_on is not None
    ]


def _order(line: VersionLine) -> tuple[str, int, int]:
    day = line.effective_on.toordinal() if line.effective_on else 0
    return line.name, -day if day else 1, -line.id


def _packs(version_id: int) -> Iterator[PackLine]:
    for source in restore(version_id):
        manifest = source.manifest
        yield PackLine(
            source.name, manifest.name, manifest.version, dict(manifest.title), len(source.files)
        )


def _settings(known: Mapping[str, Parameter], values: Mapping[str, Any]) -> Iterator[Setting]:
    for name, one in known.items():
        yield Setting(name, dict(one.title), values.get(name, one.default), one.default)
