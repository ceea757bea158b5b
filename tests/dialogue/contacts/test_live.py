"""Every line of a contact is heard by the evaluator, and none is lost to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rexian.contacts.queries import transcript
from rexian.contacts.services import hold_contact, retrieve_contact, whisper
from rexian.dialogue.domain.live import as_events, begin, hear, read, written
from rexian.dialogue.models import LiveSession
from rexian.dialogue.queries.live import guide_of, suspicions_of
from rexian.dialogue.queries.sessions import kept_session, known_contact, session_anew
from rexian.dialogue.services import live
from rexian.org.domain.roles import Role
from rexian.standard.domain import Facts, inspect
from rexian.standard.domain.evaluator.evaluation import finish
from rexian.standard.domain.standards import Standard, load
from rexian.standard.domain.verdicts import Outcome, Verdict
from tests.cast import recorded
from tests.contacts.conftest import NOON
from tests.dialogue.contacts.conftest import House, Talk, later

pytestmark = pytest.mark.django_db
FACTS = Facts(channel="chat", direction="in")
GREETING = "您好，很高兴为您服务，请问有什么可以帮您？"


def session(contact: int) -> Any:
    """Return the session as it is kept."""
    kept = kept_session(contact)
    assert kept is not None
    assert kept.content is not None
    return read(kept.content)


def test_each_line_is_heard_at_once(talk: Talk) -> None:
    talk.says(GREETING)
    talk.hears("前面堵车吗")
    newest = transcript(talk.id)[-1].seq
    heard = session(talk.id)
    assert (heard.seq, heard.state.agent_turns, heard.state.customer_turns) == (newest, 1, 2)


def test_turns_are_numbered_as_lines_and_counted_from_the_arrival(talk: Talk) -> None:
    talk.says(GREETING)
    known = known_contact(talk.id)
    assert known is not None
    events = as_events(transcript(talk.id), begun_at=known.begun_at)
    said = {one.seq: one for one in transcript(talk.id) if one.text == GREETING}
    (turn,) = [one for one in events if getattr(one, "index", None) in said]
    assert turn.start == 8.0  # type: ignore[union-attr] # it is a turn


def test_whispers_and_automatic_words_are_nobodys(talk: Talk) -> None:
    before = session(talk.id).state
    whisper(talk.id, text="喂，不知道", sent_as="w", actor=talk.agent, at=later(20))
    after = session(talk.id)
    assert (after.state.events, after.state.agent_turns) == (before.events, before.agent_turns)
    assert after.seq == transcript(talk.id)[-1].seq


def test_a_suspicion_is_journalled_once_with_its_line(talk: Talk) -> None:
    talk.says("喂，不知道。")
    raised = recorded("dialogue.suspicion_raised")
    assert {one.data["outcome"] for one in raised} == {"missed", "suspect"}
    assert raised[0].subject == f"contact:{talk.id}"
    assert raised[0].data["agent"] == talk.agent.person
    assert suspicions_of([talk.id]) == {talk.id: len(raised)}
    talk.hears("什么？")
    assert len(recorded("dialogue.suspicion_raised")) == len(raised)


def test_a_record_makes_the_session_anew_with_its_facts(talk: Talk) -> None:
    talk.says(GREETING)
    talk.records(case_type="complaint")
    talk.hears("我要投诉")
    assert session(talk.id).state.facts.case_type == "complaint"
    known = known_contact(talk.id)
    assert known is not None
    anew = session_anew(known, known.standard)
    assert session(talk.id).state.to_json() == anew.state.to_json()


def test_a_session_that_was_read_is_nobodys_to_change(talk: Talk) -> None:
    talk.hears("我的电话是13800002211，十分钟之内给我回电话")
    content = LiveSession.objects.get(pk=talk.id).content
    assert content is not None
    heard = read(bytes(content))
    guide_of(talk.id, actor=talk.agent, at=later(talk.clock + 1), language="zh-Hans")
    talk.says("好的，与您核对一下，您的电话是13800002211，对吗？")
    assert read(bytes(content)) is heard  # what is read once is there for all
    assert written(heard) == bytes(content)


def test_a_session_that_is_lost_is_made_anew(talk: Talk) -> None:
    talk.says(GREETING)
    talk.hears("前面堵车吗")
    before = session(talk.id)
    LiveSession.objects.all().delete()
    guide = guide_of(talk.id, actor=talk.agent, at=later(30), language="zh-Hans")
    assert guide.next is not None
    talk.hears("喂喂", after=9)
    assert session(talk.id).state.agent_turns == before.state.agent_turns
    assert len(recorded("dialogue.suspicion_raised")) == len(set(session(talk.id).suspicions))


@pytest.mark.parametrize("content", [b"", b"nonsense", None], ids=["empty", "nonsense", "none"])
def test_a_session_that_cannot_be_read_is_made_anew(talk: Talk, content: bytes | None) -> None:
    talk.says(GREETING)
    before = session(talk.id)
    LiveSession.objects.update(content=content)
    talk.hears("前面堵车吗")
    assert session(talk.id).state.agent_turns == before.state.agent_turns


def test_a_state_of_an_earlier_program_is_made_anew(talk: Talk) -> None:
    talk.says(GREETING)
    LiveSession.objects.update(built_by="earlier", content=written(begin(load("highway"), FACTS)))
    talk.hears("前面堵车吗")
    assert session(talk.id).state.agent_turns == 1


def test_a_bug_of_the_evaluator_costs_no_line(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(live, "hear", broken)
        talk.says(GREETING)
        talk.hears("前面堵车吗")  # within the time that it is left alone
    assert [one.text for one in transcript(talk.id)][-2:] == [GREETING, "前面堵车吗"]
    assert len([one for one in caplog.records if "goes on without" in one.message]) == 1
    broken_guide = guide_of(talk.id, actor=talk.agent, at=later(15), language="zh-Hans")
    assert broken_guide.next is None
    talk.hears("有人吗", after=live.TRIES_AGAIN.total_seconds())
    row = LiveSession.objects.get()
    assert (row.broken_until, session(talk.id).state.agent_turns) == (None, 1)


def test_a_deadlock_is_left_to_the_service_that_carries_itself_out_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class GivenUp(Exception):
        sqlstate = "40P01"

    def met(*_: object, **__: object) -> None:
        raise OperationalError from GivenUp()

    monkeypatch.setattr(live, "hear", met)
    with pytest.raises(OperationalError):
        talk.says(GREETING)


def test_a_standard_that_cannot_be_loaded_costs_no_line(
    standard: int, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rexian.dialogue.queries import sessions  # noqa: PLC0415 - what is broken here

    def broken(version: int) -> None:
        raise ValueError(version)

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "load_version", broken)
        sessions._loaded.cache_clear()
        made = house.arrival(text="你好")
    assert transcript(made)[-1].text == "你好"
    row = LiveSession.objects.get(pk=made)
    assert (row.version_id, row.content) == (standard, None)
    assert row.broken_until == NOON + live.TRIES_AGAIN


def test_without_a_standard_there_is_no_session(house: House) -> None:
    made = house.arrival(text="你好")
    assert not LiveSession.objects.exists()
    actor = house.actor(Role.MANAGER)
    guide = guide_of(made, actor=actor, at=NOON + timedelta(seconds=9), language="zh-Hans")
    assert (guide.next, guide.ending.allowed) == (None, True)


SAYS = [
    GREETING,
    "喂，不知道。",
    "请您稍等，我帮您查询",
    "让您久等了",
    "我们两小时内给您答复",
    "感谢您的来电，再见",
    "应该没有吧",
]
HEARS = [
    "前面堵车吗",
    "我姓欧阳，电话13812345678",
    "我要投诉！态度太差",
    "你们是不是骗子",
    "好的，谢谢，再见",
    "车抛锚了",
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["says", "hears", "hold"]), st.integers(0, 6), st.floats(0.3, 20)),
    max_size=14,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
@given(steps=STEPS, lost_at=st.integers(0, 14), record_at=st.integers(0, 20))
def test_what_was_fed_live_is_what_an_inspection_says(
    talk: Talk, steps: list[tuple[str, int, float]], lost_at: int, record_at: int
) -> None:
    """Whatever was said, however the process was interrupted, whenever the record was saved."""
    clock = talk.clock
    with transaction.atomic():
        for number, (what, choice, pause) in enumerate(steps):
            if number == lost_at:
                LiveSession.objects.update(content=None)
            if number == record_at:
                talk.records(case_type="complaint")
            play(talk, what, choice, pause)
        talk.ends()
        kept, after = session(talk.id), inspected(talk.id)
        transaction.set_rollback(True)
    talk.clock = clock
    at_the_end = [key(one) for one in finish(after.standard, kept.state)]
    said_live = [*kept.suspicions, *(one for one in at_the_end if one[2] in WATCHED)]
    assert said_live == [one for one in map(key, after.verdicts) if one[2] in WATCHED]
    assert at_the_end == [key(one) for one in after.at_the_end]


WATCHED = {Outcome.MISSED.value, Outcome.SUSPECT.value}


def key(one: Verdict) -> tuple[str, str, str, tuple[int, ...]]:
    """Return what tells a verdict."""
    return one.clause, one.rule, one.outcome.value, one.turns


def play(talk: Talk, what: str, choice: int, pause: float) -> None:
    """Have something happen in a contact."""
    if what == "hold":
        hold_contact(talk.id, actor=talk.agent, at=later(talk.clock + pause))
        talk.clock += 2 * pause
        retrieve_contact(talk.id, actor=talk.agent, at=later(talk.clock))
    else:
        said = (SAYS if what == "says" else HEARS)[choice % 6]
        getattr(talk, what)(said, after=pause)


@dataclass(frozen=True)
class Inspected:
    """What an inspection of the whole says, and what of it is said at the end."""

    standard: Standard
    verdicts: tuple[Verdict, ...]
    at_the_end: tuple[Verdict, ...]


def inspected(contact: int) -> Inspected:
    """Inspect a contact from its lines."""
    known = known_contact(contact)
    assert known is not None
    standard, lines = known.standard, transcript(contact)
    events = as_events(lines, begun_at=known.begun_at)
    replayed = hear(standard, begin(standard, known.facts), lines, begun_at=known.begun_at)
    whole = inspect(standard, known.facts, events)
    return Inspected(standard, whole.verdicts, finish(standard, replayed.state))
