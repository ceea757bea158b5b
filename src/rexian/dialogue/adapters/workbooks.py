"""Read Excel workbooks: the first sheet, as a table."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from rexian.dialogue.adapters import tables
from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.adapters.streams import MEGABYTE, Broken, TextSource
from rexian.dialogue.domain.unreadable import Reason, Unreadable

SIGNATURE = b"PK\x03\x04"

_LARGEST = 64 * MEGABYTE
_LARGEST_UNPACKED = 1024 * MEGABYTE


def read(source: TextSource, name: str, roles: Roles = ()) -> Iterator[Found | Unreadable]:
    """Yield the conversations of ``source``; raises ``Broken`` where it is no workbook."""
    content = source.content(_LARGEST)
    _refuse_what_swells(source.name, content)
    try:
        rows = _rows(content)
    except Exception:  # noqa: BLE001 - its parsers raise whatever they like for a damaged file
        raise Broken(source.name, 0, Reason.NOT_A_WORKBOOK) from None
    yield from tables.read(source.name, rows, name, roles)


def _refuse_what_swells(source: str, content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise Broken(source, 0, Reason.NOT_A_WORKBOOK) from None
    if unpacked > _LARGEST_UNPACKED:
        raise Broken(source, 0, Reason.TOO_LARGE, megabytes=_LARGEST_UNPACKED // MEGABYTE)


def _rows(content: bytes) -> list[tables.Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return list(enumerate(sheet.iter_rows(values_only=True), start=1))
