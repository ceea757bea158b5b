"""Every operator does what its page of examples says, and the pages are up to date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rexian.standard.domain import Standard, Verdict
from rexian.standard.domain.pack.conditions import OPERATORS

TABLES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yaml"))}
GRAMMAR = "phrase-grammar"
PAGES = Path(__file__).parents[3] / "scripts" / "make_operator_pages.py"

LOOKING_BACK = {"echo", "reads_back", "interrupts", "pause", "repeats"}
"""Operators over an utterance that need others before it."""

Group = dict[str, Any]
Example = dict[str, Any]


def groups(name: str) -> list[Group]:
    """Return a table: conditions, each with its examples."""
    read: list[Group] = yaml.safe_load(TABLES[name].read_text("utf-8"))
    return read


def examples() -> Iterator[Any]:
    """Return every example of every table."""
    for name in TABLES:
        for one, group in enumerate(groups(name), start=1):
            for other, example in enumerate(group["examples"], start=1):
                yield pytest.param(group, example, id=f"{name}-{one}.{other}")


def sections(group: Group, rule: Group) -> str:
    """Return a standard of one rule, with what the condition refers to."""
    scene = {"id": "rule", "clause": "T-1", "title": "试"} | rule
    document = {**group.get("with", {}), "scenes": [scene]}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


@pytest.fixture
def verdict_on(
    small_standard: Callable[[str], Standard], judge: Callable[..., list[Verdict]]
) -> Callable[[Group, Example], Verdict | None]:
    """Return a function that says where the condition of a group holds in an example."""

    def on_an_utterance(group: Group, lines: list[str]) -> Verdict | None:
        standard = small_standard(sections(group, {"never": group["is"], "repeat": "each"}))
        last = sum(not line.startswith("[") for line in lines) - 1
        found = [one for one in judge(standard, lines) if one.turns == (last,)]
        return found[0] if found else None

    def on_the_course(group: Group, lines: list[str], facts: dict[str, Any]) -> Verdict | None:
        rule = {"when": "start", "decided": "end", "expect": group["is"]}
        verdicts = judge(small_standard(sections(group, rule)), lines, **facts)
        (found,) = [one for one in verdicts if one.rule == "rule"]
        return found if found.outcome == "met" else None

    def on(group: Group, example: Example) -> Verdict | None:
        lines = example.get("talk", [f"客服：{example.get('said')}"])
        named = isinstance(example.get("place"), str)
        if "said" in example or named or LOOKING_BACK & group["is"].keys():
            return on_an_utterance(group, lines)
        return on_the_course(group, lines, example.get("facts", {}))

    return on


@pytest.mark.parametrize(("group", "example"), list(examples()))
def test_an_operator_holds_where_its_table_says(
    verdict_on: Callable[[Group, Example], Verdict | None], group: Group, example: Example
) -> None:
    verdict = verdict_on(group, example)
    assert (verdict is not None) == ("place" in example or example["holds"])
    if verdict is not None and "place" in example:
        place = example["place"]
        assert (verdict.quote if isinstance(place, str) else list(verdict.turns)) == place


def test_every_operator_has_a_table() -> None:
    assert TABLES.keys() == OPERATORS.keys() | {GRAMMAR}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_shows_where_its_operator_holds_and_where_not(name: str) -> None:
    shown = [one for group in groups(name) for one in group["examples"]]
    holding = [one for one in shown if one.get("holds", "place" in one)]
    assert 0 < len(holding) < len(shown)
    if name in OPERATORS:
        assert name in groups(name)[0]["is"]


def test_the_pages_say_what_the_tables_say() -> None:
    done = subprocess.run(
        [sys.executable, PAGES, "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
