"""Small packs to load and to break, and a cache that is nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent

PackWriter = Callable[..., Path]


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache for all tests of a process, so that the large packs are compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(session_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REXIAN_CACHE", str(session_cache))


@pytest.fixture
def write_pack(tmp_path: Path) -> PackWriter:
    """Return a writer of packs: the sound pack, with files replaced or added."""

    def write(
        name: str = "mine", files: Mapping[str, str] | None = None, manifest: str = ""
    ) -> Path:
        folder = tmp_path / name
        sound = (HERE / "sound" / "rules.yaml").read_text("utf-8")
        head = f"name: {name}\nversion: 1.0.0\ntitle: {{zh: 我的规范, en: My standard}}\n"
        for file, text in ({"rules.yaml": sound} if files is None else files).items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(head + manifest, "utf-8")
        return folder

    return write
