"""The names that transcripts give to the two sides."""

from __future__ import annotations

import pytest

from rexian.dialogue.domain.speakers import Speakers, is_a_placeholder
from rexian.kernel.errors import Invalid
from rexian.standard.domain.events import Speaker

AGENT, CUSTOMER, SYSTEM = Speaker.AGENT, Speaker.CUSTOMER, Speaker.SYSTEM


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("agent", AGENT),
        ("AGENT", AGENT),
        (" Agent ", AGENT),
        ("agent_2", AGENT),
        ("assistant", AGENT),
        ("sys", AGENT),
        ("Customer Service", AGENT),
        ("客服", AGENT),
        ("坐席", AGENT),
        ("客服1001", AGENT),
        ("客服小王", AGENT),
        ("坐席A", AGENT),
        ("客户经理", AGENT),
        ("【客服】", AGENT),
        ("customer", CUSTOMER),
        ("User", CUSTOMER),
        ("usr", CUSTOMER),
        ("客户", CUSTOMER),
        ("客戶", CUSTOMER),
        ("用户", CUSTOMER),
        ("顾客", CUSTOMER),
        ("来电人", CUSTOMER),
        ("客户张先生", CUSTOMER),
        ("客户(车主)", CUSTOMER),
        ("system", SYSTEM),
        ("action", SYSTEM),
        ("系统", SYSTEM),
        ("unknown", Speaker.UNKNOWN),
        ("小王", None),
        ("客服电话", None),
        ("A", None),
        ("", None),
        ("客服" * 100, None),
    ],
)
def test_a_speaker_goes_by_many_names(name: str, speaker: Speaker | None) -> None:
    assert Speakers().recognise(name) is speaker


def test_roles_name_the_speakers_of_one_source() -> None:
    speakers = Speakers([("A", "agent"), ("小王", "客服"), ("Agent", "customer")])
    named = [speakers.recognise(name) for name in ("a", "A", "小王", "agent", "B")]
    assert named == [AGENT, AGENT, AGENT, CUSTOMER, None]


def test_a_role_that_is_no_side_of_a_contact_is_refused() -> None:
    with pytest.raises(Invalid, match="piano"):
        Speakers([("A", "piano")])


@pytest.mark.parametrize("name", ["A", "b", "Speaker 1", "说话人2", "SPK0"])
def test_a_placeholder_waits_for_a_role(name: str) -> None:
    assert is_a_placeholder(name)


@pytest.mark.parametrize("name", ["小王", "地址", "http", "客服"])
def test_any_other_word_is_no_placeholder(name: str) -> None:
    assert not is_a_placeholder(name)
