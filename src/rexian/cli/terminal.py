"""The terminal that a command talks to, in the language of whoever sits there."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from rexian.kernel.language import Language, mark, translate

WIDEST = 110


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where results go (``console``, or ``output`` as bytes), and all else (``errors``)."""

    language: Language
    console: Console
    errors: Console

    @property
    def output(self) -> BinaryIO:
        """Standard output, for what is not text or brings its own encoding."""
        return sys.stdout.buffer

    def say(self, message: str, **values: object) -> str:
        """Return a message in the language of this terminal."""
        return translate(message, self.language, **values)

    def remark(self, message: str, **values: object) -> None:
        """Translate a line that is no result, and write it to standard error."""
        self.note(self.say(message, **values))

    def note(self, sentence: str) -> None:
        """Write a line that is no result to standard error."""
        self.errors.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def complain(self, sentence: str) -> None:
        """Write what went wrong to standard error, as one line that says so at once."""
        line = " ".join(sentence.split())
        text = Text(self.say(mark("Error: {sentence}"), sentence=line))
        text.stylize("bold red", 0, len(text) - len(line))
        self.errors.print(text, highlight=False, soft_wrap=True)


def open_terminal(language: Language) -> Terminal:
    """Return the terminal of this process; what its encoding lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return Terminal(language, Console(), Console(stderr=True))
