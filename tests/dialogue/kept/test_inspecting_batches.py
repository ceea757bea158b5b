"""A batch is inspected chunk by chunk, whatever happens in between, and comes out the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from rexian.clockwork.domain.running import RunningJob
from rexian.dialogue import models, queries
from rexian.dialogue.domain.batches import BatchState, IllegalBatchMove
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.queries import Wanted
from rexian.dialogue.reactions import clear_deleted_batch
from rexian.dialogue.services import chunks, inspect_batch, inspecting_batches, read_paths
from rexian.dialogue.services.batches import (
    cancel_batch,
    clear_batch,
    continue_batch,
    delete_batch,
)
from rexian.journal.domain.entries import Entry as Happened
from rexian.journal.models import Entry
from rexian.journal.services import record
from rexian.kernel.errors import NotFound
from rexian.standard.domain import inspect as judge
from rexian.standard.domain import load
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import standards_in_force
from rexian.standard.services import discard_version, set_parameters
from rexian.standard.services.publishing import InUse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DIALOGUES = Path(__file__).parents[4] / "shared" / "data" / "dialogues_zh" / "dialogues.jsonl"

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """A process that is gone from one moment to the next."""


def snapshot(batch_id: int) -> tuple[Any, ...]:
    """Return everything that a batch has come to."""
    batch = models.Batch.objects.get(pk=batch_id)
    rows = models.InspectedRow.objects.filter(batch=batch_id).order_by("position")
    kept = [
        (one.position, one.name, one.version_id, one.score, one.marks, bytes(one.content))
        for one in rows
    ]
    problems = models.UnreadableRow.objects.filter(batch=batch_id).order_by("position")
    counts = (batch.state, batch.position, batch.total, batch.conversations, batch.unreadable)
    told = [(one.position, one.source, one.line, one.reason, one.values) for one in problems]
    return counts, batch.with_misses, batch.with_suspicions, batch.tally, kept, told


def names_of_entries(batch_id: int) -> list[str]:
    """Return what the journal says of a batch, without the steps in between."""
    rows = Entry.objects.filter(subject=f"inspection-batch:{batch_id}").order_by("id")
    names = [one.removeprefix("dialogue.batch_") for one in rows.values_list("name", flat=True)]
    return [one for one in names if one != "advanced"]


def test_a_batch_is_inspected_as_the_command_line_does(
    office: Any,
    send_in: Callable[..., int],
    lines: Callable[..., Any],
    inspect: Callable[..., Any],
    tmp_path: Path,
) -> None:
    sent = lines(7, standard="highway")
    batch_id = send_in(sent)
    assert inspect(batch_id) == [(7, 7)]
    file = tmp_path / "calls.jsonl"
    file.write_bytes(sent.content)
    judged = inspect_batch(read_paths([file]))
    expected = [one for one in judged if isinstance(one, InspectedConversation)]
    kept = list(queries.inspected_conversations(office.reader, batch_id, wanted=Wanted()))
    assert [one.inspection for one in kept] == [one.inspection for one in expected]
    assert [one.conversation.turns for one in kept] == [one.conversation.turns for one in expected]
    assert {one.conversation.source for one in kept} == {"calls.jsonl"}
    assert names_of_entries(batch_id) == ["uploaded", "started", "inspected"]
    line = queries.batch(office.reader, batch_id).line
    assert (line.state, line.conversations, line.with_misses) == (BatchState.DONE, 7, 7)


@pytest.mark.parametrize("chunk", [1, 2, 3, 4])
def test_a_batch_that_was_broken_off_comes_out_the_same(
    send_in: Callable[..., int],
    lines: Callable[..., Any],
    inspect: Callable[..., Any],
    sent: Any,
    monkeypatch: pytest.MonkeyPatch,
    chunk: int,
) -> None:
    """Killed after the rows of a chunk are written and before they are committed."""
    monkeypatch.setattr(inspecting_batches, "CHUNK", 3)
    whole = lines(9)
    broken = sent("broken.jsonl", b'{"turns": []}\nno json\n' + whole.content)
    undisturbed = send_in(whole, broken)
    inspect(undisturbed)

    disturbed = send_in(whole, broken)
    recorded: list[Any] = []

    def fail(event: Any, **options: Any) -> Any:
        recorded.append(event)
        if len(recorded) == chunk:
            raise Killed
        return record(event, **options)

    with monkeypatch.context() as patched:
        patched.setattr(chunks, "record", fail)
        with pytest.raises(Killed):
            inspect(disturbed)
    half = models.Batch.objects.get(pk=disturbed)
    assert (half.state, half.position) == (BatchState.RUNNING, 3 * (chunk - 1))
    assert models.InspectedRow.objects.filter(batch=disturbed).count() == half.conversations
    inspect(disturbed)
    assert snapshot(disturbed) == snapshot(undisturbed)
    inspect(disturbed)
    assert snapshot(disturbed) == snapshot(undisturbed)


def test_two_workers_do_not_inspect_a_chunk_twice(
    send_in: Callable[..., int],
    lines: Callable[..., Any],
    inspect: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one has moved on while this one was judging: what this one did is void."""
    monkeypatch.setattr(inspecting_batches, "CHUNK", 2)
    batch_id = send_in(lines(5))
    write = chunks.write_chunk
    others: list[bool] = []

    def late(batch: models.Batch, chunk: Any, *, at: datetime) -> bool:
        if not others:
            others.append(True)
            other = models.Batch.objects.get(pk=batch.id)
            assert write(other, chunk, at=at)
        return write(batch, chunk, at=at)

    monkeypatch.setattr(inspecting_batches, "write_chunk", late)
    assert inspect(batch_id) == []
    assert models.InspectedRow.objects.filter(batch=batch_id).count() == 2
    inspect(batch_id)
    assert models.Batch.objects.get(pk=batch_id).conversations == 5


def test_an_unreadable_record_is_told_with_its_line_and_the_rest_goes_on(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any, sent: Any
) -> None:
    content = lines(1).content + b"\nno json\n" + lines(2).content
    batch_id = send_in(sent("mixed.jsonl", content), sent("empty.csv", b"\n\n"))
    inspect(batch_id)
    problems = queries.problems(office.reader, batch_id)
    assert [one.place for one in problems] == ["mixed.jsonl:2", "mixed.jsonl:3", "empty.csv"]
    assert "c-0" in problems[1].sentence("zh-Hans")
    assert queries.batch(office.reader, batch_id).line.conversations == 2


def test_characters_that_a_database_cannot_hold_come_back_as_they_were(
    office: Any, send_in: Callable[..., int], inspect: Any, sent: Any
) -> None:
    record = {"id": "a\0b", "turns": [{"speaker": "agent", "text": "您好\0"}], "工号": "10\0"}
    batch_id = send_in(sent("odd.jsonl", json.dumps(record).encode()))
    inspect(batch_id)
    kept = queries.conversation(office.reader, batch_id, 0, wanted=Wanted()).inspected
    assert kept.conversation.id == "a\0b"
    assert kept.conversation.turns[0].text == "您好\0"


def test_a_conversation_that_breaks_the_evaluator_does_not_stop_the_others(
    office: Any,
    send_in: Callable[..., int],
    lines: Callable[..., Any],
    inspect: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[Any] = []

    def fragile(standard: Any, facts: Any, events: Any) -> Any:
        judged.append(events)
        if len(judged) == 2:
            raise ZeroDivisionError
        return judge(standard, facts, events)

    monkeypatch.setattr(inspecting_batches, "inspect", fragile)
    batch_id = send_in(lines(3))
    inspect(batch_id)
    assert queries.batch(office.reader, batch_id).line.conversations == 2
    assert len(queries.problems(office.reader, batch_id)) == 1


def test_each_record_is_judged_by_the_standard_that_it_asks_for(
    office: Any, send_in: Callable[..., int], inspect: Any, sent: Any
) -> None:
    turns = [{"speaker": "agent", "text": "您好"}]
    asked = ["highway", "centre", None, "gas"]
    records = [{"id": str(n), "standard": one, "turns": turns} for n, one in enumerate(asked)]
    content = "\n".join(map(json.dumps, records)).encode()
    batch_id = send_in(sent("mixed.jsonl", content))
    inspect(batch_id)
    kept = list(queries.inspected_conversations(office.reader, batch_id, wanted=Wanted()))
    assert [(one.inspection.standard, one.asked_for) for one in kept] == [
        ("highway", None),
        ("centre", None),
        ("centre", None),
        ("centre", "gas"),
    ]


def test_an_inspection_keeps_the_version_that_judged_it(
    office: Any, cast: Any, send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any
) -> None:
    ruling = standards_in_force(office.organisation, TODAY)["highway"]
    manager = cast.actor("manager")
    other = set_parameters(ruling.id, values={"rings_to": "9"}, actor=manager, at=NOW)
    batch_id = send_in(lines(1), version_id=other)
    inspect(batch_id)
    kept = queries.conversation(office.reader, batch_id, 0, wanted=Wanted())
    assert kept.version_id == other
    assert kept.inspected.inspection.content_hash != load("highway").content_hash
    with pytest.raises(InUse):
        discard_version(other, actor=manager, at=NOW)


def test_a_batch_can_be_stopped_and_goes_on_where_it_stood(
    office: Any,
    send_in: Callable[..., int],
    lines: Callable[..., Any],
    inspect: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspecting_batches, "CHUNK", 2)
    batch_id = send_in(lines(5))

    def stop(done: int, total: int) -> None:
        if done == 2:
            cancel_batch(batch_id, actor=office.inspector, at=NOW)
        assert total == 5

    inspecting_batches.inspect_kept_batch(batch_id, clock=lambda: NOW, progress=stop)
    line = queries.batch(office.reader, batch_id).line
    assert (line.state, line.done) == (BatchState.CANCELLED, 2)
    assert inspect(batch_id) == []
    with pytest.raises(IllegalBatchMove):
        cancel_batch(batch_id, actor=office.inspector, at=NOW)
    continue_batch(batch_id, actor=office.inspector, at=NOW)
    inspect(batch_id)
    line = queries.batch(office.reader, batch_id).line
    assert (line.state, line.conversations) == (BatchState.DONE, 5)
    with pytest.raises(IllegalBatchMove):
        continue_batch(batch_id, actor=office.inspector, at=NOW)


def test_a_deleted_batch_is_gone_at_once_and_its_files_soon(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any, tmp_path: Any
) -> None:
    batch_id = send_in(lines(3))
    inspect(batch_id)
    delete_batch(batch_id, actor=office.inspector, at=NOW)
    with pytest.raises(NotFound):
        queries.batch(office.reader, batch_id)
    happened = Happened(1, NOW, "", "", f"inspection-batch:{batch_id}", office.organisation)
    clear_deleted_batch(happened)
    clear_batch(batch_id)
    assert not models.Batch.objects.exists()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert names_of_entries(batch_id)[-1] == "deleted"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Wanted(), ["1", "2", "3"], id="all"),
        pytest.param(Wanted(agent="1002"), ["2"], id="an agent's"),
        pytest.param(Wanted(name="3"), ["3"], id="by a part of the id"),
        pytest.param(Wanted(order="name", descending=True), ["3", "2", "1"], id="sorted"),
        pytest.param(Wanted(clause="HW-3.12", outcome=Outcome.MISSED), ["1", "3"], id="missed"),
        pytest.param(Wanted(clause="HW-3.1", outcome=Outcome.MISSED), [], id="not a longer one"),
        pytest.param(Wanted(outcome=Outcome.SUSPECT), [], id="an outcome"),
        pytest.param(Wanted(clause="HW-3.12"), ["1", "2", "3"], id="a clause"),
    ],
)
def test_conversations_are_found_by_what_was_found_in_them(
    office: Any,
    send_in: Callable[..., int],
    inspect: Any,
    sent: Any,
    wanted: Wanted,
    expected: list[str],
) -> None:
    rude, kind = "喂，不知道。", "您好，我马上为您查询。"
    said = {"1": (rude, "1001"), "2": (kind, "1002"), "3": (rude, "1003")}
    content = "\n".join(
        json.dumps({"id": name, "工号": agent, "turns": [{"speaker": "agent", "text": text}]})
        for name, (text, agent) in said.items()
    )
    batch_id = send_in(sent("calls.jsonl", content.encode()))
    inspect(batch_id)
    page, total = queries.conversation_page(
        office.reader, batch_id, wanted=wanted, offset=0, size=10
    )
    assert [one.name for one in page] == expected
    assert total == len(expected)
    if expected:
        position = int(expected[0]) - 1
        one = queries.conversation(office.reader, batch_id, position, wanted=wanted)
        assert (one.place, one.total, one.previous) == (1, len(expected), None)


def test_scores_are_counted_by_tenths(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any
) -> None:
    batch_id = send_in(lines(4))
    inspect(batch_id)
    bins, mean = queries.scores(office.reader, batch_id)
    page, _ = queries.conversation_page(office.reader, batch_id, wanted=Wanted(), offset=0, size=10)
    assert sum(bins) == 4
    assert page[0].score is not None
    assert mean == pytest.approx(page[0].score)
    low = 10 * next(place for place, count in enumerate(bins) if count)
    _, found = queries.conversation_page(
        office.reader, batch_id, wanted=Wanted(score_from=low), offset=0, size=10
    )
    assert found == 4


@pytest.mark.skipif(not DIALOGUES.is_file(), reason="the shared dialogues are not here")
def test_the_shared_dialogues_are_inspected(
    office: Any, send_in: Callable[..., int], inspect: Any, sent: Any
) -> None:
    batch_id = send_in(sent("dialogues.jsonl", DIALOGUES.read_bytes()))
    inspect(batch_id)
    line = queries.batch(office.reader, batch_id).line
    assert (line.state, line.conversations, line.unreadable) == (BatchState.DONE, 30, 0)


def test_a_workers_job_inspects_a_batch(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any]
) -> None:
    from rexian.clockwork.domain.handlers import handler_named  # noqa: PLC0415 - once loaded

    handler = handler_named("dialogue.inspect_batch")
    assert handler is not None
    assert handler.run is not None
    batch_id = send_in(lines(1))

    class Job:
        data = {"batch": batch_id}  # noqa: RUF012 - a job's own

        def now(self) -> datetime:
            return NOW

        def progress(self, done: int, total: int) -> None:
            assert (done, total) == (1, 1)

    handler.run(cast("RunningJob", Job()))  # as much of a job as the handler asks for
    assert queries.batch(office.reader, batch_id).line.state is BatchState.DONE
