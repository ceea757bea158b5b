"""A batch of recordings is taken in, told what it costs, heard, and read of in the morning."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from rexian.clockwork.domain.work import Priority
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.speech import models
from rexian.speech.domain.batch_windows import Window
from rexian.speech.domain.batches import (
    BatchState,
    CallState,
    IllegalBatchMove,
    Wants,
    WrongRecordings,
)
from rexian.speech.queries.batches import BatchCall, CallWanted, batch_calls, recording_batch
from rexian.speech.services.batches import (
    Order,
    continue_batch,
    delete_batch,
    stop_batch,
)
from rexian.speech.services.batches_receiving import SentRecordings, receive_recordings
from rexian.speech.services.overnight_orders import order_hearing
from rexian.speech.services.overnight_settling import Ending, locked, settle
from tests.cast import NOW, OUTSIDER, nothing_changes, recorded
from tests.speech.overnight.conftest import Night, calls

pytestmark = pytest.mark.django_db

TABLE = "文件,工号,来电号码,方向\n01.wav,8012,13800138000,呼入\n"


def of(night: Night, batch: int, wanted: CallWanted | None = None) -> tuple[BatchCall, ...]:
    return batch_calls(night.actor(), batch, wanted=wanted or CallWanted(), offset=0, size=99)[0]


def test_a_batch_is_taken_in_told_of_started_and_heard(night: Night) -> None:
    batch = night.send({**calls(4, 6), "facts.csv": TABLE.encode()})
    taken = night.shown(batch)
    assert (taken.line.state, taken.line.counts.left) == (BatchState.READY, 2)
    cost = taken.costs[Wants.WORDS]
    assert (round(cost.sound), cost.measured_on) == (25, 0), "nothing was heard here before"
    assert night.reader.passages == 0, "nothing is heard before somebody has seen what it costs"
    night.start(batch)
    night.work()
    found = of(night, batch)
    assert [one.state for one in found] == [CallState.HEARD] * 2
    assert all(one.contact and one.score is not None for one in found)
    assert (found[0].agent, night.reader.passages) == ("8012", 10)
    assert night.shown(batch).line.state is BatchState.DONE
    assert models.EnginePace.objects.get(engine="counting").calls == 2
    names = ("sent", "taken_in", "started", "advanced", "heard")
    assert all(recorded(f"speech.batch_{name}") for name in names)


def test_one_bad_file_stops_nothing_and_is_told_of_in_a_sentence(night: Night) -> None:
    batch = night.send({**calls(2), "notes.wav": b"no sound at all", "zero.mp3": bytes(5000)})
    night.start(batch)
    night.work()
    spoilt = of(night, batch, CallWanted(states=[CallState.UNREADABLE]))
    assert {one.name for one in spoilt} == {"notes.wav", "zero.mp3"}
    assert all(one.sentence for one in spoilt)
    shown = night.shown(batch)
    assert (shown.line.state, shown.line.counts.heard) == (BatchState.DONE, 1)


def test_a_fault_of_the_program_spoils_one_recording_and_not_the_night(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = night.send(calls(2, 4))
    night.start(batch)
    fails = models.Hearing.objects.filter(batch=batch).order_by("place")[0]
    real = night.reader.read

    def breaks(passage: object, **given: object) -> object:
        row = models.Hearing.objects.get(pk=fails.pk)
        if row.state == CallState.HEARING:
            raise ZeroDivisionError
        return real(passage, **given)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(night.reader, "read", breaks)
    for hours in range(4):
        night.work(timedelta(hours=hours))
    assert [one.state for one in of(night, batch)] == [CallState.FAILED, CallState.HEARD]
    assert night.shown(batch).line.state is BatchState.DONE


def test_the_same_sound_is_heard_once_though_it_is_sent_twice(night: Night) -> None:
    first = night.send(calls(2))
    second = night.send({**calls(2), "again.wav": calls(4)["01.wav"]})
    assert [one.state for one in of(night, second)] == [CallState.KNOWN, CallState.WAITING]
    for batch in (first, second):
        night.start(batch)
    night.work()
    assert night.reader.passages == 6
    assert night.shown(second).line.state is BatchState.DONE


def test_a_batch_of_nothing_but_what_cannot_be_heard_is_done(night: Night) -> None:
    batch = night.send({"notes.wav": b"no sound at all"})
    assert night.shown(batch).line.state is BatchState.DONE


def test_the_same_sending_is_one_batch(night: Night) -> None:
    assert night.send(calls(2), sent_as="a") == night.send(calls(2), sent_as="a")


def test_it_is_heard_only_between_its_hours_and_goes_on_the_next_evening(night: Night) -> None:
    batch = night.send(calls(4))
    # It is 17:00 in Shanghai.
    night.start(batch, Order(window=Window(time(22), time(6))))
    night.work()
    night.work(timedelta(hours=4, minutes=59))
    assert night.reader.passages == 0
    night.work(timedelta(hours=5))
    assert (night.reader.passages, night.shown(batch).line.state) == (4, BatchState.DONE)


def test_an_urgent_call_overtakes_the_archive_and_nothing_is_read_twice(night: Night) -> None:
    archive = night.send(calls(6))
    urgent = night.send({"urgent.wav": calls(1, 1, 2)["03.wav"]})
    recording = models.Hearing.objects.get(batch=urgent).recording_id
    models.Hearing.objects.filter(batch=urgent).delete()
    night.start(archive, Order(priority=Priority.LOW))
    order: list[str] = []
    real = night.reader.read

    def read(passage: object, **given: object) -> object:
        if len(order) == 2:
            order_hearing(recording or 0, at=NOW)
        hearing = models.Hearing.objects.get(state=CallState.HEARING)
        order.append(hearing.name)
        return real(passage, **given)  # type: ignore[arg-type] # as it came

    night.reader.read = read  # type: ignore[method-assign,assignment] # it orders on the way
    night.work()
    assert order == ["01.wav"] * 3 + ["urgent.wav"] * 2 + ["01.wav"] * 3


def test_a_stopped_batch_goes_on_where_it_stood(night: Night) -> None:
    batch = night.send(calls(6))
    night.start(batch)
    real = night.reader.read

    def read(passage: object, **given: object) -> object:
        if night.reader.passages == 2:
            stop_batch(batch, actor=night.actor(), at=NOW)
        return real(passage, **given)  # type: ignore[arg-type] # as it came

    night.reader.read = read  # type: ignore[method-assign,assignment] # it stops on the way
    night.work()
    assert night.shown(batch).line.state is BatchState.STOPPED
    assert night.reader.passages == 3
    night.reader.read = real  # type: ignore[method-assign] # as it was
    continue_batch(batch, actor=night.actor(), at=NOW)
    night.work()
    assert night.shown(batch).line.state is BatchState.DONE
    assert night.reader.passages == 6, "each passage once"


def test_a_batch_that_is_heard_cannot_be_stopped_and_one_that_is_not_ready_not_started(
    night: Night,
) -> None:
    batch = night.send(calls(2))
    night.start(batch)
    night.work()
    with nothing_changes(), pytest.raises(IllegalBatchMove):
        stop_batch(batch, actor=night.actor(), at=NOW)
    with nothing_changes(), pytest.raises(IllegalBatchMove):
        night.start(batch)


def test_a_deleted_batch_is_heard_no_more_and_its_calls_stay(night: Night) -> None:
    batch = night.send(calls(2, 2))
    night.start(batch)
    delete_batch(batch, actor=night.actor(), at=NOW)
    night.work()
    assert night.reader.passages == 0
    assert not models.RecordingBatch.objects.exists()
    assert models.Recording.objects.count() == 2
    with pytest.raises(NotFound):
        night.shown(batch)


def test_a_batch_that_is_cleared_away_while_its_last_is_heard_fails_nothing(night: Night) -> None:
    batch = night.send(calls(2))
    night.start(batch)
    night.work(most=1)
    hearing = models.Hearing.objects.get()
    models.RecordingBatch.objects.filter(pk=batch).delete()
    assert settle(hearing, Ending(CallState.HEARD), at=NOW) is False
    assert locked(batch) is None


def test_voices_alone_need_no_engine(night: Night) -> None:
    batch = night.send(calls(4))
    night.start(batch, Order(wants=Wants.VOICES))
    night.work()
    assert night.shown(batch).line.state is BatchState.DONE
    assert night.reader.passages == 0
    assert models.EnginePace.objects.get(engine="").calls == 1


def test_a_folder_is_read_only_where_the_operator_has_opened_it(
    night: Night, tmp_path: Path, settings: LazySettings
) -> None:
    from dataclasses import replace  # noqa: PLC0415 - here alone

    opened = tmp_path / "opened"
    for folder, content in ((opened / "march", calls(2)), (tmp_path / "secret", calls(4))):
        folder.mkdir(parents=True)
        for name, sound in content.items():
            (folder / name).write_bytes(sound)
    (opened / "march" / "link.wav").symlink_to(tmp_path / "secret" / "01.wav")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, recordings_from=(opened,))
    batch = night.send({}, place=str(opened / "march"))
    assert [one.state for one in of(night, batch)] == [CallState.WAITING, CallState.UNREADABLE]
    for place in (tmp_path / "secret", opened / ".." / "secret", Path("/")):
        with nothing_changes(), pytest.raises(WrongRecordings):
            night.send({}, place=str(place))


def test_who_may_not_is_refused_and_others_see_nothing(night: Night) -> None:
    batch = night.send(calls(2))
    for role in (Role.AGENT, Role.ASSESSOR):
        with nothing_changes(), pytest.raises(Exception, match="right"):
            stop_batch(batch, actor=night.actor(role), at=NOW)
    with nothing_changes(), pytest.raises(Exception, match=r"right|nothing"):
        stop_batch(batch, actor=night.actor(OUTSIDER), at=NOW)
    with pytest.raises(Exception, match=r"right|nothing"):
        recording_batch(night.actor(OUTSIDER), batch)
    sent = SentRecordings(hotline=night.hotline, uploads=())
    with nothing_changes(), pytest.raises(WrongRecordings):
        receive_recordings(sent, actor=night.actor(), at=NOW)
