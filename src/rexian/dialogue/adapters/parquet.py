"""Parquet files that appear whole or not at all, and say what is wrong with one that is not.

Needs the extra ``archive``, and says so: whoever needs Arrow takes ``pa`` or ``compute`` from here.
``docs/reference/archive.md`` tells what the columns mean.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from rexian.dialogue.domain.archive import FORM, BrokenShard
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

__all__ = [
    "ENDING",
    "ArchiveExtraMissing",
    "ParquetFile",
    "compute",
    "digest_of",
    "group_of",
    "opened",
    "pa",
    "unfinished_names",
    "written_whole",
]

ENDING = ".parquet"
_META = b"rexian"
_UNFINISHED = ".tmp"
_COMPRESSION = "zstd"
_LEVEL = 3

Read = TypeVar("Read")


class ArchiveExtraMissing(Invalid):
    """What reads and writes Parquet is not installed (422)."""

    code = "archive-extra-missing"


try:
    import pyarrow as pa
    from pyarrow import compute
    from pyarrow import parquet as pq
except ModuleNotFoundError as missing:
    raise ArchiveExtraMissing(
        mark('The archive needs the extra "archive": pip install "rexian[archive]".')
    ) from missing


class ParquetFile:
    """A file that is being written: row groups, each with its digest, and what is told of it."""

    def __init__(self, path: Path, table: str, schema: Any, told: Mapping[str, Any]) -> None:
        self._told: dict[str, Any] = {"table": table, "form": FORM, **told}
        self._groups: list[str] = []
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression=_COMPRESSION,
            compression_level=_LEVEL,
            use_dictionary=True,
            write_page_checksum=True,
        )

    def write(self, rows: Any, digest: str = "") -> None:
        """Write rows as one group; ``digest`` is that of rows that are taken over as they are."""
        if rows.num_rows:
            self._writer.write_table(rows, row_group_size=rows.num_rows)
            self._groups.append(digest or digest_of(rows))

    def tell(self, **told: Any) -> None:
        """Add to what the file says of itself."""
        self._told.update(told)

    def close(self) -> None:
        """Write the end of the file, with what it says of itself."""
        told = json.dumps({**self._told, "groups": self._groups}, ensure_ascii=False)
        self._writer.add_key_value_metadata({_META: told.encode()})
        self._writer.close()


@contextmanager
def written_whole(
    path: Path, table: str, schema: Any, told: Mapping[str, Any]
) -> Iterator[ParquetFile]:
    """Give a file to write; it has its name once it is whole and safe, and else is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_UNFINISHED, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        file = ParquetFile(unfinished, table, schema, told)
        yield file
        file.close()
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.chmod(0o640)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def unfinished_names(path: Path) -> str:
    """Return what files match that were to become ``path``, and whose writer was killed."""
    return f".{path.name}.*{_UNFINISHED}"


def digest_of(rows: Any) -> str:
    """Return what tells rows from others: a hash of their columns, however they are compressed."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return blake2b(sink.getvalue(), digest_size=16).hexdigest()


def opened(path: Path, table: str) -> tuple[Any, dict[str, Any]]:
    """Return a file and what it says of itself; raise ``BrokenShard``."""
    file = _guarded(path, lambda: pq.ParquetFile(path, page_checksum_verification=True))
    told = json.loads((file.metadata.metadata or {}).get(_META, b"{}"))
    if told.get("table") != table:
        raise BrokenShard(mark("{file} is no file of the archive."), file=path.name)
    if told["form"] > FORM:
        raise BrokenShard(mark("{file} was written by a later Rexian."), file=path.name)
    return file, told


def group_of(path: Path, file: Any, number: int, columns: list[str] | None = None) -> Any:
    """Return the rows of a group, read in this thread; raise ``BrokenShard``."""
    return _guarded(
        path, lambda: file.read_row_group(number, columns=columns, use_threads=False)
    ).combine_chunks()


def _guarded(path: Path, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (pa.ArrowException, OSError, EOFError) as error:
        if isinstance(error, FileNotFoundError):
            raise BrokenShard(mark("{file} is not there."), file=str(path)) from error
        message = mark("{file} cannot be read: it is cut off, or was changed.")
        raise BrokenShard(message, file=path.name) from error
