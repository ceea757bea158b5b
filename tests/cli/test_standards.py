"""``rexian standard``: what is shown of a standard, and what is said of a broken one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rexian.cli.application import run
from rexian.standard.domain import installed, load


def standard(*arguments: str | Path) -> int:
    """Run ``rexian standard`` in English."""
    return run(["--language", "en", "standard", *map(str, arguments)])


@pytest.mark.parametrize("name", installed())
def test_what_ships_is_sound(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert standard("lint", name) == 0
    assert capsys.readouterr().out.startswith(f"{name} {load(name).version} is sound.")


def test_a_broken_pack_is_named_by_file_and_line_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pack.yaml").write_text(
        "name: odd\nversion: 1.0.0\ntitle: odd\nrulez: []\n", encoding="utf-8"
    )
    assert standard("lint", tmp_path) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "pack.yaml:4" in shown.err
    assert "rulez" in shown.err


@pytest.mark.parametrize("name", installed())
def test_coverage_lists_every_clause_in_every_form(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clauses = set(load(name).clauses)
    assert standard("coverage", name) == 0
    table = capsys.readouterr().out.splitlines()
    assert clauses <= {line.split(" ")[0] for line in table}
    assert standard("coverage", name, "--format", "json") == 0
    found = {one["clause"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == clauses
    assert standard("coverage", name, "--format", "markdown") == 0
    rows = capsys.readouterr().out.splitlines()
    assert clauses <= {row.split(" ")[1] for row in rows if row.startswith("| ")}


@pytest.mark.parametrize("name", installed())
def test_no_clause_is_left_without_anything_that_carries_it_out(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    standard("coverage", name, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert [one["clause"] for one in found if not one["means"] and not one["ruled_by"]] == []
    judged = [one for one in found if "machine" in one["means"]]
    assert [one["clause"] for one in judged if one["rules"] and not one["example"]] == []


def test_a_clause_is_shown_with_its_rules_words_and_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert standard("show", "centre", "HW-3.12") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("HW-3.12\n")
    for part in ("forbidden-words", "不知道", "× 客服："):
        assert part in shown


def test_a_rule_is_shown_under_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert standard("show", "centre", "forbidden-words") == 0
    assert capsys.readouterr().out.startswith("HW-3.12\n")


def test_a_standard_is_shown_with_its_parameters_and_clauses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert standard("show", "highway") == 0
    shown = capsys.readouterr().out
    assert "Builds on: centre" in shown
    assert "--parameter rings_to=3" in shown
    assert "HW-3.14" in shown


def test_a_standard_is_shown_with_its_categories_and_forms(
    capsys: pytest.CaptureFixture[str],
) -> None:
    standard("show", "highway")
    shown = capsys.readouterr().out
    for part in ("Categories", "accident", "Forms", "urgent-form"):
        assert part in shown


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("urgent-form", ("HW-3.6", "HW-3.21", "needed to dispatch", "May be missing because")),
        ("complaint-form", ("HW-2.7", "simple", "our words")),
        ("breakdown-tyre", ("Help / Breakdown / Burst tyre", "emergency", "备胎")),
        ("HW-3.6", ("Forms: Urgent record",)),
        ("HW-2.2", ("Categories: Help",)),
    ],
)
def test_a_form_and_a_category_are_shown_in_full(
    part: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert standard("show", "highway", part) == 0
    shown = capsys.readouterr().out
    assert [one for one in words if one not in shown] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("show", "nothing"),
            "Error: There is no standard nothing. There are: centre, counter, gas, highway",
        ),
        (
            ("show", "centre", "HW-3.122"),
            "Error: centre has no clause or rule HW-3.122. Did you mean HW-3.12",
        ),
        (("coverage", "highwai"), "Error: There is no standard highwai. Did you mean highway?"),
    ],
    ids=["standard", "clause", "misspelt"],
)
def test_what_is_not_there_is_refused_with_what_could_be_meant(
    arguments: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert standard(*arguments) == 2
    assert capsys.readouterr().err.startswith(complaint)


def test_what_cases_do_by_a_clause_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert standard("show", "highway", "HW-2.6", "--language", "en") == 0
    shown = capsys.readouterr().out
    assert "Flows: Complaint" in shown
    assert "Clocks: Investigated and reported (D+1)" in shown
    assert "Callback rules: Callback on a complaint (D+2)" in shown
    assert standard("show", "gas", "GH-4.4", "--language", "en") == 0
    assert "over orders closed ≥30%" in capsys.readouterr().out


def test_coverage_names_the_work_of_cases(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert standard("coverage", "highway", "--format", "json") == 0
    found = {one["clause"]: one for one in json.loads(capsysbinary.readouterr().out)}
    assert found["HW-2.6"]["clocks"] == ["highway-complaint/investigate"]
    assert found["HW-2.6"]["callbacks"] == ["complaint-callback"]
