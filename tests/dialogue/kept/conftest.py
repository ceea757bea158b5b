"""An organisation with standards in force, and files as a browser sends them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rexian.kernel.authority import Actor

if TYPE_CHECKING:  # tables are there only once the program is set up
    from tests.cast import Cast

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a browser sends it."""

    name: str | None
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in pieces."""
        for begin in range(0, len(self.content), 1000):
            yield self.content[begin : begin + 1000]


@dataclass(frozen=True, slots=True)
class Office:
    """Who inspects, who only reads, who comes from elsewhere."""

    organisation: int
    inspector: Actor
    reader: Actor
    stranger: Actor


@pytest.fixture
def office(cast: Cast, settings: Any, tmp_path: Path) -> Office:
    """Return the people of 华通高速, with highway and centre in force and a folder of their own."""
    cast.put_standards_in_force(NOW)
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return Office(
        cast.organisation,
        cast.actor("inspector"),
        cast.actor("team_leader"),
        cast.actor("outsider"),
    )


def record(number: int, **fields: Any) -> dict[str, Any]:
    """Return a short conversation as it stands in a file."""
    says = ("您好，请问有什么可以帮您？", "前面堵不堵？", "喂，不知道。", "好的，再见。")
    sides = ("agent", "customer", "agent", "customer")
    turns = [{"speaker": side, "text": text} for side, text in zip(sides, says, strict=True)]
    return {"id": f"c-{number}", "channel": "phone", "turns": turns, **fields}


@pytest.fixture
def lines() -> Callable[..., Sent]:
    """Return what makes a file of so many conversations."""

    def made(count: int, name: str = "calls.jsonl", **fields: Any) -> Sent:
        records = [record(number, **fields) for number in range(count)]
        text = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
        return Sent(name, text.encode())

    return made


@pytest.fixture
def send_in(office: Office) -> Callable[..., int]:
    """Return what sends files in."""
    from rexian.dialogue.services.receiving import receive_conversations  # noqa: PLC0415 - tables

    def made(*uploads: Sent, actor: Actor | None = None, **options: Any) -> int:
        settings = {"roles": {}, "version_id": None, "today": TODAY, **options}
        return receive_conversations(
            office.organisation,
            uploads=uploads,
            actor=actor or office.inspector,
            at=NOW,
            **settings,
        )

    return made


@pytest.fixture
def inspect() -> Callable[[int], Sequence[tuple[int, int]]]:
    """Return what inspects a batch, and tells what progress it has told."""
    from rexian.dialogue.services.inspecting_batches import (  # noqa: PLC0415 - tables
        inspect_kept_batch,
    )

    def made(batch_id: int) -> Sequence[tuple[int, int]]:
        told: list[tuple[int, int]] = []
        inspect_kept_batch(
            batch_id, clock=lambda: NOW, progress=lambda done, total: told.append((done, total))
        )
        return told

    return made


@pytest.fixture
def sent() -> Callable[[str, bytes], Sent]:
    """Return what makes a file of any content."""
    return Sent
