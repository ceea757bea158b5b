"""华通高速 with its standards in force, a batch that is inspected, and browsers for its people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

if TYPE_CHECKING:  # tables are there only once the program is set up
    from tests.cast import Cast

RUDE, KIND = "喂，不知道。", "您好，我马上为您查询。"


@dataclass(frozen=True, slots=True)
class Console:
    """The ids that addresses are made of, and a browser for each role."""

    organisation: int
    highway: int
    client: Callable[[str], Client]


def calls(*said: str) -> bytes:
    """Return a file of conversations, one of each sentence."""
    records = [
        {"id": f"call-{n}", "工号": f"100{n}", "turns": [{"speaker": "agent", "text": text}]}
        for n, text in enumerate(said)
    ]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in records).encode()


@pytest.fixture
def console(cast: Cast, settings: Any, tmp_path: Path) -> Console:
    """Return the console of 华通高速."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    standards = cast.put_standards_in_force(datetime.now(UTC))
    return Console(cast.organisation, standards["highway"], cast.client)


@pytest.fixture
def send(console: Console) -> Callable[..., Any]:
    """Return what sends files in as an inspector, and gives the answer."""

    def made(*files: SimpleUploadedFile, role: str = "inspector", **fields: str) -> Any:
        given = {"standard": str(console.highway), "roles": "", **fields, "uploads": list(files)}
        return console.client(role).post("/inspections/new", given)

    return made


@pytest.fixture
def batch(send: Callable[..., Any]) -> int:
    """Return a batch of three conversations and one record that is none, inspected."""
    from rexian.dialogue.services.inspecting_batches import (  # noqa: PLC0415 - tables
        inspect_kept_batch,
    )

    content = calls(RUDE, KIND, RUDE) + b"\nno json"
    answer = send(SimpleUploadedFile("calls.jsonl", content))
    batch_id = int(answer["Location"].strip("/").rpartition("/")[2])
    inspect_kept_batch(batch_id, clock=lambda: datetime.now(UTC), progress=lambda *_: None)
    return batch_id


@pytest.fixture
def uploaded() -> Callable[[str, bytes], SimpleUploadedFile]:
    """Return what makes a file as a browser sends it."""
    return SimpleUploadedFile
