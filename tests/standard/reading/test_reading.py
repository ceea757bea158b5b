"""Reading Chinese: each trap a table of conversations that a keyword list judges wrongly.

A table is a file beside this one. A group has the clause, what is to be said of it and what the
cases have in common: the standard (``centre``), facts, the lines ``before``. ``met`` and ``missed``
hold of the clause in the whole conversation; ``silent`` is neither of them, nor a suspicion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rexian.standard.domain import Verdict

TABLES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yaml"))}
TRAPS = {
    "excused_words",
    "negation",
    "quotation",
    "customers_words",
    "paraphrase",
    "late_fulfilment",
    "self_correction",
    "characters",
    "punctuation",
    "homophones",
    "fillers",
    "emoji",
    "several_customers",
    "outbound",
    "tone",
}
GRAVEST_FIRST = ("missed", "met", "suspect", "undecided")
WRONG_AT_LEAST = 1 / 3

Group = dict[str, Any]


def table(name: str) -> dict[str, Any]:
    """Return a table as it is written."""
    read: dict[str, Any] = yaml.safe_load(TABLES[name].read_text("utf-8"))
    return read


def cases() -> Iterator[Any]:
    """Return every case of every table, with its group and all its lines."""
    for name in TABLES:
        for group in table(name)["groups"]:
            for case, lines in group["cases"].items():
                talk = [*group.get("before", ()), *lines]
                yield pytest.param(group, talk, id=f"{name}-{group['clause']}-{case}")


def said_of(clause: str, verdicts: list[Verdict]) -> str:
    """Return the gravest that is said of a clause; ``silent`` where nothing is decided."""
    said = {one.outcome.value for one in verdicts if one.clause == clause}
    return next((outcome for outcome in GRAVEST_FIRST if outcome in said), "silent")


@pytest.mark.parametrize(("group", "lines"), list(cases()))
def test_a_conversation_is_read_for_what_it_does(
    judge: Callable[..., list[Verdict]], group: Group, lines: list[str]
) -> None:
    verdicts = judge(group.get("standard", "centre"), lines, **group.get("facts", {}))
    assert said_of(group["clause"], verdicts) == group["says"], [
        (one.outcome.value, one.turns, one.quote, one.reason("en"))
        for one in verdicts
        if one.clause == group["clause"]
    ]


def by_keywords(keywords: dict[str, Any], lines: list[str]) -> str:
    """Judge as a keyword list does: by the characters that the agent says, or everybody."""
    heard = ("客服：", "客户：") if keywords.get("of") == "everybody" else ("客服：",)
    said = "\n".join(line for line in lines if line.startswith(heard))
    if "missed_by" in keywords:
        return "missed" if any(word in said for word in keywords["missed_by"]) else "met"
    return "met" if any(word in said for word in keywords["met_by"]) else "missed"


def wrong_by_keywords(name: str) -> Iterator[bool]:
    """Say of every case for which a table has keywords whether they judge it wrongly."""
    read = table(name)
    for group in read["groups"]:
        keywords = read["keywords"].get(group["clause"])
        for lines in group["cases"].values() if keywords else ():
            talk = [*group.get("before", ()), *lines]
            yield by_keywords(keywords, talk) != group["says"]


@pytest.mark.parametrize("name", [name for name in TABLES if "keywords" in table(name)])
def test_a_keyword_list_fails(name: str) -> None:
    wrong = list(wrong_by_keywords(name))
    assert sum(wrong) >= WRONG_AT_LEAST * len(wrong)


def test_every_trap_has_its_table() -> None:
    assert TABLES.keys() == TRAPS
