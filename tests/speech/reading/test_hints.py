from __future__ import annotations

from rexian.speech.domain.hints import trimmed, without_echo
from rexian.speech.services.hints import hints_of
from rexian.standard.domain.pack.loading import load_pack
from tests.speech.reading.words import text_of, words

_HINTS = ("松源服务区", "青石镇", "白沙湾", "云岭高速")


def test_only_names_are_told_the_first_first_and_each_once() -> None:
    names = ("松源服务区", "300", "好", "请您稍等，好吗？", "VIP", "松源服務區", "青石镇")
    assert trimmed(names) == ("松源服务区", "青石镇")
    assert trimmed(names, most=6) == ("松源服务区",)


def test_a_recital_of_the_hints_is_taken_out() -> None:
    read = words("您好。青石镇、白沙湾、云岭高速。再见")
    assert text_of(without_echo(read, _HINTS)) == "您好。再见"


def test_names_that_are_said_stay() -> None:
    said = words("从青石镇去白沙湾，走云岭高速")
    assert without_echo(said, _HINTS) == said


def test_a_name_that_was_hardly_heard_is_taken_out() -> None:
    unsure = words("白沙湾", 1.0, sure=0.2)
    assert text_of(without_echo([*words("我去"), *unsure], _HINTS)) == "我去"


def test_a_standard_tells_what_contacts_are_about_behind_what_callers_know() -> None:
    found = hints_of(load_pack("highway"), names=("松源服务区",))
    assert found[0] == "松源服务区"
    assert "通行费" in found
    assert sum(map(len, found)) <= 160
