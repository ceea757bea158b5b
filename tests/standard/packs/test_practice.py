"""What a pack holds of conduct, checks and journeys: read with its figures, checked, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.pack.conduct import Amount
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.schema import Means
from rexian.standard.domain.work_words import work_of
from rexian.standard.queries import Severity, coverage, lint

SOUND = """
clauses:
  - {id: X-1, text: {zh: 违规。, en: Breaches.}, means: [record], how: {zh: 记, en: kept}}
  - {id: X-2, text: {zh: 查车。, en: Check.}, means: [person], how: {zh: 看, en: seen}}
  - {id: X-3, text: {zh: 座套。, en: Covers.}, means: [person], how: {zh: 看, en: seen}}
  - {id: X-4, text: {zh: 学车。, en: Lessons.}, means: [record], how: {zh: 记, en: kept}}
  - {id: X-5, text: {zh: 备水。, en: Water.}, means: [person], how: {zh: 看, en: seen}}
conduct:
  - id: vehicle-breaches
    clause: X-1
    title: {zh: 车辆违规, en: breaches of a vehicle}
    acts: [{zh: 甩客, en: dumping}]
    counts: vehicle
    within: year
    verified: true
    found_by: [authority]
    ladder:
      - at: 1
        then: [{does: fine, title: {zh: 罚款, en: fine}, whom: owner, amount: [500, 3000]}]
      - at: 4
        then: [{does: suspend, title: {zh: 停线, en: suspend}, whom: line, optional: true}]
  - id: help
    kind: praise
    clause: X-1
    title: {zh: 表扬, en: praise}
    ladder: [{then: [{does: publish, title: {zh: 通报, en: told to all}}]}]
checklists:
  - id: car
    clause: X-2
    title: {zh: 车况, en: vehicle}
    about: vehicle
    checked: daily
    by: [oneself, customer]
    blocks: true
    items:
      - {id: oil, text: {zh: 机油, en: oil}}
      - id: covers
        clause: X-3
        text: {zh: 座套, en: covers}
        figure: {unit: d, at_most: 7}
      - {id: smell, never: true, only: [summer], text: {zh: 异味, en: smell}}
curriculum:
  - id: licence
    clause: X-4
    title: {zh: 学车, en: driving}
    units: [{id: hour, title: {zh: 学时, en: hour}, length: 1h}]
    stages:
      - {id: study, does: study, title: {zh: 科一, en: theory}}
      - {id: yard, does: practise, after: [study], unit: hour, title: {zh: 科二, en: yard}}
    comforts: [{id: water, clause: X-5, at_least: 2, title: {zh: 水, en: water}}]
    moments: [{id: last, at: before_end, by: 15min, title: {zh: 强化, en: last part}}]
    compensation: [{id: again, gives: [repeat], within: D+7, title: {zh: 补练, en: again}}]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack without files."""
    folder = tmp_path / "mine"
    folder.mkdir()
    head = "name: mine\nversion: 1.0.0\ntitle: {zh: 我的, en: Mine}\n"
    (folder / "pack.yaml").write_text(head, "utf-8")
    return folder


def test_figures_are_held_by_clause_and_nothing_is_missing(pack: Path) -> None:
    (pack / "all.yaml").write_text(SOUND, "utf-8")
    assert lint(pack) == ()
    found = {one.clause.id: one for one in coverage(pack)}
    assert [one.id for one in found["X-1"].work.conduct] == ["vehicle-breaches", "help"]
    assert [one.id for one in found["X-3"].work.checklists] == ["car"]
    assert [one.id for one in found["X-5"].work.curricula] == ["licence"]
    assert found["X-1"].means == (Means.RECORD,)  # held, and not carried out yet


def test_what_holds_a_figure_is_shown_with_it(pack: Path) -> None:
    (pack / "all.yaml").write_text(SOUND, "utf-8")
    shown = {one.clause.id: dict(work_of(one.work, "en")) for one in coverage(pack)}
    assert shown["X-1"] == {
        "Conduct": (
            "breaches of a vehicle (1: fine 500-3000 CNY; 4: suspend)",
            "praise (1: told to all)",
        )
    }
    assert shown["X-2"] == {"Checklists": ("vehicle (oil, ✗ smell)",)}
    assert shown["X-3"] == {"Checklists": ("vehicle (covers ≤7 d)",)}
    assert shown["X-4"] == {
        "Curricula": ("driving (hour, theory, yard, last part (15min), again (D+7))",)
    }
    assert shown["X-5"] == {"Curricula": ("driving (water (2+))",)}


WRONG = [
    ("kind: praise\n    clause: X-1", "kind: praise\n    clause: X-9", "help", "no clause 'X-9'"),
    ("within: year", "within: decade", "vehicle-breaches", "one of ever, month"),
    ("    within: year\n", "", "vehicle-breaches", "within which period"),
    ("at: 4", "at: 1", "vehicle-breaches", "each once and in order"),
    ("at: 1\n", "at: 0\n", "vehicle-breaches", "from 1 up"),
    ("does: fine,", "does: fined,", "vehicle-breaches", "did you mean 'fine'?"),
    (", amount: [500, 3000]", "", "vehicle-breaches", "'fine' needs amount"),
    ("[500, 3000]", "[3000, 500]", "vehicle-breaches", "the least and the most"),
    ("[500, 3000]", "a lot", "vehicle-breaches", "the least and the most"),
    ("optional: true", "amount: 3", "vehicle-breaches", "'suspend' has no amount"),
    ("does: publish", "does: suspend", "help", "praise is followed by"),
    ("kind: praise", "kind: prize", "help", "breach, praise"),
    ("about: vehicle", "about: cars", "car", "one of coach, vehicle"),
    ("checked: daily", "checked: often", "car", "one of each_time"),
    ("clause: X-3", "clause: X-9", "car", "no clause 'X-9'"),
    ("at_most: 7", "at_most: 7, at_least: 8", "car", "covers: at_least is more than at_most"),
    ("unit: d, at_most: 7", "unit: d", "car", "covers: a figure says"),
    ("id: smell", "id: oil", "car", "several parts are called 'oil'"),
    ("after: [study]", "after: [exam]", "licence", "yard: no stage 'exam' stands before it"),
    ("unit: hour,", "unit: hours,", "licence", "no unit 'hours'; did you mean 'hour'?"),
    ("at_least: 2,", "at_least: 2, at_most: 1,", "licence", "water: the least is"),
    ("by: 15min, ", "", "licence", "last: how long before the end"),
    ("gives: [repeat]", "gives: [cake]", "licence", "one of repeat, refund"),
    ("within: D+7", "within: soon", "licence", "a span is 30min"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "element", "reason"), WRONG)
def test_what_is_wrong_is_told_with_its_element_and_does_not_load(
    pack: Path, written: str, instead: str, element: str, reason: str
) -> None:
    assert written in SOUND
    (pack / "all.yaml").write_text(SOUND.replace(written, instead, 1), "utf-8")
    errors = [one for one in lint(pack) if one.severity is Severity.ERROR]
    told = [(one.rule, one.reason) for one in errors]
    assert any(rule == element and reason in said for rule, said in told), told
    assert all(one.place.file == "all.yaml" and one.place.line for one in errors)
    with pytest.raises(Fault):
        load(pack)


def test_an_element_goes_over_that_of_the_same_id_in_a_base(pack: Path) -> None:
    (pack / "all.yaml").write_text(SOUND, "utf-8")
    other = pack.parent / "other"
    other.mkdir()
    head = f"name: other\nversion: 1.0.0\ntitle: {{zh: 其它, en: Other}}\nextends: {pack.name}\n"
    (other / "pack.yaml").write_text(head, "utf-8")
    step = "{at: 1, then: [{does: fine, title: {zh: 罚, en: fine}, amount: 20}]}"
    mine = f"- {{id: vehicle-breaches, clause: X-1, title: {{zh: 罚, en: b}}, ladder: [{step}]}}"
    (other / "mine.yaml").write_text(f"conduct:\n  {mine}\n", "utf-8")
    conduct = {one.id: one for one in load(other).pack.sections.conduct}
    assert set(conduct) == {"help", "vehicle-breaches"}
    assert conduct["vehicle-breaches"].ladder[0].then[0].amount == Amount(20, 20)
