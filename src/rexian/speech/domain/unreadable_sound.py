"""What is wrong with a recording or its facts: a refusal, or a remark beside what is read.

UnreadableSound       422   a recording of which nothing can be heard rightly
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, translate

_LONGEST_VALUE = 60


class Fault(StrEnum):
    """Why a recording, or a row of its facts, is not read; the value is its sentence."""

    NO_SUCH_FILE = mark("There is no such recording.")
    CANNOT_OPEN = mark("The recording cannot be opened: {problem}.")
    NOT_A_FILE = mark("This is not a file but a folder or a device.")
    EMPTY = mark("The recording is empty: it has no bytes at all.")
    ONLY_ZEROS = mark("The file holds nothing but zeros, as a disk or a transfer leaves it.")
    NO_HEADER = mark("The file has no header that says how its sound is to be read.")
    TEXT = mark("This is a text file, not a recording.")
    PLAYLIST = mark("This is a playlist, which only points at sound that lies elsewhere.")
    ARCHIVE = mark("This is an archive ({kind}); unpack the recordings first.")
    LOCKED_ARCHIVE = mark("This is an archive locked with a password; unpack the recordings first.")
    NOT_SOUND = mark("This is no recording but {kind}.")
    OTHER_FORMAT = mark(
        "Recordings in {kind} are not read; convert it to WAV, MP3, Opus, M4A or FLAC."
    )
    OTHER_CODEC = mark("Sound that is coded as {codec} is not read.")
    CUT_HEADER = mark("The file breaks off within its header, before any sound.")
    NO_CODING = mark("The header does not say how the sound is coded.")
    CONTRADICTION = mark(
        "The header contradicts itself: {channels} channels of {bits} bits are not {bytes} bytes."
    )
    NO_INDEX = mark("The file was not written to its end: the index of its sound is missing.")
    NO_SOUND = mark("The file has a header, and no sound behind it.")
    ONLY_PICTURES = mark("This is a video without sound.")
    NO_CHANNELS = mark("The header says that the recording has no channels.")
    TOO_MANY_CHANNELS = mark(
        "The recording has {channels} channels; only one or two can be heard as agent and customer."
    )
    ABSURD_RATE = mark(
        "The header says {rate} samples a second; speech is read from {least} to {most}."
    )
    CHANGING_CHANNELS = mark(
        "The number of channels changes after {seconds} s, so that nobody can be told apart."
    )
    JUMPING_TIMES = mark(
        "After {seconds} s the times in the file jump by more than {most} minutes."
    )
    ENDLESS = mark("The recording goes on for more than {hours} hours.")
    BROKEN = mark("The sound in the file is broken: nothing of it can be decoded.")
    NO_RECORDINGS = mark("The folder holds no recordings ({endings}).")
    NO_SUCH_TABLE = mark("There is no such table of facts.")
    CANNOT_OPEN_TABLE = mark("The table of facts cannot be opened.")
    NOT_A_TABLE = mark("This is no table of facts: neither CSV nor an Excel workbook.")
    NO_COLUMNS = mark(
        "The table has no column for the recording, its file or its id, or nothing beside it."
    )
    NO_RECORDING = mark("The table has a row for {name}, and there is no such recording.")
    NO_NAME = mark("The row does not say to which recording it belongs.")
    SECOND_ROW = mark("The recording {name} has a row already; this one is left out.")
    SEVERAL_RECORDINGS = mark("The row could belong to several recordings called {name}.")

    @property
    def code(self) -> str:
        """The stable name of the fault, in kebab-case."""
        return self.name.lower().replace("_", "-")


class Oddity(StrEnum):
    """What is worth knowing of a recording that is read all the same."""

    CUT_SHORT = mark("The recording breaks off after {seconds} s; it should last {promised} s.")
    UNFINISHED = mark("The recording breaks off after {seconds} s: the mark of its end is missing.")
    LONGER = mark(
        "The header promises {promised} s, and the file goes on to {seconds} s; all of it is read."
    )
    DAMAGED = mark("{pieces} damaged pieces of the sound are heard as silence or left out.")
    HOLES = mark("{holes} holes in the recording, {seconds} s in all, are heard as silence.")
    SEVERAL_TRACKS = mark("The file has {tracks} tracks of sound; the first of them is read.")
    NO_ROW = mark("The table of facts has no row for this recording.")
    BAD_CELL = mark("{column} cannot be understood and stays unknown: {value} ({place}).")
    BAD_SIDECAR = mark("{name}, beside the recording, cannot be read: its facts stay unknown.")
    BAD_TRUTH = mark("The events, turns or labels in {name} cannot be read and are left out.")
    CONTRADICTION = mark("Two sources say otherwise of {fact}: {taken} is taken, not {left}.")

    @property
    def code(self) -> str:
        """The stable name of the oddity, in kebab-case."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Remark:
    """An oddity of one recording, with the particulars that its sentence names."""

    oddity: Oddity
    values: Mapping[str, str | int | float] = field(default_factory=dict, hash=False)

    @property
    def is_cut(self) -> bool:
        """Tell whether the end of the recording is missing, so that nobody can judge it."""
        return self.oddity in {Oddity.CUT_SHORT, Oddity.UNFINISHED}

    def sentence(self, language: str = "en") -> str:
        """Return the remark as a sentence in ``language``."""
        return translate(self.oddity.value, language, **self.values)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A recording, a table or one row of it that is passed over; ``line`` 0 is all of it."""

    source: str
    line: int
    reason: Fault
    values: Mapping[str, str | int | float] = field(default_factory=dict, hash=False)

    @property
    def place(self) -> str:
        """Return where it stands, as ``file:line``."""
        return f"{self.source}:{self.line}" if self.line else self.source

    def sentence(self, language: str = "en") -> str:
        """Return the reason as a sentence in ``language``."""
        return translate(self.reason.value, language, **self.values)


class UnreadableSound(Invalid):
    """A recording that is not read; ``fault.code`` says why in a word, the message at length."""

    code: ClassVar[str] = "unreadable-sound"

    def __init__(self, fault: Fault, **values: object) -> None:
        shown: dict[str, str | int | float] = {
            name: value if isinstance(value, int | float) else legible(value)
            for name, value in values.items()
        }
        super().__init__(fault.value, **shown)
        self.fault = fault

    def at(self, source: str) -> Unreadable:
        """Return what is left of the recording: where it lies and what is wrong with it."""
        return Unreadable(source, 0, self.fault, self.details)


def legible(value: object) -> str:
    """Return ``value`` short enough for a sentence, without what would disturb a terminal."""
    text = str(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + "…"
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
