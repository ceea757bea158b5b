from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.org.domain.people import (
    PersonDetails,
    UnitDetails,
    checked_person,
    checked_unit,
    initials_of,
    normal_sign_in,
)
from rexian.org.domain.refusals import WrongField

WANG = PersonDetails(sign_in="wangfang", name="王芳", agent_number="1001")
STATION = UnitDetails(code="liucun", name="柳村收费站", tier="收费站")


@pytest.mark.parametrize("typed", ["WangFang", " wangfang ", "ｗａｎｇｆａｎｇ"])
def test_a_sign_in_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal_sign_in(typed) == "wangfang"


def test_details_are_kept_in_their_normal_form() -> None:
    messy = PersonDetails(sign_in=" Wang ", name=" 王  芳 ", agent_number="１００１")
    assert checked_person(messy) == PersonDetails(sign_in="wang", name="王 芳", agent_number="1001")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sign_in", "w"),
        ("sign_in", "wang fang"),
        ("sign_in", "w" * 61),
        ("name", "  "),
        ("name", "王" * 81),
        ("name", "王\x00"),
        ("agent_number", "10 01"),
        ("extension", "8001;drop"),
        ("email", "nobody"),
        ("email", "a@b"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(field: str, value: str) -> None:
    with pytest.raises(WrongField) as refusal:
        checked_person(replace(WANG, **{field: value}))
    assert refusal.value.details["field"] == field


@pytest.mark.parametrize(
    ("field", "value"), [("code", ""), ("code", "柳 村"), ("name", ""), ("tier", "处" * 61)]
)
def test_a_unit_needs_a_code_a_name_and_a_tier(field: str, value: str) -> None:
    with pytest.raises(WrongField) as refusal:
        checked_unit(replace(STATION, **{field: value}))
    assert refusal.value.details["field"] == field


@pytest.mark.parametrize(
    ("name", "initials"), [("王芳", {"wf"}), ("曾小明", {"cxm", "zxm"}), ("Anna Li", {"annali"})]
)
def test_initials_know_every_reading_of_a_surname(name: str, initials: set[str]) -> None:
    assert initials <= set(initials_of(name).split()) or name.isascii()
