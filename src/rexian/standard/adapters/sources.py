"""Sources of a standard in rows: written once, and read back as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from rexian.kernel.errors import Invalid, NotFound
from rexian.kernel.language import mark
from rexian.prepared import Prepared
from rexian.standard import models
from rexian.standard.domain.pack.sources import PackSource
from rexian.standard.domain.pack.stored import sources_of
from rexian.standard.domain.standards import Standard, load_sources


class SourceChanged(Invalid):
    """Files that are not what their hash says: the database was changed by hand (422)."""

    code = "standard-source-changed"


def store(version: models.Version, sources: Iterable[PackSource]) -> None:
    """Write the files of a version; a content that is there already is not written again."""
    blobs, files = {}, []
    for place, source in enumerate(sources):
        for path, text in source.files.items():
            content = text.encode()
            digest = hashlib.sha256(content).hexdigest()
            blobs[digest] = models.Blob(hash=digest, content=content)
            files.append(
                models.SourceFile(
                    version=version, place=place, pack=source.name, path=path, blob_id=digest
                )
            )
    models.Blob.objects.bulk_create(blobs.values(), ignore_conflicts=True)
    models.SourceFile.objects.bulk_create(files)


def restore(version_id: int) -> tuple[PackSource, ...]:
    """Return the sources of a version: bases first, the pack itself last."""
    rows = models.SourceFile.objects.filter(version_id=version_id).order_by("place", "path")
    packs: dict[tuple[int, str], dict[str, str]] = {}
    for place, pack, path, content in rows.values_list("place", "pack", "path", "blob__content"):
        packs.setdefault((place, pack), {})[path] = bytes(content).decode()
    return sources_of((pack, files) for (_, pack), files in packs.items())


def keep_files(files: Mapping[str, str]) -> dict[str, str]:
    """Keep the contents of files, and return their hashes by path."""
    contents = {path: text.encode() for path, text in files.items()}
    hashes = {path: hashlib.sha256(one).hexdigest() for path, one in contents.items()}
    blobs = {hashes[path]: models.Blob(hash=hashes[path], content=contents[path]) for path in files}
    models.Blob.objects.bulk_create(blobs.values(), ignore_conflicts=True)
    return hashes


def kept_files(hashes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the files of which the hashes were kept, for each mapping of paths one."""
    asked = [dict(one) for one in hashes]
    wanted = {each for one in asked for each in one.values()}
    rows = models.Blob.objects.filter(hash__in=wanted).values_list("hash", "content")
    texts = {known: bytes(content).decode() for known, content in rows}
    return [{path: texts[each] for path, each in one.items()} for one in asked]


def compiled(version_id: int) -> Standard:
    """Return a version ready to judge; raise ``NotFound`` where there is none."""
    found = _stored.first(version_id)
    if found is None:
        raise NotFound(mark("There is no such version of a standard."), version=version_id)
    return _compiled(version_id, found[0], tuple(sorted(found[1].items())))


_stored = Prepared(
    lambda version: models.Version.objects.filter(pk=version).values_list(
        "content_hash", "parameters"
    )
)


@lru_cache(maxsize=32)
def _compiled(
    version_id: int, content_hash: str, parameters: tuple[tuple[str, Any], ...]
) -> Standard:
    """Compile a version; its content never changes, so a process does it once.

    Raises ``SourceChanged`` where the database holds other files than were imported.
    """
    standard = load_sources(restore(version_id), dict(parameters))
    if standard.content_hash != content_hash:
        raise SourceChanged(
            mark("The files kept for version {version} are not those that were imported."),
            version=version_id,
        )
    return standard
