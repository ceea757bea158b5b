"""Tests that share a server or a browser stay together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scheduling import group_of

TESTS = Path(__file__).parents[1]
pytestmark = pytest.mark.xdist_group("groups")


@pytest.mark.parametrize("count", range(4))
def test_a_group_is_run_by_one_process(
    count: int, worker_id: str, testrun_uid: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each notes by whom it was run, and finds nobody else."""
    notes = tmp_path_factory.getbasetemp().parent / f"groups-{testrun_uid}"
    notes.mkdir(exist_ok=True)
    (notes / f"{worker_id}-{count}").touch()
    assert {one.name.rpartition("-")[0] for one in notes.iterdir()} == {worker_id}


def test_every_test_in_the_browser_has_a_group() -> None:
    files = [*(TESTS / "browser").glob("test_*.py")]
    groups = {one.name: group_of(f"tests/browser/{one.name}") for one in files}
    assert [name for name, group in groups.items() if not group] == []
    assert groups["test_house_pages.py"] == groups["test_house_live.py"] == "house"
