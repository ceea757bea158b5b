"""What the standards say of labelled conversations agrees with what a person found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.truth import Agreement, compare
from rexian.dialogue.services import read_paths
from rexian.standard.domain import Speaker, Verdict, inspect, load

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared" / "data"
JUDGED = ("CC", "CS", "GH", "HW", "SK", "WC")
BAR, BAR_OF_SUSPICION = 0.9, 0.8
MISSED_IN_TURNS, SUSPECT_IN_TURNS = 1_000, 100

OURS = sorted(HERE.glob("*.jsonl"))
GIVEN = SHARED / "dialogues_zh" / "dialogues.jsonl"
POLITE = SHARED / "crosswoz" / "normalised.jsonl"


def needs(path: Path) -> pytest.MarkDecorator:
    """Return a mark that skips a test where the data it reads are not at hand."""
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not beside the repository")


def conversations(*paths: Path) -> list[Conversation]:
    """Return the conversations of files, every one of them readable."""
    read = list(read_paths(paths))
    assert [one for one in read if not isinstance(one, Conversation)] == []
    return [one for one in read if isinstance(one, Conversation)]


def verdicts(conversation: Conversation) -> tuple[Verdict, ...]:
    """Judge a conversation by the standard that it names."""
    standard = load(conversation.standard or "centre")
    return inspect(standard, conversation.facts, conversation.events()).verdicts


def agreement(judged: Iterable[Conversation]) -> Agreement:
    """Return how far the verdicts on our clauses agree with the labels."""
    return compare(((one.labels, verdicts(one)) for one in judged), JUDGED)


def shares(found: Agreement) -> dict[str, float]:
    """Return recall and precision of all clauses together."""
    total = found.total
    return {
        "met recalled": float(total.met),
        "missed recalled": float(total.missed),
        "met precise": float(total.said_met),
        "missed precise": float(total.said_missed),
    }


def disagreements(found: Agreement) -> Iterator[str]:
    """Name the clauses on which verdicts and labels differ, for whoever reads the failure."""
    for clause, one in found.clauses.items():
        counted = (one.met, one.missed, one.said_met, one.said_missed, one.suspect)
        if any(share.part < share.whole for share in counted):
            yield f"{clause} {counted}"


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param((GIVEN,), marks=needs(GIVEN), id="given"),
        pytest.param(tuple(OURS), id="our-own"),
    ],
)
def test_verdicts_agree_with_the_labels(paths: tuple[Path, ...]) -> None:
    found = agreement(conversations(*paths))
    below = {name: share for name, share in shares(found).items() if share < BAR}
    assert (below, found.innocent_convicted) == ({}, 0), list(disagreements(found))
    assert float(found.total.suspect) >= BAR_OF_SUSPICION, list(disagreements(found))


@needs(POLITE)
@pytest.mark.parametrize("name", ["centre", "highway"])
def test_polite_conversations_are_seldom_convicted_or_suspected(name: str) -> None:
    standard = load(name)
    turns, missed, suspect = 0, list[str](), list[str]()
    for one in conversations(POLITE):
        turns += sum(turn.speaker is Speaker.AGENT for turn in one.turns)
        said = inspect(standard, one.facts, one.events()).verdicts
        missed += [v.quote for v in said if (v.clause, v.outcome) == ("HW-3.12", "missed")]
        suspect += [v.quote for v in said if (v.clause, v.outcome) == ("HW-3.13", "suspect")]
    assert turns > 8_000
    assert len(missed) * MISSED_IN_TURNS <= turns, missed
    assert len(suspect) * SUSPECT_IN_TURNS <= turns, suspect


def records() -> Iterator[Any]:
    """Return every record of our own files as it is written."""
    for path in OURS:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            yield pytest.param(json.loads(line), id=f"{path.stem}-{number}")


@pytest.mark.parametrize("record", list(records()))
def test_a_label_of_ours_cites_a_clause_and_quotes_its_turn(record: dict[str, Any]) -> None:
    clauses = {*load("highway").clauses, *load(record.get("standard", "centre")).clauses}
    texts = {place: turn["text"] for place, turn in enumerate(record["turns"])}
    for label in record["truth"]:
        turn, quote = label.get("turn"), label.get("quote", "")
        assert label["clause"] in clauses
        assert turn is None or turn in texts
        assert quote in texts.get(turn, "")
