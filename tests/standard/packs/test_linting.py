"""Linting tells everything at once, in order, and nothing that follows from something else."""

from __future__ import annotations

import pytest

from rexian.kernel.errors import NotFound
from rexian.standard.domain.pack.documents import Place
from rexian.standard.queries import Finding, Severity, lint

from .conftest import PackWriter

MANY = """
clauses:
  - id: X-1
    text: {zh: 接通后问好。}
acts:
  - id: greet
    title: {zh: 问候, en: greets}
    is: {phrase: [(您|你好]}
  - id: greet-warmly
    title: {zh: 热情问候, en: greets warmly}
    is: {all: [greet, {phrase: [很高兴]}]}
  - id: thank
    title: {zh: 致谢, en: thanks}
    is: {phrase: [谢谢]}
    examples: {yes: [谢谢您], no: [不用谢谢]}
scenes:
  - id: greeting
    clause: X-1
    title: {zh: 接通后问好, en: greets}
    when: start
    within: 1
    expect: {all: [{agent: greet-warmly}, {agent: grete}]}
    examples:
      - met: [客服：您好。]
  - id: thanks
    clause: X-2
    title: {zh: 致谢, en: thanks}
    when: start
    expect: {agent: thank}
    examples:
      - met: [客服：谢谢。]
      - missed: [客服：谢谢。]
  - id: thanks-again
    clause: X-1
    title: {zh: 再致谢, en: thanks again}
    when: {signal: hangup}
    expect: {agent: thank}
"""


def told(findings: tuple[Finding, ...]) -> list[tuple[int, str, str]]:
    return [(one.line, one.severity.value, one.rule) for one in findings]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_lines(write_pack: PackWriter) -> None:
    findings = lint(write_pack(files={"rules.yaml": MANY}))
    assert told(findings) == [
        (3, "warning", "X-1"),
        (8, "error", "greet"),
        (15, "error", "thank"),
        (17, "warning", "greeting"),
        (22, "error", "greeting"),
        (25, "error", "thanks"),
        (36, "error", "thanks-again"),
    ]


def test_sound_rules_are_tried_though_others_are_broken(write_pack: PackWriter) -> None:
    folder = write_pack(files={"rules.yaml": MANY.replace("clause: X-2", "clause: X-1")})
    reasons = {one.rule: one.reason for one in lint(folder)}
    assert reasons["thanks"].startswith("the example wants missed, the rule says met")


def test_a_finding_says_where_and_how_grave(write_pack: PackWriter) -> None:
    finding = lint(write_pack(files={"rules.yaml": MANY}))[1]
    assert str(finding) == (
        "mine/rules.yaml:8: error: greet: phrase '(您|你好': a bracket is not closed"
    )
    assert (finding.pack, finding.file, finding.line) == ("mine", "rules.yaml", 8)
    assert finding.place == Place("rules.yaml", 8, "mine")


def test_errors_of_a_base_are_told_and_its_warnings_are_not(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": MANY.replace("X-", "H-")})
    findings = lint(write_pack("mine", {}, "extends: house\n"))
    assert {(one.pack, one.severity) for one in findings} == {("house", Severity.ERROR)}


def test_faults_of_several_files_and_packs_are_told_together(write_pack: PackWriter) -> None:
    write_pack("house", {"b.yaml": "acts: [\n"})
    files = {"b.yaml": "scenery: []\n", "a.yaml": "clauses:\n  - id: X-1\n"}
    findings = lint(write_pack("mine", files, "extends: house\n"))
    assert [(one.pack, one.file, one.line) for one in findings] == [
        ("house", "b.yaml", 2),
        ("mine", "a.yaml", 2),
        ("mine", "b.yaml", 1),
    ]


def test_where_a_base_is_missing_nothing_is_said_of_what_it_would_define(
    write_pack: PackWriter,
) -> None:
    findings = lint(write_pack(manifest="extends: nowhere\n"))
    assert told(findings) == [(4, "error", "")]


def test_a_pack_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound):
        lint("nowhere")


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_the_packs_that_ship_have_no_errors(name: str) -> None:
    assert [str(one) for one in lint(name) if one.severity is Severity.ERROR] == []
