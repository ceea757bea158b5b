"""Packs are read from their folders and put together: bases, parameters, overrides, hash."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from rexian.kernel.errors import Invalid, NotFound
from rexian.standard.domain import installed, load
from rexian.standard.domain.pack import sources
from rexian.standard.domain.pack.documents import Fault, Place, parse
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.loading import load_pack
from rexian.standard.domain.pack.schema import Scene
from rexian.standard.domain.pack.sources import gather, settle

from .conftest import PackWriter

HOUSE = """
clauses:
  - id: H-1
    text: {zh: 报单位。, en: Name the house.}
scenes:
  - id: names-house
    clause: H-1
    title: {zh: 报单位, en: names the house}
    when: start
    within: "${turns}"
    expect: {agent: {phrase: [客服中心]}}
    never: {phrase: [说吧]}
    say: [客服中心为您服务。]
    examples:
      - met: [客服：客服中心。]
      - missed: [客服：讲。, 客户：喂？, 客服：讲。]
      - missed: [客服：说吧。]
"""
TURNS = "parameters:\n  turns: {default: 2, title: {zh: 轮数, en: turns}}\n"


def test_the_packs_that_ship_are_installed() -> None:
    assert {"centre", "highway"} <= set(installed())


def test_a_pack_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound, match="centre"):
        load("nowhere")


def test_a_pack_has_what_its_base_has(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    pack = load_pack(write_pack("mine", manifest="extends: house\n"))
    assert [rule.id for rule in pack.rules()] == ["names-house", "greeting"]
    assert [clause.id for clause in pack.sections.clauses] == ["H-1", "X-1"]


def test_a_base_that_comes_by_two_ways_is_read_once(
    write_pack: PackWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    write_pack("left", {}, "extends: house\n")
    write_pack("right", {}, "extends: house\n")
    folder = write_pack("mine", manifest="extends: [left, right]\n")
    read: list[str] = []
    text_of = sources._text

    def noted(path: Path) -> str:
        read.append(path.name)
        return text_of(path)

    monkeypatch.setattr(sources, "_text", noted)
    found = gather(folder, Findings())
    assert [one.name for one in found] == ["house", "left", "right", "mine"]
    assert len(read) == 6


def test_a_pack_beside_goes_before_one_that_ships(write_pack: PackWriter) -> None:
    write_pack("centre", {"rules.yaml": HOUSE}, TURNS)
    pack = load_pack(write_pack("mine", manifest="extends: centre\n"))
    assert len(pack.rules()) == 2


def test_a_pack_may_build_on_one_that_ships_under_the_same_name(write_pack: PackWriter) -> None:
    files = {"rules.yaml": HOUSE.replace('"${turns}"', "2")}
    pack = load_pack(write_pack("centre", files, "extends: centre\n"))
    assert len(pack.rules()) > 20
    assert any(rule.id == "names-house" for rule in pack.rules())


def test_packs_that_extend_each_other_are_refused(write_pack: PackWriter) -> None:
    write_pack("one", {}, "extends: two\n")
    with pytest.raises(Fault, match="itself"):
        load_pack(write_pack("two", {}, "extends: one\n"))


@pytest.mark.parametrize(("given", "within"), [({}, 2), ({"turns": 3}, 3)])
def test_a_parameter_is_filled_in(
    write_pack: PackWriter, given: dict[str, int], within: int
) -> None:
    pack = load_pack(write_pack("house", {"rules.yaml": HOUSE}, TURNS), given)
    assert pack.sections.scenes[0].within == within


def test_a_pack_gives_a_parameter_of_its_base_another_default(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    mine = write_pack("mine", manifest="extends: house\n" + TURNS.replace("2", "1"))
    assert load_pack(mine).sections.scenes[0].within == 1
    assert load_pack(mine).resets_parameters


def test_an_unknown_parameter_is_refused_with_a_suggestion() -> None:
    with pytest.raises(Invalid, match="late_rings"):
        load("centre", {"late_ring": 3})


def test_a_parameter_of_the_wrong_kind_is_refused_where_it_stands(write_pack: PackWriter) -> None:
    folder = write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    with pytest.raises(Fault, match="whole number") as caught:
        load_pack(folder, {"turns": "many"})
    assert caught.value.place == Place("rules.yaml", 10, "house")


OVERRIDE = """extends: house
overrides:
  - clauses: H-1
    by: X-1
    keep: {keep}
    reason: {{zh: 另有问候语, en: it has a greeting of its own}}
"""


def test_an_override_switches_a_clause_of_the_base_off(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    pack = load_pack(write_pack("mine", manifest=OVERRIDE.format(keep="nothing")))
    assert [rule.id for rule in pack.rules()] == ["greeting"]


def test_an_override_may_keep_what_is_forbidden(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    standard = load(write_pack("mine", manifest=OVERRIDE.format(keep="never")))
    scene = standard.pack.rules()[0]
    assert isinstance(scene, Scene)
    assert (scene.expect, scene.say) == (None, ())
    assert [list(one.talk) for one in scene.examples] == [["客服：说吧。"]]


def test_an_override_leaves_the_rules_of_its_own_pack(write_pack: PackWriter) -> None:
    write_pack("house", {"rules.yaml": HOUSE}, TURNS)
    own = HOUSE.split("scenes:")[1].replace("names-house", "names-mine").replace('"${turns}"', "1")
    rules = {
        "rules.yaml": (Path(__file__).parent / "sound" / "rules.yaml").read_text("utf-8"),
        "more.yaml": "scenes:" + own,
    }
    pack = load_pack(write_pack("mine", rules, OVERRIDE.format(keep="nothing")))
    assert {rule.id for rule in pack.rules()} == {"names-mine", "greeting"}


def test_the_hash_is_of_what_stands_in_the_files_not_of_where_they_are(
    write_pack: PackWriter,
) -> None:
    def text(name: str) -> Path:
        folder = write_pack(name)
        (folder / "pack.yaml").write_text("name: same\nversion: 1\ntitle: 同\n", "utf-8")
        return folder

    first, second = load_pack(text("first")), load_pack(text("second"))
    assert first.content_hash == second.content_hash
    (second_rules := text("second") / "rules.yaml").write_text(
        second_rules.read_text("utf-8") + "# one more line\n", "utf-8"
    )
    assert load_pack(second_rules.parent).content_hash != first.content_hash


def test_the_hash_tells_parameters_apart() -> None:
    found = gather("centre", Findings())
    values = settle(sources.all_parameters(found), {})
    other = values | {"late_rings": 9}
    assert sources.content_hash(found, values) != sources.content_hash(found, other)


def test_a_fault_travels_between_processes_whole() -> None:
    fault = Fault(Place("rules.yaml", 3, "mine"), "it is wrong", rule="greeting")
    other = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    assert (other.place, other.reason, other.rule) == (fault.place, fault.reason, fault.rule)
    assert other.message == "mine/rules.yaml:3: greeting: it is wrong"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: [" + "[" * 60 + "]" * 60 + "]\n", 2, "deep"),
        ("a: 1\nb:\tc: d\n", 2, "no YAML"),
        ("a: 1\nb: \x07\n", 2, "no YAML"),
        ("a: 1\n? [b]\n: c\n", 2, "name"),
    ],
    ids=["too-deep", "tab", "control-character", "name-of-a-list"],
)
def test_a_document_that_cannot_be_read_says_where(text: str, line: int, word: str) -> None:
    with pytest.raises(Fault, match=word) as caught:
        parse(text, "rules.yaml", "mine")
    assert caught.value.place == Place("rules.yaml", line, "mine")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "是"])
def test_words_that_yaml_takes_for_truth_stay_words(word: str) -> None:
    assert parse(f"[{word}]", "f").value[0].value == word


def test_a_file_that_is_too_large_is_refused(
    write_pack: PackWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_FILE_BYTES", 10)
    with pytest.raises(Fault, match="larger than 10 bytes"):
        load_pack(write_pack())
