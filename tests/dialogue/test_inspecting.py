"""A batch judged: by which standard, in which order, and what happens to what is broken."""

from __future__ import annotations

import itertools
import json
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from rexian.dialogue.adapters import processes
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.failures import InspectionFailed
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.dialogue.services import FALLBACK, find_records, inspect_batch, inspecting, read_paths
from rexian.kernel.errors import Invalid, NotFound
from rexian.standard.domain.events import Speaker, Turn
from rexian.standard.domain.standards import Standard

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

HELLO = Turn(0, Speaker.AGENT, "您好，很高兴为您服务")


def conversation(id_: str = "1", standard: str | None = None) -> Conversation:
    """Return a short conversation."""
    return Conversation(id_, (HELLO,), standard=standard, source="calls.jsonl", line=3)


def line(id_: str, text: str = "您好") -> str:
    """Return a record of JSONL."""
    return json.dumps({"id": id_, "turns": [{"role": "agent", "text": text}]}) + "\n"


def judged_by(standard: str, asked_for: str | None) -> tuple[str, str | None]:
    """Return the standard that judges, and the one said to be missing."""
    batch = inspect_batch([conversation(standard=asked_for)], standard=standard)
    (inspected,) = batch
    assert isinstance(inspected, InspectedConversation)
    return inspected.inspection.standard, inspected.asked_for


@pytest.mark.parametrize(
    ("asked_for", "expected"),
    [
        (None, (FALLBACK, None)),
        (FALLBACK, (FALLBACK, None)),
        ("no-such-standard", (FALLBACK, "no-such-standard")),
        ("../../etc", (FALLBACK, "../../etc")),
    ],
)
def test_each_record_is_judged_by_the_standard_it_asks_for_if_there_is_one(
    asked_for: str | None, expected: tuple[str, str | None]
) -> None:
    assert judged_by("auto", asked_for) == expected


def test_a_standard_that_is_named_judges_whatever_the_records_ask_for() -> None:
    assert judged_by(FALLBACK, "no-such-standard") == (FALLBACK, None)


def test_a_standard_that_is_not_there_is_refused_at_once() -> None:
    with pytest.raises(NotFound):
        inspect_batch([], standard="no-such-standard")


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(Invalid):
        inspect_batch([], jobs=0)


@pytest.fixture(params=[1, "fork", "spawn"])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Inspect in one process, or in two that are started this way."""
    if request.param == 1:
        return 1
    monkeypatch.setattr(processes, "_safe_method", lambda: request.param)
    return 2


def test_the_result_is_the_same_however_many_share_the_work(jobs: int, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text("".join(line(str(number)) for number in range(500)))
    alone = list(inspect_batch(read_paths([file])))
    assert len(alone) == 500
    assert list(inspect_batch(read_paths([file]), jobs=jobs)) == alone
    assert list(inspect_batch(find_records([file]), jobs=jobs)) == alone


def test_what_is_unreadable_stays_in_its_place(jobs: int, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text(line("1") + "{\n" + line("2") + line("1") + line("3", text=""))
    found = inspect_batch(find_records([file]), jobs=jobs, transform=attrgetter("conversation.id"))
    assert [one.reason if isinstance(one, Unreadable) else one for one in found] == [
        "1",
        Reason.NOT_JSON,
        "2",
        Reason.DUPLICATE,
        Reason.NO_TEXT,
    ]


def test_conversations_may_be_endless_and_the_same(jobs: int) -> None:
    results = inspect_batch(itertools.repeat(conversation()), jobs=jobs)
    for inspected in itertools.islice(results, 2000):
        assert isinstance(inspected, InspectedConversation)


def test_what_breaks_the_evaluator_is_named(jobs: int) -> None:
    speechless = Turn(0, Speaker.AGENT, None)  # type: ignore[arg-type]
    guilty = Conversation("guilty", (speechless,), source="calls.jsonl", line=7)
    with pytest.raises(InspectionFailed, match=r"guilty of calls\.jsonl, line 7") as caught:
        list(inspect_batch([conversation("sound"), guilty], jobs=jobs))
    assert caught.value.details["conversation"] == "guilty"


def test_a_bug_of_the_evaluator_surfaces_with_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: Standard, *__: Any) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(inspecting, "inspect", break_down)
    with pytest.raises(InspectionFailed, match=r"Conversation 1 of calls\.jsonl") as caught:
        list(inspect_batch([conversation()]))
    assert isinstance(caught.value.__cause__, KeyError)
