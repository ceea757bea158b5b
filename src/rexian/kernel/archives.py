"""Archives from outside, looked over before anything unpacks them: workbooks are such archives."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_PARTS = 500


class DamagedArchive(ValueError):
    """These bytes are no archive, or one that nobody can read."""


class BloatedArchive(ValueError):
    """What is in the archive would fill the memory of whoever unpacks it."""


def look_over(content: bytes, *, largest: int) -> None:
    """Raise for what is no archive, and for one of too many parts or more than ``largest`` bytes.

    Nothing is unpacked: sizes are what the archive says of itself, and no reader writes beyond.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise DamagedArchive from None
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > largest:
        raise BloatedArchive
