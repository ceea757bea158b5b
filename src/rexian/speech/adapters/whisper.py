"""Whisper by faster-whisper (CTranslate2), on the processor.

Its network takes half a minute whatever it is given. Here the window is only as long as the
passage and two seconds of silence behind it, which costs a third less and reads no worse.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.adapters.model_folder import called, loading, require_model
from rexian.speech.domain.heard import Word
from rexian.speech.ports import RATE

if TYPE_CHECKING:
    from rexian.speech.ports import Samples

FILES = ("model.bin", "config.json", "tokenizer.json")

_TAIL = 2.0
_WINDOW = 30.0
_FRAME = 160
_STAMP = 0.02
_MOST_TOKENS = 440
_TOKENS_A_SECOND = 12

_ROUNDS = 3
"""How often a passage is gone on with, where the engine stops before its end."""

_WORTH_A_ROUND = 1.0

# What the authors of Whisper go by: text that packs better than that repeats itself, and sound
# that is likely no speech and read with so little confidence is none.
_PACKS_WELL = 2.4
_NO_SPEECH = 0.6
_UNLIKELY = -1.0

_NOT_TWICE = 12
"""Tokens that may not come twice where a passage is read again for its loops: some six words."""

_MOST_HINTS = 120
"""Tokens of hints at most: the more stands before the passage, the worse it is read."""

_MARKS = frozenset("，。！？、；：,.!?;:”’」』）)]")


class WhisperNotInstalled(Invalid):
    """The packages that run Whisper are not there."""

    code = "whisper-not-installed"


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one window: its tokens, and whether they are worth anything.

    ``chances`` says how sure the network was of each token of text as it wrote it.
    """

    tokens: list[int]
    chances: list[float]
    likelihood: float
    no_speech: float


class Whisper:
    """A Whisper model in a folder, loaded once; it reads one passage at a time."""

    longest = 28.0

    def __init__(self, folder: Path, *, language: str = "zh", threads: int = 1) -> None:
        """Load the model; raise ``ModelMissing`` or ``ModelBroken``, which say what is wrong."""
        require_model(folder, FILES)
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra
            from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415 - an extra
        except ImportError as missing:
            raise WhisperNotInstalled(
                mark("Whisper is an extra that is not installed: pip install {extra}."),
                extra='"rexian[asr]"',
            ) from missing
        with loading(folder):
            self._whisper = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads
            )
            several = self._whisper.model.is_multilingual
            self._tokens = Tokenizer(
                self._whisper.hf_tokenizer,
                several,
                task="transcribe" if several else None,
                language=language if several else None,
            )
        tokens = self._tokens
        unwanted = (tokens.transcribe, tokens.translate, tokens.sot, tokens.sot_prev)
        self._unwanted = [*tokens.non_speech_tokens, *unwanted, tokens.sot_lm, tokens.no_speech]
        self.name = called("whisper", folder, FILES)

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> list[Word]:
        """Return the words of a passage; Chinese ones are single characters."""
        words: list[Word] = []
        at = 0.0
        prompt = self._prompt(hints)
        for _ in range(_ROUNDS):
            read, until = self._window(passage[round(at * RATE) :], prompt)
            words += [Word(w.text, w.start + at, w.end + at, w.confidence) for w in read]
            at += until
            if not until or len(passage) / RATE - at < _WORTH_A_ROUND:
                break
        return words

    def _prompt(self, hints: Sequence[str]) -> list[int]:
        """Return what stands before the passage: hints, as if they had been said before it."""
        tokens = self._tokens
        encoded = tokens.encode("、".join(hints)) if hints else []
        said = [token for token in encoded if token < tokens.eot][:_MOST_HINTS]
        return [*([tokens.sot_prev, *said] if said else []), *tokens.sot_sequence]

    def _window(self, sound: Samples, prompt: list[int]) -> tuple[list[Word], float]:
        """Return the words of a window, and up to where it was read (0: there is no more)."""
        encoded, frames = self._encoded(sound)
        most = min(_MOST_TOKENS, len(prompt) + 20 + len(sound) * _TOKENS_A_SECOND // RATE)
        read = self._generated(encoded, prompt, most)
        loops = self._repeats(read, most - len(prompt))
        if read.no_speech > _NO_SPEECH and (loops or read.likelihood < _UNLIKELY):
            return [], 0.0
        if loops:
            read = self._generated(encoded, prompt, most, no_repeat_ngram_size=_NOT_TWICE)
        text = [token for token in read.tokens if token < self._tokens.eot]
        if not text:
            return [], 0.0
        aligned = self._whisper.find_alignment(self._tokens, [text], encoded, frames)[0]
        return _words(aligned, read.chances), self._until(read.tokens)

    def _encoded(self, sound: Samples) -> tuple[Any, int]:
        """Return what the network makes of a window, and how many frames it has."""
        import numpy as np  # noqa: PLC0415 - an extra

        seconds = min(_WINDOW, len(sound) / RATE + _TAIL)
        frames = int(seconds * RATE) // (2 * _FRAME) * 2
        padded = np.zeros(frames * _FRAME, np.float32)
        padded[: len(sound)] = sound[: len(padded)]
        features = self._whisper.feature_extractor(padded, padding=0)[:, :frames]
        return self._whisper.encode(np.ascontiguousarray(features)), frames

    def _generated(self, encoded: Any, prompt: list[int], most: int, **options: int) -> _Read:
        """Return what the decoder writes, the likeliest token at each place."""
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            max_length=most,
            return_scores=True,
            return_logits_vocab=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._unwanted,
            max_initial_timestamp_index=round(1.0 / _STAMP),
            **options,
        )[0]
        tokens = result.sequences_ids[0]
        chances = self._chances(tokens, result.logits[0])
        return _Read(tokens, chances, result.scores[0], result.no_speech_prob)

    def _chances(self, tokens: Sequence[int], logits: Sequence[Any]) -> list[float]:
        """Return how likely each token of text was among all text, after what stood before it.

        The alignment knows such chances too, but without the stamps between sentences: there the
        first word after a stamp seems all but impossible, and is read rightly.
        """
        import numpy as np  # noqa: PLC0415 - an extra

        text = self._tokens.eot
        chances = []
        for token, told in zip(tokens, logits, strict=False):
            if token < text:
                among = np.asarray(told).ravel()[:text]
                chances.append(float(1.0 / np.exp(among - among[token]).sum()))
        return chances

    def _repeats(self, read: _Read, most: int) -> bool:
        """Tell whether what was written is a loop: it knows no end, or packs too well."""
        text = self._tokens.decode([t for t in read.tokens if t < self._tokens.eot]).encode()
        return len(read.tokens) >= most or len(text) > _PACKS_WELL * len(zlib.compress(text))

    def _until(self, tokens: list[int]) -> float:
        """Return where the last sentence ends; 0 where it goes on to the end of the window."""
        last: int = tokens[-1] - self._tokens.timestamp_begin
        return max(0, last) * _STAMP


def _words(aligned: Sequence[dict[str, Any]], chances: Sequence[float]) -> list[Word]:
    """Return the words of an alignment, marks of punctuation put to the word before them."""
    words: list[Word] = []
    at = 0
    for one in aligned:
        text, own = str(one["word"]), chances[at : at + len(one["tokens"])]
        at += len(one["tokens"])
        if words and text.strip() and set(text.strip()) <= _MARKS:
            last = words[-1]
            words[-1] = Word(last.text + text.strip(), last.start, last.end, last.confidence)
        elif text and own:
            words.append(Word(text, float(one["start"]), float(one["end"]), sum(own) / len(own)))
    return words
