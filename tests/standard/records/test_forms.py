"""A form says what a record needs, what can wait, and what must be there to send help."""

from __future__ import annotations

import pytest

from rexian.standard.domain import check_form, lacks_to_dispatch, load, next_to_ask

URGENT = load("highway").forms["urgent-form"]
COMPLAINT = load("highway").forms["complaint-form"]
ENOUGH = {"place": "G5 K127+300 上行", "phone": "13812345678"}
EXCUSED = {"name": "pressing", "happened_at": "pressing", "people": "unknown", "need": "cut-off"}


def test_the_urgent_record_has_the_six_items_of_its_clause() -> None:
    items = [one.label.say("zh-Hans") for one in URGENT.fields if one.clause == "HW-3.6"]
    assert sorted(items) == sorted(["来电者姓名", "联系方式", "时间", "地点", "人员", "要求"])


def test_safety_words_come_before_the_urgent_record() -> None:
    assert URGENT.first is not None
    assert (URGENT.first.clause, URGENT.first.ours) == ("HW-3.7", True)
    assert "护栏外" in URGENT.first.say[0]


@pytest.mark.parametrize(
    ("values", "missing", "faults"),
    [
        pytest.param(ENOUGH, EXCUSED, [], id="place-and-number-with-reasons-for-the-rest"),
        pytest.param(
            {"phone": "13812345678"}, EXCUSED, [("place", "needed-to-dispatch")], id="no-place"
        ),
        pytest.param(
            {"phone": "13812345678"},
            EXCUSED | {"place": "unknown"},
            [("place", "needed-to-dispatch")],
            id="no-reason-stands-for-the-place",
        ),
        pytest.param(ENOUGH, EXCUSED | {"name": ""}, [("name", "needed")], id="no-reason-given"),
        pytest.param(
            ENOUGH, EXCUSED | {"name": "lazy"}, [("name", "no-such-reason")], id="unknown-reason"
        ),
        pytest.param(
            ENOUGH | {"name": "王"}, EXCUSED, [("name", "value-and-reason")], id="value-and-reason"
        ),
        pytest.param(ENOUGH | {"phone": "打不通"}, EXCUSED, [("phone", "no-phone")], id="no-phone"),
        pytest.param(ENOUGH | {"plate": "皖A1"}, EXCUSED, [("plate", "no-plate")], id="no-plate"),
        pytest.param(ENOUGH | {"plate": "皖A12345"}, EXCUSED, [], id="a-plate"),
        pytest.param(
            ENOUGH | {"place": "长" * 300}, EXCUSED, [("place", "too-long")], id="too-long"
        ),
        pytest.param(
            ENOUGH | {"colour": "红"}, EXCUSED, [("colour", "no-such-field")], id="no-such-field"
        ),
    ],
)
def test_a_record_is_checked_field_by_field(
    values: dict[str, str], missing: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    given = {name: reason for name, reason in missing.items() if reason}
    assert [(one.field, one.code.value) for one in check_form(URGENT, values, given)] == faults


def test_a_choice_has_the_values_of_the_form() -> None:
    values = {"case_class": "medium"}
    codes = {one.field: one.code.value for one in check_form(COMPLAINT, values, {})}
    assert codes["case_class"] == "no-choice"
    codes = {
        one.field: one.code.value for one in check_form(COMPLAINT, {"case_class": "simple"}, {})
    }
    assert "case_class" not in codes


def test_a_fault_is_told_in_a_sentence_with_the_label_of_its_field() -> None:
    (fault,) = check_form(URGENT, {"phone": "13812345678"}, EXCUSED)
    assert fault.sentence("en") == "Place is missing: nothing can be dispatched without it."


def test_place_and_number_are_enough_to_dispatch() -> None:
    assert [one.id for one in lacks_to_dispatch(URGENT, {})] == ["place", "phone"]
    assert lacks_to_dispatch(URGENT, ENOUGH) == ()


def test_what_is_asked_next_is_what_is_needed_soonest() -> None:
    asked: list[str] = []
    values: dict[str, str] = {}
    while one := next_to_ask(URGENT, values, {}):
        asked.append(one.id)
        values[one.id] = "…"
    assert asked == ["place", "phone", "people", "need", "name", "happened_at"]
    assert next_to_ask(URGENT, ENOUGH, EXCUSED) is None


@pytest.mark.parametrize("standard", ["centre", "highway"])
def test_every_form_speaks_three_languages_and_knows_why_something_may_lack(standard: str) -> None:
    for form in load(standard).forms.values():
        texts = [form.title, *form.lacking.values(), *(one.label for one in form.fields)]
        assert all(set(text) == {"zh-Hans", "zh-Hant", "en"} for text in texts)
        assert form.lacking
