"""What is looked over before it is unpacked."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from rexian.kernel.archives import MOST_PARTS, BloatedArchive, DamagedArchive, look_over


def archive(**parts: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return made.getvalue()


def test_an_archive_of_a_fit_size_passes() -> None:
    look_over(archive(sheet=b"a" * 1000), largest=1000)


def test_one_that_swells_is_refused_however_small_it_comes() -> None:
    small = archive(sheet=b"a" * 1_000_000)
    assert len(small) < 10_000
    with pytest.raises(BloatedArchive):
        look_over(small, largest=999_999)


def test_one_of_too_many_parts_is_refused() -> None:
    many = archive(**{f"part{number}": b"" for number in range(MOST_PARTS + 1)})
    with pytest.raises(BloatedArchive):
        look_over(many, largest=1000)


WRONG = {
    "empty": b"",
    "first letters": b"PK",
    "words": b"no archive",
    "broken off": archive(one=b"1" * 99)[:-30],
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_what_is_no_archive_or_broken_off_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedArchive):
        look_over(content, largest=1000)
