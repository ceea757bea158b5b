"""Two clauses that disagree cannot hold in one pack unless it says which rules, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.queries import coverage

BASE = """
clauses:
  - {id: X-1, binds: [own-name], text: {zh: 报工号。, en: Number.}, means: [person], how: {zh: 听, en: a}}
scenes:
  - id: number
    clause: X-1
    title: {zh: 报工号, en: number}
    when: {customer: {phrase: [叫什么]}}
    within: 1
    expect: {agent: {phrase: [工号]}}
    examples:
      - met: [客户：你叫什么？, 客服：我的工号是八号。]
      - missed: [客户：你叫什么？, 客服：不告诉你。]
  - id: name
    clause: X-1
    binds: own-name
    title: {zh: 不报姓名, en: no name}
    when: start
    within: 1
    expect: {agent: {phrase: [号为您服务]}}
    examples:
      - met: [客服：您好，八号为您服务。]
      - missed: [客服：我叫王芳。]
"""  # noqa: E501 - a clause of a pack stands in one line
OWN = """
clauses:
  - {id: Y-1, binds: [own-name], text: {zh: 报姓名。, en: Name.}, means: [person], how: {zh: 听, en: a}}
"""  # noqa: E501 - a clause of a pack stands in one line
OVERRIDE = "overrides: [{clauses: X-1, by: Y-1, reason: {zh: 柜台, en: a counter}BINDS}]\n"
Builder = Callable[[str], Path]


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Return a builder of a pack over a base with which it disagrees."""

    def built(overrides: str) -> Path:
        for name, rules, more in (
            ("base", BASE, ""),
            ("own", OWN, f"extends: base\n{overrides}"),
        ):
            folder = tmp_path / name
            folder.mkdir()
            head = f"name: {name}\nversion: 1.0.0\ntitle: {{zh: 规范, en: Standard}}\n"
            (folder / "pack.yaml").write_text(head + more, "utf-8")
            (folder / "rules.yaml").write_text(rules, "utf-8")
        return tmp_path / "own"

    return built


def test_clauses_that_disagree_are_an_error_at_the_later_one(build: Builder) -> None:
    with pytest.raises(Fault, match=r"rules.yaml:3: Y-1: Y-1 and X-1 disagree on 'own-name'"):
        load(build(""))


@pytest.mark.parametrize(
    ("binds", "kept"), [("", []), (", binds: [own-name]", ["number"])], ids=["whole", "one-act"]
)
def test_an_override_says_which_rules_and_takes_no_more_than_it_says(
    build: Builder, binds: str, kept: list[str]
) -> None:
    folder = build(OVERRIDE.replace("BINDS", binds))
    assert [one.id for one in load(folder).pack.rules()] == kept
    (ruled, ruling) = coverage(folder)
    assert ruled.override is not None
    assert (ruled.override.by, ruled.override.reason["en"]) == ("Y-1", "a counter")
    assert ruling.override is None


def test_an_override_of_another_act_leaves_the_disagreement(build: Builder) -> None:
    with pytest.raises(Fault, match="disagree on 'own-name'"):
        load(build(OVERRIDE.replace("BINDS", ", binds: [dialect]")))
