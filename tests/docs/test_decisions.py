"""Decisions are listed, numbered and complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
HEADINGS = re.findall(r"^## .*$", (FOLDER / "template.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_headings_of_the_template(decision: Path) -> None:
    assert re.findall(r"^## .*$", decision.read_text("utf-8"), re.MULTILINE) == HEADINGS


def test_the_list_names_every_decision_once_and_in_order() -> None:
    listed = re.findall(r"\]\((\d{4}-[^)]*)\)", (FOLDER / "README.md").read_text("utf-8"))
    assert listed == [path.name for path in DECISIONS]
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
