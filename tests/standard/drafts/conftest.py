"""An organisation with a small pack imported, and who may write drafts of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from rexian.kernel.authority import Actor
from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.sources import gather

if TYPE_CHECKING:  # tables are there only once the program is set up
    from tests.cast import Cast

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILES: Mapping[str, str] = {
    "floor/pack.yaml": """\
name: floor
version: 1.0.0
title: {zh: 底座, en: Floor}
parameters:
  answer_within:
    default: 24h
    title: {zh: 答复时限, en: Time to answer}
""",
    "floor/rules.yaml": """\
clauses:
  - id: F-1
    text: {zh: 不说“不知道”。, en: Never say 不知道.}
  - id: F-2
    text: {zh: 按时答复。, en: Answer in time.}
    means: [record]
    how: {zh: 记录。, en: On record.}
forbidden:
  - id: forbidden-words
    clause: F-1
    title: {zh: 禁用词, en: Forbidden words}
    words:
      # as an answer
      - word: 不知道
        sense: {zh: 用来回答, en: as an answer}
        is: {phrase: [不知道]}
        excuses:
          - phrase: [不知道您]
            why: {zh: 是委婉的问句, en: a courteous question}
    examples:
      - met: [客服：我帮您查。]
      - missed: [客服：不知道。]
deadlines:
  - id: answer
    clause: F-2
    title: {zh: 答复时限, en: Time to answer}
    by_class: {simple: 2h, complex: "${answer_within}"}
""",
    "queue/pack.yaml": """\
# The queue's own.
name: queue
version: 1.0.0
title: {zh: 排队规范, en: Queueing}
extends: floor
parameters:
  minutes:  # of waiting
    default: 5
    title: {zh: 等候分钟, en: Minutes of waiting}
""",
    "queue/rules.yaml": """\
clauses:
  - id: Q-1
    text: {zh: 请客户先坐。, en: Ask the customer to sit down.}
acts:
  - id: ask-to-sit
    title: {zh: 请坐, en: asks to sit down}
    is: {phrase: [请坐, 您(先|)坐]}
    examples: {yes: [请坐], no: [坐]}
scenes:
  - id: sit-down  # the first words
    clause: Q-1
    title: {zh: 请坐, en: A seat is offered}
    when: start
    within: 2
    expect: {agent: ask-to-sit}
    say: [您好，请坐。]
    examples:
      - met: [客服：您好，请坐。]
      - missed: [客服：说吧。, 客户：啊？, 客服：说。]
""",
}

Zipped = Callable[[Mapping[str, str | bytes]], io.BytesIO]


@dataclass(frozen=True, slots=True)
class House:
    """An organisation with a version of a pack, who writes in it, and who comes from elsewhere."""

    organisation: int
    version: int
    writer: Actor
    other: Actor
    publisher: Actor
    reader: Actor
    stranger: Actor


def archive(files: Mapping[str, str] = FILES) -> io.BytesIO:
    """Return a ZIP of files by their names."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    stream.seek(0)
    return stream


@pytest.fixture
def house(cast: Cast) -> House:
    """Return 江城燃气, in which a small pack on top of another has been imported."""
    from rexian.standard.services import import_archive  # noqa: PLC0415 - once there are tables

    publisher = cast.actor("outsider")
    organisation = cast.theirs.organisation

    def somebody(number: int, *rights: str) -> Actor:
        grants = {right: frozenset({"/"}) for right in rights}
        return Actor(f"person:{number}", publisher.organisation, number, grants)

    version = import_archive(
        organisation, archive=archive(), file_name="queue.zip", actor=publisher, at=NOW
    )
    return House(
        organisation,
        version,
        somebody(90_001, "standard.read", "standard.draft"),
        somebody(90_002, "standard.read", "standard.draft"),
        publisher,
        somebody(90_003, "standard.read"),
        cast.actor("manager"),
    )


@pytest.fixture(scope="session")
def shipped() -> Content:
    """Return the motorway's standard as it ships."""
    sources = gather("highway", Findings())
    return Content(sources[:-1], sources[-1])
