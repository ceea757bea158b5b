"""What could not be read, where it stands and why: a value, so that the rest can go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, translate

_LONGEST_VALUE = 60


class Reason(StrEnum):
    """Why a source or a record cannot be read; the value is its sentence, with named gaps."""

    NO_SUCH_FILE = mark("There is no such file or folder.")
    CANNOT_OPEN = mark("It cannot be opened: {problem}.")
    NOTHING_IN_FOLDER = mark("The folder holds no file whose ending is known ({endings}).")
    EMPTY = mark("The file is empty.")
    NO_CONVERSATION = mark("The file holds no conversation.")
    TOO_LARGE = mark("The file is larger than {megabytes} MB; as JSONL it can be of any size.")
    TOO_LONG = mark("The line is longer than {megabytes} MB.")
    UNDECODABLE = mark("This is not text in UTF-8, UTF-16 or GB18030.")
    NOT_TEXT = mark("This is not a text file.")
    NOT_A_WORKBOOK = mark("This is not an Excel workbook.")
    NOT_JSON = mark("This is not JSON: {problem} (character {position}).")
    NOT_A_RECORD = mark("A conversation should stand here, as an object with turns.")
    BROKEN_TABLE = mark("The table cannot be read on from here: {problem}.")
    NO_COLUMN = mark("The table has no column for {columns}.")
    NO_TURNS = mark("The conversation has no turns.")
    NOT_A_TURN = mark("Turn {turn} is not an object with speaker and text.")
    NO_TEXT = mark("Turn {turn} has no text.")
    NO_SPEAKER = mark("Turn {turn} does not say who speaks.")
    UNKNOWN_SPEAKER = mark(
        "The speaker {name} is not known; say with the option for roles which side it is."
    )
    NOBODY_SPEAKS = mark("This line names no speaker, and there is no turn that it continues.")
    NOT_EVENTS = mark("The events are not a list of objects with name and time.")
    NOT_A_TIME = mark("This is not a time in seconds: {value}.")
    NOT_LABELS = mark("The labels are not a list of objects with clause and verdict.")
    UNKNOWN_VERDICT = mark("This is not a verdict that a label can give: {value}.")
    NOT_A_TURN_NUMBER = mark("A label points at something that is not a turn: {value}.")
    NOT_INSPECTED = mark("A fault of the program kept this conversation from being inspected.")
    DUPLICATE = mark("The id {id} has come before.")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source, or one record of it, that cannot be read; ``line`` 0 is the source as a whole."""

    source: str
    line: int
    reason: Reason
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def place(self) -> str:
        """Return where it stands, as ``file:line``."""
        return f"{self.source}:{self.line}" if self.line else self.source

    def sentence(self, language: str = "en") -> str:
        """Return the reason as a sentence in ``language``."""
        return translate(self.reason.value, language, **self.values)


class BrokenRecord(Invalid):
    """A record that makes no conversation; ``turn`` is the place of the turn that is to blame."""

    code: ClassVar[str] = "broken-record"

    def __init__(self, reason: Reason, *, turn: int | None = None, **values: object) -> None:
        shown: dict[str, str | int] = {name: legible(value) for name, value in values.items()}
        if turn is not None:
            shown["turn"] = turn
        super().__init__(translate(reason.value, "en", **shown), **shown)
        self.reason = reason
        self.turn = turn

    def at(self, source: str, line: int) -> Unreadable:
        """Return what is left of the record: where it stood and what is wrong with it."""
        return Unreadable(source, line, self.reason, self.details)


def legible(value: object) -> str:
    """Return ``value`` short enough for a sentence, without what would disturb a terminal."""
    text = str(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + "…"
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
