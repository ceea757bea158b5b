"""The pack of the coach station: what its examples alone do not show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.truth import compare
from rexian.dialogue.services import read_paths
from rexian.standard.domain import Facts, Outcome, inspect, load
from rexian.standard.domain.pack.conduct import Amount, ConductSpec
from rexian.standard.domain.pack.documents import Written
from rexian.standard.domain.pack.talk import lay_out
from rexian.standard.queries import coverage

LABELLED = Path(__file__).parents[2] / "labelled" / "station-odd.jsonl"
CLAUSES = [f"CS-{number}" for number in range(9)]


def conduct(name: str, **values: object) -> ConductSpec:
    """Return one ladder of the pack, with parameters set otherwise."""
    sections = load("station", {key: str(one) for key, one in values.items()}).pack.sections
    return next(one for one in sections.conduct if one.id == name)


def convicted(lines: Sequence[str]) -> set[str]:
    """Return the clauses that the pack finds missed in a telephone call."""
    facts = Facts(channel="phone", direction="in", case_type="enquiry")
    found = inspect(load("station"), facts, lay_out(map(Written, lines))).verdicts
    return {one.clause for one in found if one.outcome is Outcome.MISSED}


def test_every_clause_of_the_station_is_carried_out_and_says_how() -> None:
    own = [one for one in coverage("station") if one.clause.id.startswith("CS-")]
    assert [one.clause.id for one in own] == CLAUSES
    assert all(one.means for one in own)
    assert [
        one.clause.id for one in own if not {"zh-Hans", "zh-Hant", "en"} <= set(one.clause.how)
    ] == []


def test_the_contact_centre_s_wording_is_in_force_as_it_stands() -> None:
    station, centre = load("station").pack, load("centre").pack
    assert station.overrides == ()
    assert {one.id for one in station.rules()} >= {one.id for one in centre.rules()}
    curt = (
        "[响铃 5]",
        "客服：车站，说。",
        "客户：大巴几点有？",
        "客服：九点。",
        "客户：哦。",
        "客服：挂了吧。",
    )
    assert {"CC-1", "CC-15", "CC-34"} <= convicted(curt)


@pytest.mark.parametrize(
    ("name", "clause", "amount"),
    [
        ("crew-complaints", "CS-1", Amount(100, 100)),
        ("dress-breaches", "CS-2", Amount(20, 20)),
        ("finds-kept", "CS-5", Amount(2, 5)),
        ("dumping", "CS-6", Amount(500, 3000)),
    ],
)
def test_a_fine_is_as_high_as_its_clause_says(name: str, clause: str, amount: Amount) -> None:
    found = conduct(name)
    fined = [one.amount for step in found.ladder for one in step.then if one.amount is not None]
    assert (found.clause, fined) == (clause, [amount])


def test_the_fourth_breach_may_suspend_and_the_fifth_withdraws() -> None:
    found = conduct("vehicle-breaches")
    assert (found.counts, found.within, found.clause) == ("vehicle", "year", "CS-7")
    assert [step.at for step in found.ladder] == [4, 5]
    optional = {one.does: one.optional for one in found.ladder[0].then}
    assert (optional["notify"], optional["suspend"]) == (False, True)
    by_the_calendar = conduct("vehicle-breaches", breach_year="calendar_year")
    assert by_the_calendar.within == "calendar_year"


def test_a_vehicle_without_its_marks_does_not_load() -> None:
    lists = {one.id: one for one in load("station").pack.sections.checklists}
    marks = lists["vehicle-marks"]
    assert (marks.clause, marks.about, marks.blocks, len(marks.items)) == (
        "CS-3",
        "vehicle",
        True,
        3,
    )


def test_the_odd_wordings_are_judged_as_they_were_labelled() -> None:
    read = [one for one in read_paths([LABELLED]) if isinstance(one, Conversation)]
    standard = load("station")
    pairs = [(one.labels, inspect(standard, one.facts, one.events()).verdicts) for one in read]
    found = compare(pairs, ("CC", "HW"))
    assert found.reaches(0.95)
