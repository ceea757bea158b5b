"""What is slow to make is kept, and never trusted from where others could have put it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rexian.standard.domain import Facts, Speaker, Turn, inspect, standards
from rexian.standard.domain.pack import cache, loading
from rexian.standard.domain.pack.cache import cache_folder, keep, recall
from rexian.standard.domain.standards import Standard, load

from .conftest import PackWriter


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache that is still empty."""
    monkeypatch.setenv("REXIAN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept_file(folder: Path) -> Path:
    (path,) = folder.glob("*.bin")
    return path


class Maker:
    """Makes a value, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, int]:
        self.times += 1
        return {"made": self.times}


def remembered(kind: str, key: str, make: Callable[[], dict[str, int]]) -> dict[str, int]:
    """Return what is kept, or make and keep it."""
    kept: dict[str, int] | None = recall(kind, key)
    if kept is None:
        kept = make()
        keep(kind, key, kept)
    return kept


def test_what_was_made_is_found_again(folder: Path) -> None:
    make = Maker()
    assert [remembered("kind", "key", make) for _ in range(3)] == [{"made": 1}] * 3
    assert kept_file(folder).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("kind", "key"), [("other", "key"), ("kind", "other")])
def test_another_kind_or_key_is_made_anew(folder: Path, kind: str, key: str) -> None:
    make = Maker()
    remembered("kind", "key", make)
    remembered(kind, key, make)
    assert make.times == 2
    assert len(list(folder.iterdir())) == 2


def test_other_code_makes_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    remembered("kind", "key", make)
    monkeypatch.setattr(cache, "_maker", lambda: "another version")
    remembered("kind", "key", make)
    assert make.times == 2
    assert len(list(folder.iterdir())) == 2


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[:-2] + b"xx"),
        lambda file: file.unlink() or file.mkdir(),
    ],
    ids=["empty", "cut-short", "changed", "a-folder"],
)
def test_what_is_broken_is_made_anew(folder: Path, damage: Damage) -> None:
    make = Maker()
    remembered("kind", "key", make)
    damage(kept_file(folder))
    assert remembered("kind", "key", make) == {"made": 2}


@pytest.mark.skipif(os.name != "posix", reason="others are told by owner and mode")
@pytest.mark.parametrize(
    "expose",
    [
        lambda file: file.parent.chmod(0o777),
        lambda file: file.parent.chmod(0o770),
        lambda file: file.chmod(0o666),
        lambda file: file.symlink_to(file.rename(file.with_name("elsewhere"))),
    ],
    ids=["folder-of-all", "folder-of-a-group", "file-of-all", "link"],
)
def test_what_others_could_have_written_is_not_trusted(folder: Path, expose: Damage) -> None:
    make = Maker()
    remembered("kind", "key", make)
    expose(kept_file(folder))
    assert recall("kind", "key") is None
    assert remembered("kind", "key", make) == {"made": 2}


@pytest.mark.skipif(os.name != "posix", reason="owners have numbers")
def test_what_belongs_to_another_user_is_not_trusted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered("kind", "key", Maker())
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert recall("kind", "key") is None


def test_where_no_folder_can_be_made_everything_works_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("REXIAN_CACHE", str(tmp_path / "file" / "cache"))
    make = Maker()
    assert [remembered("kind", "key", make)["made"] for _ in range(2)] == [1, 2]


def test_what_cannot_be_kept_is_made_each_time(folder: Path) -> None:
    keep("kind", "key", lambda: None)
    assert recall("kind", "key") is None
    assert not folder.exists() or list(folder.iterdir()) == []


def test_the_oldest_files_go_when_there_are_too_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KEPT_FILES", 2)
    for key in ("first", "second", "third"):
        remembered("kind", key, Maker())
        for file in folder.iterdir():
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    assert recall("kind", "first") is None
    assert recall("kind", "third") is not None


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"REXIAN_CACHE": "/a"}, "/a"),
        ({"REXIAN_CACHE": "off"}, None),
        ({"XDG_CACHE_HOME": "/x"}, "/x/rexian"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/h"}, "/h/.cache/rexian"),
        ({"LOCALAPPDATA": "/w"}, "/w/rexian"),
        ({"HOME": "/h"}, "/h/.cache/rexian"),
    ],
)
def test_the_folder_is_the_users_own(
    variables: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REXIAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == (Path(expected) if expected else None)


@pytest.fixture
def assembled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the packs that are put together from their sources, as it happens."""
    names: list[str] = []
    assemble = loading.assemble

    def noted(*given: object) -> object:
        pack = assemble(*given)  # type: ignore[arg-type]
        names.append(pack.manifest.name)
        return pack

    monkeypatch.setattr(standards, "assemble", noted)
    return names


def load_afresh(path: Path, **parameters: object) -> Standard:
    """Load a standard as a new process would."""
    standards._load.cache_clear()
    return load(path, parameters)


@pytest.mark.usefixtures("folder")
def test_a_pack_is_put_together_once(write_pack: PackWriter, assembled: list[str]) -> None:
    path = write_pack()
    first, second = load_afresh(path), load_afresh(path)
    assert assembled == ["mine"]
    assert first.pack == second.pack
    assert first.content_hash == second.content_hash


@pytest.mark.usefixtures("folder")
def test_a_changed_pack_is_put_together_anew(write_pack: PackWriter, assembled: list[str]) -> None:
    path = write_pack()
    load_afresh(path)
    rules = path / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("接通后问好", "接通问好"), "utf-8")
    assert load_afresh(path).clauses["X-1"].text["zh-Hans"] == "接通问好。"
    assert assembled == ["mine", "mine"]


@pytest.mark.usefixtures("folder")
def test_a_changed_base_is_heeded(write_pack: PackWriter) -> None:
    base = write_pack("house")
    path = write_pack("mine", {}, "extends: house\n")
    before = load_afresh(path).content_hash
    rules = base / "rules.yaml"
    rules.write_text(rules.read_text("utf-8") + "# changed\n", "utf-8")
    assert load_afresh(path).content_hash != before


@pytest.mark.usefixtures("folder")
def test_each_value_of_a_parameter_is_kept_apart(
    write_pack: PackWriter, assembled: list[str]
) -> None:
    path = write_pack(manifest="parameters:\n  turns: {default: 1, title: 轮数}\n")
    rules = path / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("within: 1", "within: ${turns}"), "utf-8")
    found = [load_afresh(path, turns=turns).pack.sections.scenes[0] for turns in (1, 2, 1, 2)]
    assert [one.within for one in found] == [1, 2, 1, 2]
    assert assembled == ["mine", "mine"]


@pytest.mark.usefixtures("folder")
def test_packs_of_the_same_content_keep_their_own_places(write_pack: PackWriter) -> None:
    for name in ("first", "second"):
        path = write_pack(name)
        (path / "pack.yaml").write_text("name: same\nversion: 1\ntitle: 同\n", "utf-8")
        assert load_afresh(path).pack.rules()[0].place.pack == name


@pytest.mark.parametrize("setting", ["off", ""])
def test_a_kept_standard_judges_like_one_made_anew(
    setting: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_afresh(Path("centre"))
    if setting:
        monkeypatch.setenv("REXIAN_CACHE", setting)
    assert folder.exists()
    found = load_afresh(Path("centre"))
    said = inspect(found, Facts("phone", "in"), [Turn(0, Speaker.AGENT, "您好，这我不知道。")])
    outcomes = {one.rule: one.outcome.value for one in said.verdicts}
    assert outcomes["forbidden-words"] == "missed"
