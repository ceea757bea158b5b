"""Engines are named, loaded once, and say in a sentence what they lack."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rexian.kernel.errors import Invalid
from rexian.speech.adapters.model_folder import called
from rexian.speech.adapters.scripted import UnreadableScript
from rexian.speech.adapters.sherpa import Sherpa, SherpaNotInstalled
from rexian.speech.domain.heard import RATE
from rexian.speech.services.engines import UnknownEngine, recogniser_of
from tests.speech.listening.sounds import noise, voice

pytest.importorskip("numpy")


@pytest.mark.parametrize("spec", ["", "whisper", "whisper:", "kaldi:/models", "ftp://x/v1#m"])
def test_what_names_no_engine_is_said_so(spec: str) -> None:
    with pytest.raises(UnknownEngine, match="names no engine"):
        recogniser_of(spec)


def test_an_address_without_a_model_is_said_so() -> None:
    with pytest.raises(Invalid, match="names no model of a server"):
        recogniser_of("https://asr.example.org/v1")


@pytest.mark.parametrize("kind", ["whisper", "sherpa"])
def test_a_missing_model_is_one_sentence(kind: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="There is no folder") as missing:
        recogniser_of(f"{kind}:{tmp_path / 'none'}")
    assert missing.value.code == "model-missing"
    with pytest.raises(Invalid, match="holds no model: the file"):
        recogniser_of(f"{kind}:{tmp_path}")


def test_a_broken_model_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(Invalid, match="cannot be loaded") as broken:
        recogniser_of(f"whisper:{tmp_path}")
    assert broken.value.code == "model-broken"
    assert "\n" not in str(broken.value)


def test_another_model_in_the_same_folder_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"one")
    first = called("whisper", tmp_path, ["model.bin"])
    (tmp_path / "model.bin").write_bytes(b"two")
    second = called("whisper", tmp_path, ["model.bin"])
    assert first != second
    assert first.startswith(f"whisper:{tmp_path.name}:")


def test_a_script_is_said_in_every_passage_that_has_time_for_it(tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    file.write_text(json.dumps({"words": [["您", 0.0, 0.2, 0.9], ["好", 0.2, 3.0, 0.9]]}), "utf-8")
    engine = recogniser_of(f"scripted:{file}")
    assert engine.name == "scripted:said"
    assert [word.text for word in engine.read(np.zeros(RATE, np.float32))] == ["您"]
    file.write_text("[1]", "utf-8")
    with pytest.raises(UnreadableScript):
        recogniser_of(f"scripted:{file}")


class _Fake(ModuleType):
    """Stands for sherpa-onnx: it returns the same tokens, and keeps what it was given."""

    def __init__(self, tokens: Sequence[str], times: Sequence[float]) -> None:
        super().__init__("sherpa_onnx")
        self.given: list[tuple[str, dict[str, Any]]] = []
        self._result = SimpleNamespace(tokens=tokens, timestamps=times)
        self.OfflineRecognizer = SimpleNamespace(
            from_sense_voice=lambda **given: self._made("sense-voice", given),
            from_paraformer=lambda **given: self._made("paraformer", given),
        )

    def _made(self, kind: str, given: dict[str, Any]) -> SimpleNamespace:
        self.given.append((kind, given))
        return SimpleNamespace(create_stream=self._stream, decode_stream=lambda _stream: None)

    def _stream(self) -> SimpleNamespace:
        return SimpleNamespace(accept_waveform=lambda _rate, _sound: None, result=self._result)


def _model(folder: Path, tokens: str) -> Path:
    (folder / "tokens.txt").write_text(tokens, "utf-8")
    (folder / "model.int8.onnx").write_bytes(b"onnx")
    return folder


def test_sense_voice_is_told_by_its_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = _Fake(
        ["<|zh|>", "您", "好", "，", "▁he", "llo", "吗", "？"],
        [0, 0.1, 0.3, 0.5, 0.6, 0.8, 1.2, 1.4],
    )
    monkeypatch.setitem(sys.modules, "sherpa_onnx", fake)
    engine = Sherpa(_model(tmp_path, "<unk> 0\n<|zh|> 1\n"), threads=2)
    words = engine.read(np.zeros(2 * RATE, np.float32))
    assert [word.text for word in words] == ["您", "好，", " hello", "吗？"]
    assert [word.start for word in words] == [0.1, 0.3, 0.6, 1.2]
    assert fake.given[0][0] == "sense-voice"
    assert fake.given[0][1]["num_threads"] == 2


def test_paraformer_joins_what_its_tokens_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = _Fake(["好", "o@@", "k", "bye", "吗"], [0.1, 0.3, 0.5, 0.8, 1.1])
    monkeypatch.setitem(sys.modules, "sherpa_onnx", fake)
    engine = Sherpa(_model(tmp_path, "<unk> 0\n"))
    words = engine.read(np.zeros(2 * RATE, np.float32))
    assert [word.text for word in words] == ["好", "ok", " bye", "吗"]
    assert fake.given[0][0] == "paraformer"


def test_a_model_without_times_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", _Fake(["好"], []))
    engine = Sherpa(_model(tmp_path, "<unk> 0\n"))
    with pytest.raises(Invalid, match="tells no times of its words"):
        engine.read(np.zeros(RATE, np.float32))


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)
    with pytest.raises(SherpaNotInstalled, match=r"rexian\[sherpa\]"):
        Sherpa(_model(tmp_path, "<unk> 0\n"))


@pytest.mark.skipif("REXIAN_TEST_SHERPA" not in os.environ, reason="no model for sherpa is named")
def test_a_real_model_of_sherpa_reads_nothing_in_noise() -> None:
    pytest.importorskip("sherpa_onnx")
    engine = recogniser_of(f"sherpa:{os.environ['REXIAN_TEST_SHERPA']}")
    assert len(engine.read(noise(4.0, -45.0))) <= 2
    words = engine.read(np.concatenate([noise(1.0), voice(3.0), noise(1.0)]))
    assert all(0 <= word.start <= word.end <= 5.0 for word in words)
