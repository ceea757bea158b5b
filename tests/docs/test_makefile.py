"""What needs a database is run on both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts.run_tests import RUNS

from tests.databases import is_for_postgresql

ROOT = Path(__file__).parents[2]


def test_make_runs_all_tests_on_either_database() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    target = re.search(r"^tests:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert target is not None
    assert target[1].split() == ["$(bin)/python", "scripts/run_tests.py"]
    assert dict(RUNS) == {"SQLite": [], "PostgreSQL": ["--database", "postgresql"]}


@pytest.mark.usefixtures("tmp_path")
def test_a_test_without_a_database_is_run_once(request: pytest.FixtureRequest) -> None:
    assert not is_for_postgresql(request.node)


@pytest.mark.django_db
def test_a_test_with_a_database_is_run_on_postgresql_too(request: pytest.FixtureRequest) -> None:
    assert is_for_postgresql(request.node)


@pytest.mark.usefixtures("cast")
def test_a_test_with_people_is_run_on_postgresql_too(request: pytest.FixtureRequest) -> None:
    assert is_for_postgresql(request.node)


@pytest.mark.django_db
@pytest.mark.either_database
def test_a_test_that_says_that_it_is_the_same_on_either_is_run_once(
    request: pytest.FixtureRequest,
) -> None:
    assert not is_for_postgresql(request.node)


def test_no_context_is_left_out_on_postgresql() -> None:
    """A context's services have tests that are run on both."""
    contexts = [path.parent for path in (ROOT / "src" / "rexian").glob("*/models.py")]
    for context in contexts:
        tests = [*(ROOT / "tests" / context.name).rglob("test_*.py")]
        written = [path.read_text("utf-8") for path in tests]
        assert any("django_db" in one and "either_database" not in one for one in written), context
