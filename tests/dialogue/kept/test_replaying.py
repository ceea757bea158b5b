"""A period is replayed under another version, whatever happens in between, and comes out right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rexian.dialogue import models
from rexian.dialogue.domain.replays import NothingToReplay, ReplayOver, ReplayState
from rexian.dialogue.queries.replays import all_replayed, replay, replayed_page, replays
from rexian.dialogue.services import carrying_out_replays
from rexian.dialogue.services.batches import clear_batch, delete_batch
from rexian.dialogue.services.carrying_out_replays import carry_out_replay
from rexian.dialogue.services.replaying import (
    Span,
    cancel_replay,
    replay_draft,
    replay_version,
)
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.standard.domain.editing.changes import SetParameters
from rexian.standard.queries.published import standards_in_force
from rexian.standard.services import set_parameters
from rexian.standard.services.drafting import begin_draft, change_draft, discard_draft
from tests.cast import Cast, nothing_changes, recorded

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SPAN = Span(date(2026, 11, 1), TODAY, TODAY)

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """A process that is gone from one moment to the next."""


@pytest.fixture
def other(office: Any, cast: Cast) -> int:
    """Return a version of the motorway's standard that counts forbidden words in every sense."""
    ruling = standards_in_force(office.organisation, TODAY)["highway"]
    values = {"literal_words": "true"}
    return set_parameters(ruling.id, values=values, actor=cast.actor("manager"), at=NOW)


@pytest.fixture
def judged(send_in: Callable[..., int], lines: Callable[..., Any], inspect: Any) -> int:
    """Return a batch of seven conversations with a harmless 什么 in them, inspected."""
    says = ("您好，很高兴为您服务。", "我的车坏了。", "请问是丰田还是什么车？")
    sides = ("agent", "customer", "agent")
    turns = [{"speaker": side, "text": text} for side, text in zip(sides, says, strict=True)]
    made = send_in(lines(7, standard="highway", turns=turns))
    inspect(made)
    return made


def run(replay_id: int) -> list[tuple[int, int]]:
    """Carry a replay out, and tell what progress it has told."""
    told: list[tuple[int, int]] = []
    carry_out_replay(
        replay_id, clock=lambda: NOW, progress=lambda done, total: told.append((done, total))
    )
    return told


def snapshot(replay_id: int) -> tuple[Any, ...]:
    """Return everything that a replay has come to."""
    row = models.Replay.objects.get(pk=replay_id)
    kept = row.conversations.order_by("batch", "position").values_list("position", "changes")
    return row.state, row.position, row.changed, row.tally, row.scores, list(kept)


def test_it_shows_which_verdicts_change_and_where(office: Any, judged: int, other: int) -> None:
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    assert run(made) == [(7, 7)]
    shown = replay(made, actor=office.inspector)
    assert (shown.state, shown.done, shown.failed) == (ReplayState.DONE, 7, 0)
    assert shown.changed == 7
    assert shown.tally == {"HW-3.12": {"met>missed": 7}}
    assert (shown.scored, shown.down, shown.up) == (7, 7, 0)
    page, total = replayed_page(made, offset=0, size=2, actor=office.inspector)
    assert (total, len(page), page[0].batch, page[0].name) == (7, 2, judged, "c-0")
    (change,) = page[0].changes
    assert (change.after.turns, "什么" in change.after.quote) == ((2,), True)
    for clause, count in (("HW-3.12", 7), ("HW-3.1", 0)):
        found = replayed_page(made, clause=clause, offset=0, size=1, actor=office.inspector)
        assert found[1] == count
    assert replays(office.organisation, version=other, actor=office.inspector)[0].id == made
    assert [one.name for one in recorded() if "replay" in one.name] == [
        "dialogue.replay_started",
        "dialogue.replay_advanced",
        "dialogue.replay_done",
    ]
    with nothing_changes():
        run(made)


def test_it_goes_on_where_it_was_killed_and_comes_out_the_same(
    office: Any, judged: int, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    del judged
    monkeypatch.setattr(carrying_out_replays, "CHUNK", 2)
    whole = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    assert run(whole) == [(2, 7), (4, 7), (6, 7), (7, 7)]
    broken = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    compare = carrying_out_replays._Judge.compare
    calls = iter(range(99))

    def dying(self: Any, one: Any) -> Any:
        if next(calls) == 5:
            raise Killed
        return compare(self, one)

    monkeypatch.setattr(carrying_out_replays._Judge, "compare", dying)
    with pytest.raises(Killed):
        run(broken)
    assert replay(broken, actor=office.inspector).done == 4
    run(broken)
    assert snapshot(broken) == snapshot(whole)


def test_a_conversation_that_cannot_be_judged_stops_nothing(
    office: Any, judged: int, other: int, caplog: pytest.LogCaptureFixture
) -> None:
    models.InspectedRow.objects.filter(batch=judged, position=3).update(content=b"spoilt")
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    run(made)
    shown = replay(made, actor=office.inspector)
    assert (shown.state, shown.done, shown.changed, shown.failed) == (ReplayState.DONE, 7, 6, 1)
    assert "cannot be replayed" in caplog.text


def test_what_moves_most_is_kept(
    office: Any, judged: int, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    del judged
    monkeypatch.setattr(carrying_out_replays, "KEPT", 3)
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    run(made)
    assert replay(made, actor=office.inspector).changed == 7
    assert len(list(all_replayed(made, actor=office.inspector))) == 3


def test_it_is_stopped_once(office: Any, judged: int, other: int) -> None:
    del judged
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    cancel_replay(made, actor=office.inspector, at=NOW)
    with nothing_changes():
        run(made)
    with pytest.raises(ReplayOver):
        cancel_replay(made, actor=office.inspector, at=NOW)


def test_only_the_days_and_the_standard_that_are_asked_for(
    office: Any, judged: int, other: int
) -> None:
    del judged
    earlier = Span(date(2026, 10, 1), date(2026, 10, 31), TODAY)
    for options in ({"span": earlier}, {"span": SPAN, "judged_by": "centre"}):
        made = replay_version(other, **options, actor=office.inspector, at=NOW)
        run(made)
        assert replay(made, actor=office.inspector).done == 0


@pytest.mark.parametrize(
    "span",
    [
        Span(TODAY, date(2026, 11, 1), TODAY),
        Span(date(2026, 12, 1), date(2026, 12, 2), TODAY),
        Span(date(2020, 1, 1), TODAY, TODAY),
    ],
    ids=["backwards", "to come", "too long"],
)
def test_a_period_that_is_none_is_refused(office: Any, other: int, span: Span) -> None:
    with nothing_changes(), pytest.raises(NothingToReplay):
        replay_version(other, span=span, actor=office.inspector, at=NOW)


def test_only_who_inspects_replays_and_others_elsewhere_see_nothing(
    office: Any, other: int
) -> None:
    with nothing_changes(), pytest.raises(RightMissing):
        replay_version(other, span=SPAN, actor=office.reader, at=NOW)
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    stranger = replace(office.stranger, grants=office.inspector.grants)
    for refused in (
        lambda: replay(made, actor=stranger),
        lambda: cancel_replay(made, actor=stranger, at=NOW),
        lambda: replay_version(other, span=SPAN, actor=stranger, at=NOW),
    ):
        with nothing_changes(), pytest.raises(NotFound):
            refused()


@pytest.fixture
def drafted(office: Any, cast: Cast) -> int:
    """Return a draft that changes the motorway's standard."""
    ruling = standards_in_force(office.organisation, TODAY)["highway"]
    return begin_draft(ruling.id, actor=cast.actor("manager"), at=NOW)


def test_a_draft_is_replayed_as_it_was_when_it_was_asked_for(
    office: Any, judged: int, drafted: int, cast: Cast
) -> None:
    del judged
    made = replay_draft(drafted, span=SPAN, actor=office.inspector, at=NOW)
    change = SetParameters({"literal_words": "true"})
    change_draft(drafted, change=change, revision=1, actor=cast.actor("manager"), at=NOW)
    later = replay_draft(drafted, span=SPAN, actor=office.inspector, at=NOW)
    run(made)
    run(later)
    found = [replay(one, actor=office.inspector) for one in (made, later)]
    assert [(one.revision, one.changed) for one in found] == [(1, 0), (2, 7)]
    assert [one.id for one in replays(office.organisation, draft=drafted, actor=office.inspector)]


def test_a_draft_that_is_gone_stops_its_replay(
    office: Any, judged: int, drafted: int, cast: Cast
) -> None:
    del judged
    made = replay_draft(drafted, span=SPAN, actor=office.inspector, at=NOW)
    discard_draft(drafted, actor=cast.actor("manager"), at=NOW)
    run(made)
    assert replay(made, actor=office.inspector).state is ReplayState.CANCELLED
    assert [one.actor for one in recorded("dialogue.replay_cancelled")] == ["system:inspector"]


def test_of_a_deleted_batch_no_words_are_shown_and_soon_none_are_kept(
    office: Any, judged: int, other: int
) -> None:
    made = replay_version(other, span=SPAN, actor=office.inspector, at=NOW)
    run(made)
    delete_batch(judged, actor=office.inspector, at=NOW)
    assert replayed_page(made, offset=0, size=9, actor=office.inspector) == ((), 0)
    assert list(all_replayed(made, actor=office.inspector)) == []
    clear_batch(judged)
    assert not models.ReplayedConversation.objects.exists()
