"""Find packs and read their folders: a pack with all those that it extends, each once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rexian.kernel.errors import Invalid, NotFound
from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Place, Written, parse
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.whole import Manifest, Parameter

MANIFEST = "pack.yaml"
PACKS = Path(__file__).parents[2] / "packs"
MAX_FILE_BYTES = 4_000_000
_NAME = re.compile(r"\w[\w. -]*")


@dataclass(frozen=True, slots=True)
class PackSource:
    """One pack as it stands in its folder: its manifest, and its files by relative path."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name of the folder, by which places tell packs apart."""
        return self.folder.name


def installed() -> tuple[str, ...]:
    """Return the names of the packs that ship with the product."""
    return tuple(sorted(path.parent.name for path in PACKS.glob(f"*/{MANIFEST}")))


def find_pack(name_or_path: str | Path) -> Path:
    """Return the folder of a pack: one that ships with the product, or any folder of a pack."""
    folder = PACKS / str(name_or_path)
    if re.fullmatch(r"[a-z][a-z0-9_-]*", str(name_or_path)) and (folder / MANIFEST).is_file():
        return folder
    path = Path(name_or_path)
    if (path / MANIFEST).is_file():
        return path.resolve()
    known = ", ".join(installed())
    raise NotFound(
        f"there is no standard {str(name_or_path)!r}: name one of {known}, "
        f"or a folder with a {MANIFEST}",
        name=str(name_or_path),
    )


def gather(name_or_path: str | Path, findings: Findings) -> tuple[PackSource, ...]:
    """Read a pack and what it extends: bases first, the pack itself last, each folder once.

    Raises ``NotFound`` where there is no such pack; what is wrong inside goes to ``findings``.
    """
    gatherer = _Gatherer(findings)
    gatherer.gather(find_pack(name_or_path))
    return tuple(gatherer.found.values())


@dataclass(slots=True)
class _Gatherer:
    findings: Findings
    found: dict[Path, PackSource] = field(default_factory=dict)
    opening: list[Path] = field(default_factory=list)

    def gather(self, folder: Path) -> None:
        """Read a folder and, before it, the folders of its bases."""
        files = self._read(folder)
        if MANIFEST not in files:
            return
        with self.findings.catching():
            document = parse(files[MANIFEST], MANIFEST, folder.name)
            manifest = decode(document, Manifest, "a pack")
            self.opening.append(folder)
            for base in manifest.extends:
                with self.findings.catching():
                    self._gather_base(base, folder)
            self.opening.pop()
            self.found[folder] = PackSource(folder, manifest, files)

    def _gather_base(self, base: Written, folder: Path) -> None:
        sibling, shipped = folder.parent / base, PACKS / base
        # A name and never a path: an uploaded pack would read whatever lies on this machine.
        places = (sibling, shipped) if _NAME.fullmatch(base) else ()
        kept = [one for one in places if (one / MANIFEST).is_file()]
        if not kept:
            raise Fault(base.place, f"the pack that it extends is missing: {base!r}")
        target = next((one for one in kept if one not in self.opening), None)
        if target is None:
            raise Fault(base.place, f"{base} extends itself")
        if target not in self.found:
            self.gather(target)

    def _read(self, folder: Path) -> dict[str, str]:
        files: dict[str, str] = {}
        for path in sorted(folder.rglob("*.y*ml")):
            name = path.relative_to(folder).as_posix()
            with self.findings.catching(Place(name, 1, folder.name)):
                files[name] = _text(path)
        return files


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise Fault(NOWHERE, f"this file is larger than {MAX_FILE_BYTES} bytes")
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(NOWHERE, "this file is not UTF-8") from error
    except OSError as error:
        raise Fault(NOWHERE, f"this file cannot be read: {error.strerror}") from error


def all_parameters(sources: Iterable[PackSource]) -> dict[str, Parameter]:
    """Return the parameters of a pack; what a pack says goes over what its bases say."""
    known: dict[str, Parameter] = {}
    for source in sources:
        known.update(source.manifest.parameters)
    return known


def settle(known: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each parameter: as given, else its default."""
    for name in given:
        if name not in known:
            raise Invalid(f"this standard has no parameter {name!r}{suggest(name, known)}")
    return {name: given.get(name, one.default) for name, one in known.items()}


def content_hash(sources: Iterable[PackSource], values: Mapping[str, Any]) -> str:
    """Return the hash of everything that a pack is put together from."""
    digest = hashlib.sha256()
    for source in sources:
        for name, text in sorted(source.files.items()):
            digest.update(f"{name}\0{text}\0".encode())
    digest.update(repr(sorted(values.items())).encode())
    return digest.hexdigest()
