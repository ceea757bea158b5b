"""Batches that are done come into the archive with their month, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from rexian.dialogue.services.archiving import archived_conversations
from rexian.dialogue.services.archiving_months import archive_months
from rexian.dialogue.services.replaying_archive_published import (
    WhichOrganisation,
    carried_version,
)
from rexian.kernel.errors import NotFound
from rexian.org.queries.organisations import all_organisations

DECEMBER = datetime(2026, 12, 3, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def archived(folder: Path, at: datetime) -> list[str]:
    """Archive what is over, and tell what was written."""
    return [f"{one.shelf.month} {one.name}" for one in archive_months(folder, at=at)]


def test_a_month_comes_into_the_archive_once_when_it_has_been_over_for_two_days(
    send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any, tmp_path: Path
) -> None:
    made = send_in(lines(5))
    assert archived(tmp_path, DECEMBER) == [], "what waits is not archived"
    inspect(made)
    assert archived(tmp_path, datetime(2026, 12, 1, 20, tzinfo=UTC)) == []
    assert archived(tmp_path, DECEMBER) == [f"2026-11 batch-{made}"]
    assert archived(tmp_path, DECEMBER) == []
    found = list(archived_conversations(tmp_path))
    assert [one.key for one in found] == [f"batch:{made}:{place}" for place in range(5)]
    assert found[0].conversation.turns[2].text == "喂，不知道。"
    (verdicts,) = (tmp_path / "verdicts").rglob("*.parquet")
    rows = parquet.ParquetFile(verdicts).read().to_pylist()
    missed = {row["conversation"] for row in rows if row["outcome"] == "missed"}
    assert missed == {f"c-{number}" for number in range(5)}
    assert {row["standard"] for row in rows} == {"centre"}


def test_a_published_version_is_carried_as_it_was_imported(office: Any) -> None:
    (code,) = (one.code for one in all_organisations() if one.id == office.organisation)
    carried = carried_version("highway", organisation=code, at=DECEMBER)
    assert carried.name == "highway"
    assert carried.compiled().content_hash == carried.content_hash
    numbered = carried_version(f"highway@{carried.version}", organisation=code, at=DECEMBER)
    assert numbered == carried
    for unknown in ("highway@0.0", "no-such"):
        with pytest.raises(NotFound):
            carried_version(unknown, organisation=code, at=DECEMBER)
    with pytest.raises(WhichOrganisation):
        carried_version("highway", organisation="", at=DECEMBER)
