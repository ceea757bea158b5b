"""An organisation of which nothing is published, and packs small enough to read at a glance."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from rexian.kernel.authority import Actor

if TYPE_CHECKING:  # tables are there only once the program is set up
    from tests.cast import Cast

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

PACK = """\
name: queue
version: {number}
title: {{zh: 排队规范, en: Queueing}}
parameters:
  minutes:
    default: 5
    title: {{zh: 等候分钟, en: Minutes of waiting}}
  strict:
    default: false
    title: {{zh: 从严, en: Strict}}
  company:
    default: 华通
    title: {{zh: 公司名称, en: Name of the company}}
"""
CLAUSES = """\
clauses:
  - id: Q-1
    text: {zh: 请客户先坐。, en: Ask the customer to sit down.}
    means: [person]
    how: {zh: 现场查看。, en: Somebody looks.}
"""

Zipped = Callable[[Mapping[str, str | bytes]], io.BytesIO]


@dataclass(frozen=True, slots=True)
class House:
    """An organisation, who may publish in it, and who comes from elsewhere."""

    organisation: int
    publisher: Actor
    reader: Actor
    stranger: Actor


@pytest.fixture
def house(cast: Cast) -> House:
    """Return 江城燃气, of which nothing has been imported."""
    publisher = cast.actor("outsider")
    reader = Actor("person:0", publisher.organisation, 0, {"standard.read": frozenset({"/"})})
    return House(cast.theirs.organisation, publisher, reader, cast.actor("manager"))


@pytest.fixture
def zipped() -> Zipped:
    """Return what makes a ZIP of files by their names."""

    def made(files: Mapping[str, str | bytes]) -> io.BytesIO:
        stream = io.BytesIO()
        with ZipFile(stream, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        stream.seek(0)
        return stream

    return made


@pytest.fixture
def imported(house: House, zipped: Zipped) -> Callable[..., int]:
    """Return what imports a version of a small pack, with other clauses if so wished."""
    from rexian.standard.services import import_archive  # noqa: PLC0415 - once there are tables

    def made(number: str = "1.0.0", clauses: str = CLAUSES, actor: Actor | None = None) -> int:
        files = {"queue/pack.yaml": PACK.format(number=number), "queue/clauses.yaml": clauses}
        return import_archive(
            house.organisation,
            archive=zipped(files),
            file_name="queue.zip",
            actor=actor or house.publisher,
            at=NOW,
        )

    return made
