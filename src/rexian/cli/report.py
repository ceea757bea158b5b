"""The forms of an inspection's report, and how each is written from what is judged."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from rexian.cli.calls.playing import SoundsOfReport
from rexian.cli.course import Problem
from rexian.cli.misuse import Misuse
from rexian.cli.selection import Selection
from rexian.cli.terminal import Terminal
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.services import AUTO
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.reports.calls.agreement import Hearing, no_truth
from rexian.reports.inspection import html, json, jsonl, table, xlsx
from rexian.standard.domain import Standard, installed, load

Parameters = Mapping[str, str | int | float | bool]


class Form(StrEnum):
    """The forms that a report can take."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    XLSX = "xlsx"

    @property
    def is_to_look_at(self) -> bool:
        """Tell whether it is for a program with a window, and nothing for a terminal."""
        return self in {Form.HTML, Form.XLSX}


_BY_ENDING = {".htm": Form.HTML, ".ndjson": Form.JSONL} | {f".{form}": form for form in Form}


def form_of(asked: str | None, output: Path | None, terminal: Terminal) -> Form:
    """Return the form asked for, else that of the file's ending, else the table."""
    ending = output.suffix.lower() if output else ""
    form = Form(asked) if asked else _BY_ENDING.get(ending, Form.TABLE)
    if form.is_to_look_at and output is None and terminal.console.is_terminal:
        raise Misuse(
            mark("Where shall the report go? Name a file: --output {file}."), file=f"report.{form}"
        )
    return form


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation's line of JSON, or none where it is not wanted."""

    content: bytes
    asked_for: str | None


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes lines where conversations are judged, so that little travels between processes."""

    selection: Selection
    language: str

    def __call__(self, inspected: InspectedConversation) -> Line:
        """Return the line of one conversation."""
        wanted = self.selection.within(inspected)
        content = jsonl.dumped(wanted, self.language) + b"\n" if wanted else b""
        return Line(content, inspected.asked_for)


class CitedStandards(Mapping[str, Standard]):
    """The standards that a report cites, by name, loaded when they are first asked for."""

    def __init__(self, judging: str, parameters: Parameters) -> None:
        self._judging = judging
        self._parameters = parameters

    def __getitem__(self, name: str) -> Standard:
        try:
            return load(name if self._judging == AUTO else self._judging, self._parameters)
        except NotFound:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(installed())

    def __len__(self) -> int:
        return len(installed())


@dataclass(frozen=True, slots=True)
class Report:
    """A report in its form; ``problems`` and ``truth`` may still grow while it is written."""

    form: Form
    terminal: Terminal
    standards: Mapping[str, Standard]
    problems: Iterable[Problem]
    truth: object
    sounds: SoundsOfReport
    hearing: Hearing = no_truth

    def write(self, inspected: Iterable[InspectedConversation], target: BinaryIO | None) -> None:
        """Write it to ``target``, or to standard output."""
        stream = target or self.terminal.output
        if self.form is Form.TABLE:
            self._write_table(inspected, target)
        elif self.form is Form.HTML:
            now = datetime.now().astimezone()
            html.write(inspected, stream, at=now, sounds=self.sounds, **self._settings())
        else:
            modules = {Form.JSON: json.write, Form.JSONL: jsonl.write, Form.XLSX: xlsx.write}
            modules[self.form](inspected, stream, **self._settings())

    def _write_table(
        self, inspected: Iterable[InspectedConversation], target: BinaryIO | None
    ) -> None:
        if target is None:
            width = self.terminal.console.width
            told = self._settings() | {"problems": ()}  # each has been told on the terminal
            table.write(inspected, sys.stdout, width=width, **told)
            return
        text = io.TextIOWrapper(target, encoding="utf-8", newline="\n")
        table.write(inspected, text, **self._settings())
        text.detach()

    def _settings(self) -> dict[str, Any]:
        return {
            "language": self.terminal.language,
            "standards": self.standards,
            "problems": self.problems,
            "truth": self.truth,
            "hearing": self.hearing,
        }
