"""The flows, clocks and callbacks of the packs that ship carry out what their clauses ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from rexian.standard.domain import Standard, load
from rexian.standard.domain.pack.casework import CallbackSpec, ClockSpec
from rexian.standard.domain.pack.documents import Place
from rexian.standard.domain.pack.schema import Means
from rexian.standard.domain.pack.texts import LANGUAGES, Text
from rexian.standard.domain.work_words import span_in_short
from rexian.standard.queries import coverage

PACKS = ("centre", "highway", "gas", "counter", "lessons", "station")
BASES = {"any", "through-units", "called-back"}
FIGURES: tuple[tuple[str, str, str, str], ...] = (
    ("centre", "complaint/answer", "CC-20", "2h 24h"),
    ("centre", "enquiry/reply", "", "2h"),
    ("highway", "highway-complaint/answer", "CC-20", "2h 24h"),
    ("highway", "highway-complaint/investigate", "HW-2.6", "D+1"),
    ("highway", "highway-complaint/contact-at-once", "CC-19", "10min"),
    ("gas", "gas-emergency/close-by", "GH-4.6", "D+1 12:00"),
    ("gas", "enquiry/reply", "GH-3.9", "30min"),
    ("gas", "gas-complaint/reply", "GH-3.14", "2h 24h"),
    ("gas", "call-again/call-again", "GH-3.18", "3min"),
    ("gas", "passed-on/outside-deadline", "", "W+5"),
    ("counter", "counter-complaint/promise", "WC-2.3e", ""),
    ("counter", "counter-complaint/reply-or-say", "WC-2.3e", "2h"),
    ("counter", "counter-enquiry/reply", "WC-2.3e", "2h"),
    ("station", "station-complaint/answer", "CC-20", "2h 24h"),
    ("station", "station-complaint/report-head", "CS-8", "2h"),
    ("station", "station-complaint/result", "CS-8", "D+3"),
    ("lessons", "hours-complaint/verify", "SK-2.10", "D+2"),
    ("lessons", "gifts-complaint/make-good", "SK-2.11", "D+3"),
    ("lessons", "lessons-complaint/promise", "SK-5.4", ""),
)
CALLBACKS: tuple[tuple[str, str, str, str], ...] = (
    ("highway", "help-callback", "HW-2.5", "D+1"),
    ("highway", "complaint-callback", "HW-2.6", "D+2"),
    ("gas", "full-callback", "GH-4.3", "D+5"),
    ("gas", "order-callback", "GH-4.3", "D+5"),
    ("gas", "emergency-callback", "GH-4.6", "D+0 18:00"),
    ("counter", "counter-callback", "WC-2.2", "D+3"),
    ("lessons", "lesson-callback", "SK-2.10", "D+3"),
    ("centre", "enquiry-callback", "CC-32", "2h"),
)


def spans(clock: ClockSpec) -> str:
    found = (clock.within, *clock.by_class.values())
    return " ".join(span_in_short(one) for one in found if one)


@pytest.mark.parametrize(("standard", "name", "clause", "written"), FIGURES)
def test_a_clock_runs_as_long_as_its_clause_says(
    standard: str, name: str, clause: str, written: str
) -> None:
    flow, _, clock = name.partition("/")
    found = load(standard).casework.flows[flow].clocks[clock]
    assert (found.clause, spans(found)) == (clause, written)


@pytest.mark.parametrize(("standard", "name", "clause", "written"), CALLBACKS)
def test_a_callback_is_due_when_its_clause_says(
    standard: str, name: str, clause: str, written: str
) -> None:
    found = load(standard).casework.callbacks[name]
    assert found.within is not None
    assert (found.clause, span_in_short(found.within)) == (clause, written)


@pytest.fixture
def gas() -> Mapping[str, CallbackSpec]:
    return load("gas").casework.callbacks


def test_all_are_called_back_but_the_orders_of_which_the_year_has_a_share(
    gas: Mapping[str, CallbackSpec],
) -> None:
    shares = {name: one.share for name, one in gas.items()}
    assert shares["full-callback"] == shares["emergency-callback"] == 1
    assert shares["order-callback"] == 0.3


def test_two_attempts_on_different_days_and_their_reasons(gas: Mapping[str, CallbackSpec]) -> None:
    for name in ("full-callback", "order-callback", "emergency-callback"):
        rule = gas[name]
        assert (rule.attempts, rule.on_different_days, rule.merges) == (2, True, True)
        said = [one["zh-Hans"] for one in rule.reasons.values()]
        assert said == ["占线", "空号", "无人接听", "无法接通", "来电提醒"]


def test_an_emergency_is_called_back_at_any_hour_of_the_same_day_until_no_hazard_is_left(
    gas: Mapping[str, CallbackSpec],
) -> None:
    rule = gas["emergency-callback"]
    assert (rule.windows, rule.same_day, rule.soft) == ((), True, False)
    assert rule.rounds > gas["full-callback"].rounds
    assert gas["full-callback"].windows == ("09:00-12:00", "14:00-20:00")


def test_a_target_is_no_deadline(gas: Mapping[str, CallbackSpec]) -> None:
    assert gas["full-callback"].soft
    call_again = load("gas").casework.flows["call-again"].clocks["call-again"]
    assert (call_again.soft, call_again.ladder) == (True, ())


def test_the_targets_are_typed_and_cited() -> None:
    found = {one.id: one for one in load("gas").pack.sections.targets}
    rates = [found[name].at_least for name in ("answer-rate-automatic", "answer-rate-mixed")]
    assert [*rates, found["answer-rate-manual"].at_least] == [0.98, 0.85, 0.9]
    assert found["nobody-answered"].at_most == 0
    assert {one.clause for one in found.values()} == {"GH-4.3", "GH-4.4", "GH-5.1"}


def test_what_is_possible_anywhere_is_possible_in_every_flow() -> None:
    for name in PACKS:
        for flow in load(name).casework.flows.values():
            made = {one.does for one in flow.moves.values()}
            assert {"press", "add", "withdraw", "void", "reassign", "escalate"} <= made, flow.id


def test_a_base_is_no_flow_of_a_case() -> None:
    for name in PACKS:
        assert not BASES & set(load(name).casework.flows)


def test_a_finding_is_somebody_elses_than_the_investigation() -> None:
    for name in PACKS:
        for flow in load(name).casework.flows.values():
            for move in flow.moves.values():
                assert move.does != "find" or move.not_by, (flow.id, move.id)


def test_the_desk_has_one_letter_for_a_move_in_all_flows_of_a_pack() -> None:
    for name in PACKS:
        for flow in load(name).casework.flows.values():
            keys = {one.id: one.key for one in flow.moves.values() if one.key}
            assert keys["press"] == "u"
            assert all(len(one) == 1 and one.isascii() for one in keys.values())


def test_what_wakes_people_at_night_is_an_emergency_or_at_once() -> None:
    urgent = {
        f"{flow.id}/{clock.id}"
        for name in PACKS
        for flow in load(name).casework.flows.values()
        for clock in flow.clocks.values()
        if clock.urgent
    }
    assert {one.partition("/")[0] for one in urgent} == {
        "gas-emergency", "highway-help", "complaint", "highway-complaint", "gas-complaint",
        "counter-complaint", "station-complaint", "lessons-complaint", "hours-complaint",
        "gifts-complaint",
    }  # fmt: skip
    assert {one.partition("/")[2] for one in urgent if "complaint" in one} == {
        "contact-at-once",
        "lead-away",
    }


def _own_texts(standard: Standard) -> Iterator[tuple[str, Text]]:
    sections = standard.pack.sections
    slips = {"passed-on-form", "passed-on-answer", "callback-record"}
    forms = [one for one in sections.forms if one.id in slips or one.signed_by]
    for section in (sections.tiers, sections.flows, sections.callbacks, sections.targets, forms):
        for one in section:
            for text in _texts(one):
                yield one.id, text


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value) and not isinstance(value, Place):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


@pytest.mark.parametrize("name", PACKS)
def test_everything_about_cases_is_said_in_all_languages(name: str) -> None:
    wanted = set(LANGUAGES.values())
    for element, text in _own_texts(load(name)):
        assert not text or set(text) == wanted, (element, text)


@pytest.mark.parametrize("name", PACKS)
def test_a_clause_that_names_a_workflow_has_one_or_says_what_it_waits_for(name: str) -> None:
    # 120, 119 and 110 are called in by the help of HW-2.5.
    missing = [
        one.clause.id
        for one in coverage(name)
        if Means.WORKFLOW in one.clause.means and not (one.work or one.waiting_for or one.override)
    ]
    assert missing == (["HW-2.2"] if name == "highway" else [])


def test_a_clause_is_carried_out_by_the_work_that_cites_it() -> None:
    found = {one.clause.id: one for one in coverage("gas")}
    assert Means.WORKFLOW in found["GH-4.9"].means
    assert [one.id for one in found["GH-4.8"].work.callbacks] == ["full-callback", "order-callback"]
    assert [clock.id for _, clock in found["GH-4.6"].work.clocks] == ["close-by"]
    assert [one.id for one in found["GH-2.8b"].work.flows] == ["passed-on"]
    assert len(found["GH-5.1"].work.targets) == 4
    assert not found["GH-3.20a"].work


AREAS = frozenset({"clock", "case-flow", "callback", "escalation", "forms", "archive", "intake"})
WAITING = {"CC-28", "HW-3.24", "GH-3.9", "GH-3.14", "GH-3.18", "GH-4.2"}
"""A nuisance call is handed over, paper is the desk's, an analysis a report; words come later."""


@pytest.mark.parametrize("name", PACKS)
def test_clauses_on_cases_wait_for_nothing(name: str) -> None:
    waiting = {one.clause.id for one in coverage(name) if one.clause.area in AREAS}
    assert {one.clause.id for one in coverage(name) if one.waiting_for} & waiting <= WAITING
