"""``rexian journal``: what an operator is told, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.cli.application import run
from rexian.journal.domain.entries import Entry
from rexian.journal.services import seal, verify

Light = Callable[..., Entry]
Unguarded = Callable[[], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def journal(*arguments: object) -> int:
    """Run ``rexian journal`` in English."""
    return run(["--language", "en", "journal", *map(str, arguments)])


def test_a_sound_journal_is_said_to_be_so_in_a_sentence(
    light: Light, capsys: pytest.CaptureFixture[str]
) -> None:
    assert journal("verify") == 0
    assert capsys.readouterr().out == "Nothing is sealed yet; entries: 0.\n"
    light(1)
    seal(at=AT)
    light(2)
    assert journal("verify") == 0
    said = "The journal is sound. Sealed entries: 1, in 1 seals; not sealed yet: 1. Newest seal: "
    assert capsys.readouterr().out == f"{said}{verify().newest_seal}\n"


def test_a_changed_entry_is_named_with_status_1(
    light: Light, unguarded: Unguarded, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = light(1)
    seal(at=AT)
    with unguarded() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'person:8'")
    assert journal("verify") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"Entry {entry.id} has been changed" in shown.err


def test_a_seal_that_was_noted_is_looked_for(
    light: Light, capsys: pytest.CaptureFixture[str]
) -> None:
    light(1)
    seal(at=AT)
    assert journal("verify", "--seal", verify().newest_seal) == 0
    assert journal("verify", "--seal", "0" * 64) == 1
    assert f"There is no such seal: {'0' * 64}." in capsys.readouterr().err


def test_the_newest_entries_are_printed_one_a_line(
    light: Light, capsys: pytest.CaptureFixture[str]
) -> None:
    written = [light(lamp).id for lamp in range(4)]
    assert journal("tail", "--count", 2) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in told] == written[-2:]


def test_one_entry_is_shown_and_one_that_is_not_there_is_not(
    light: Light, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = light(3)
    assert journal("show", entry.id) == 0
    assert json.loads(capsys.readouterr().out)["data"] == {"colour": "hue-3"}
    assert journal("show", 10**12) == 2
    assert "There is no entry 1000000000000 in the journal." in capsys.readouterr().err
