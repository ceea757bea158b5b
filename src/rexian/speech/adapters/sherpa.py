"""SenseVoice and Paraformer by sherpa-onnx, on the processor.

Both read a passage in one go, several times as fast as Whisper, and neither loops. They tell when
a token begins and nothing of how sure they are of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.adapters.model_folder import ModelBroken, called, loading, require_model
from rexian.speech.domain.heard import RATE, Word

if TYPE_CHECKING:
    from rexian.speech.ports import Samples

TOKENS = "tokens.txt"
MODELS = ("model.int8.onnx", "model.onnx")

SURE_ENOUGH = 0.75
"""The confidence given to every word: these engines do not tell, and their words are to count."""

_LONGEST_WORD = 0.4
_CHINESE = "<|zh|>"
_MARKS = frozenset("，。！？、；：,.!?;:")


class SherpaNotInstalled(Invalid):
    """The package that runs these models is not there."""

    code = "sherpa-not-installed"


class Sherpa:
    """A model in a folder, loaded once: ``tokens.txt`` and ``model.int8.onnx`` or ``model.onnx``.

    SenseVoice is told from Paraformer by its tokens, which know languages.
    """

    longest = 28.0

    def __init__(self, folder: Path, *, language: str = "zh", threads: int = 1) -> None:
        """Load the model; raise ``ModelMissing`` or ``ModelBroken``, which say what is wrong."""
        model = next((name for name in MODELS if (folder / name).is_file()), MODELS[-1])
        require_model(folder, (TOKENS, model))
        try:
            import sherpa_onnx  # noqa: PLC0415 - an extra
        except ImportError as missing:
            raise SherpaNotInstalled(
                mark("sherpa-onnx is an extra that is not installed: pip install {extra}."),
                extra='"rexian[sherpa]"',
            ) from missing
        tokens = str(folder / TOKENS)
        with loading(folder):
            self._knows_languages = _knows_languages(folder / TOKENS)
            if self._knows_languages:
                self._recogniser = sherpa_onnx.OfflineRecognizer.from_sense_voice(
                    model=str(folder / model),
                    tokens=tokens,
                    num_threads=threads,
                    language=language,
                    use_itn=True,
                )
            else:
                self._recogniser = sherpa_onnx.OfflineRecognizer.from_paraformer(
                    paraformer=str(folder / model), tokens=tokens, num_threads=threads
                )
        self._folder = folder
        self.name = called("sherpa", folder, (TOKENS, model))

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> list[Word]:  # noqa: ARG002 - the port's
        """Return the words of a passage; these models take no hints."""
        stream = self._recogniser.create_stream()
        stream.accept_waveform(RATE, passage)
        self._recogniser.decode_stream(stream)
        result = stream.result
        tokens = [str(token) for token in result.tokens]
        times = [float(at) for at in result.timestamps]
        if tokens and len(times) != len(tokens):
            raise ModelBroken(
                mark("The model in {folder} tells no times of its words: it cannot be used here."),
                folder=str(self._folder),
            )
        until = len(passage) / RATE
        return list(_words(tokens, times, until, spaced=self._knows_languages))


def _knows_languages(tokens: Path) -> bool:
    with tokens.open(encoding="utf-8") as lines:
        return any(line.startswith(_CHINESE) for line in lines)


def _words(
    tokens: Sequence[str], times: Sequence[float], until: float, *, spaced: bool
) -> Iterator[Word]:
    """Yield words from tokens and their beginnings: pieces of a word joined, marks put behind.

    ``spaced`` says how pieces are told from words: by a space before each word (SenseVoice), or by
    ``@@`` behind each piece but the last (Paraformer).
    """
    text, begin, end = "", 0.0, 0.0
    for token, (start, following) in zip(tokens, pairwise([*times, until]), strict=True):
        if token.startswith("<|"):
            continue
        written = token.replace("▁", " ")
        is_mark = set(written.strip()) <= _MARKS
        if text and (is_mark or text.endswith("@@") or (spaced and _goes_on(text, written))):
            text = text.removesuffix("@@") + written.strip()
            end = end if is_mark else min(following, start + _LONGEST_WORD)
            continue
        if text:
            yield Word(text, begin, end, SURE_ENOUGH)
        apart = not spaced and text[-1:].isascii() and written[:1].isascii()
        text = f" {written}" if apart and text else written
        begin, end = start, min(following, start + _LONGEST_WORD)
    if text:
        yield Word(text.removesuffix("@@"), begin, end, SURE_ENOUGH)


def _goes_on(before: str, piece: str) -> bool:
    """Tell whether a piece is the rest of the Latin word before it."""
    return _is_latin(before[-1:]) and _is_latin(piece[:1])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
