"""A recogniser that says what a file tells it to: for trying everything around recognition.

The file is JSON, all of it optional: ``words`` as lists of text, start, end and confidence,
``longest`` seconds of a passage, ``seconds_each`` that a passage takes, and a ``name``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.domain.heard import RATE, Word

if TYPE_CHECKING:
    from rexian.speech.ports import Samples


class UnreadableScript(Invalid):
    """The file with the words cannot be read as such."""

    code = "unreadable-script"


class Scripted:
    """Reads the same words in every passage, as many of them as it has time for."""

    def __init__(
        self,
        words: Sequence[Word] = (),
        *,
        name: str = "scripted",
        longest: float = 28.0,
        seconds_each: float = 0.0,
    ) -> None:
        """Say ``words`` in every passage, after working ``seconds_each`` on it."""
        self.name = name
        self.longest = longest
        self._words = tuple(words)
        self._seconds_each = seconds_each

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> list[Word]:  # noqa: ARG002 - the port's
        """Return the words that end before the passage does."""
        if self._seconds_each:
            time.sleep(self._seconds_each)
        return [word for word in self._words if word.end * RATE <= len(passage)]


def scripted_by(file: Path) -> Scripted:
    """Return the recogniser that a file describes; raise ``UnreadableScript``."""
    try:
        script = json.loads(file.read_text("utf-8"))
        return Scripted(
            [Word(str(text), *map(float, rest)) for text, *rest in script.get("words", ())],
            name=str(script.get("name", f"scripted:{file.stem}")),
            longest=float(script.get("longest", 28.0)),
            seconds_each=float(script.get("seconds_each", 0.0)),
        )
    except (OSError, ValueError, TypeError, AttributeError):
        raise UnreadableScript(
            mark("The file {file} holds no words to say."), file=str(file)
        ) from None
