"""Flows as they are put together: what one has from another, for which case each is, and spans."""

from __future__ import annotations

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.flows import Casework, whole_flow
from rexian.standard.domain.pack.casework import (
    ANY_TIME,
    FlowSpec,
    MoveSpec,
    SpanSpec,
    StateSpec,
    Windows,
)
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node
from rexian.standard.domain.pack.texts import Text
from rexian.standard.domain.taxonomy import Taxonomy
from rexian.standard.domain.work_words import span_in_short

A, B = Text({"zh-Hans": "甲"}), Text({"zh-Hans": "乙"})


def state(name: str, title: Text = A) -> StateSpec:
    return StateSpec(name, title)


def move(name: str, title: Text = A) -> MoveSpec:
    return MoveSpec(name, "add", title, ("agent",))


def test_a_flow_has_what_it_does_not_redefine_its_own_first() -> None:
    base = FlowSpec("base", A, states=(state("taken"), state("closed")), first="taken", form="slip")
    own = FlowSpec("own", like="base", states=(state("waiting"), state("closed", B)))
    flow = whole_flow(own, {"base": base, "own": own})
    assert list(flow.states) == ["waiting", "closed", "taken"]
    assert flow.states["closed"].title == B
    assert (flow.spec.first, flow.spec.form, flow.spec.title) == ("taken", "slip", A)


def test_what_is_left_out_can_be_put_in_again_by_the_flow_itself() -> None:
    base = FlowSpec("base", A, moves=(move("press"), move("add")))
    middle = FlowSpec("middle", A, like="base", without=("press", "add"), moves=(move("add", B),))
    flow = whole_flow(middle, {"base": base})
    assert {one.id: one.title for one in flow.moves.values()} == {"add": B}


def test_for_which_cases_a_flow_is_it_says_itself() -> None:
    base = FlowSpec("base", A, case_types=("help",), sources=("portal",), urgent=True)
    own = FlowSpec("own", like="base")
    spec = whole_flow(own, {"base": base}).spec
    assert (spec.case_types, spec.sources, spec.urgent) == ((), ("portal",), True)


def test_a_flow_that_is_like_itself_comes_to_an_end() -> None:
    one = FlowSpec("one", A, like="two", moves=(move("add"),))
    two = FlowSpec("two", A, like="one", moves=(move("press"),))
    assert list(whole_flow(one, {"one": one, "two": two}).moves) == ["add", "press"]


@pytest.mark.parametrize(
    ("standard", "category", "source", "flow"),
    [
        ("highway", "breakdown-tyre", "contact", "highway-help"),
        ("highway", "breakdown-tyre", "outside", "highway-help"),
        ("highway", "complaint-attitude", "portal", "highway-complaint"),
        ("highway", "complaint-attitude", "outside", "passed-on"),
        ("highway", "suggestion", "contact", "highway-suggestion"),
        ("centre", "complaint-mistake", "contact", "complaint"),
        ("centre", "help-fault", "contact", "help"),
        ("gas", "emergency-leak", "outside", "gas-emergency"),
        ("gas", "repair-meter", "contact", "gas-repair"),
        ("gas", "repair-hose", "portal", "gas-paid-repair"),
        ("gas", "complaint-bill", "contact", "gas-complaint"),
        ("gas", "enquiry-fee", "outside", "passed-on"),
        ("gas", "line-fault", "contact", "call-again"),
        ("counter", "complaint-network", "contact", "counter-complaint"),
        ("counter", "enquiry-fee", "person", "counter-enquiry"),
        ("station", "complaint-dumping", "portal", "station-complaint"),
        ("lessons", "complaint-hours", "contact", "hours-complaint"),
        ("lessons", "complaint-gifts", "portal", "gifts-complaint"),
        ("lessons", "complaint-attitude", "contact", "lessons-complaint"),
    ],
)
def test_a_case_has_the_flow_of_its_category_unless_it_came_in_another_way(
    standard: str, category: str, source: str, flow: str
) -> None:
    found = load(standard)
    case_type = found.taxonomy.categories[category].case_type
    chosen = found.casework.flow_for(case_type, category, found.taxonomy, source=source)
    assert chosen is not None
    assert chosen.id == flow


@pytest.mark.parametrize("standard", ["centre", "highway", "gas", "counter", "lessons", "station"])
@pytest.mark.parametrize("case_type", ["enquiry", "help", "complaint", "suggestion"])
@pytest.mark.parametrize("source", ["contact", "portal", "outside", "rest", "person", "callback"])
def test_there_is_a_flow_for_whatever_comes_in(standard: str, case_type: str, source: str) -> None:
    found = load(standard)
    flow = found.casework.flow_for(case_type, "", found.taxonomy, source=source)
    assert flow is not None
    assert case_type in flow.spec.case_types


def test_without_flows_there_is_none() -> None:
    assert Casework.of((), (), ()).flow_for("help", "", Taxonomy.of(())) is None


@pytest.mark.parametrize(
    "written",
    ["30min", "2h", "15s", "D+1", "D+1 12:00", "D+0 18:00", "W+5", "W+5 closing", "W+1 same-time"],
)
def test_a_span_in_one_word_is_what_a_parameter_stands_for(written: str) -> None:
    span = SpanSpec.from_node(Node(written, NOWHERE))
    assert span_in_short(span) == written
    described = {name: Node(value, NOWHERE) for name, value in span.described().items()}
    assert SpanSpec.from_node(Node(described, NOWHERE)) == span


@pytest.mark.parametrize("written", ["soon", "D+", "D1", "D+1 noon", "D+1 25:00", "W+x", "1"])
def test_what_is_no_span_is_told_where_it_stands(written: str) -> None:
    with pytest.raises(Fault):
        SpanSpec.from_node(Node(written, NOWHERE))


def test_windows_stand_in_a_list_or_in_one_line() -> None:
    line = Windows.from_node(Node("09:00-12:00, 14:00-20:00", NOWHERE))
    listed = [Node("09:00-12:00", NOWHERE), Node("14:00-20:00", NOWHERE)]
    assert line == Windows.from_node(Node(listed, NOWHERE)) == ("09:00-12:00", "14:00-20:00")
    assert Windows.from_node(Node("", NOWHERE)) == ANY_TIME


def test_parameters_set_spans_shares_and_windows() -> None:
    values = {"callback_share": 0.5, "callback_windows": "10:00-11:00", "report_back": "20min"}
    found = load("gas", {**values, "emergency_close_by": "D+1 11:30"}).casework
    rule = found.callbacks["order-callback"]
    assert (rule.share, rule.windows) == (0.5, ("10:00-11:00",))
    spans = {
        "gas-emergency/close-by": "D+1 11:30",
        "enquiry/reply": "20min",
    }
    for name, written in spans.items():
        flow, _, clock = name.partition("/")
        within = found.flows[flow].clocks[clock].within
        assert within is not None
        assert span_in_short(within) == written
