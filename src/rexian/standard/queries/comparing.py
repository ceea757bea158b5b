"""Compare two standards that are installed, in folders or in archives; needs no database."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from rexian.standard.adapters.archives import pack_in, unpack, values_beside
from rexian.standard.domain.editing.comparing import Comparison, compare
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.sources import all_parameters, gather
from rexian.standard.domain.publishing import read_parameters

ARCHIVE = ".zip"


def compare_standards(old: str | Path, new: str | Path) -> Comparison:
    """Return what differs between two standards, each a name, a folder or a ZIP archive.

    Raises ``NotFound`` where there is none, ``Fault`` or ``WrongArchive`` for one that cannot be
    read.
    """
    return compare(content_in(old), content_in(new))


def content_in(name_or_path: str | Path) -> Content:
    """Return what a standard holds, wherever it lies."""
    path = Path(name_or_path)
    if path.suffix.lower() == ARCHIVE and path.is_file():
        return _unpacked(path)
    return _gathered(name_or_path)


def _unpacked(path: Path) -> Content:
    with TemporaryDirectory(prefix="rexian-pack-") as temporary, path.open("rb") as archive:
        folder = Path(temporary) / "pack"
        folder.mkdir()
        unpack(archive, folder)
        content = _gathered(pack_in(folder))
        values = values_beside(folder)
    given = read_parameters(all_parameters(content.sources), values) if values else {}
    return Content(content.bases, content.own, given)


def _gathered(name_or_path: str | Path) -> Content:
    findings = Findings()
    sources = gather(name_or_path, findings)
    findings.raise_first()
    return Content(sources[:-1], sources[-1])
