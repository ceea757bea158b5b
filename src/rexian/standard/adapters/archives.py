"""Unpack an uploaded pack, of which nothing is believed, and pack one so that it can be read."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import yaml

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.pack.documents import parse
from rexian.standard.domain.pack.sources import MANIFEST, PackSource

MEGABYTE = 1 << 20
LARGEST = 16 * MEGABYTE
LARGEST_FILE = 4 * MEGABYTE
LARGEST_UNPACKED = 32 * MEGABYTE
MOST_FILES = 400
MOST_DEPTH = 6
MOST_NESTED = 60
SWELLS = 200
"""A text shrinks to a tenth or so; what shrinks to less than a two-hundredth was made to harm."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STARTS_DRIVE = re.compile(r"^[A-Za-z]:")
_PART = re.compile(r"[\w\-. ]{1,80}")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
VALUES = "parameters.yaml"
"""Where an export keeps the values that go over those of its packs."""

_NOT_PACK = ("__MACOSX/", ".DS_Store")


class WrongArchive(Invalid):
    """An archive that is damaged, dangerous, too large, or holds no pack (422)."""

    code = "standard-wrong-archive"


def unpack(archive: BinaryIO, folder: Path) -> None:
    """Write the YAML files of an archive into an empty ``folder``; raise ``WrongArchive``.

    Other files are left out: a pack is made of YAML alone.
    """
    if archive.seek(0, os.SEEK_END) > LARGEST:
        raise _too_large(LARGEST)
    try:
        with _opened(archive) as opened:
            for info in _files(opened):
                target = folder / info.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_content(opened, info))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise WrongArchive(mark("This is not a ZIP archive, or it is damaged.")) from error


def packed(sources: Sequence[PackSource], values: Mapping[str, Any]) -> bytes:
    """Return a ZIP of a pack and its bases, a folder each, that ``unpack`` reads again.

    ``values`` are those that go over the packs' own; they lie beside the folders. The same content
    makes the same bytes.
    """
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for source in sources:
            for path, text in sorted(source.files.items()):
                archive.writestr(_entry(f"{source.name}/{path}"), text.encode())
        if values:
            lines = [
                f"{name}: {json.dumps(_said(one), ensure_ascii=False)}\n"
                for name, one in sorted(values.items())
            ]
            archive.writestr(_entry(VALUES), "".join(lines).encode())
    return stream.getvalue()


def values_beside(folder: Path) -> dict[str, str]:
    """Return the values of parameters that lie beside the packs of an archive, if any do."""
    path = folder / VALUES
    if not path.is_file() or (folder / MANIFEST).is_file():
        return {}
    entries = parse(path.read_text("utf-8", errors="replace"), VALUES).entries("the values")
    return {name: str(one.scalar()) for name, one in entries.items()}


def _entry(name: str) -> ZipInfo:
    made = ZipInfo(name, _LONG_AGO)
    made.compress_type, made.external_attr = ZIP_DEFLATED, _READABLE
    return made


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _opened(archive: BinaryIO) -> ZipFile:
    """Open an archive; names that do not say that they are UTF-8 come from Chinese systems."""
    try:
        return ZipFile(archive, metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return ZipFile(archive, metadata_encoding="gb18030")


def pack_in(folder: Path) -> Path:
    """Return the folder of the pack in what was unpacked: the one that no other builds on."""
    found = sorted({path.parent for path in folder.rglob(MANIFEST)})
    if not found:
        raise WrongArchive(mark("The archive holds no {file}."), file=MANIFEST)
    if len(found) == 1:
        return found[0]
    bases = set().union(*map(_bases, found))
    tops = [one for one in found if one.name not in bases]
    if len(tops) != 1:
        raise WrongArchive(
            mark("The archive holds several standards ({names}); upload them one by one."),
            names=", ".join(one.name for one in found),
        )
    return tops[0]


def _bases(folder: Path) -> set[str]:
    """Return what a manifest seems to build on; reading it properly comes later."""
    text = (folder / MANIFEST).read_text("utf-8", errors="replace")
    named = re.search(r"^extends:((?:.|\n[ -])*)", text, re.MULTILINE)
    return set(re.findall(r"[a-z][a-z0-9_-]*", named[1])) if named else set()


def _files(archive: ZipFile) -> Iterator[ZipInfo]:
    """Yield what is to be unpacked, once all of it has been looked at."""
    infos = [one for one in archive.infolist() if not one.is_dir()]
    if len(infos) > MOST_FILES:
        raise WrongArchive(mark("The archive holds more than {count} files."), count=MOST_FILES)
    for info in infos:
        _refuse_place(info)
    wanted = [info for info in infos if info.filename.lower().endswith((".yaml", ".yml"))]
    wanted = [info for info in wanted if not info.filename.startswith(_NOT_PACK)]
    if sum(info.file_size for info in wanted) > LARGEST_UNPACKED:
        raise _too_large(LARGEST_UNPACKED)
    for info in wanted:
        _refuse_content(info)
    if len({info.filename.casefold() for info in wanted}) < len(wanted):
        raise WrongArchive(mark("The archive holds a file twice."))
    yield from wanted


def _refuse_place(info: ZipInfo) -> None:
    """Refuse a file that would land elsewhere, or that is none."""
    parts = info.filename.split("/")
    escapes = "\\" in info.orig_filename or _STARTS_DRIVE.match(info.filename)
    if escapes or not all(map(_PART.fullmatch, parts)) or {".", ".."}.intersection(parts):
        raise WrongArchive(
            mark("The archive holds a file with a path that is not allowed: {path}."),
            path=_shown(info.filename),
        )
    if len(parts) > MOST_DEPTH:
        raise WrongArchive(
            mark("The archive holds folders more than {count} deep."), count=MOST_DEPTH
        )
    mode = info.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        raise WrongArchive(
            mark("{path} is a link or a device, not a file."), path=_shown(info.filename)
        )


def _refuse_content(info: ZipInfo) -> None:
    if info.flag_bits & 1:
        raise WrongArchive(mark("The archive is protected by a password."))
    if info.file_size > LARGEST_FILE:
        raise _too_large(LARGEST_FILE)
    if info.file_size > MEGABYTE // 4 and info.file_size > SWELLS * max(1, info.compress_size):
        raise WrongArchive(
            mark("{path} swells to many times its size: the archive is not accepted."),
            path=_shown(info.filename),
        )


def _refuse_tricks(path: str, content: bytes) -> None:
    """Refuse what a reader of YAML would choke on: aliases that multiply, bottomless nesting."""
    depth = 0
    try:
        for event in yaml.parse(content, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_NESTED or isinstance(event, yaml.AliasEvent):
                raise WrongArchive(
                    mark("{path}, line {line}: aliases and deep nesting are not accepted here."),
                    path=_shown(path),
                    line=event.start_mark.line + 1 if event.start_mark else 1,
                )
    except (yaml.YAMLError, RecursionError):
        return  # what is no YAML is told with its line where the pack is read


def _content(archive: ZipFile, info: ZipInfo) -> bytes:
    """Read a file; what it says of its own size is not believed either."""
    with archive.open(info) as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _too_large(LARGEST_FILE)
    _refuse_tricks(info.filename, content)
    return content


def _too_large(limit: int) -> WrongArchive:
    return WrongArchive(
        mark("The archive or a file in it is larger than {megabytes} MB."),
        megabytes=limit // MEGABYTE,
    )


def _shown(path: str) -> str:
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in path[:80])
