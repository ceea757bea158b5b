"""What the faces are told of a standard: its clauses, what carries each out, and its rules."""

from __future__ import annotations

import pytest

from rexian.kernel.errors import NotFound
from rexian.standard.domain import load
from rexian.standard.domain.pack.schema import Means
from rexian.standard.queries import ClauseCoverage, coverage, describe

from .conftest import PackWriter

MORE = """
clauses:
  - id: X-2
    text: {zh: 当天归档。, en: Archive on the same day.}
    means: [record, workflow]
    waiting_for: cases
    how: {zh: 归档流程。, en: The flow archives.}
  - id: X-3
    text: {zh: 微笑。, en: Smile.}
    means: [machine, person]
    how: {zh: 听录音。, en: A person listens.}
"""


@pytest.fixture
def covered(write_pack: PackWriter) -> dict[str, ClauseCoverage]:
    folder = write_pack()
    (folder / "more.yaml").write_text(MORE, "utf-8")
    return {one.clause.id: one for one in coverage(folder)}


def test_every_clause_is_covered_in_the_order_of_the_pack(
    covered: dict[str, ClauseCoverage],
) -> None:
    assert list(covered) == ["X-2", "X-3", "X-1"]


def test_a_clause_with_a_rule_is_carried_out_by_a_machine_and_shown_by_an_example(
    covered: dict[str, ClauseCoverage],
) -> None:
    found = covered["X-1"]
    assert found.means == (Means.MACHINE,)
    assert [rule.id for rule in found.rules] == ["greeting"]
    assert found.example is not None
    assert (found.example.outcome, found.example.talk) == ("met", ("客服：您好。",))


def test_a_clause_may_wait_for_what_carries_it_out(covered: dict[str, ClauseCoverage]) -> None:
    found = covered["X-2"]
    assert found.means == (Means.RECORD, Means.WORKFLOW)
    assert (found.waiting_for, found.example) == ("cases", None)


def test_a_machine_without_a_rule_carries_nothing_out(covered: dict[str, ClauseCoverage]) -> None:
    assert covered["X-3"].means == (Means.PERSON,)


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_every_clause_of_the_packs_that_ship_is_carried_out(name: str) -> None:
    found = coverage(name)
    assert {one.clause.id for one in found} == set(load(name).clauses)
    assert [one.clause.id for one in found if not (one.means or one.override)] == []


def test_a_clause_over_which_another_rules_says_so() -> None:
    found = {one.clause.id: one for one in coverage("highway")}
    override = found["CC-1"].override
    assert override is not None
    assert override.by == "HW-3.14"
    assert override.reason["en"]


def test_a_standard_is_described_with_all_its_clauses() -> None:
    found = describe("highway")
    assert (found.name, found.extends) == ("highway", ("centre",))
    assert {"late_rings", "rings_from"} <= set(found.parameters)
    assert len(found.clauses) == len(load("highway").clauses)


def test_a_clause_is_described_with_its_rules() -> None:
    (found,) = describe("highway", "HW-3.12").clauses
    assert found.clause.id == "HW-3.12"
    assert found.rules


def test_a_rule_is_described_alone_with_its_clause() -> None:
    (found,) = describe("centre", "thanks-answered").clauses
    assert found.clause.id == "CC-31"
    assert [rule.id for rule in found.rules] == ["thanks-answered"]


def test_a_clause_that_does_not_exist_is_not_found_but_suggested() -> None:
    with pytest.raises(NotFound, match=r"did you mean 'CC-31'"):
        describe("centre", "CC31")
