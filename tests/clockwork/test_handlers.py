from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.clockwork.domain.handlers import deadline, handler_named, job, known_handlers
from rexian.clockwork.domain.reactions import reaction, reactions_to
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Due, Lane
from tests.clockwork import performers


def test_two_functions_of_one_name_are_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"both handle test\.count"):

        @job("test.count")
        def another(_: RunningJob) -> None: ...


def test_the_same_function_may_be_registered_twice() -> None:
    deadline("test.answer_by")(performers.miss_ring)
    before = handler_named("test.answer_by")
    assert before is not None
    deadline("test.answer_by", retry=performers.TWICE, title="Answer in time")(performers.miss_ring)


def test_two_reactions_of_one_name_are_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"both handle test\.note_bell"):
        reaction(performers.BellRung, name="test.note_bell")(performers.send_bell)


def test_each_kind_of_work_has_its_lane() -> None:
    lanes = {one.name: one.lane for one in known_handlers() if one.name.startswith("test.")}
    assert lanes == {
        "test.answer_by": Lane.PROMPT,
        "test.count": Lane.JOBS,
        "test.note_bell": Lane.PROMPT,
        "test.send_bell": Lane.ERRANDS,
        "test.sweep": Lane.ERRANDS,
    }


def test_an_event_names_its_reactions() -> None:
    names = [one.name for one in reactions_to(performers.BellRung.name)]
    assert names == ["test.note_bell", "test.send_bell"]
    assert reactions_to("nobody.reacts") == ()


def test_no_lease_is_shorter_than_two_heartbeats() -> None:
    leases = [one.lease for one in known_handlers() if one.run]
    assert all(lease >= timedelta(seconds=5) for lease in leases)


def test_handlers_are_functions_of_what_is_due() -> None:
    handler = handler_named("test.answer_by")
    assert handler is not None
    assert handler.fire is performers.miss_ring
    assert Due.__dataclass_fields__.keys() >= {"due_at", "at", "explanation"}
