"""What is measured on: the shared conversations beside the project, else those of the tests."""

from __future__ import annotations

from pathlib import Path

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.services import read_paths

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
FEWEST_TURNS = 10_000


def sources() -> list[Path]:
    """Return the files of conversations that are there."""
    shared = [SHARED / "dialogues_zh" / "dialogues.jsonl", SHARED / "crosswoz" / "normalised.jsonl"]
    there = [path for path in shared if path.exists()]
    return there or sorted((ROOT / "tests" / "standard" / "labelled").glob("*.jsonl"))


def conversations() -> list[Conversation]:
    """Return the conversations, repeated until they are enough to measure on."""
    read = [one for one in read_paths(sources()) if isinstance(one, Conversation)]
    spoken = list(read)
    while turns(spoken) < FEWEST_TURNS:
        spoken += read
    return spoken


def turns(spoken: list[Conversation]) -> int:
    """Return the number of turns of all of them."""
    return sum(len(one.turns) for one in spoken)
