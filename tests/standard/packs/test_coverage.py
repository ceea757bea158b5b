"""Every clause of the standards is in a pack that ships, and is carried out or waits."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rexian.cli.book import Entry, all_entries
from rexian.standard.domain.pack.waiting import CONTEXT_NAMES

CLAUSES = Path(__file__).parents[4] / "shared" / "standard" / "clauses.yaml"


@pytest.fixture(scope="module")
def covered() -> dict[str, Entry]:
    """Return the clauses of all packs that ship."""
    return {one.clause.id: one for one in all_entries()}


@pytest.mark.skipif(not CLAUSES.exists(), reason="the standards are not beside the project")
def test_every_clause_of_the_standards_is_in_a_pack_and_none_is_unknown(
    covered: dict[str, Entry],
) -> None:
    wanted = {one["id"] for one in yaml.safe_load(CLAUSES.read_text("utf-8"))}
    assert wanted - covered.keys() == set()
    assert covered.keys() - wanted == set()


def test_every_clause_is_carried_out_or_waits_for_a_context_that_we_know(
    covered: dict[str, Entry],
) -> None:
    adrift = [
        name
        for name, one in covered.items()
        if not one.means and one.clause.waiting_for not in CONTEXT_NAMES
    ]
    assert adrift == []
    awaited = {one.clause.waiting_for for one in covered.values()} - {""}
    assert awaited <= CONTEXT_NAMES.keys()


def test_a_clause_that_only_waits_says_how_it_will_be_carried_out(
    covered: dict[str, Entry],
) -> None:
    silent = [
        name for name, one in covered.items() if one.clause.waiting_for and not one.clause.how
    ]
    assert silent == []
